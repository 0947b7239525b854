"""Keeping the list of helplines: administrators add, change, confirm one by one, retire."""

from node.errors import Invalid
from node.help.keys import HELP
from node.help.pages.names import country_name
from node.help.rules import AUDIENCES, HelplineDraft, insist_keeper, shown
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB, NOW
from node.web.page import page
from node.web.sessions import need_viewer
from storage.helplines import Helpline

LIST = "/moderation/helplines"
_FIELDS = tuple(HelplineDraft.__dataclass_fields__)


async def show_all(request: Request) -> Response:
    """GET /moderation/helplines"""
    viewer, help_now = need_viewer(request), request.app[HELP]
    lines = await request.app[DB].read(lambda uow: help_now.everything(uow, viewer.account))
    own = help_now.countries
    return page(request, "help/list.html", lines=lines, own=own, country_name=country_name)


async def show_new(request: Request) -> Response:
    """GET /moderation/helplines/new"""
    viewer = need_viewer(request)
    insist_keeper(viewer.account)
    countries = request.app[HELP].countries
    return _new(request, Form({"country": countries[0] if countries else ""}))


async def add(request: Request) -> Response:
    """POST /moderation/helplines/new"""
    viewer, help_now = need_viewer(request), request.app[HELP]
    insist_keeper(viewer.account)
    form = await posted(request)
    try:
        line = await request.app[DB].write(
            lambda uow: help_now.add(uow, viewer.account, draft_of(form))
        )
    except Invalid as error:
        form.blame(error)
        return _new(request, form, 422)
    return see_other(f"{LIST}/{line.id}", "saved")


async def show_one(request: Request) -> Response:
    """GET /moderation/helplines/{key}"""
    viewer, help_now, key = need_viewer(request), request.app[HELP], request.match_info["key"]
    line = await request.app[DB].read(lambda uow: help_now.one(uow, viewer.account, key))
    return _one(request, line, _form_of(line))


async def change(request: Request) -> Response:
    """POST /moderation/helplines/{key}"""
    viewer, help_now, key = need_viewer(request), request.app[HELP], request.match_info["key"]
    insist_keeper(viewer.account)
    form = await posted(request)
    try:
        line = await request.app[DB].write(
            lambda uow: help_now.change(uow, viewer.account, key, draft_of(form))
        )
    except Invalid as error:
        form.blame(error)
        return await _again(request, key, form)
    return see_other(f"{LIST}/{line.id}", "saved")


async def confirm(request: Request) -> Response:
    """POST /moderation/helplines/{key}/confirm"""
    viewer, help_now, key = need_viewer(request), request.app[HELP], request.match_info["key"]
    insist_keeper(viewer.account)
    form = await posted(request)
    try:
        await request.app[DB].write(
            lambda uow: help_now.confirm(uow, viewer.account, key, looked=form["looked"] == "yes")
        )
    except Invalid as error:
        form.blame(error)
        return await _again(request, key, form)
    return see_other(LIST, "helpline-confirmed")


async def retire(request: Request) -> Response:
    """POST /moderation/helplines/{key}/retire"""
    viewer, help_now, key = need_viewer(request), request.app[HELP], request.match_info["key"]
    insist_keeper(viewer.account)
    await posted(request)
    await request.app[DB].write(lambda uow: help_now.retire(uow, viewer.account, key))
    return see_other(LIST, "helpline-retired")


def draft_of(form: Form) -> HelplineDraft:
    """What the fields say."""
    return HelplineDraft(**{name: form[name] for name in _FIELDS})


def _form_of(line: Helpline) -> Form:
    return Form({name: str(getattr(line, name)) for name in _FIELDS})


async def _again(request: Request, key: str, form: Form) -> Response:
    viewer, help_now = need_viewer(request), request.app[HELP]
    line = await request.app[DB].read(lambda uow: help_now.one(uow, viewer.account, key))
    kept = dict(_form_of(line).values) if "looked" in form.errors else {}
    return _one(request, line, Form(kept | dict(form.values), form.errors), 422)


def _new(request: Request, form: Form, status: int = 200) -> Response:
    return page(
        request,
        "help/entry.html",
        status=status,
        form=form,
        line=None,
        shown=None,
        audiences=AUDIENCES,
    )


def _one(request: Request, line: Helpline, form: Form, status: int = 200) -> Response:
    return page(
        request,
        "help/entry.html",
        status=status,
        form=form,
        line=line,
        shown=shown(line, request.app[NOW]()),
        audiences=AUDIENCES,
    )
