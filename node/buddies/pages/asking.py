"""Coming together: asking somebody of one's groups, a code that works once, and answers."""

from collections.abc import Mapping

from node.buddies.keys import BUDDIES
from node.buddies.pages.doing import agreed_of, buddy_page, pair_id, shown_again
from node.buddies.rules import Act
from node.errors import Invalid, NotFound, Refused
from node.messages.rules import NOT_THERE
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer

_ACTS: Mapping[str, Act] = {"accept": "accept", "decline": "decline", "withdraw": "withdraw"}
_ANSWERS: Mapping[Act, str] = {
    "accept": "buddy-yes",
    "decline": "buddy-no",
    "withdraw": "buddy-no",
}


async def show(request: Request) -> Response:
    """GET /buddies/ask; `to` names somebody."""
    need_viewer(request)
    to = request.query.get("to", "")[:100]
    return buddy_page(request, "ask", form=Form({"to": f"@{to}" if to else "", "manner": "both"}))


async def ask(request: Request) -> Response:
    """POST /buddies/ask"""
    viewer, form, buddies = need_viewer(request), await posted(request), request.app[BUDDIES]
    try:
        agreed = agreed_of(form)
        await request.app[DB].write(
            lambda uow: buddies.ask(uow, viewer.persona, form["to"], agreed)
        )
    except (Invalid, Refused) as error:
        return buddy_page(request, "ask", status=shown_again(form, error), form=form)
    except NotFound:
        # Somebody who went meanwhile, or is not there for this reader: nobody by that name.
        gone = Invalid("to", NOT_THERE.sentence)
        return buddy_page(request, "ask", status=shown_again(form, gone), form=form)
    return see_other("/buddies", "buddy-asked")


async def answer(request: Request) -> Response:
    """POST /buddies/{id}/answer; `act` is "accept", "decline" or "withdraw"."""
    viewer, form, number = need_viewer(request), await posted(request), pair_id(request)
    buddies, persona, act = request.app[BUDDIES], viewer.persona, form["act"]
    chosen = _ACTS.get(act)
    if chosen is None:
        raise NotFound
    await request.app[DB].write(lambda uow: buddies.answer(uow, persona, number, chosen))
    return see_other("/buddies", _ANSWERS[chosen])


async def show_code(request: Request) -> Response:
    """GET /buddies/code: what a code is, and the button that makes one."""
    need_viewer(request)
    return buddy_page(request, "code", code=None, form=Form())


async def make_code(request: Request) -> Response:
    """POST /buddies/code: the code, shown this once."""
    viewer, form, buddies = need_viewer(request), await posted(request), request.app[BUDDIES]
    try:
        code = await request.app[DB].write(lambda uow: buddies.make_code(uow, viewer.persona))
    except Refused as error:
        return buddy_page(request, "code", status=shown_again(form, error), code=None, form=form)
    return buddy_page(request, "code", code=code, form=form)


async def show_join(request: Request) -> Response:
    """GET /buddies/join: where a code is typed."""
    need_viewer(request)
    return buddy_page(request, "join", form=Form({"manner": "both"}), maker=None)


async def join(request: Request) -> Response:
    """POST /buddies/join: first whose code it is, then, with `act` "join", the yes to it."""
    viewer, form, buddies = need_viewer(request), await posted(request), request.app[BUDDIES]
    persona, code = viewer.persona, form["code"]
    try:
        if form["act"] != "join":
            maker = await request.app[DB].read(lambda uow: buddies.whose(uow, persona, code))
            return buddy_page(request, "join", form=form, maker=maker)
        agreed = agreed_of(form)
        pair = await request.app[DB].write(lambda uow: buddies.join(uow, persona, code, agreed))
    except (Invalid, Refused) as error:
        status = shown_again(form, error)
        return buddy_page(request, "join", status=status, form=form, maker=None)
    return see_other(f"/buddies/{pair.id}", "buddy-yes")
