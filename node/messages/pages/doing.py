"""What every form of the room does: write, and say what was wrong."""

from collections.abc import Callable
from typing import TypeVar

from node.errors import Invalid, Refused
from node.web.errors import status_of
from node.web.forms import Form
from node.web.handles import parse_id
from node.web.http import Request
from node.web.keys import DB
from storage.errors import AlreadyThere
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")


def conversation_id(request: Request) -> int:
    """The conversation that the address names. Raises NotFound."""
    return parse_id(request.match_info["id"])


def message_id(request: Request) -> int:
    """The message that the address names. Raises NotFound."""
    return parse_id(request.match_info["message"])


def place_in_list(request: Request) -> int | None:
    """Where in a list the page begins; None at its newest end. Raises NotFound."""
    return parse_id(request.query["before"]) if "before" in request.query else None


async def write(request: Request, fn: Callable[[UnitOfWork], T]) -> T:
    """The result of a use case. Two people may begin their conversation at the same time: whoever
    comes second finds it there."""
    try:
        return await request.app[DB].write(fn)
    except AlreadyThere:
        return await request.app[DB].write(fn)


def shown_again(form: Form, error: Invalid | Refused) -> int:
    """Puts the error at its field, or above the form; the status to answer with."""
    if isinstance(error, Invalid):
        form.blame(error)
    else:
        form.refuse(str(error))
    return status_of(error)
