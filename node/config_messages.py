"""What an operator can set about private messages. `node.config` adds it to all the rest."""

from dataclasses import dataclass

from node.config_values import read_count, setting


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSettings:
    """Limits of private messages, and how long they stay."""

    message_people: int = setting(
        8,
        read_count(2, 50),
        "How many people one private conversation may have, whoever began it among them.",
    )
    message_standing_days: int = setting(
        7,
        read_count(0, 365),
        "For how many days two people must share a group before one may write to the other "
        "without asking first.",
    )
    message_request_letters: int = setting(
        300,
        read_count(20, 2000),
        "How many characters a request to write to somebody may have.",
    )
    message_requests_a_day: int = setting(
        5,
        read_count(0, 1000),
        "How many people one account may ask within 24 hours whether it may write to them.",
    )
    message_request_days: int = setting(
        30,
        read_count(1, 365),
        "After how many days a request is forgotten, answered or not; only then may the same "
        "person be asked again.",
    )
    message_keep_days: int = setting(
        180,
        read_count(0, 3650),
        "For how many days people keep private messages who chose no time themselves. 0 keeps "
        "them until somebody deletes them.",
    )
    message_search_most: int = setting(
        2000,
        read_count(50, 100_000),
        "How many of somebody's messages one step of a search opens. The page offers to go on.",
    )
    message_streams: int = setting(
        500,
        read_count(0, 100_000),
        "How many open pages of conversations, of all people together, are told at once when "
        "something new comes. Others show it when they are loaded again.",
    )
