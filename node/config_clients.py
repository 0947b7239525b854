"""What an operator can set about client apps."""

from dataclasses import dataclass

from node.config_values import read_count, setting


# No slots: of several such parts of one configuration only one may have them.
@dataclass(frozen=True, kw_only=True)
class ClientSettings:
    """Limits of client apps."""

    client_calls: int = setting(
        900,
        read_count(0, 1_000_000),
        "How many calls one app may make for one person in 5 minutes; 0 means any number.",
    )
