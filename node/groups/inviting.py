"""Invitations: links by which moderators let people in.

A link that is wrong, used up, expired, revoked, or held by somebody who may not come back is the
same to whoever follows it: nothing is there.
"""

from dataclasses import dataclass
from datetime import timedelta

from node.errors import Invalid, NotFound
from node.groups.codes import code_hash, new_code
from node.groups.membership import new_membership
from node.groups.place import group_for, insist, insist_moderator, is_steward
from node.groups.rules import is_asked_first, may_join
from node.groups.tools import Tools
from node.i18n import N_
from node.visibility import is_member, may_see_invitations
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.invitations import Invitation
from storage.unit_of_work import UnitOfWork

LISTED = 200
NOTE_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What somebody who was invited sees before coming in, and nothing more of the group."""

    group: GroupWithActor
    questions: tuple[str, ...]
    is_member: bool


class Inviting(Tools):
    """Links into a group of this node."""

    def invite(
        self, uow: UnitOfWork, group_id: int, by: Actor, *, days: int, uses: int, note: str = ""
    ) -> str:
        """Make a link; its code, which nobody can be shown again. Raises Invalid and Refused."""
        group = self._kept_by(uow, group_id, by)
        if not 1 <= days <= self.limits.invitation_days:
            raise Invalid("days", N_("Choose one of the days from the list."))
        if not 1 <= uses <= self.limits.invitation_uses:
            raise Invalid("uses", N_("Write a number of people, such as 1 or 20."))
        if len(note) > NOTE_LIMIT:
            raise Invalid("note", N_("The note fits 200 characters."))
        code, now = new_code(), self.now()
        digest = code_hash(code)
        assert digest is not None
        invitation = Invitation(
            id=self.new_id(),
            group_id=group_id,
            max_uses=uses,
            uses=0,
            created_by=by.id,
            created_at=now,
            expires_at=now + timedelta(days=days),
            note=" ".join(note.split()) or None,
        )
        uow.invitations.add(invitation, digest)
        self.log(uow, group, by, "invite")
        return code

    def invitations(self, uow: UnitOfWork, group_id: int, by: Actor) -> list[Invitation]:
        """The group's invitations for its moderators, newest first. Raises NotFound, Refused."""
        group = self._kept_by(uow, group_id, by)
        membership = uow.memberships.get(group_id, by.id)
        if not may_see_invitations(by, membership, is_steward(uow, group, by)):
            raise NotFound
        return uow.invitations.of_group(group_id, LISTED)

    def revoke(self, uow: UnitOfWork, group_id: int, by: Actor, invitation_id: int) -> None:
        """End a link. Doing so twice changes nothing. Raises NotFound and Refused."""
        group = self._kept_by(uow, group_id, by)
        if uow.invitations.revoke(group_id, invitation_id, self.now()):
            self.log(uow, group, by, "revoke-invitation")

    def invitation(self, uow: UnitOfWork, code: str, persona: Actor) -> Shown:
        """What a link leads to. Raises NotFound, whatever the reason."""
        group = self._behind(uow, code, persona)
        asks = is_asked_first(group.group)
        return Shown(
            group=group,
            questions=uow.applications.questions(group.actor.id) if asks else (),
            is_member=is_member(uow.memberships.get(group.actor.id, persona.id)),
        )

    def accept(self, uow: UnitOfWork, code: str, persona: Actor) -> GroupWithActor:
        """Come in by a link. A member stays one and uses nothing up. Raises NotFound, and Refused
        where moderators are asked first."""
        group = self._behind(uow, code, persona)
        if is_member(uow.memberships.get(group.actor.id, persona.id)):
            return group
        if is_asked_first(group.group):
            raise NotFound
        self.use_up(uow, code)
        uow.memberships.put(new_membership(group.actor.id, persona.id, self.now()))
        return group

    def use_up(self, uow: UnitOfWork, code: str) -> None:
        """Count one use of a link. Raises NotFound when somebody took the last one meanwhile."""
        digest = code_hash(code)
        if digest is None or not uow.invitations.spend(digest, self.now()):
            raise NotFound

    def _behind(self, uow: UnitOfWork, code: str, persona: Actor) -> GroupWithActor:
        digest = code_hash(code)
        found = uow.invitations.find(digest, self.now()) if digest is not None else None
        group = uow.groups.get(found.group_id) if found is not None else None
        if group is None:
            raise NotFound
        membership = uow.memberships.get(group.actor.id, persona.id)
        banned = uow.group_bans.holds(group.actor.id, persona.id)
        insist(may_join(group.group, persona, membership, invited=True, banned=banned))
        return group

    def _kept_by(self, uow: UnitOfWork, group_id: int, by: Actor) -> GroupWithActor:
        group = group_for(uow, group_id, by)
        if not group.actor.is_local:
            raise NotFound
        insist_moderator(uow, group, by, None)
        return group
