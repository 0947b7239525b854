"""What an operator can set about threads that wait for an answer."""

from dataclasses import dataclass

from node.config_values import read_count, setting


# No slots: of several such parts of one configuration only one may have them.
@dataclass(frozen=True, kw_only=True)
class ReplySettings:
    """How long a thread waits."""

    reply_days: int = setting(
        30,
        read_count(1, 365),
        "For how many days a thread that hardly anybody answered is shown to those who could.",
    )
