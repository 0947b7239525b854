"""The only way from a profile to the wire: what a person wrote, felt, shared, and whom it follows.

What is about a post takes a `FederatedPost` or `OpenPost`, so nothing that is for followers or for
oneself can pass. It goes to the nodes of the author's followers and of whoever is named; what
answers somebody elsewhere, to them; a change or a Delete also wherever the post went before.

All activities about one thread share its URI as `root`, so each peer gets them in order.
"""

from collections.abc import Iterable, Sequence

from activitypub.render import render_activity
from activitypub.vocabulary import (
    PUBLIC,
    REACTIONS,
    Accept,
    Activity,
    Announce,
    Create,
    Delete,
    Follow,
    Like,
    Reject,
    Undo,
    Update,
)
from federation.outbox import Outbox
from node.groups.announcements import Inbox, inbox_of, root_of
from node.ports import Clock
from node.profiles.documents import addresses, followers_of, note_document
from node.profiles.rules import FederatedPost, OpenPost
from storage.actors import Actor
from storage.posts import PostView
from storage.reactions import Reaction
from storage.unit_of_work import UnitOfWork


class ProfileOutbound:
    """Implements `Announcer` with ActivityPub. `origin` is this node's."""

    def __init__(self, outbox: Outbox, now: Clock, origin: str) -> None:
        self._outbox = outbox
        self._now = now
        self._origin = origin

    def followed(self, uow: UnitOfWork, who: Actor, whom: Actor) -> str:
        """Ask to follow. Answers the id of the Follow, which the Accept names."""
        follow = _follow(self._new_uri(), who, whom)
        self._to(uow, who, follow, [inbox_of(whom)], whom.uri)
        return follow.id

    def unfollowed(self, uow: UnitOfWork, who: Actor, whom: Actor, uri: str | None) -> None:
        """Undo the Follow."""
        follow = _follow(uri or self._new_uri(), who, whom)
        undo = Undo(id=self._new_uri(), actor=who.uri, to=(whom.uri,), object=follow)
        self._to(uow, who, undo, [inbox_of(whom)], whom.uri)

    def answered(
        self, uow: UnitOfWork, who: Actor, follower: Actor, uri: str | None, *, yes: bool
    ) -> None:
        """Accept or Reject the Follow, also one that was accepted once."""
        follow = _follow(uri or self._new_uri(), follower, who)
        kind = Accept if yes else Reject
        answer = kind(id=self._new_uri(), actor=who.uri, to=(follower.uri,), object=follow)
        self._to(uow, who, answer, [inbox_of(follower)], who.uri)

    def posted(
        self,
        uow: UnitOfWork,
        post: FederatedPost,
        parent: PostView | None,
        named: Sequence[Actor],
    ) -> str:
        """A new post or answer. Answers the id of its Create."""
        document = note_document(post, parent, named, self._origin)
        create = Create(
            id=self._new_uri(),
            actor=post.view.author.uri,
            to=document.to,
            cc=document.cc,
            published=post.view.post.created_at,
            object=document,
        )
        self._about(uow, post, create, named, parent)
        return create.id

    def edited(
        self,
        uow: UnitOfWork,
        post: FederatedPost,
        parent: PostView | None,
        named: Sequence[Actor],
    ) -> None:
        """Other words for a post."""
        document = note_document(post, parent, named, self._origin)
        update = Update(
            id=self._new_uri(),
            actor=post.view.author.uri,
            to=document.to,
            cc=document.cc,
            published=post.view.post.edited_at,
            object=document,
        )
        self._about(uow, post, update, named, parent)

    def deleted(self, uow: UnitOfWork, post: FederatedPost, named: Sequence[Actor]) -> None:
        """Its author took a post back."""
        to, cc = addresses(post, named)
        delete = Delete(
            id=self._new_uri(),
            actor=post.view.author.uri,
            to=to,
            cc=cc,
            published=self._now(),
            object=post.view.post.uri,
        )
        self._about(uow, post, delete, named, None)

    def reacted(self, uow: UnitOfWork, post: FederatedPost, who: Actor, kind: str) -> str:
        """A Like that carries our reaction as its emoji (FEP-c0e0), for the author alone."""
        like = _like(self._new_uri(), post, who, kind)
        self._to_author(uow, post.view, who, like)
        return like.id

    def unreacted(
        self, uow: UnitOfWork, post: FederatedPost, who: Actor, reaction: Reaction
    ) -> None:
        """Undo the Like."""
        like = _like(reaction.uri or self._new_uri(), post, who, reaction.kind)
        undo = Undo(id=self._new_uri(), actor=who.uri, to=like.to, object=like)
        self._to_author(uow, post.view, who, undo)

    def shared(self, uow: UnitOfWork, post: OpenPost, who: Actor) -> str:
        """An Announce to one's followers and to whoever wrote it."""
        announce = self._announce(self._new_uri(), post, who)
        self._to(uow, who, announce, self._hearers(uow, post, who), post.view.post.uri, public=True)
        return announce.id

    def unshared(self, uow: UnitOfWork, post: OpenPost, who: Actor, uri: str | None) -> None:
        """Undo the Announce."""
        announce = self._announce(uri or self._new_uri(), post, who)
        undo = Undo(
            id=self._new_uri(),
            actor=who.uri,
            to=announce.to,
            cc=announce.cc,
            object=announce,
        )
        self._to(uow, who, undo, self._hearers(uow, post, who), post.view.post.uri, public=True)

    def _announce(self, uri: str, post: OpenPost, who: Actor) -> Announce:
        return Announce(
            id=uri,
            actor=who.uri,
            to=(PUBLIC,),
            cc=(followers_of(who), post.view.author.uri),
            published=self._now(),
            objects=(post.view.post.uri,),
        )

    def _hearers(self, uow: UnitOfWork, post: OpenPost, who: Actor) -> list[Inbox]:
        inboxes = uow.memberships.follower_inboxes(who.id)
        return [*inboxes, *_elsewhere([post.view.author])]

    def _about(
        self,
        uow: UnitOfWork,
        post: FederatedPost,
        activity: Activity,
        named: Sequence[Actor],
        parent: PostView | None,
    ) -> None:
        author, kept = post.view.author, post.view.post
        inboxes = [
            *uow.memberships.follower_inboxes(author.id),
            *_elsewhere(named),
            *_elsewhere([parent.author] if parent is not None else []),
        ]
        if not isinstance(activity, Create):
            inboxes += uow.deliveries.doors_of(kept.uri)
        self._publish(uow, author, activity, inboxes, root_of(uow, kept, parent), kept.uri)

    def _to_author(self, uow: UnitOfWork, view: PostView, who: Actor, activity: Activity) -> None:
        root = root_of(uow, view.post)
        self._publish(
            uow, who, activity, _elsewhere([view.author]), root, view.post.uri, public=False
        )

    def _to(
        self,
        uow: UnitOfWork,
        who: Actor,
        activity: Activity,
        inboxes: Iterable[Inbox],
        root: str,
        *,
        public: bool = False,
    ) -> None:
        self._publish(uow, who, activity, inboxes, root, None, public=public)

    def _publish(
        self,
        uow: UnitOfWork,
        who: Actor,
        activity: Activity,
        inboxes: Iterable[Inbox],
        root: str,
        object_uri: str | None,
        *,
        public: bool = True,
    ) -> None:
        self._outbox.publish(
            uow,
            actor=who,
            document=render_activity(activity),
            inboxes=inboxes,
            root=root,
            object_uri=object_uri,
            public=public,
        )

    def _new_uri(self) -> str:
        return self._outbox.new_activity_uri()[1]


def _follow(uri: str, who: Actor, whom: Actor) -> Follow:
    return Follow(id=uri, actor=who.uri, to=(whom.uri,), object=whom.uri)


def _like(uri: str, post: FederatedPost, who: Actor, kind: str) -> Like:
    return Like(
        id=uri,
        actor=who.uri,
        to=(post.view.author.uri,),
        object=post.view.post.uri,
        content=REACTIONS[kind],
    )


def _elsewhere(people: Iterable[Actor]) -> list[Inbox]:
    """Where those of other nodes are reached."""
    return [inbox_of(actor) for actor in people if not actor.is_local and actor.gone_at is None]
