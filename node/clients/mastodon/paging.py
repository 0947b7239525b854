"""Pages of lists by id: `max_id`, `since_id`, `min_id`, `limit`, and the Link to the next."""

from collections.abc import Mapping, Sequence
from typing import Final

from node.clients.answers import Response, page_of
from node.clients.call import Call
from node.clients.params import Params
from storage.shapes import NEWEST
from storage.timelines import Window

USUAL: Final = 20
MOST: Final = 40


def window_of(params: Params, usual: int = USUAL, most: int = MOST) -> Window:
    """The part of a list that was asked for. `min_id` asks for what comes right after it."""
    least, since = params.maybe_id("min_id"), params.maybe_id("since_id")
    below = params.maybe_id("max_id")
    return Window(
        limit=params.limit(usual, most),
        below=NEWEST if below is None else below,
        above=max(least or 0, since or 0),
        upwards=least is not None,
    )


def page(call: Call, ids: Sequence[int], shown: Mapping[int, object], window: Window) -> Response:
    """The entities of these ids, newest first. What is left out of `shown` does not end the list:
    the Link leads on as long as the page was full of ids."""
    first = ids[0] if ids else None
    last = ids[-1] if len(ids) >= window.limit else None
    return page_of([shown[one] for one in ids if one in shown], call.url, first, last)
