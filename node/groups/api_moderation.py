"""The API of moderators: remove and restore, lock and unlock, pin and unpin."""

from collections.abc import Callable

from msgspec import Struct

from node.groups.api_access import id_in, writer
from node.groups.keys import GROUPS
from node.groups.service import Groups
from node.web.http import Handler, Request, Response
from node.web.json_body import done, json_body
from node.web.keys import DB
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


class ReasonBody(Struct, frozen=True, forbid_unknown_fields=True):
    """`reason` is shown to members; removing needs one."""

    reason: str | None = None


class NothingBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Acts that take no words."""


async def remove(request: Request) -> Response:
    """POST /api/kith/v1/posts/{id}/remove"""
    who, post_id = writer(request), id_in(request)
    reason = (await json_body(request, ReasonBody)).reason
    groups = request.app[GROUPS]
    await request.app[DB].write(lambda uow: groups.remove(uow, post_id, who, reason))
    return done()


async def lock(request: Request) -> Response:
    """POST /api/kith/v1/posts/{id}/lock"""
    who, post_id = writer(request), id_in(request)
    reason = (await json_body(request, ReasonBody)).reason
    groups = request.app[GROUPS]
    await request.app[DB].write(lambda uow: groups.lock(uow, post_id, who, reason))
    return done()


def _plain(act: Callable[[Groups, UnitOfWork, int, Actor], None]) -> Handler:
    async def handler(request: Request) -> Response:
        who, post_id = writer(request), id_in(request)
        await json_body(request, NothingBody)
        groups = request.app[GROUPS]
        await request.app[DB].write(lambda uow: act(groups, uow, post_id, who))
        return done()

    return handler


restore = _plain(Groups.restore)
unlock = _plain(Groups.unlock)
pin = _plain(Groups.pin)
unpin = _plain(Groups.unpin)
