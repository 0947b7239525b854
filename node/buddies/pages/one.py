"""One buddy: what they share, a kind word to send, the days agreed on, going on, parting."""

from node.buddies.keys import BUDDIES
from node.buddies.pages.doing import buddy_page, pair_id, shown_again, weekdays_of, write
from node.buddies.rules import KIND_LINES, may_renew
from node.errors import Invalid, Refused
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import tongue_of
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /buddies/{id}"""
    line = tongue_of(request).say(KIND_LINES[pair_id(request) % len(KIND_LINES)])
    return await _page(request, Form({"text": line}))


async def agree_days(request: Request) -> Response:
    """POST /buddies/{id}/days"""
    viewer, form, number = need_viewer(request), await posted(request), pair_id(request)
    buddies, days = request.app[BUDDIES], weekdays_of(form)
    await request.app[DB].write(lambda uow: buddies.agree_days(uow, viewer.persona, number, days))
    return see_other(f"/buddies/{number}", "saved")


async def renew(request: Request) -> Response:
    """POST /buddies/{id}/renew"""
    viewer, number, buddies = need_viewer(request), pair_id(request), request.app[BUDDIES]
    await posted(request)
    await request.app[DB].write(lambda uow: buddies.renew(uow, viewer.persona, number))
    return see_other(f"/buddies/{number}", "buddy-renewal")


async def _send(request: Request, form: Form) -> None:
    """Send what stands in the form."""
    viewer, number, buddies = need_viewer(request), pair_id(request), request.app[BUDDIES]
    await write(request, lambda uow: buddies.write(uow, viewer.persona, number, form["text"]))


async def write_message(request: Request) -> Response:
    """POST /buddies/{id}/write: a private message to the buddy."""
    form = await posted(request)
    try:
        await _send(request, form)
    except (Invalid, Refused) as error:
        return await _page(request, form, shown_again(form, error))
    return see_other(f"/buddies/{pair_id(request)}", "message-sent")


async def show_end(request: Request) -> Response:
    """GET /buddies/{id}/end"""
    viewer, number, buddies = need_viewer(request), pair_id(request), request.app[BUDDIES]
    view = await request.app[DB].read(lambda uow: buddies.one(uow, viewer.persona, number))
    return buddy_page(request, "end", view=view)


async def end(request: Request) -> Response:
    """POST /buddies/{id}/end"""
    viewer, number, buddies = need_viewer(request), pair_id(request), request.app[BUDDIES]
    await posted(request)
    await request.app[DB].write(lambda uow: buddies.end(uow, viewer.persona, number))
    return see_other("/buddies", "buddy-ended")


async def _page(request: Request, form: Form, status: int = 200) -> Response:
    viewer, number, buddies = need_viewer(request), pair_id(request), request.app[BUDDIES]
    view, entries, goals = await request.app[DB].read(
        lambda uow: buddies.shared_by(uow, viewer.persona, number)
    )
    days = Form({f"day-{day}": "yes" for day in view.pair.agreed.weekdays})
    return buddy_page(
        request,
        "buddy",
        status=status,
        view=view,
        entries=entries,
        goals=goals,
        form=form,
        days_form=days,
        may_renew=may_renew(view.pair, buddies.now()),
        is_asker=view.pair.asked_by == viewer.persona.id,
    )
