"""What the use cases of this room hold, and the checks that they share."""

from node.errors import NotFound
from node.groups.drafts import ThreadDraft, body_of
from node.groups.place import group_for, insist, insist_moderator, is_steward
from node.groups.rules import may_open_thread
from node.groups.service import Groups
from node.notifications.service import Notifying
from node.ports import Clock, NewId
from node.replying.service import Replying
from node.visibility import is_member, is_moderator
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork
from storage.welcomes import Wording


class Tools:
    """Built once by `node/support.py`."""

    def __init__(
        self,
        groups: Groups,
        replying: Replying,
        notifying: Notifying,
        now: Clock,
        new_id: NewId,
    ) -> None:
        self.groups = groups
        self.replying = replying
        self.notifying = notifying
        self.now = now
        self.new_id = new_id

    def kept_by(self, uow: UnitOfWork, group_id: int, who: Actor) -> GroupWithActor:
        """A group of this node that `who` moderates. Raises NotFound, Refused."""
        group = group_for(uow, group_id, who)
        if not group.actor.is_local:
            raise NotFound
        insist_moderator(uow, group, who, None)
        return group

    def belongs_to(self, uow: UnitOfWork, group_id: int, who: Actor) -> GroupWithActor:
        """A group of this node of which `who` is a member. Raises NotFound."""
        group = group_for(uow, group_id, who)
        if not group.actor.is_local or not is_member(uow.memberships.get(group_id, who.id)):
            raise NotFound
        return group

    def keeps(self, uow: UnitOfWork, group: GroupWithActor, who: Actor) -> bool:
        """Whether `who` moderates the group, or runs the node that it stands on."""
        if is_moderator(uow.memberships.get(group.actor.id, who.id)):
            return True
        return is_steward(uow, group, who)

    def insist_can_post(self, uow: UnitOfWork, group: GroupWithActor, who: Actor) -> None:
        """Only who may start a thread and pin it can stand for what comes again. Raises Refused."""
        membership = uow.memberships.get(group.actor.id, who.id)
        insist(may_open_thread(group.group, who, membership))

    def still_posts(self, uow: UnitOfWork, group: GroupWithActor, who: Actor) -> bool:
        """Whether who once switched it on is a moderator still."""
        return is_moderator(uow.memberships.get(group.actor.id, who.id))

    def draft_of(self, wording: Wording) -> ThreadDraft:
        """What is posted. Raises Invalid where a member could not post it either."""
        draft = ThreadDraft(
            title=wording.title,
            text=wording.text,
            language=wording.language,
            reply_wanted=wording.reply_wanted,
        )
        body_of(draft, self.groups.markdown)
        return draft

    def rests(self, uow: UnitOfWork, persona: Actor, group_id: int) -> None:
        """Tell who stood for it that nothing more is posted in their name."""
        self.notifying.tell_of_room(uow, "welcome-rests", persona, persona, group_id)
