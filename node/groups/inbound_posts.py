"""Create, Update, Delete, Announce: what is said, changed and taken back across nodes (b3-b9)."""

from contextlib import suppress
from dataclasses import replace

from activitypub.addressing import is_personal
from activitypub.vocabulary import Actor as WireActor
from activitypub.vocabulary import Announce, Create, Delete, Post, Update
from federation.actors import store_actor
from federation.dispatch import Context, Done, Ignored, Needs, Outcome, Refused
from federation.verify import Verified
from node.errors import KithError
from node.groups.graves import bury
from node.groups.incoming import Arrival, Arrivals, body_from
from node.groups.place import known_post, view_of
from node.groups.rules import federated, is_gone
from node.groups.senders import group_named, received_from, sender_of
from node.groups.service import Groups
from node.wire_attached import wire_of
from storage.actors import Actor
from storage.posts import Post as KeptPost
from storage.unit_of_work import UnitOfWork

ERASED_AT_ONCE = 1000


class PostHandlers:
    """Posts of other nodes, and what becomes of them."""

    def __init__(self, groups: Groups, arrivals: Arrivals) -> None:
        self._groups = groups
        self._arrivals = arrivals

    @staticmethod
    def needs_of_create(activity: Create) -> Needs:
        """The post, if only its id came, and what it answers."""
        if isinstance(activity.object, str):
            return Needs(posts=(activity.object,))
        answered = activity.object.in_reply_to
        return Needs(posts=(answered,) if answered else ())

    @staticmethod
    def needs_of_update(activity: Update) -> Needs:
        """What an edited post answers, in case its Create never came."""
        if isinstance(activity.object, Post) and activity.object.in_reply_to:
            return Needs(posts=(activity.object.in_reply_to,))
        return Needs()

    @staticmethod
    def needs_of_announce(activity: Announce) -> Needs:
        """The announced posts; announced activities are handled each on its own."""
        bare = [item for item in activity.objects if isinstance(item, Post | str)]
        return Needs(posts=tuple(item if isinstance(item, str) else item.id for item in bare))

    def create(self, uow: UnitOfWork, verified: Verified[Create], context: Context) -> Outcome:
        """A new thread or reply."""
        sender = sender_of(uow, verified)
        activity = verified.activity
        post = activity.object
        if isinstance(post, str):
            fetched = context.by_uri.get(post)
            if fetched is None:
                return Done("already here") if uow.posts.by_uri(post) else Ignored("not to be had")
            post = fetched.post
        if post.attributed_to != sender.uri:
            return Refused("someone else's post")
        return self._arrivals.take(uow, Arrival(post, activity, verified.via), context)

    def update(self, uow: UnitOfWork, verified: Verified[Update], context: Context) -> Outcome:
        """An edit by its author. One that comes before its Create stands for it."""
        sender = sender_of(uow, verified)
        post = verified.activity.object
        if isinstance(post, WireActor):
            return self._profile(uow, verified, post, context)
        if isinstance(post, str):  # a profile that was read anew at its origin, or nothing
            known = uow.actors.by_uri(post)
            return Done("profile") if known else Ignored("an edit without its words")
        kept = uow.posts.by_uri(post.id)
        if kept is None and post.attributed_to == sender.uri:
            return self._arrivals.take(uow, Arrival(post, verified.activity, verified.via), context)
        if kept is None or kept.author_id != sender.id or kept.is_local:
            return Refused("someone else's post")
        return self._edit(uow, verified, post, kept, context)

    def _profile(
        self, uow: UnitOfWork, verified: Verified[Update], actor: WireActor, context: Context
    ) -> Outcome:
        """An actor describes itself anew; a group may also hand on what its moderator changed."""
        activity = verified.activity
        if actor.id not in (activity.actor, verified.via) or verified.how == "group":
            return Refused("someone else's profile")
        if uow.actors.by_uri(actor.id) is None:
            return Ignored("an actor that is not known here")
        store_actor(uow, actor, context.now, context.new_id)
        return Done("profile")

    def _edit(
        self,
        uow: UnitOfWork,
        verified: Verified[Update],
        post: Post,
        kept: KeptPost,
        context: Context,
    ) -> Outcome:
        """Other words for a post, which stays the thread or reply that it is."""
        # A group that hands an edit on has let it in, though it may remove or restore the post.
        if is_gone(kept) and (kept.deleted_at is not None or verified.via is None):
            return Ignored("the post is gone")
        if is_personal(verified.activity):
            return Ignored("addressed to people, not to the public")
        edited_at = min(post.updated or context.now, context.now)
        if edited_at <= (kept.edited_at or kept.created_at):
            if self._groups.attaching.recount(uow, kept.id, kept.author_id, wire_of(post)):
                return Done("votes")
            return Ignored("an older edit")
        group = uow.groups.get(kept.group_id)
        if group is None or federated(group) is None:
            return Ignored("for no group here")
        body = body_from(post)
        if kept.parent_id is not None:
            body = replace(body, title=None)
        elif body.title is None:
            body = replace(body, title=kept.title)
        view = view_of(uow, kept)
        self._groups.apply_edit(uow, group, view, body, edited_at, received_from(verified))
        return Done("edited")

    def delete(self, uow: UnitOfWork, verified: Verified[Delete], context: Context) -> Outcome:
        """Words taken back by their author, or removed by those who moderate their group."""
        sender = sender_of(uow, verified)
        uri = verified.activity.object
        if uri == sender.uri and verified.how != "group":
            return self._erase(uow, sender, context)
        kept = known_post(uow, uri) or _own_words(uow, uri, sender)
        if verified.how != "group":
            bury(uow, sender.uri, uri, context.now)
        if kept is None:
            return self._delete_unseen(uow, verified, sender)
        received = received_from(verified)
        if kept.author_id == sender.id and verified.how != "group":
            self._groups.delete(uow, kept.id, sender, received)
            return Done("deleted")
        self._groups.remove(uow, kept.id, sender, verified.activity.summary, received)
        return Done("removed")

    def _delete_unseen(self, uow: UnitOfWork, verified: Verified[Delete], sender: Actor) -> Outcome:
        """A Delete that comes before its post: perhaps a moderator's, which the group remembers."""
        group = group_named(uow, verified)
        uri = verified.activity.object
        if group is not None and federated(group) is not None:
            with suppress(KithError):
                self._groups.remove_unseen(uow, group, uri, sender, received_from(verified))
        return Ignored("not here")

    def _erase(self, uow: UnitOfWork, sender: Actor, context: Context) -> Outcome:
        """An account is gone: so are its words, wherever they stand, and what it shared."""
        uow.actors.mark_gone(sender.id, context.now)
        for post in uow.posts.left_by(sender.id, ERASED_AT_ONCE):
            uow.posts.tombstone(post.id, context.now)
        uow.shares.forget_some(sender.id, ERASED_AT_ONCE)
        uow.profiles.forget_followers(sender.id)
        uow.memberships.remove_all(sender.id)
        return Done("account erased")

    def announce(self, uow: UnitOfWork, verified: Verified[Announce], context: Context) -> Outcome:
        """A group hands on a thread, itself or its id (rule 9). People's shares are not kept."""
        sender = sender_of(uow, verified)
        group = uow.groups.by_uri(sender.uri)
        if group is None or group.actor.is_local:
            return Ignored("not a group that is known here")
        if uow.memberships.local_followers(group.actor.id) == 0:
            return Ignored("nobody here follows this group")
        outcome: Outcome = Ignored("nothing to be had")
        for item in verified.activity.objects:
            uri = item.id if isinstance(item, Post) else item
            if not isinstance(uri, str):
                continue
            if self._arrivals.bring(uow, uri, sender.uri, context) is not None:
                outcome = Done("post of a group")
        return outcome


def _own_words(uow: UnitOfWork, uri: str, sender: Actor) -> KeptPost | None:
    """What somebody elsewhere wrote while a group was public stays theirs to take back."""
    post = uow.posts.by_uri(uri)
    return post if post is not None and post.author_id == sender.id else None
