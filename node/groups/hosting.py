"""What the host decides about a group as a whole: its settings, its archive, who hosts it next."""

from dataclasses import dataclass

from node.errors import Invalid, NotFound, Refused
from node.groups.applying import checked_questions
from node.groups.moderating import Moderating
from node.groups.place import group_for, insist, is_steward
from node.groups.rules import JOIN_POLICIES, Allowed, federated, may_host
from node.i18n import N_
from node.visibility import is_member
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork

NAME_MOST, SUMMARY_MOST, GUIDELINES_MOST = 100, 2_000, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSettings:
    """What a host can set, as typed. `summary` and `guidelines` are Markdown."""

    name: str
    summary: str
    guidelines: str
    join_policy: str
    questions: tuple[str, ...]
    reply_policy: str
    posting_policy: str
    allows_anonymous: bool


class Hosting(Moderating):
    """The life of a group of this node."""

    def hosted(self, uow: UnitOfWork, group_id: int, who: Actor) -> GroupWithActor:
        """The group, for who hosts it or runs its node. Raises NotFound, Refused."""
        group = group_for(uow, group_id, who)
        if not group.actor.is_local:
            raise NotFound
        membership = uow.memberships.get(group_id, who.id)
        insist(may_host(group.group, who, membership, is_steward(uow, group, who)))
        return group

    def may_host_it(self, uow: UnitOfWork, group: GroupWithActor, who: Actor) -> bool:
        """Whether somebody may decide about a group of this node as its host does."""
        membership = uow.memberships.get(group.actor.id, who.id)
        decision = may_host(group.group, who, membership, is_steward(uow, group, who))
        return group.actor.is_local and decision == Allowed()

    def set_up(self, uow: UnitOfWork, group_id: int, host: Actor, wished: GroupSettings) -> None:
        """Change what the group says of itself and how people take part. Raises Invalid."""
        group = self.hosted(uow, group_id, host)
        check_texts(wished.name, wished.summary, wished.guidelines)
        if wished.join_policy not in JOIN_POLICIES[group.group.visibility]:
            raise Invalid("join_policy", N_("Choose one of the ways from the list."))
        if wished.reply_policy not in ("members", "anyone"):
            raise Invalid("reply_policy", N_("Choose who can reply."))
        if wished.posting_policy not in ("members", "moderators"):
            raise Invalid("posting_policy", N_("Choose who can start threads."))
        questions = checked_questions(wished.questions)
        uow.groups.update(
            group_id,
            guidelines=wished.guidelines.strip(),
            join_policy=wished.join_policy,
            reply_policy=wished.reply_policy,
            posting_policy=wished.posting_policy,
            allows_anonymous=wished.allows_anonymous,
        )
        summary = wished.summary.strip()
        uow.actors.update_profile(
            group_id,
            name=wished.name.strip(),
            summary=self.markdown(summary) if summary else "",
            summary_source=summary or None,
            updated_at=self.now(),
        )
        if questions != uow.applications.questions(group_id):
            uow.applications.ask(group_id, questions)
        self.log(uow, group, host, "set-up")

    def archive(self, uow: UnitOfWork, group_id: int, host: Actor) -> None:
        """Nothing new from now on; who may read goes on reading. Twice changes nothing."""
        group = self.hosted(uow, group_id, host)
        if group.group.archived_at is None:
            uow.groups.update(group_id, archived_at=self.now())
            self.log(uow, group, host, "archive")

    def reopen(self, uow: UnitOfWork, group_id: int, host: Actor) -> None:
        """The group lives again. Twice changes nothing."""
        group = self.hosted(uow, group_id, host)
        if group.group.archived_at is not None:
            uow.groups.update(group_id, archived_at=None)
            self.log(uow, group, host, "reopen")

    def hand_on(self, uow: UnitOfWork, group_id: int, host: Actor, to_id: int) -> None:
        """Another member of this node hosts from now on, and moderates. Raises Refused."""
        group = self.hosted(uow, group_id, host)
        heir = uow.members.get(group_id, to_id)
        if heir is None or not heir.actor.is_local or heir.actor.suspended_at is not None:
            raise Refused(N_("Choose a member of this group who has an account here."), "no-heir")
        if not is_member(heir.membership):
            raise NotFound
        if group.group.host_id == to_id:
            return
        if heir.membership.role != "moderator":
            uow.memberships.set_role(group_id, to_id, "moderator", self.now())
            public = federated(group)
            if public is not None:
                self.announcer.moderator_changed(uow, public, host, heir.actor, False, None)
        uow.groups.update(group_id, host_id=to_id)
        self.log(uow, group, host, "hand-on", target_actor_id=to_id)


def check_texts(name: str, summary: str, guidelines: str) -> None:
    """Whether the texts of a group fit. Raises Invalid, naming the first that does not."""
    if not name.strip():
        raise Invalid("name", N_("Give the group a name."))
    if len(name) > NAME_MOST:
        raise Invalid("name", N_("The name of a group fits 100 characters."))
    if len(summary) > SUMMARY_MOST:
        raise Invalid("summary", N_("The summary fits 2,000 characters."))
    if len(guidelines) > GUIDELINES_MOST:
        raise Invalid("guidelines", N_("The guidelines fit 10,000 characters."))
