"""Telling the staff about a post, a persona, or messages that one received."""

from collections.abc import Callable

from node.errors import Invalid, Refused
from node.moderation.evidence import Received
from node.moderation.keys import MODERATION
from node.moderation.pages.labels import REASONS
from node.moderation.reporting import ReportDraft, Reporting
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.handles import parse_id, split_handle
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG, DB
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

SENT = "/reports"


async def show_post(request: Request) -> Response:
    """GET /report/post/{id}"""
    return await _post_page(request, Form())


async def send_post(request: Request) -> Response:
    """POST /report/post/{id}"""
    viewer, form, number = need_viewer(request), await posted(request), _id(request)
    reporting = _reporting(request)
    try:
        await request.app[DB].write(
            lambda uow: reporting.report_post(uow, viewer, number, _draft(form))
        )
    except (Invalid, Refused) as error:
        return await _post_page(request, _blame(form, error), status_of(error))
    return see_other(SENT, "reported")


async def show_persona(request: Request) -> Response:
    """GET /report/persona/{handle}"""
    return await _persona_page(request, Form())


async def send_persona(request: Request) -> Response:
    """POST /report/persona/{handle}"""
    viewer, form, find = need_viewer(request), await posted(request), _persona(request)
    reporting = _reporting(request)
    try:
        await request.app[DB].write(
            lambda uow: reporting.report_persona(uow, viewer, find(uow), _draft(form))
        )
    except (Invalid, Refused) as error:
        return await _persona_page(request, _blame(form, error), status_of(error))
    return see_other(SENT, "reported")


async def show_message(request: Request) -> Response:
    """GET /report/message/{id}"""
    return await _message_page(request, Form({f"show-{request.match_info['id']}": "yes"}))


async def send_message(request: Request) -> Response:
    """POST /report/message/{id}; `show-<id>` ticks a message, `part-<id>` is what to show of it."""
    viewer, form, number = need_viewer(request), await posted(request), _id(request)
    reporting = _reporting(request)
    ticked = [name[5:] for name in form.values if name.startswith("show-")]
    parts = {int(one): form[f"part-{one}"] for one in ticked if one.isdecimal()}
    try:
        await request.app[DB].write(
            lambda uow: reporting.report_messages(uow, viewer, number, parts, _draft(form))
        )
    except (Invalid, Refused) as error:
        return await _message_page(request, _blame(form, error), status_of(error))
    return see_other(SENT, "reported")


async def _post_page(request: Request, form: Form, status: int = 200) -> Response:
    viewer, number, reporting = need_viewer(request), _id(request), _reporting(request)

    def read(uow: UnitOfWork) -> Actor | None:
        return uow.actors.get(reporting.post(uow, viewer, number).author_id)

    author = await request.app[DB].read(read)
    return _page(request, form, status, author, back=f"/posts/{number}")


async def _persona_page(request: Request, form: Form, status: int = 200) -> Response:
    viewer, find, reporting = need_viewer(request), _persona(request), _reporting(request)
    found = await request.app[DB].read(lambda uow: reporting.persona(uow, viewer, find(uow)))
    return _page(request, form, status, found, back="")


async def _message_page(request: Request, form: Form, status: int = 200) -> Response:
    viewer, number, reporting = need_viewer(request), _id(request), _reporting(request)

    def read(uow: UnitOfWork) -> tuple[list[Received], Actor | None]:
        received = reporting.messages(uow, viewer, number)
        return received, uow.actors.get(received[0].author_id)

    received, author = await request.app[DB].read(read)
    return _page(request, form, status, author, back="", received=received)


def _page(
    request: Request,
    form: Form,
    status: int,
    subject: Actor | None,
    *,
    back: str,
    received: list[Received] | None = None,
) -> Response:
    say = tongue_of(request).say
    return page(
        request,
        "moderation/report.html",
        status=status,
        form=form,
        subject=subject,
        back=back,
        received=received or [],
        reasons=[(value, say(label), say(words)) for value, label, words in REASONS],
    )


def _draft(form: Form) -> ReportDraft:
    return ReportDraft(
        reason=form["reason"],
        words=form["words"],
        shows_reporter=form["shows_reporter"] == "yes",
    )


def _blame(form: Form, error: Invalid | Refused) -> Form:
    return form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))


def _persona(request: Request) -> Callable[[UnitOfWork], Actor | None]:
    handle, authority = split_handle(request.match_info["handle"], request.app[CONFIG].authority)
    return lambda uow: uow.actors.by_handle(handle, authority)


def _reporting(request: Request) -> Reporting:
    return request.app[MODERATION].reporting


def _id(request: Request) -> int:
    return parse_id(request.match_info["id"])
