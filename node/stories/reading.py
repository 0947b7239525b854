"""Reading stories: of all groups that somebody may read, here and at peers, by theme, by what
helped, or as a group gathered them. Newest first; nothing is counted or ranked. Whoever has no
account reads what is public.
"""

from collections.abc import Collection
from dataclasses import dataclass

from node.errors import NotFound
from node.groups.place import NOTHING, group_for, unseen_by
from node.stories.rules import KIND
from node.stories.tools import Tools
from node.visibility import may_see_place, may_see_post
from storage.actors import Actor
from storage.articles import Article
from storage.groups import GroupWithActor
from storage.posts import PostView
from storage.story_collections import CollectionItem, StoryCollection
from storage.unit_of_work import UnitOfWork

PAGE_LENGTH = 20
GROUPS_MOST = 500
COLLECTIONS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A story in a list, and the group that it was told in."""

    view: PostView
    group: Actor


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of stories; `next` is where the following one begins."""

    stories: list[Told]
    next: int | None
    collections: list[tuple[StoryCollection, Actor]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A story as it is read, with its fields."""

    view: PostView
    article: Article
    group: GroupWithActor
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCollection:
    """A collection as it is read: its stories that stand, each with its line."""

    collection: StoryCollection
    group: GroupWithActor
    stories: list[tuple[CollectionItem, PostView]]
    keeps: bool


class Readers(Tools):
    """Use cases of those who read."""

    def shelf(
        self,
        uow: UnitOfWork,
        reader: Actor | None,
        *,
        topic: str = "",
        helped: str = "",
        before: int | None = None,
    ) -> Shelf:
        """One page of what the reader may read."""
        groups = {
            one.actor.id: one.actor
            for one in uow.groups.list_for(reader.id if reader else None, GROUPS_MOST)
        }
        marks = [f"topic/{topic}"] if topic else []
        marks += [f"helped/{helped}"] if helped else []
        found = uow.articles.in_groups(KIND, groups.keys(), PAGE_LENGTH + 1, before, marks=marks)
        hidden = uow.blocks.hides(reader.id) if reader else frozenset()
        page = found[:PAGE_LENGTH]
        gathered: list[StoryCollection] = []
        if before is None and not marks:
            gathered = uow.story_collections.in_groups(list(groups), COLLECTIONS_SHOWN)
        return Shelf(
            [
                Told(one, groups[one.post.group_id])
                for one in page
                if may_see_post(one.post, hidden)
            ],
            page[-1].post.id if len(found) > PAGE_LENGTH else None,
            [(one, groups[one.group_id]) for one in gathered],
        )

    def story(self, uow: UnitOfWork, reader: Actor | None, post_id: int) -> Reading:
        """One story. Raises NotFound, after the same questions as for one that is not there."""
        at = uow.posts.whereabouts(post_id)
        group_id = at.group_id if at else NOTHING
        hidden = unseen_by(uow, group_id, reader)
        group = group_for(uow, group_id, reader)
        if at is None or not may_see_place(at, hidden):
            raise NotFound
        view = uow.told_stories.of([post_id]).get(post_id)
        article = uow.articles.of([post_id]).get(post_id)
        if view is None or article is None:
            raise NotFound
        is_own = reader is not None and view.post.author_id == reader.id
        return Reading(view=view, article=article, group=group, is_own=is_own)

    def collection(
        self, uow: UnitOfWork, reader: Actor | None, collection_id: int
    ) -> OpenCollection:
        """One collection. Raises NotFound."""
        group_id = uow.story_collections.group_of(collection_id) or NOTHING
        group = group_for(uow, group_id, reader)
        found = uow.story_collections.get(collection_id)
        if found is None:
            raise NotFound
        items = uow.story_collections.items(found)
        views = uow.told_stories.of([one.post_id for one in items])
        hidden = unseen_by(uow, group_id, reader)
        return OpenCollection(
            collection=found,
            group=group,
            stories=[
                (one, views[one.post_id])
                for one in items
                if one.post_id in views and may_see_post(views[one.post_id].post, hidden)
            ],
            keeps=reader is not None and self.keeps(uow, group, reader),
        )

    def keeps(self, uow: UnitOfWork, group: GroupWithActor, who: Actor) -> bool:
        """Whether somebody may gather stories for a group of this node."""
        return False

    def in_group(self, uow: UnitOfWork, group_id: int, without: Collection[int]) -> list[PostView]:
        """Stories of a group that can be gathered, the newest first."""
        found = uow.articles.in_groups(KIND, [group_id], GROUPS_MOST)
        return [one for one in found if one.post.id not in without]
