"""How an activity of a group travels: to the group that another node hosts, or from ours to all.

A group's Announce goes once to each node with a member, at its shared inbox. A new thread is
announced a second time as a bare object, which is what Mastodon and its kin read (rule 9).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from activitypub.render import render_activity, render_post
from activitypub.vocabulary import (
    PUBLIC,
    REACTIONS,
    Activity,
    Announce,
    Follow,
    Like,
    Post,
    Unknown,
)
from federation.outbox import Outbox, Published, is_final
from node.groups.announcer import Received
from node.groups.documents import post_cc, post_document
from node.groups.rules import FederatedGroup
from node.ports import Clock
from storage.actors import Actor
from storage.posts import Post as KeptPost
from storage.posts import PostView
from storage.unit_of_work import UnitOfWork

Inbox = tuple[str, str]
"""(authority, inbox URL)"""


class Frame(TypedDict):
    """What activities about a group have in common."""

    id: str
    actor: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    audience: tuple[str, ...]
    published: datetime


class Announcements:
    """Sending for groups. `origin` is this node's."""

    def __init__(self, outbox: Outbox, now: Clock, origin: str) -> None:
        self._outbox = outbox
        self._now = now
        self._origin = origin

    def new_uri(self) -> str:
        """The id of an activity that is about to be."""
        return self._outbox.new_activity_uri()[1]

    def publish(
        self,
        uow: UnitOfWork,
        actor: Actor,
        activity: Activity,
        inboxes: Sequence[Inbox],
        root: str,
        object_uri: str | None,
        public: bool = True,
    ) -> Published:
        """Store an activity of a local actor, and its deliveries."""
        return self._outbox.publish(
            uow,
            actor=actor,
            document=render_activity(activity),
            inboxes=inboxes,
            root=root,
            object_uri=object_uri,
            public=public,
        )

    def send(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        actor: Actor,
        activity: Activity,
        root: str,
        object_uri: str | None,
        also: Sequence[Inbox] = (),
        public: bool = True,
    ) -> None:
        """Send what a member of this node did: to the group's node, or announced by our group."""
        if not group.actor.is_local:
            inboxes = [inbox_of(group.actor), *also]
            self.publish(uow, actor, activity, inboxes, root, object_uri, public)
            return
        published = self.publish(uow, actor, activity, also, root, object_uri, public)
        inner = Unknown(
            id=activity.id,
            actor=actor.uri,
            type=type(activity).__name__,
            raw=published.document,
        )
        self._announce(uow, group, inner, root, object_uri)

    def hand_on(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        received: Received,
        root: str,
        object_uri: str,
    ) -> None:
        """Announce what another node sent for our group, unchanged; other groups do their own."""
        if not group.actor.is_local:
            return
        document = received.document
        if is_final(document):
            uow.deliveries.cancel_unsent(object_uri, before_id=self._outbox.new_activity_uri()[0])
        inner = Unknown(
            id=received.uri,
            actor=str(document.get("actor")),
            type=str(document.get("type")),
            raw=document,
        )
        self._announce(uow, group, inner, root, object_uri)

    def announce_bare(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        view: PostView,
        parent: PostView | None,
        root: str,
    ) -> None:
        """The second Announce: the post itself. Another node's post goes by its id alone."""
        item: Post | str = view.post.uri
        if view.post.is_local:
            document = render_post(self._document(view, group, parent))
            document.pop("@context", None)
            document["actor"] = view.author.uri
            item = Post(id=view.post.uri, type="Page", attributed_to=view.author.uri, raw=document)
        self._announce(uow, group, item, root, view.post.uri)

    def _announce(
        self,
        uow: UnitOfWork,
        group: FederatedGroup,
        item: Activity | Post | str,
        root: str,
        object_uri: str | None,
    ) -> None:
        inboxes = uow.memberships.follower_inboxes(group.actor.id)
        if not inboxes and object_uri != root:
            return  # nobody to tell, and the group's outbox lists whole threads only
        announce = Announce(
            id=self.new_uri(),
            actor=group.actor.uri,
            to=(PUBLIC,),
            cc=(group.actor.followers or f"{group.actor.uri}/followers",),
            published=self._now(),
            objects=(item,),
        )
        self.publish(uow, group.actor, announce, inboxes, root, object_uri)

    def _document(self, view: PostView, group: FederatedGroup, parent: PostView | None) -> Post:
        return post_document(view, group, parent, self._origin)

    def _frame(self, view: PostView, group: FederatedGroup, parent: PostView | None) -> Frame:
        """To everyone, the group and whom it answers, as the post itself is addressed (rule 6)."""
        answered = parent.author if parent and parent.author.id != view.author.id else None
        frame = self._act(group, view.author)
        frame["cc"] = post_cc(group, answered)
        return frame

    def _act(self, group: FederatedGroup, actor: Actor) -> Frame:
        return Frame(
            id=self.new_uri(),
            actor=actor.uri,
            to=(PUBLIC,),
            cc=(group.actor.uri,),
            audience=(group.actor.uri,),
            published=self._now(),
        )

    @staticmethod
    def _like(
        uri: str,
        group: FederatedGroup,
        view: PostView,
        persona: Actor,
        kind: str,
        at: datetime | None = None,
    ) -> Like:
        return Like(
            id=uri,
            actor=persona.uri,
            published=at,
            audience=(group.actor.uri,),
            object=view.post.uri,
            content=REACTIONS[kind],
        )


def inbox_of(actor: Actor) -> Inbox:
    """Where an actor is reached: its node's shared inbox, if it has one."""
    return actor.authority, actor.shared_inbox or actor.inbox


def root_of(uow: UnitOfWork, post: KeptPost, parent: PostView | None = None) -> str:
    """The URI of the thread a post belongs to: what deliveries are ordered by."""
    for known in (post, parent.post if parent else post):
        if post.thread_id == known.id:
            return known.uri
    thread = uow.posts.get(post.thread_id)
    return thread.uri if thread else post.uri


def follow_of(uri: str, group: FederatedGroup, persona: Actor) -> Follow:
    """The Follow by which a persona joins (b2)."""
    return Follow(id=uri, actor=persona.uri, to=(group.actor.uri,), object=group.actor.uri)
