"""What an operator can set about listening: who may listen, and how long words are kept."""

from dataclasses import dataclass

from node.config_values import read_count, read_switch, setting


# No slots: of several such parts of one configuration only one may have them.
@dataclass(frozen=True, kw_only=True)
class ListeningSettings:
    """Sessions of two."""

    listening_needs_badge: bool = setting(
        True,
        read_switch,
        "Whether whoever offers to listen goes through the training first, and has a badge for the "
        "topic.",
    )
    listening_text_days: int = setting(
        30,
        read_count(4, 365),
        "For how many days after the end of a listening session its words are kept.",
    )
