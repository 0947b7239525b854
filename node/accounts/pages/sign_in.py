"""Signing in and out. A wrong password and an unknown name get the same answer (WEB-02)."""

from math import ceil

from node.accounts import rules
from node.accounts.device import device_label
from node.accounts.keys import ENTRANCE, SESSIONS
from node.accounts.sessions import OpenedSession
from node.accounts.throttle import SlowDown
from node.errors import KithError, Refused
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.headers import keep_opener
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG, DB
from node.web.network import network_of
from node.web.next_path import leads_to_app, safe_next
from node.web.page import page
from node.web.sessions import begin_session, end_session, session_token, viewer_of

SHOWN_AGAIN = frozenset({"wrong", "slow-down", "busy", "suspended"})


async def show(request: Request) -> Response:
    """GET /sign-in; `next` is the page of ours to go to afterwards."""
    next_page = safe_next(request.query.get("next"))
    if viewer_of(request) is not None:
        return see_other(next_page)
    return _form(request, Form(), next_page)


async def enter(request: Request) -> Response:
    """POST /sign-in"""
    form = await posted(request)
    next_page = safe_next(form["next"])
    try:
        opened = await request.app[ENTRANCE].sign_in(
            form["name"],
            form["password"],
            network=network_of(request),
            label=device_label(request.headers.get("User-Agent", "")),
            replaces=session_token(request),
        )
    except Refused as error:
        if error.code not in SHOWN_AGAIN:
            raise
        return refused(_form(request, form.refuse(str(error)), next_page, error), error)
    return _on_the_way(came_in(request, see_other(next_page, "signed-in"), opened), next_page)


async def leave(request: Request) -> Response:
    """POST /sign-out; `next` is the page of ours to go to afterwards."""
    form = await posted(request)
    token = session_token(request)
    if token is not None:
        sessions = request.app[SESSIONS]
        await request.app[DB].write(lambda uow: sessions.close(uow, token))
    next_page = safe_next(form["next"])
    return _on_the_way(end_session(request, see_other(next_page, "signed-out")), next_page)


def came_in(request: Request, response: Response, opened: OpenedSession) -> Response:
    """Give the browser its new token along with the answer."""
    return begin_session(request, response, opened.token, rules.ABSOLUTE)


def refused(response: Response, error: KithError) -> Response:
    """Say how long to wait, when that is the reason."""
    if isinstance(error, SlowDown):
        response.headers["Retry-After"] = str(ceil(error.wait.total_seconds()))
    return response


def _form(request: Request, form: Form, next_page: str, error: KithError | None = None) -> Response:
    status = 200
    if error is not None:
        status = 422 if error.code == "wrong" else status_of(error)
    shown = page(
        request,
        "accounts/sign_in.html",
        status=status,
        form=form,
        next=next_page,
        open_signup=request.app[CONFIG].open_signup,
    )
    return _on_the_way(shown, next_page)


def _on_the_way(response: Response, next_page: str) -> Response:
    """The answer, which does not cut the window off when an app has opened it to sign in."""
    if leads_to_app(next_page):
        keep_opener(response)
    return response
