"""What an operator can set about help, and about posts that wait before they go to other nodes."""

from dataclasses import dataclass

from node.config_values import read_count, read_countries, read_line, setting


# No slots: of several such parts of one configuration only one may have them.
@dataclass(frozen=True, kw_only=True)
class HelpSettings:
    """Where help is, and who looks before something leaves."""

    countries: str = setting(
        "",
        read_countries,
        "The countries whose helplines are offered first, as two letters each with spaces between "
        "them, such as `GB IE`. Empty means that everybody is asked.",
    )
    emergency_number: str = setting(
        "",
        read_line,
        "The number to call when somebody is in danger, as people write it. Empty means the one "
        "that belongs to the country, where it is known.",
    )
    outbound_hold_minutes: int = setting(
        10,
        read_count(0, 1440),
        "For how many minutes a post waits before it goes to other nodes, so that its author can "
        "take it back. Urgent mending of what has gone out does not wait.",
    )
    first_posts_held: int = setting(
        3,
        read_count(0, 100),
        "How many first posts of a person a moderator looks at before they go to other nodes.",
    )
    hit_days: int = setting(
        30,
        read_count(1, 90),
        "After how many days signs that somebody may not be safe are forgotten, and what a "
        "moderator wrote to them.",
    )
