"""Handing a report on to the node of whom it is about: the one thing of it that ever leaves.

It is said by the node itself. It names the account and public posts, by the addresses that the
other node gave or knows, and holds neither a word of the report nor who wrote it.
"""

from collections.abc import Sequence

from activitypub.render import render_activity
from activitypub.vocabulary import Flag
from federation.outbox import Outbox
from node.groups.announcements import inbox_of
from storage.actors import Actor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork


class FlagOutbound:
    """Implements `Forwarding` with ActivityPub. `origin` is this node's."""

    def __init__(self, outbox: Outbox, origin: str) -> None:
        self._outbox = outbox
        self._origin = origin

    def flag(self, uow: UnitOfWork, subject: Actor, posts: Sequence[Post]) -> bool:
        """Ask the node of `subject` to look at it and at these of its posts, of which those that
        are not public are left out. False where there is nobody to ask."""
        node = uow.actors.by_uri(f"{self._origin}/actor")
        if subject.is_local or node is None:
            return False
        public = [post.uri for post in posts if _is_public(uow, post)]
        _, uri = self._outbox.new_activity_uri()
        flag = Flag(id=uri, actor=node.uri, to=(subject.uri,), objects=(subject.uri, *public))
        self._outbox.publish(
            uow,
            actor=node,
            document=render_activity(flag),
            inboxes=[inbox_of(subject)],
            root=subject.uri,
            object_uri=None,
            public=False,
        )
        return True


def _is_public(uow: UnitOfWork, post: Post) -> bool:
    if post.audience != "group":
        return post.audience in ("public", "unlisted")
    group = uow.groups.get(post.group_id)
    return group is not None and group.group.visibility == "public"
