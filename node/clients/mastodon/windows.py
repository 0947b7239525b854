"""Which part of a list is asked for: `max_id`, `since_id`, `min_id` and `limit`, and the Link
header that leads to the parts beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from node.clients.answers import Response, page_of
from node.clients.call import Call
from storage.shapes import NEWEST


class Asked(TypedDict):
    """What a repository is asked."""

    limit: int
    before: int
    after: int
    upward: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Ids between `after` and `before`, the newest first; `upward` those next above `after`."""

    limit: int
    before: int = NEWEST
    after: int = 0
    upward: bool = False

    def asked(self) -> Asked:
        """As the arguments of a repository."""
        return Asked(limit=self.limit, before=self.before, after=self.after, upward=self.upward)


def window_of(call: Call, usual: int, most: int = 40) -> Window:
    """The part that a call asks for. An id that nothing can have bounds nothing."""
    params = call.params
    least, since = params.maybe_id("min_id"), params.maybe_id("since_id")
    return Window(
        limit=params.limit(usual, most),
        before=params.maybe_id("max_id") or NEWEST,
        after=least or since or 0,
        upward=bool(least),
    )


def paged(call: Call, items: Sequence[object], ids: Sequence[int], window: Window) -> Response:
    """A page. `ids` are those by which the list goes, also of what is not shown; a page that is not
    full is the last one."""
    last = ids[-1] if len(ids) >= window.limit else None
    return page_of(items, call.url, ids[0] if ids else None, last)
