"""What an operator can set so that a glance at somebody's screen tells nothing."""

from dataclasses import dataclass

from node.config_values import read_short, read_site, read_zone, setting


@dataclass(frozen=True, kw_only=True)
class CalmSettings:
    """Where people go who must leave at once, and what a browser's tab says."""

    time_zone: str = setting(
        "UTC",
        read_zone,
        "The time zone of the community, by its name in the IANA database, such as Europe/Berlin. "
        "Reminders come in the morning there.",
    )
    leave_to: str = setting(
        "https://www.wikipedia.org/",
        read_site,
        "The page of another site that “Leave this site” leads to: one that nobody wonders about.",
    )
    tab_name: str = setting(
        "",
        read_short,
        "What stands behind the title of a page, in tabs and in the history of a browser. "
        "Empty means node_name; choose something neutral if that tells what people come for.",
    )
