"""The API of belonging: join and leave, what a group asks first, and who its members are."""

from typing import Literal

from msgspec import Struct

from node.groups.api_access import id_in, known_id, member, writer
from node.groups.json_shapes import MembershipJson, PersonaJson, membership_json, persona_json
from node.groups.keys import GROUPS
from node.groups.members import MembersPage, members_page
from node.groups.place import group_for
from node.groups.rules import is_asked_first
from node.visibility import is_member
from node.web.http import Request, Response
from node.web.json_body import done, json_answer, json_body
from node.web.keys import DB
from storage.unit_of_work import UnitOfWork


class JoinBody(Struct, frozen=True, forbid_unknown_fields=True):
    """`answers` are for the questions of a group that asks first, in their order."""

    answers: tuple[str, ...] = ()


class LeaveBody(Struct, frozen=True, forbid_unknown_fields=True):
    """`posts` says what shall become of one's own posts."""

    posts: Literal["keep", "unnamed", "delete"] = "keep"


class QuestionsJson(Struct, frozen=True, kw_only=True):
    """Whether moderators decide who comes in, and what they ask."""

    asks: bool
    questions: tuple[str, ...]


class MemberJson(PersonaJson, frozen=True, kw_only=True):
    """A member of this node. `hosts` says that it answers for the group."""

    role: str
    hosts: bool


class MembersJson(Struct, frozen=True, kw_only=True):
    """One page of members. `next` is what to ask `after` for the one after it."""

    members: list[MemberJson]
    next: str | None


async def join(request: Request) -> Response:
    """POST /api/kith/v1/groups/{id}/join: a member at once, or pending until somebody answers."""
    who, group_id = writer(request), id_in(request)
    body = await json_body(request, JoinBody) if request.body_exists else JoinBody()
    use_cases = request.app[GROUPS]

    def act(uow: UnitOfWork) -> MembershipJson | None:
        group = group_for(uow, group_id, who)
        belongs = is_member(uow.memberships.get(group_id, who.id))
        if is_asked_first(group.group) and not belongs:
            use_cases.apply(uow, group_id, who, body.answers)
            return MembershipJson(state="pending", role="member")
        return membership_json(use_cases.join(uow, group_id, who))

    return json_answer(await request.app[DB].write(act))


async def leave(request: Request) -> Response:
    """POST /api/kith/v1/groups/{id}/leave; whoever waits for an answer takes the request back."""
    who, group_id = writer(request), id_in(request)
    body = await json_body(request, LeaveBody) if request.body_exists else LeaveBody()
    use_cases = request.app[GROUPS]

    def act(uow: UnitOfWork) -> None:
        if is_member(uow.memberships.get(group_id, who.id)):
            use_cases.part(uow, group_id, who, body.posts)
        else:
            use_cases.leave(uow, group_id, who)

    await request.app[DB].write(act)
    return done()


async def questions(request: Request) -> Response:
    """GET /api/kith/v1/groups/{id}/questions"""
    who, group_id = member(request), id_in(request)

    def read(uow: UnitOfWork) -> QuestionsJson:
        group = group_for(uow, group_id, who)
        asks = is_asked_first(group.group)
        asked = uow.applications.questions(group_id) if asks else ()
        return QuestionsJson(asks=asks, questions=asked)

    return json_answer(await request.app[DB].read(read))


async def members(request: Request) -> Response:
    """GET /api/kith/v1/groups/{id}/members?after=: for members."""
    who, group_id = member(request), id_in(request)
    after = known_id(request.query.get("after") or "0")
    found = await request.app[DB].read(lambda uow: members_page(uow, group_id, who, after))
    return json_answer(_members_json(found))


def _members_json(page: MembersPage) -> MembersJson:
    host = page.group.group.host_id
    return MembersJson(
        members=[
            MemberJson(
                id=persona.id,
                uri=persona.uri,
                handle=persona.handle,
                address=persona.address,
                name=persona.name,
                role=one.membership.role,
                hosts=one.actor.id == host,
            )
            for one in page.members
            for persona in [persona_json(one.actor)]
        ],
        next=str(page.next) if page.next is not None else None,
    )
