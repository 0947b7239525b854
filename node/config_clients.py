"""What an operator can set about client apps."""

from dataclasses import dataclass

from node.config_values import read_count, read_switch, setting


# No slots: of several such parts of one configuration only one may have them.
@dataclass(frozen=True, kw_only=True)
class ClientSettings:
    """Limits of client apps."""

    client_calls: int = setting(
        900,
        read_count(0, 1_000_000),
        "How many calls one app may make for one person in 5 minutes; 0 means any number.",
    )
    client_streams: int = setting(
        2000,
        read_count(0, 100_000),
        "How many streams of client apps, of all people together, one process keeps open at once.",
    )
    client_streams_each: int = setting(
        10,
        read_count(1, 1000),
        "How many streams client apps may keep open at once for one person.",
    )
    push_names: bool = setting(
        True,
        read_switch,
        "Whether people may choose that messages to their devices say who did something. Otherwise "
        "all of them say only that there is something new.",
    )
