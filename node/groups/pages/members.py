"""Who belongs to a group, for those who belong to it; and what moderators do about a member."""

from dataclasses import dataclass

from node.errors import Invalid, NotFound, Refused
from node.groups.keys import GROUPS
from node.groups.members import MembersPage, members_page
from node.groups.pages.composer import shown_again
from node.groups.pages.places import group_at
from node.groups.service import Groups
from node.viewer import Viewer
from node.web.faces import actor_path
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.members import Member
from storage.unit_of_work import UnitOfWork

NOTE_OF_ACT = {
    "moderate": "moderates",
    "unmoderate": "unmoderates",
    "dismiss": "dismissed",
    "hand-on": "handed-on",
    "readmit": "readmitted",
}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a moderator asked for."""

    name: str
    who_id: int
    form: Form

    def run(self, groups: Groups, uow: UnitOfWork, group: GroupWithActor, by: Actor) -> None:
        """Raises NotFound for an act that there is not."""
        group_id, fields = group.actor.id, self.form
        match self.name:
            case "moderate":
                _, member = groups.member_for(uow, group_id, by, self.who_id)
                groups.add_moderator(uow, group, by, member.actor)
            case "unmoderate":
                _, member = groups.member_for(uow, group_id, by, self.who_id)
                groups.remove_moderator(uow, group, by, member.actor)
            case "dismiss":
                groups.dismiss(
                    uow,
                    group_id,
                    by,
                    self.who_id,
                    fields["reason"],
                    with_posts=fields["with_posts"] == "yes",
                    for_good=fields["for_good"] == "yes",
                )
            case "hand-on":
                groups.hand_on(uow, group_id, by, self.who_id)
            case "readmit":
                groups.readmit(uow, group_id, by, self.who_id)
            case _:
                raise NotFound


async def show_all(request: Request) -> Response:
    """GET /groups/{handle}/members; `after` pages on."""
    viewer = need_viewer(request)
    after = parse_id(request.query["after"]) if "after" in request.query else 0

    def read(uow: UnitOfWork) -> MembersPage:
        group = group_at(uow, request, viewer.persona)
        return members_page(uow, group.actor.id, viewer.persona, after)

    found = await request.app[DB].read(read)
    return page(
        request,
        "groups/members.html",
        group=found.group.group,
        actor=found.group.actor,
        members=found.members,
        own=found.own,
        can_moderate=found.can_moderate,
        later=found.next,
        is_first=after == 0,
    )


async def set_listed(request: Request) -> Response:
    """POST /groups/{handle}/members with `listed`: yes or no, for oneself."""
    viewer, form = need_viewer(request), await posted(request)
    groups = request.app[GROUPS]

    def change(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        groups.set_listed(uow, group.actor.id, viewer.persona, form["listed"] == "yes")
        return group

    group = await request.app[DB].write(change)
    return see_other(f"{actor_path(group.actor)}/members", "saved")


async def show_one(request: Request) -> Response:
    """GET /groups/{handle}/members/{id}: for moderators."""
    return await _page(request, need_viewer(request), Form())


async def act(request: Request) -> Response:
    """POST /groups/{handle}/members/{id} with `act`."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    form, groups = await posted(request), request.app[GROUPS]
    asked = Act(form["act"], number, form)

    def run(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        asked.run(groups, uow, group, viewer.persona)
        return group

    try:
        group = await request.app[DB].write(run)
    except (Invalid, Refused) as error:
        return await _page(request, viewer, form, shown_again(form, error))
    room = "manage" if asked.name == "readmit" else "members"
    return see_other(f"{actor_path(group.actor)}/{room}", NOTE_OF_ACT[asked.name])


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    number, groups = parse_id(request.match_info["id"]), request.app[GROUPS]

    def read(uow: UnitOfWork) -> tuple[GroupWithActor, Member, bool]:
        group = group_at(uow, request, viewer.persona)
        _, member = groups.member_for(uow, group.actor.id, viewer.persona, number)
        return group, member, groups.may_host_it(uow, group, viewer.persona)

    group, member, hosting = await request.app[DB].read(read)
    return page(
        request,
        "groups/member.html",
        status=status,
        group=group.group,
        actor=group.actor,
        member=member.actor,
        role=member.membership.role,
        is_self=member.actor.id == viewer.persona.id,
        is_host=member.actor.id == group.group.host_id,
        hosting=hosting,
        form=form,
    )
