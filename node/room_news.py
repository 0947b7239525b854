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
    "circle-again": RoomNews(N_("You are asked to come along again"), "/circles/{thing}"),
    "circle-asked": RoomNews(N_("There may be a circle for you"), "/circles/{thing}"),
    "circle-begins": RoomNews(N_("Your circle begins"), "/circles/{thing}"),
    "circle-closed": RoomNews(N_("Your circle has closed"), "/circles/{thing}"),
    "circle-closing": RoomNews(N_("A last week together begins"), "/circles/{thing}"),
    "circle-knock": RoomNews(N_("%(who)s would like to come in"), "/circles/{thing}"),
    "circle-let-in": RoomNews(N_("You were let in"), "/circles/{thing}"),
    "circle-lingers": RoomNews(
        N_("People still come together. Have a look at how it stands"), "/circles/{thing}"
    ),
    "circle-not-now": RoomNews(
        N_("It did not come about this time. Look at what else there is"), "/circles"
    ),
    "circle-not-yet": RoomNews(
        N_("It did not come about this time; you go on waiting"), "/circles"
    ),
    "circle-on": RoomNews(N_("It goes on where it stopped"), "/circles/{thing}"),
    "circle-question": RoomNews(N_("There is a new question for today"), "/circles/{thing}"),
    "circle-small": RoomNews(N_("You are asked how to go on"), "/circles/{thing}"),
    "circle-week": RoomNews(N_("A note about your own week"), "/circles/{thing}"),
    "buddy-asked": RoomNews(N_("%(who)s asks you something"), "/buddies"),
    "buddy-yes": RoomNews(N_("%(who)s said yes"), "/buddies/{thing}"),
    "buddy-days": RoomNews(N_("%(who)s changed the days you agreed on"), "/buddies/{thing}"),
    "buddy-missed": RoomNews(
        N_("A kind word to %(who)s may be welcome today"), "/buddies/{thing}#write"
    ),
    "buddy-ends-soon": RoomNews(
        N_("Your weeks with %(who)s are nearly over. Would you like to go on?"),
        "/buddies/{thing}",
    ),
    "buddy-renewal": RoomNews(N_("%(who)s would like to go on"), "/buddies/{thing}"),
    "buddy-renewed": RoomNews(N_("You and %(who)s go on"), "/buddies/{thing}"),
    "buddy-ended": RoomNews(N_("Your weeks with %(who)s have come to their end"), "/buddies"),
    "buddy-hard-moment": RoomNews(
        N_("%(who)s would be glad of some company now"), "/buddies/{thing}#write"
    ),
    "goals-reminder": RoomNews(N_("You wanted to look at something today"), "/goals"),
    "replying-helped": RoomNews(N_("%(who)s let you know something kind"), "/needs-a-reply/given"),
    "coping-check": RoomNews(N_("%(who)s looked at something you wrote"), "/coping/{thing}"),
    "coping-ask-change": RoomNews(
        N_("%(who)s asks you to change something you wrote"), "/coping/{thing}"
    ),
    "letter": RoomNews(N_("%(who)s wrote to you"), "/help/for-you"),
    "team-look": RoomNews(N_("Something waits for the team"), "/moderation/risk"),
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
    "listening-asked": RoomNews(N_("Somebody asks for you"), "/listening/{thing}"),
    "listening-found": RoomNews(N_("Somebody said yes to what you asked"), "/listening/{thing}"),
    "listening-begun": RoomNews(N_("What you said yes to has begun"), "/listening/{thing}"),
    "listening-letter": RoomNews(N_("A letter for you"), "/listening/{thing}"),
    "listening-later": RoomNews(N_("What you asked for found nobody yet"), "/listening/{thing}"),
}
"""By what happened: `<room>-<what>`, such as "buddy-asked"."""


UNKNOWN: Final = RoomNews(N_("Something new for you"), "/more")
"""For news of a room that this version does not have (any more)."""


def room_news(about: str | None, thing_id: int | None) -> RoomNews:
    """The sentence, and the path with the thing's id in it."""
    news = SENTENCES.get(about or "", UNKNOWN)
    return RoomNews(news.sentence, news.path.replace("{thing}", str(thing_id)))
