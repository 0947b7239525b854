"""The words of cards on pages, and what every page of this room needs."""

from typing import Final

from node.coping.rules import CONTEXTS, COSTS, EFFORTS, LICENCES, State
from node.i18n import N_
from node.topics import TOPICS, label_of
from node.web.http import Request, Response
from node.web.page import page

STATES: Final[dict[State, str]] = {
    "draft": N_("Draft. Only you can read it."),
    "kept": N_("Kept for yourself. Only you can read it."),
    "published": "",
    "needs-check": N_("It touches medicine, and nobody has checked it yet."),
    "checked": N_("A moderator checked it."),
    "needs-change": N_("A moderator asked the author to change something."),
    "withdrawn": N_("Its author took it back."),
    "gone": "",
}


def card_page(request: Request, template: str, *, status: int = 200, **more: object) -> Response:
    """A page of this room, with the words that its templates use."""
    return page(request, template, status=status, **(_WORDS | more))


_WORDS: Final[dict[str, object]] = {
    "efforts": EFFORTS,
    "costs": COSTS,
    "licences": LICENCES,
    "contexts": CONTEXTS,
    "topics": TOPICS,
    "topic_label": label_of,
    "states": STATES,
}
