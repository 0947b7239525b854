"""One's own personas in a list, and going on as another of them."""

from dataclasses import dataclass

from node.accounts.keys import SESSIONS
from node.viewer import Viewer
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.next_path import safe_next
from node.web.page import page
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.personas import OneOff
from storage.unit_of_work import UnitOfWork

ONE_OFFS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Own:
    """All that an account's owner has here."""

    personas: list[Actor]
    places: dict[int, list[Actor]]
    one_offs: list[OneOff]
    has_role: bool


async def show(request: Request) -> Response:
    """GET /settings/personas; `next` is the page of ours to go back to after switching."""
    viewer = need_viewer(request)
    found = await request.app[DB].read(lambda uow: _own(uow, viewer.account.id))
    return page(
        request,
        "personas/own.html",
        personas=found.personas,
        places=found.places,
        one_offs=found.one_offs,
        has_role=found.has_role,
        next=safe_next(request.query.get("next")),
    )


async def switch(request: Request) -> Response:
    """POST /settings/personas with `persona`, a handle."""
    viewer: Viewer = need_viewer(request)
    form = await posted(request)
    sessions = request.app[SESSIONS]
    await request.app[DB].write(lambda uow: sessions.act_as(uow, viewer, form["persona"]))
    return see_other(safe_next(form["next"]), "persona-switched")


def _own(uow: UnitOfWork, account_id: int) -> Own:
    account = uow.accounts.get(account_id)
    return Own(
        uow.personas.of_account(account_id),
        uow.personas.places(account_id),
        uow.personas.one_offs_of(account_id, ONE_OFFS_SHOWN),
        account is not None and account.role != "member",
    )
