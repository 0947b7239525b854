"""Create, Update, Delete of what people of other nodes wrote outside groups."""

from activitypub.addressing import is_personal
from activitypub.vocabulary import Create, Delete, Post, Update
from federation.dispatch import Context, Done, Ignored, Outcome, Refused
from federation.verify import Verified
from node.groups.graves import bury
from node.groups.place import view_of
from node.groups.rules import is_gone
from node.groups.senders import sender_of
from node.profiles.incoming import Arrival, Arrivals, body_of_post, people_in
from node.profiles.place import parent_of
from node.profiles.service import Profiles
from node.wire_attached import wire_of
from storage.posts import Post as KeptPost
from storage.unit_of_work import UnitOfWork


class PostHandlers:
    """Posts of other nodes' people, and what becomes of them."""

    def __init__(self, profiles: Profiles, arrivals: Arrivals) -> None:
        self._profiles = profiles
        self._arrivals = arrivals

    def create(
        self, uow: UnitOfWork, verified: Verified[Create], context: Context
    ) -> Outcome | None:
        """A new post or answer."""
        activity = verified.activity
        post = activity.object
        if isinstance(post, str):
            found = context.by_uri.get(post)
            if found is None:
                return None
            post = found.post
        if post.attributed_to != activity.actor:
            return None
        kept = uow.posts.by_uri(post.id)
        if kept is not None:
            return Done("already here") if kept.audience != "group" else None
        return self._arrivals.take(uow, Arrival(post, activity), context)

    def update(
        self, uow: UnitOfWork, verified: Verified[Update], context: Context
    ) -> Outcome | None:
        """An edit by its author. One that comes before its Create stands for it."""
        post = verified.activity.object
        if not isinstance(post, Post):
            return None
        kept = uow.posts.by_uri(post.id)
        if kept is None:
            if post.attributed_to != verified.activity.actor:
                return None
            return self._arrivals.take(uow, Arrival(post, verified.activity), context)
        if kept.audience == "group":
            return None
        if kept.author_id != sender_of(uow, verified).id or kept.is_local:
            return Refused("someone else's post")
        return self._edit(uow, verified, post, kept, context)

    def delete(
        self, uow: UnitOfWork, verified: Verified[Delete], context: Context
    ) -> Outcome | None:
        """Words taken back by their author."""
        kept = uow.posts.by_uri(verified.activity.object)
        if kept is None or kept.audience == "group":
            return None
        sender = sender_of(uow, verified)
        if kept.author_id != sender.id:
            return Refused("someone else's post")
        bury(uow, sender.uri, kept.uri, context.now)
        self._profiles.delete(uow, kept.id, sender)
        return Done("deleted")

    def _edit(
        self,
        uow: UnitOfWork,
        verified: Verified[Update],
        post: Post,
        kept: KeptPost,
        context: Context,
    ) -> Outcome:
        """Other words for a post, which stays where it is and for whom it is."""
        if is_gone(kept):
            return Ignored("the post is gone")
        if is_personal(verified.activity):
            return Ignored("addressed to people, not to the public")
        edited_at = min(post.updated or context.now, context.now)
        if edited_at <= (kept.edited_at or kept.created_at):
            if self._profiles.attaching.recount(uow, kept.id, kept.author_id, wire_of(post)):
                return Done("votes")
            return Ignored("an older edit")
        view = view_of(uow, kept)
        named = people_in(uow, post, view.author, parent_of(uow, kept))
        self._profiles.apply_edit(uow, view, body_of_post(post), edited_at, named)
        return Done("edited")
