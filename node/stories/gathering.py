"""Collections of stories: a group's moderators, and the story-keepers whom they asked, gather
stories of their group in an order of their own, with a line about why each is there.
"""

from dataclasses import replace

from node.errors import Invalid, NotFound, Refused
from node.groups.place import group_for, insist_moderator, is_steward
from node.i18n import N_
from node.stories.reading import Readers
from node.visibility import is_member, is_moderator
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.story_collections import CollectionItem, StoryCollection
from storage.unit_of_work import UnitOfWork

TITLE_MOST, ABOUT_MOST, WHY_MOST, ITEMS_MOST, COLLECTIONS_MOST = 120, 500, 300, 60, 30


class Gathering(Readers):
    """Use cases of those who keep the stories of a group."""

    def keeps(self, uow: UnitOfWork, group: GroupWithActor, who: Actor) -> bool:
        """Whether somebody may gather stories for a group of this node."""
        if not group.actor.is_local:
            return False
        membership = uow.memberships.get(group.actor.id, who.id)
        if is_moderator(membership) or is_steward(uow, group, who):
            return True
        return is_member(membership) and uow.stories.is_keeper(group.actor.id, who.id)

    def kept(self, uow: UnitOfWork, group_id: int, who: Actor) -> GroupWithActor:
        """A group that somebody gathers stories for. Raises NotFound, Refused."""
        group = group_for(uow, group_id, who)
        if not group.actor.is_local:
            raise NotFound
        if not self.keeps(uow, group, who):
            raise Refused(N_("Moderators and story-keepers of this group do that."), "no-keeper")
        return group

    def overview(
        self, uow: UnitOfWork, group_id: int, who: Actor
    ) -> tuple[GroupWithActor, list[StoryCollection], list[Actor]]:
        """A group's collections and its story-keepers. Raises NotFound, Refused."""
        group = self.kept(uow, group_id, who)
        collections = uow.story_collections.in_groups([group_id], COLLECTIONS_MOST)
        return group, collections, uow.stories.keepers(group_id)

    def gather(
        self, uow: UnitOfWork, group_id: int, who: Actor, title: str, about: str
    ) -> StoryCollection:
        """Begin a collection. Raises Invalid, Refused, NotFound."""
        self.kept(uow, group_id, who)
        if len(uow.story_collections.in_groups([group_id], COLLECTIONS_MOST)) >= COLLECTIONS_MOST:
            raise Refused(N_("There are many collections already. Take one away first."), "enough")
        made = StoryCollection(
            id=self.new_id(),
            group_id=group_id,
            title=_line("title", title, TITLE_MOST, needed=True),
            about=_line("about", about, ABOUT_MOST),
            changed_at=self.now(),
        )
        uow.story_collections.put(made)
        return made

    def rename(
        self, uow: UnitOfWork, collection_id: int, who: Actor, title: str, about: str
    ) -> None:
        """Say differently what holds it together. Raises Invalid, Refused, NotFound."""
        known = self._collection(uow, collection_id, who)
        changed = replace(
            known,
            title=_line("title", title, TITLE_MOST, needed=True),
            about=_line("about", about, ABOUT_MOST),
            changed_at=self.now(),
        )
        uow.story_collections.put(changed)

    def put_in(
        self, uow: UnitOfWork, collection_id: int, who: Actor, post_id: int, why: str
    ) -> None:
        """A story of the same group, at the end; or another line for one that is there. Raises
        Invalid, Refused, NotFound."""
        known = self._collection(uow, collection_id, who)
        view = uow.told_stories.of([post_id]).get(post_id)
        if view is None or view.post.group_id != known.group_id:
            raise Invalid("story", N_("Choose a story of this group."))
        items = {one.post_id: one for one in uow.story_collections.items(known)}
        if post_id not in items and len(items) >= ITEMS_MOST:
            raise Refused(N_("That is enough for one collection. Begin another."), "enough")
        why = _line("why", why, WHY_MOST)
        there = items.get(post_id)
        place = there.place if there else uow.story_collections.last_place(known.id) + 1
        uow.story_collections.put_item(known, CollectionItem(post_id, place, why))

    def move_up(self, uow: UnitOfWork, collection_id: int, who: Actor, post_id: int) -> None:
        """One place towards the beginning. The first one stays. Raises Refused, NotFound."""
        known = self._collection(uow, collection_id, who)
        items = uow.story_collections.items(known)
        index = next((at for at, one in enumerate(items) if one.post_id == post_id), 0)
        if index == 0:
            return
        above, here = items[index - 1], items[index]
        uow.story_collections.put_item(known, replace(here, place=above.place))
        uow.story_collections.put_item(known, replace(above, place=here.place))

    def take_out(self, uow: UnitOfWork, collection_id: int, who: Actor, post_id: int) -> None:
        """The story stays in its group. Raises Refused, NotFound."""
        self._collection(uow, collection_id, who)
        uow.story_collections.take_out(collection_id, post_id)

    def scatter(self, uow: UnitOfWork, collection_id: int, who: Actor) -> int:
        """Take a collection away; the group that it was of. Raises Refused, NotFound."""
        known = self._collection(uow, collection_id, who)
        uow.story_collections.drop(collection_id)
        return known.group_id

    def set_keeper(
        self, uow: UnitOfWork, group_id: int, moderator: Actor, handle: str, *, keeps: bool
    ) -> None:
        """Moderators ask a member to keep the stories. Raises Invalid, Refused, NotFound."""
        group = group_for(uow, group_id, moderator)
        if not group.actor.is_local:
            raise NotFound
        insist_moderator(uow, group, moderator, None)
        member = uow.actors.local_by_handle(handle.strip().removeprefix("@"))
        membership = uow.memberships.get(group_id, member.id) if member else None
        if member is None or (keeps and not is_member(membership)):
            raise Invalid("handle", N_("Give the name of a member who has an account here."))
        uow.stories.set_keeper(group_id, member.id, keeps=keeps)

    def insist_keeps(self, uow: UnitOfWork, collection_id: int, who: Actor) -> None:
        """Raises NotFound, Refused unless somebody keeps this collection."""
        self.kept(uow, uow.story_collections.group_of(collection_id) or 0, who)

    def _collection(self, uow: UnitOfWork, collection_id: int, who: Actor) -> StoryCollection:
        self.insist_keeps(uow, collection_id, who)
        found = uow.story_collections.get(collection_id)
        if found is None:
            raise NotFound
        return found


def _line(field: str, text: str, most: int, *, needed: bool = False) -> str:
    """What was typed, on one line. Raises Invalid."""
    line = " ".join(text.replace("\x00", "").split())
    if len(line) > most:
        raise Invalid(field, N_("That is too long; a sentence or two fit."))
    if needed and not line:
        raise Invalid(field, N_("Give it a title."))
    return line
