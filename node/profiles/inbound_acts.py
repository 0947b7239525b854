"""Like, Announce and Undo of people: what was felt and handed on outside groups, and taken back."""

from activitypub.vocabulary import Activity, Announce, EmojiReact, Follow, Like, Post, Undo
from federation.dispatch import Context, Done, Ignored, Outcome, Refused
from federation.verify import Verified
from node.groups.graves import bury
from node.groups.inbound_reactions import kind_of
from node.groups.senders import received_from, sender_of
from node.profiles.incoming import Arrivals
from node.profiles.place import federated_at, open_at
from node.profiles.rules import is_person
from node.profiles.service import Profiles
from storage.actors import Actor
from storage.posts import Post as KeptPost
from storage.shares import Share
from storage.unit_of_work import UnitOfWork


class ActHandlers:
    """What people of other nodes do with posts."""

    def __init__(self, profiles: Profiles, arrivals: Arrivals) -> None:
        self._profiles = profiles
        self._arrivals = arrivals

    def like(
        self,
        uow: UnitOfWork,
        verified: Verified[Like] | Verified[EmojiReact],
        _context: Context,
    ) -> Outcome | None:
        """A reaction to a post of a profile, with or without an emoji."""
        post = federated_at(uow, verified.activity.object)
        if post is None:
            return None
        kind = kind_of(verified.activity.content)
        if kind is None:
            return Ignored("not a supportive reaction")
        sender = sender_of(uow, verified)
        if uow.blocks.cut_off(post.author_id, sender.id):
            return Ignored("what it reacts to is not here")
        self._profiles.react(uow, post.id, sender, kind, received_from(verified))
        return Done("reaction")

    def announce(
        self, uow: UnitOfWork, verified: Verified[Announce], context: Context
    ) -> Outcome | None:
        """Somebody hands posts on: one of ours, or somebody whom people here follow."""
        sender = sender_of(uow, verified)
        if not is_person(sender):
            return None
        followed = uow.profiles.is_followed_here(sender.id)
        outcome: Outcome = Ignored("nothing to be had")
        for item in verified.activity.objects:
            uri = item.id if isinstance(item, Post) else item
            if not isinstance(uri, str):
                continue
            if followed and uow.posts.by_uri(uri) is None:
                self._arrivals.bring(uow, uri, context)
            post = open_at(uow, uri)
            if post is None or not (followed or post.is_local):
                continue
            if uow.blocks.cut_off(post.author_id, sender.id):
                continue
            self._profiles.share(uow, post.id, sender, received_from(verified))
            outcome = Done("share")
        return outcome

    def undo(self, uow: UnitOfWork, verified: Verified[Undo], context: Context) -> Outcome | None:
        """Take back a follow, a share or a reaction, named whole or by its id."""
        sender, inner = sender_of(uow, verified), verified.activity.object
        uri = inner if isinstance(inner, str) else inner.id
        if isinstance(inner, Activity) and inner.actor != sender.uri:
            return None
        take_back = (
            self._of_follow(uow, sender, inner)
            or self._of_share(uow, sender, inner)
            or self._of_reaction(uow, verified, sender, inner)
        )
        if take_back is not None and uri:
            bury(uow, sender.uri, uri, context.now)
        return take_back

    def _of_follow(self, uow: UnitOfWork, sender: Actor, inner: Activity | str) -> Outcome | None:
        if isinstance(inner, Follow):
            whom = uow.actors.by_uri(inner.object)
            whom_id = whom.id if whom is not None else 0
        elif isinstance(inner, str):
            membership = uow.memberships.by_follow_uri(inner)
            is_own = membership is not None and membership.actor_id == sender.id
            whom_id = membership.group_id if membership is not None and is_own else 0
        else:
            return None
        profile = uow.profiles.get(whom_id)
        if profile is None or not profile.actor.is_local:
            return None
        self._profiles.unfollow(uow, sender, whom_id)
        return Done("follows no longer")

    def _of_share(self, uow: UnitOfWork, sender: Actor, inner: Activity | str) -> Outcome | None:
        share = _share_meant(uow, sender, inner)
        if share is None:
            return Ignored("was not shared") if isinstance(inner, Announce) else None
        self._profiles.unshare(uow, share.post_id, sender)
        return Done("share taken back")

    def _of_reaction(
        self,
        uow: UnitOfWork,
        verified: Verified[Undo],
        sender: Actor,
        inner: Activity | str,
    ) -> Outcome | None:
        post = _post_reacted_to(uow, inner)
        reaction = uow.reactions.get(post.id, sender.id) if post is not None else None
        if post is None:
            return None
        if reaction is None:
            return Ignored("no such reaction here")
        undone_at = verified.activity.published
        if undone_at is not None and undone_at < reaction.created_at:
            return Ignored("another reaction has taken its place")
        if isinstance(inner, str) and reaction.uri != inner:
            return Refused("someone else's act")
        self._profiles.unreact(uow, post.id, sender, received_from(verified))
        return Done("reaction taken back")


def _share_meant(uow: UnitOfWork, sender: Actor, inner: Activity | str) -> Share | None:
    """The share by the id of its Announce, or by what was announced."""
    if isinstance(inner, str) or (isinstance(inner, Announce) and inner.id):
        share = uow.shares.by_uri(inner if isinstance(inner, str) else inner.id)
        if share is not None and share.actor_id == sender.id:
            return share
    if not isinstance(inner, Announce):
        return None
    for item in inner.objects:
        uri = item.id if isinstance(item, Post) else item
        post = uow.posts.by_uri(uri) if isinstance(uri, str) else None
        share = uow.shares.of(sender.id, post.id) if post is not None else None
        if share is not None:
            return share
    return None


def _post_reacted_to(uow: UnitOfWork, inner: Activity | str) -> KeptPost | None:
    """The post of a profile that a reaction was about."""
    if isinstance(inner, Like | EmojiReact):
        return federated_at(uow, inner.object)
    if not isinstance(inner, str):
        return None
    reaction = uow.reactions.by_uri(inner)
    post = uow.posts.get(reaction.post_id) if reaction is not None else None
    return federated_at(uow, post.uri) if post is not None else None
