"""Asking for another look, for those who cannot sign in: by name and password, nothing else."""

from collections.abc import Callable

from node.accounts.keys import ENTRANCE
from node.errors import Invalid, Refused
from node.moderation.appealing import Standing
from node.moderation.keys import MODERATION
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.network import network_of
from node.web.page import page
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /appeal"""
    return page(request, "moderation/appeal.html", form=Form(), standings=[], sent=False)


async def send(request: Request) -> Response:
    """POST /appeal with `name` and `password`; with `words` it is an appeal, without them a look
    at the reasons."""
    form = await posted(request)
    appealing = request.app[MODERATION].appealing
    standings: list[Standing] = []
    try:
        account_id = await request.app[ENTRANCE].check(
            form["name"], form["password"], network=network_of(request)
        )
        standings = await request.app[DB].read(lambda uow: appealing.standings(uow, account_id))
        if form["words"].strip():
            standings = await request.app[DB].write(_appeal(request, account_id, form["words"]))
            return page(
                request, "moderation/appeal.html", form=Form(), standings=standings, sent=True
            )
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        status = 422 if error.code == "wrong" else status_of(error)
        return page(
            request,
            "moderation/appeal.html",
            status=status,
            form=blamed,
            standings=standings,
            sent=False,
        )
    return page(request, "moderation/appeal.html", form=form, standings=standings, sent=False)


def _appeal(
    request: Request, account_id: int, words: str
) -> Callable[[UnitOfWork], list[Standing]]:
    appealing = request.app[MODERATION].appealing

    def act(uow: UnitOfWork) -> list[Standing]:
        appealing.appeal(uow, account_id, words)
        return appealing.standings(uow, account_id)

    return act
