"""What the forms of the room have in common."""

from collections.abc import Callable
from typing import TypeVar

from node.buddies.rules import KIND_LINES, MANNERS, UP_HOURS, manner_of
from node.errors import Invalid, Refused
from node.local_time import WEEKDAYS
from node.moods import DIFFICULTIES, MOODS
from node.web.errors import status_of
from node.web.forms import Form
from node.web.handles import parse_id
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.page import page
from storage.buddy_record import Agreed
from storage.errors import AlreadyThere
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")


def pair_id(request: Request) -> int:
    """The pair that the address names. Raises NotFound."""
    return parse_id(request.match_info["id"])


def weekdays_of(form: Form) -> frozenset[int]:
    """The days that were ticked."""
    return frozenset(day for day in range(7) if form[f"day-{day}"] == "yes")


def agreed_of(form: Form) -> Agreed:
    """What somebody proposes. Raises Invalid."""
    return Agreed(manner_of(form["manner"] or "both"), tuple(sorted(weekdays_of(form))))


def shown_again(form: Form, error: Invalid | Refused) -> int:
    """Puts the error at its field, or above the form; the status to answer with."""
    if isinstance(error, Invalid):
        form.blame(error)
    else:
        form.refuse(str(error))
    return status_of(error)


async def write(request: Request, fn: Callable[[UnitOfWork], T]) -> T:
    """The result of a use case. Two people may begin their conversation at the same time: whoever
    comes second finds it there."""
    try:
        return await request.app[DB].write(fn)
    except AlreadyThere:
        return await request.app[DB].write(fn)


def buddy_page(
    request: Request, template: str, *, status: int = 200, **context: object
) -> Response:
    """A page of the room: it knows the words for moods, days and ways of being buddies."""
    return page(
        request,
        f"buddies/{template}.html",
        status=status,
        moods=MOODS,
        difficulties=DIFFICULTIES,
        weekdays=WEEKDAYS,
        manners=MANNERS,
        hours=UP_HOURS,
        kind_lines=KIND_LINES,
        **context,
    )
