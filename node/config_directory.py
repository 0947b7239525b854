"""What an operator can set about the directory of services."""

from dataclasses import dataclass

from node.config_values import read_count, setting


# No slots: of several such parts of one configuration only one may have them.
@dataclass(frozen=True, kw_only=True)
class DirectorySettings:
    """Limits of the directory."""

    directory_refresh_hours: int = setting(
        24,
        read_count(1, 720),
        "Hours between two looks at the directory of another node that this one subscribes to.",
    )
