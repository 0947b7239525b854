"""Deletes of what a group said while it was public: names of posts, and never a word of them.

Each author's own Delete goes straight to every node that may have the post (b8), since the group
itself no longer speaks to other nodes. The deliveries are the receipts.
"""

import logging

from activitypub.render import render_activity
from activitypub.vocabulary import PUBLIC, Delete
from federation.outbox import Outbox
from federation.own_keys import NoSuchKeys
from node.groups.rules import FormerlyPublic
from node.ports import Clock
from storage.actors import Actor
from storage.posts_of_groups import NamedPost
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)


class Deletes:
    """Implements `narrowing.TakingBack` with ActivityPub."""

    def __init__(self, outbox: Outbox, now: Clock) -> None:
        self._outbox = outbox
        self._now = now

    def taken_back(
        self,
        uow: UnitOfWork,
        group: FormerlyPublic,
        post: NamedPost,
        author: Actor,
        doors: list[tuple[str, str]],
    ) -> None:
        """Write the Delete of one post and a delivery of it for each door."""
        delete = Delete(
            id=self._outbox.new_activity_uri()[1],
            actor=author.uri,
            to=(PUBLIC,),
            cc=(group.actor.uri,),
            audience=(group.actor.uri,),
            published=self._now(),
            object=post.uri,
        )
        try:
            self._outbox.publish(
                uow,
                actor=author,
                document=render_activity(delete),
                inboxes=doors,
                root=post.root,
                object_uri=post.uri,
                public=False,
            )
        except NoSuchKeys:
            log.info("nobody can sign the Delete of post %d any more", post.id)
