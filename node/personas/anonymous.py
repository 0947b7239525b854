"""Writing once under a name that nobody has ever seen and nobody will see again.

The account's persona must be allowed to write; the post is a fresh persona's, which joins unlisted,
acts in that one thread alone and shares nothing else with whoever stands behind it.
"""

from dataclasses import replace

from node.groups.drafts import ReplyDraft, ThreadDraft
from node.groups.membership import new_membership
from node.groups.place import Place, group_for, insist, place_of
from node.groups.rules import may_open_thread, may_reply
from node.groups.service import Groups
from node.personas.rules import insist_unnamed
from node.personas.service import Personas
from node.ports import Clock
from node.viewer import Viewer
from node.visibility import is_member
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.keys import PrivateKeys
from storage.memberships import Membership
from storage.posts import Post
from storage.unit_of_work import UnitOfWork


class Anonymous:
    """Use cases of a member who would rather not be known in one thread."""

    def __init__(self, personas: Personas, groups: Groups, now: Clock) -> None:
        self._personas = personas
        self._groups = groups
        self._now = now

    def check_thread(self, uow: UnitOfWork, viewer: Viewer, group: GroupWithActor) -> None:
        """Raises Refused unless the viewer may start a thread here, and without its name."""
        membership = uow.memberships.get(group.actor.id, viewer.persona.id)
        insist(may_open_thread(group.group, viewer.persona, membership))
        self._insist_unnamed(uow, viewer, group)
        self._personas.check_one_off(uow, viewer.account)

    def start_thread(
        self, uow: UnitOfWork, viewer: Viewer, group_id: int, draft: ThreadDraft, keys: PrivateKeys
    ) -> Post:
        """A thread under a fresh one-off name. Raises Invalid, Refused, NotFound."""
        group = group_for(uow, group_id, viewer.persona)
        self.check_thread(uow, viewer, group)
        author = self._personas.one_off(uow, viewer.account, keys)
        self._bring_in(uow, group_id, author)
        thread = self._groups.post_thread(uow, group_id, author, draft)
        uow.personas.set_thread(author.id, thread.id)
        return thread

    def place_for_reply(
        self, uow: UnitOfWork, viewer: Viewer, parent_id: int
    ) -> tuple[Place, Actor | None]:
        """Where an anonymous answer would stand, and the one-off name that the viewer has in this
        thread already. Raises NotFound, and Refused where it may not answer so."""
        place = place_of(uow, parent_id, viewer.persona)
        group, parent = place.group, place.view.post
        insist(may_reply(group.group, place.thread, parent, viewer.persona, place.membership))
        self._insist_unnamed(uow, viewer, group)
        known = uow.personas.one_off_in(viewer.account.id, place.thread.id)
        if known is None:
            self._personas.check_one_off(uow, viewer.account)
        return place, known

    def reply(
        self,
        uow: UnitOfWork,
        viewer: Viewer,
        parent_id: int,
        draft: ReplyDraft,
        keys: PrivateKeys | None,
    ) -> Post:
        """An answer under the one-off name of this thread, or under a fresh one with `keys`."""
        place, author = self.place_for_reply(uow, viewer, parent_id)
        if author is None and keys is not None:
            author = self._personas.one_off(uow, viewer.account, keys)
            if is_member(place.membership):
                self._bring_in(uow, place.group.actor.id, author)
            uow.personas.set_thread(author.id, place.thread.id)
        if author is None:
            raise ValueError("a new one-off persona needs keys")
        return self._groups.reply(uow, parent_id, author, draft)

    def _insist_unnamed(self, uow: UnitOfWork, viewer: Viewer, group: GroupWithActor) -> None:
        banned = uow.group_bans.holds(group.actor.id, viewer.persona.id)
        insist_unnamed(group.group, banned=banned)

    def _bring_in(self, uow: UnitOfWork, group_id: int, author: Actor) -> None:
        membership: Membership = new_membership(group_id, author.id, self._now())
        uow.memberships.put(replace(membership, unlisted=True))
