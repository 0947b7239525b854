"""Offering to help, and who could use a kind word."""

from node.replying.keys import REPLYING
from node.replying.rules import Unanswered
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork

PATH = "/needs-a-reply/kind-words"


async def show(request: Request) -> Response:
    """GET /needs-a-reply/kind-words. Whoever does not help (yet) is asked whether they would."""
    viewer, replying = need_viewer(request), request.app[REPLYING]

    def read(uow: UnitOfWork) -> tuple[bool, bool, list[Unanswered]]:
        offered = uow.helping.offers_since(viewer.persona.id) is not None
        if not replying.is_helper(uow, viewer.persona):
            return offered, False, []
        return offered, True, list(replying.unanswered(uow, viewer.persona))

    offered, is_helper, people = await request.app[DB].read(read)
    return page(
        request,
        "replying/kind_words.html",
        people=people,
        is_helper=is_helper,
        offered=offered,
    )


async def change(request: Request) -> Response:
    """POST /needs-a-reply/helping; `act` is "offer" or "withdraw"."""
    viewer, form, replying = need_viewer(request), await posted(request), request.app[REPLYING]
    offers = form["act"] == "offer"
    act = replying.offer if offers else replying.withdraw
    await request.app[DB].write(lambda uow: act(uow, viewer.persona))
    return see_other(PATH, "offers-help" if offers else "offers-no-help")
