"""Who asks through the API, and which thing an address names.

What a token allows was checked at the door (`node/clients/doors.py`).
"""

from datetime import UTC, datetime

from node.errors import Invalid, NotFound
from node.groups.reading import Cursor
from node.i18n import N_
from node.web.http import Request
from node.web.sessions import need_viewer, viewer_of
from storage.actors import Actor

LARGEST_ID = 2**63 - 1


def reader(request: Request) -> Actor | None:
    """The persona that reads, or None for a visitor."""
    viewer = viewer_of(request)
    return None if viewer is None else viewer.persona


def member(request: Request) -> Actor:
    """The persona that reads for itself. Raises SignInNeeded."""
    return need_viewer(request).persona


def writer(request: Request) -> Actor:
    """The persona that acts. Raises SignInNeeded."""
    return need_viewer(request).persona


def id_in(request: Request, name: str = "id") -> int:
    """The id in the address. Raises NotFound."""
    return known_id(request.match_info[name])


def known_id(text: str) -> int:
    """An id as text. Raises NotFound for what no id can be."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 19 or int(text) > LARGEST_ID:
        raise NotFound
    return int(text)


def cursor_in(request: Request) -> Cursor | None:
    """Where the page asked for begins. Raises Invalid."""
    text = request.query.get("before")
    if not text:
        return None
    moment, _, number = text.partition("_")
    try:
        # A plus sign that was not quoted arrives as a space.
        at = datetime.fromisoformat(moment.replace(" ", "+")).astimezone(UTC)
        return at, known_id(number)
    except (ValueError, OverflowError, NotFound):
        sentence = N_("Take `before` from `next` of the page that you have.")
        raise Invalid("before", sentence) from None
