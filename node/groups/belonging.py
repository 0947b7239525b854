"""Making a group, joining it, leaving it. The same use cases serve a click and a Follow."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from node.errors import Invalid, Refused
from node.groups.announcer import Received
from node.groups.membership import State, new_membership
from node.groups.place import group_for, insist
from node.groups.rules import federated, fitting_policy, is_asked_first, may_join, may_leave
from node.groups.tools import Tools
from node.handles import check_handle
from node.i18n import N_
from node.visibility import is_member
from storage.actors import Actor
from storage.groups import Group, GroupWithActor, JoinPolicy
from storage.jobs import Job
from storage.keys import PrivateKeys
from storage.memberships import Membership
from storage.unit_of_work import UnitOfWork

Visibility = Literal["public", "local", "private"]


class Belonging(Tools):
    """Founding, joining, leaving, and what the other side answers."""

    def create(
        self,
        uow: UnitOfWork,
        *,
        handle: str,
        name: str,
        visibility: Visibility,
        founder: Actor | None,
        keys: PrivateKeys,
        summary: str = "",
        guidelines: str = "",
        join_policy: str = "open",
        questions: tuple[str, ...] = (),
    ) -> GroupWithActor:
        """Found a group on this node; the founder hosts and moderates it. `keys` are fresh ones."""
        handle = self._free_handle(uow, handle)
        if visibility not in ("public", "local", "private"):
            raise Invalid("visibility", N_("Choose public, local or private."))
        if not name.strip():
            raise Invalid("name", N_("Give the group a name."))
        now = self.now()
        actor = self._group_actor(self.new_id(), handle, name.strip(), summary.strip(), now)
        policy = fitting_policy(visibility, join_policy)
        group = _new_group(actor, visibility, policy, guidelines.strip(), founder)
        self._keep_group(uow, group, actor, keys)
        if founder is not None:
            uow.memberships.put(new_membership(actor.id, founder.id, now, role="moderator"))
        if questions:
            uow.applications.ask(actor.id, questions)
        return GroupWithActor(group=group, actor=actor)

    def _free_handle(self, uow: UnitOfWork, text: str) -> str:
        handle = check_handle(text)
        if uow.actors.local_by_handle(handle) is not None:
            raise Invalid("handle", N_("This handle is taken. Choose another one."))
        return handle

    def _keep_group(self, uow: UnitOfWork, group: Group, actor: Actor, keys: PrivateKeys) -> None:
        own = replace(keys, actor_id=actor.id)
        uow.actors.add(actor)
        uow.keys.add_private(own)
        uow.keys.put_public(self.public_half(actor.uri, actor.id, own), actor.id)
        uow.groups.add(group)

    def join(
        self, uow: UnitOfWork, group_id: int, persona: Actor, follow: Received | None = None
    ) -> Membership:
        """Join, or ask the node that hosts the group. Joining twice changes nothing."""
        group = uow.groups.get(group_id) if follow else group_for(uow, group_id, persona)
        if group is None:
            raise Refused(N_("There is no such group."), "not-found")
        current = uow.memberships.get(group_id, persona.id)
        banned = uow.group_bans.holds(group_id, persona.id)
        insist(may_join(group.group, persona, current, banned=banned))
        if is_asked_first(group.group) and not is_member(current):
            raise Refused(N_("This group asks first. Open its page and send a request."), "asks")
        public = federated(group)
        if group.actor.is_local:
            return self._join_here(uow, group, persona, current, follow)
        if public is None or (current is not None and current.state != "rejected"):
            return current or new_membership(group_id, persona.id, self.now())
        uri = self.announcer.joined(uow, public, persona)
        asked = new_membership(group_id, persona.id, self.now(), state="pending", follow_uri=uri)
        uow.memberships.put(asked)
        return asked

    def _join_here(
        self,
        uow: UnitOfWork,
        group: GroupWithActor,
        persona: Actor,
        current: Membership | None,
        follow: Received | None,
    ) -> Membership:
        uri = follow.uri if follow else None
        if current is not None and is_member(current):
            membership = replace(current, follow_uri=uri or current.follow_uri)
        else:
            membership = new_membership(group.actor.id, persona.id, self.now(), follow_uri=uri)
        uow.memberships.put(membership)
        public = federated(group)
        if follow and public:
            self.announcer.answered(uow, public, persona, follow, yes=True)
        return membership

    def leave(self, uow: UnitOfWork, group_id: int, persona: Actor) -> None:
        """Leave at once; the hosting node is told. Leaving twice changes nothing. Raises Refused
        for the host of a group that lives."""
        group = uow.groups.get(group_id)
        membership = uow.memberships.get(group_id, persona.id)
        if group is None or membership is None:
            return
        insist(may_leave(group.group, persona, membership))
        uow.memberships.remove(group_id, persona.id)
        public = federated(group)
        if public and persona.is_local and not group.actor.is_local:
            self.announcer.left(uow, public, persona, membership)

    def settle(self, uow: UnitOfWork, membership: Membership, accepted: bool) -> None:
        """The hosting node answered our Follow. Whoever is the first here brings the backfill."""
        now = self.now()
        state: State = "accepted" if accepted else "rejected"
        uow.memberships.set_state(membership.group_id, membership.actor_id, state, now)
        group = uow.groups.get(membership.group_id)
        if accepted and group is not None and uow.memberships.local_followers(group.actor.id) == 1:
            self.order_backfill(uow, group, now)

    def order_backfill(self, uow: UnitOfWork, group: GroupWithActor, now: datetime) -> None:
        """Have a worker bring the group's earlier threads."""
        job = Job(
            id=self.new_id(),
            kind="backfill",
            target=group.actor.uri,
            group_id=group.actor.id,
            persona_id=None,
            state="waiting",
            attempts=0,
            next_attempt_at=now,
            locked_until=None,
            reason=None,
            created_at=now,
        )
        uow.jobs.add(job)
        uow.wake("jobs")

    def _group_actor(
        self, actor_id: int, handle: str, name: str, summary: str, now: datetime
    ) -> Actor:
        uri = f"{self.origin}/groups/{handle}"
        return Actor(
            id=actor_id,
            uri=uri,
            type="Group",
            handle=handle,
            authority=self.authority,
            name=name,
            summary=self.markdown(summary) if summary else "",
            summary_source=summary or None,
            url=uri,
            inbox=f"{uri}/inbox",
            shared_inbox=f"{self.origin}/inbox",
            outbox=f"{uri}/outbox",
            followers=f"{uri}/followers",
            featured=f"{uri}/featured",
            moderators=f"{uri}/moderators",
            icon_url=None,
            language=None,
            sensitive=False,
            posting_restricted=False,
            is_local=True,
            created_at=now,
            fetched_at=None,
            updated_at=None,
            gone_at=None,
            suspended_at=None,
        )


def _new_group(
    actor: Actor,
    visibility: Visibility,
    policy: JoinPolicy,
    guidelines: str,
    founder: Actor | None,
) -> Group:
    by = founder.id if founder else None
    return Group(
        actor_id=actor.id,
        visibility=visibility,
        is_local=True,
        guidelines=guidelines,
        created_by=by,
        host_id=by,
        join_policy=policy,
        reply_policy="anyone" if visibility == "public" else "members",
        posting_policy="members",
        created_at=actor.created_at,
    )
