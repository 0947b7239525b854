"""The API of groups: find, read, join, leave, and who moderates."""

from msgspec import Struct

from node.errors import Refused
from node.groups.api_access import cursor_in, id_in, known_id, member, reader, writer
from node.groups.json_shapes import (
    GroupJson,
    PersonaJson,
    group_json,
    one_group_json,
    persona_json,
    threads_json,
)
from node.groups.keys import GROUPS, LOOKUP
from node.groups.place import group_for, insist_moderator
from node.groups.reading import group_page, list_groups
from node.i18n import N_
from node.web.http import Request, Response
from node.web.json_body import done, json_answer, json_body
from node.web.keys import DB
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork


class LookUpBody(Struct, frozen=True, forbid_unknown_fields=True):
    """`handle` is such as "!grief@kith.example"."""

    handle: str


class ModeratorBody(Struct, frozen=True, forbid_unknown_fields=True):
    """`persona` is an id."""

    persona: str


class GroupsJson(Struct, frozen=True, kw_only=True):
    """Groups of this node, and those of others that somebody here belongs to."""

    groups: list[GroupJson]


class JoinedJson(Struct, frozen=True, kw_only=True):
    """A group by its id, and how the persona belongs to it."""

    id: str
    state: str
    role: str


class MeJson(Struct, frozen=True, kw_only=True):
    """Whom a token stands for. The account behind it is private, here too."""

    persona: PersonaJson
    groups: list[JoinedJson]


async def me(request: Request) -> Response:
    """GET /api/kith/v1/me"""
    persona = member(request)
    joined = await request.app[DB].read(lambda uow: uow.memberships.groups_of(persona.id))
    groups = [JoinedJson(id=str(one.actor.id), state=one.state, role=one.role) for one in joined]
    return json_answer(MeJson(persona=persona_json(persona), groups=groups))


async def groups(request: Request) -> Response:
    """GET /api/kith/v1/groups: those that the one who asks may find here."""
    who = reader(request)
    found = await request.app[DB].read(lambda uow: list_groups(uow, who))
    return json_answer(GroupsJson(groups=[group_json(one) for one in found]))


async def look_up(request: Request) -> Response:
    """POST /api/kith/v1/groups/look-up: a group by its handle, fetched if it is new to us."""
    who = member(request)
    body = await json_body(request, LookUpBody)
    group_id = await request.app[LOOKUP](body.handle)
    page = await request.app[DB].read(lambda uow: group_page(uow, group_id, who))
    return json_answer(one_group_json(page))


async def group(request: Request) -> Response:
    """GET /api/kith/v1/groups/{id}"""
    who, group_id = reader(request), id_in(request)
    page = await request.app[DB].read(lambda uow: group_page(uow, group_id, who))
    return json_answer(one_group_json(page))


async def threads(request: Request) -> Response:
    """GET /api/kith/v1/groups/{id}/threads?before="""
    who, group_id, before = reader(request), id_in(request), cursor_in(request)
    page = await request.app[DB].read(lambda uow: group_page(uow, group_id, who, before))
    return json_answer(threads_json(page))


async def add_moderator(request: Request) -> Response:
    """POST /api/kith/v1/groups/{id}/moderators"""
    who, group_id = writer(request), id_in(request)
    body = await json_body(request, ModeratorBody)
    use_cases = request.app[GROUPS]

    def act(uow: UnitOfWork) -> None:
        group, member = _group_and_member(uow, group_id, who, body.persona)
        use_cases.add_moderator(uow, group, who, member)

    await request.app[DB].write(act)
    return done()


async def remove_moderator(request: Request) -> Response:
    """DELETE /api/kith/v1/groups/{id}/moderators/{persona}"""
    who, group_id, persona = writer(request), id_in(request), request.match_info["persona"]
    use_cases = request.app[GROUPS]

    def act(uow: UnitOfWork) -> None:
        group, member = _group_and_member(uow, group_id, who, persona)
        use_cases.remove_moderator(uow, group, who, member)

    await request.app[DB].write(act)
    return done()


def _group_and_member(
    uow: UnitOfWork, group_id: int, by: Actor, persona: str
) -> tuple[GroupWithActor, Actor]:
    """Only a moderator learns whether there is such a persona."""
    group = group_for(uow, group_id, by)
    insist_moderator(uow, group, by, None)
    found = uow.actors.get(known_id(persona))
    if found is None:
        raise Refused(N_("Only members of the group can moderate it."), "not-a-member")
    return group, found
