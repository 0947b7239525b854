"""News of rooms that hold no posts, in one sentence each: neutral, so that a glance over a shoulder
tells nothing, and where it leads. No words of anybody, and no names of what somebody lives with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from node.i18n import N_


@dataclass(frozen=True, slots=True)
class RoomNews:
    """`sentence` may say %(who)s; `path` may say {thing}."""

    sentence: str
    path: str


SENTENCES: Final[Mapping[str, RoomNews]] = {
    "day-near": RoomNews(N_("A day that you wanted to hear of is near"), "/days/{thing}"),
    "quiet-yourself": RoomNews(
        N_("You were not here for a while. That is fine, and it is good to see you"), "/more"
    ),
    "quiet-buddy": RoomNews(
        N_("%(who)s has been quiet for a while. A few kind words might be welcome"), "/buddies"
    ),
    "welcome": RoomNews(N_("There is more here than groups. Have a look"), "/more"),
    "welcome-hello": RoomNews(N_("Somebody said hello, and nobody has answered yet"), "/welcome"),
    "welcome-rests": RoomNews(
        N_("Something that was posted in your name rests now. Have a look"), "/welcome"
    ),
    "session-begins": RoomNews(
        N_("What you said you would come to begins now"), "/reply-sessions/{thing}"
    ),
    "session-off": RoomNews(
        N_("What you said you would come to does not happen"), "/reply-sessions"
    ),
}
"""By what happened: `<room>-<what>`, such as "buddy-asked"."""


UNKNOWN: Final = RoomNews(N_("Something new for you"), "/more")
"""For news of a room that this version does not have (any more)."""


def room_news(about: str | None, thing_id: int | None) -> RoomNews:
    """The sentence, and the path with the thing's id in it."""
    news = SENTENCES.get(about or "", UNKNOWN)
    return RoomNews(news.sentence, news.path.replace("{thing}", str(thing_id)))
