"""What an operator can set about newcomers: until when somebody is one, and what waits so long."""

from dataclasses import dataclass

from node.config_values import read_count, read_switch, setting


# No slots: of several such parts of one configuration only one may have them.
@dataclass(frozen=True, kw_only=True)
class NewcomerSettings:
    """Limits of newcomers."""

    newcomer_days: int = setting(
        3,
        read_count(0, 365),
        "For how many days a new account has the limits of newcomers.",
    )
    newcomer_threads_read: int = setting(
        5,
        read_count(0, 1000),
        "How many threads somebody reads before the limits of newcomers end.",
    )
    newcomer_threads: int = setting(
        3,
        read_count(0, 1000),
        "How many threads a newcomer may start in the first 24 hours.",
    )
    newcomer_replies: int = setting(
        10,
        read_count(0, 10_000),
        "How many replies a newcomer may write in the first 24 hours.",
    )
    newcomer_links: int = setting(
        2,
        read_count(0, 1000),
        "How many links fit into one post of a newcomer.",
    )
    newcomer_message_links: int = setting(
        0,
        read_count(0, 1000),
        "How many links fit into one private message of a newcomer.",
    )
    newcomer_images: bool = setting(
        False,
        read_switch,
        "Whether newcomers may add images.",
    )
    newcomer_messages: bool = setting(
        False,
        read_switch,
        "Whether newcomers may write to others first. Answering is always open.",
    )
