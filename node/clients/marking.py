"""What a persona keeps for itself of what others wrote: bookmarks and quiet threads; and the pins
on its own profile. Nobody is told of any of it; a pin shows to whoever reads the profile.
"""

from typing import Final

from node.clients.posts import Posts
from node.errors import Invalid, NotFound
from node.ports import NewId
from storage.actors import Actor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork

PINS_MOST: Final = 5


class Marking:
    """Use cases of marks. Who may read a post is asked by the caller, who shows it afterwards."""

    def __init__(self, posts: Posts, new_id: NewId) -> None:
        self._posts = posts
        self._new_id = new_id

    def bookmark(self, uow: UnitOfWork, status_id: int, who: Actor) -> int:
        """Keep a post at hand; the id of the post itself. Raises Invalid, NotFound."""
        post_id = self._of_post(uow, status_id, who)
        uow.marks.bookmark(self._new_id(), who.id, post_id)
        return post_id

    def unbookmark(self, uow: UnitOfWork, status_id: int, who: Actor) -> int:
        """Where there is none, nothing changes. Raises Invalid, NotFound."""
        post_id = self._of_post(uow, status_id, who)
        uow.marks.unbookmark(who.id, post_id)
        return post_id

    def pin(self, uow: UnitOfWork, status_id: int, who: Actor) -> int:
        """Put one's own post on top of one's own profile. Raises Invalid, NotFound."""
        post = self._own(uow, status_id, who)
        if post.audience == "self":
            raise Invalid("id", "A note to yourself cannot be pinned; nobody else may read it.")
        is_pinned = uow.marks.of(who.id, [post.id]).get(post.id)
        if not (is_pinned and is_pinned.pinned) and uow.marks.pins(who.id) >= PINS_MOST:
            raise Invalid("id", f"You have pinned {PINS_MOST} posts already. Unpin one of them.")
        uow.marks.pin(self._new_id(), who.id, post.id)
        return post.id

    def unpin(self, uow: UnitOfWork, status_id: int, who: Actor) -> int:
        """Where there is none, nothing changes. Raises Invalid, NotFound."""
        post = self._own(uow, status_id, who)
        uow.marks.unpin(who.id, post.id)
        return post.id

    def quieten(self, uow: UnitOfWork, status_id: int, who: Actor) -> int:
        """Be told nothing more of the thread that a post stands in. Raises Invalid, NotFound."""
        post = self._post(uow, status_id, who)
        uow.marks.quieten(who.id, post.thread_id)
        return post.id

    def unquieten(self, uow: UnitOfWork, status_id: int, who: Actor) -> int:
        """Be told of it again. Raises Invalid, NotFound."""
        post = self._post(uow, status_id, who)
        uow.marks.unquieten(who.id, post.thread_id)
        return post.id

    def _own(self, uow: UnitOfWork, status_id: int, who: Actor) -> Post:
        post = self._post(uow, status_id, who)
        if post.author_id != who.id or post.author_hidden:
            raise Invalid("id", "Only your own posts can be pinned to your profile.")
        if post.audience == "group":
            raise Invalid("id", "This post belongs to its group. Pin one of your profile.")
        return post

    def _post(self, uow: UnitOfWork, status_id: int, who: Actor) -> Post:
        post = uow.posts.get(self._of_post(uow, status_id, who))
        if post is None:
            raise NotFound
        return post

    def _of_post(self, uow: UnitOfWork, status_id: int, who: Actor) -> int:
        return self._posts.post_at(uow, status_id, who).id
