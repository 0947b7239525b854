"""Reply sessions: the list, calling one, and being in one."""

from node.errors import Invalid, NotFound, Refused
from node.groups.pages.composer import shown_again
from node.groups.pages.labels import REPLIES_WANTED
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB, NOW
from node.web.page import page
from node.web.sessions import need_viewer
from node.welcoming.calling import SessionDraft
from node.welcoming.keys import WELCOMING
from node.welcoming.pages.fields import OFFSETS_SHOWN, clock_of, offset_of
from node.welcoming.rules import SESSION_MINUTES, check_session
from node.welcoming.texts import CLOSING
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


async def show_all(request: Request) -> Response:
    """GET /reply-sessions"""
    viewer, welcoming = need_viewer(request), request.app[WELCOMING]
    found, may_call = await request.app[DB].read(
        lambda uow: (
            welcoming.listed(uow, viewer.persona),
            welcoming.can_call_for_all(uow, viewer.persona),
        )
    )
    return page(
        request,
        "welcoming/sessions.html",
        sessions=found,
        may_call=may_call,
        clock=clock_of(request),
    )


async def show_new(request: Request) -> Response:
    """GET /reply-sessions/new"""
    today = clock_of(request)(request.app[NOW]())
    fields = {"date": f"{today:%Y-%m-%d}", "hour": "20", "minute": "0", "minutes": "60"}
    form = Form(fields | {"offset": offset_of(request)})
    return await _new(request, form)


async def call(request: Request) -> Response:
    """POST /reply-sessions/new with `act`, now or later."""
    viewer, form = need_viewer(request), await posted(request)
    welcoming, now = request.app[WELCOMING], request.app[NOW]()

    def write(uow: UnitOfWork) -> int:
        for_group = parse_id(form["group"]) if form["group"] else None
        starts = now
        if form["act"] != "now":
            starts = check_session(form["date"], form["hour"], form["minute"], form["offset"], now)
        draft = SessionDraft(
            group_id=for_group,
            starts_at=starts,
            minutes=int(form["minutes"]) if form["minutes"].isdecimal() else 0,
            invitation=form["invitation"],
        )
        return welcoming.call(uow, viewer.persona, draft).id

    try:
        made = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _new(request, form, shown_again(form, error))
    return see_other(f"/reply-sessions/{made}", "session-called")


async def _new(request: Request, form: Form, status: int = 200) -> Response:
    viewer, welcoming = need_viewer(request), request.app[WELCOMING]

    def read(uow: UnitOfWork) -> tuple[list[Actor], bool]:
        return (
            welcoming.groups_to_call_for(uow, viewer.persona),
            welcoming.can_call_for_all(uow, viewer.persona),
        )

    groups, may_call = await request.app[DB].read(read)
    return page(
        request,
        "welcoming/session_new.html",
        status=status,
        groups=groups,
        may_call=may_call,
        form=form,
        offsets=OFFSETS_SHOWN,
        lengths=SESSION_MINUTES,
    )


async def show_one(request: Request) -> Response:
    """GET /reply-sessions/{id}"""
    return await _one(request, Form())


async def act(request: Request) -> Response:
    """POST /reply-sessions/{id} with `act`: come, leave, next, end or call-off."""
    viewer, form = need_viewer(request), await posted(request)
    welcoming, number = request.app[WELCOMING], parse_id(request.match_info["id"])

    def write(uow: UnitOfWork) -> str | None:
        match form["act"]:
            case "come":
                welcoming.come(uow, number, viewer.persona)
                return "session-come"
            case "leave":
                welcoming.leave(uow, number, viewer.persona)
                return "session-left"
            case "next":
                handed = welcoming.hand(uow, number, viewer.persona)
                return None if handed else "session-quiet"
            case "end":
                welcoming.end(uow, number, viewer.persona, form["closing"])
                return None
            case "call-off":
                welcoming.call_off(uow, number, viewer.persona)
                return "session-off"
            case _:
                raise NotFound

    try:
        note = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _one(request, form, shown_again(form, error))
    return see_other(f"/reply-sessions/{number}", note)


async def _one(request: Request, form: Form, status: int = 200) -> Response:
    viewer, welcoming = need_viewer(request), request.app[WELCOMING]
    number = parse_id(request.match_info["id"])
    found = await request.app[DB].read(
        lambda uow: welcoming.session_page(uow, number, viewer.persona)
    )
    return page(
        request,
        "welcoming/session.html",
        status=status,
        found=found,
        session=found.session,
        form=form,
        wanted=REPLIES_WANTED,
        closing=CLOSING,
        clock=clock_of(request),
    )
