"""The list of a group's members, as one of them may see it.

A block hides people from each other here as everywhere. Moderators see everybody: they answer for
all who belong, and nobody escapes them by a block.
"""

from dataclasses import dataclass

from node.errors import NotFound
from node.groups.place import group_for
from node.groups.tools import Tools
from node.visibility import (
    is_moderator,
    may_see_member,
    may_see_members,
    may_see_persona,
)
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.members import Member
from storage.memberships import Membership
from storage.unit_of_work import UnitOfWork

PAGE_LENGTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersPage:
    """One page of members by handle. `next` is the id after which the following one starts."""

    group: GroupWithActor
    own: Membership
    members: list[Member]
    can_moderate: bool
    next: int | None


def members_page(uow: UnitOfWork, group_id: int, reader: Actor, after: int = 0) -> MembersPage:
    """Members of this node, from the one with the id `after` on. Raises NotFound."""
    group = group_for(uow, group_id, reader)
    own = uow.memberships.get(group_id, reader.id)
    if own is None or not may_see_members(group.group, reader, own):
        raise NotFound
    last = uow.actors.get(after) if after else None
    place = (last.handle.lower(), last.id) if last is not None else ("", 0)
    moderates = is_moderator(own)
    hidden = frozenset[int]() if moderates else uow.blocks.hides(reader.id)
    found = uow.members.list(group_id, PAGE_LENGTH + 1, place)
    shown = found[:PAGE_LENGTH]
    return MembersPage(
        group=group,
        own=own,
        members=[
            one
            for one in shown
            if may_see_member(one.membership, reader, own)
            and (moderates or may_see_persona(one.actor, hidden))
        ],
        can_moderate=moderates,
        next=shown[-1].actor.id if len(found) > PAGE_LENGTH else None,
    )


class Listing(Tools):
    """What a member says about its own place in the list."""

    def set_listed(self, uow: UnitOfWork, group_id: int, member: Actor, listed: bool) -> None:
        """Whether the list of members names this one. Raises NotFound for who is none."""
        group = group_for(uow, group_id, member)
        own = uow.memberships.get(group_id, member.id)
        if not may_see_members(group.group, member, own):
            raise NotFound
        uow.members.set_unlisted(group_id, member.id, not listed)
