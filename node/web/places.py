"""What there is on this node beside groups and messages: one line for each room, on the page /more.

A room that opens adds its line here. Who may come in is the room's own business.
"""

from dataclasses import dataclass
from typing import Final, Literal

from node.i18n import N_
from node.web.http import Request, Response
from node.web.page import page

Section = Literal["now", "together", "yourself"]


@dataclass(frozen=True, slots=True)
class Place:
    """A page to go to. `is_open`: also for somebody who is not signed in."""

    path: str
    title: str
    sentence: str
    section: Section
    is_open: bool = False


SECTIONS: Final[tuple[tuple[Section, str], ...]] = (
    ("now", N_("When you need something now")),
    ("together", N_("With others")),
    ("yourself", N_("For yourself")),
)

PLACES: Final[tuple[Place, ...]] = (
    Place(
        "/help",
        N_("Help now"),
        N_("Someone to call or write to when it cannot wait."),
        "now",
        is_open=True,
    ),
    Place(
        "/directory",
        N_("Services near you"),
        N_("Helplines, groups and places that can help. Nobody sees what you look for."),
        "now",
        is_open=True,
    ),
    Place(
        "/listening",
        N_("Listening"),
        N_("Be heard by one person for a while, or listen to somebody."),
        "together",
    ),
    Place(
        "/plan", N_("My plan"), N_("For hard days, in your own words. Only you see it."), "yourself"
    ),
    Place(
        "/needs-a-reply",
        N_("Waiting for a reply"),
        N_("People in your groups whom hardly anybody has answered so far."),
        "together",
    ),
    Place(
        "/reply-sessions",
        N_("Answering together"),
        N_("An hour in which several people answer what waits for an answer."),
        "together",
    ),
    Place(
        "/circles",
        N_("Circles"),
        N_("A few people, some weeks, one question a day. Only they read it."),
        "together",
    ),
    Place(
        "/buddies",
        N_("Buddies"),
        N_("Two people who look after each other for a few weeks."),
        "together",
    ),
    Place(
        "/stories",
        N_("Stories"),
        N_("What people came through and what helped, told by themselves."),
        "together",
        is_open=True,
    ),
    Place(
        "/welcome",
        N_("Saying hello"),
        N_("Be there for people who are new, at times that suit you."),
        "together",
    ),
    Place(
        "/training",
        N_("Training"),
        N_("Ready to help? A short course for people who would like to listen."),
        "together",
    ),
    Place(
        "/goals",
        N_("Goals"),
        N_("What you would like to work towards, in your own words. Only you see it."),
        "yourself",
    ),
    Place(
        "/toolkit",
        N_("Your toolkit"),
        N_("What you keep at hand for later, with your own notes."),
        "now",
    ),
    Place(
        "/coping",
        N_("What helps"),
        N_("Cards by people who tried it: what it is, when it helps, and what it takes."),
        "yourself",
        is_open=True,
    ),
    Place(
        "/days",
        N_("My days"),
        N_("Days of the year that weigh more than others, and a quiet line in time."),
        "yourself",
    ),
    Place(
        "/waiting",
        N_("What waits"),
        N_("Posts of yours that other nodes do not have yet."),
        "yourself",
    ),
)


async def more_page(request: Request) -> Response:
    """GET /more: everything there is, in three short lists."""
    return page(request, "web/more.html", places=PLACES, sections=SECTIONS)
