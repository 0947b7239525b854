"""Where activities of other nodes meet our use cases: which type goes to which handler.

Every handler asks in the same order: who, allowed, already done, store, announce. What a use case
refuses becomes the outcome of the receipt; nothing raises out of here.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from activitypub.addressing import same_origin
from activitypub.vocabulary import (
    Accept,
    Activity,
    Add,
    Announce,
    Block,
    Create,
    Delete,
    Dislike,
    EmojiReact,
    Flag,
    Follow,
    Like,
    Lock,
    Reject,
    Remove,
    Undo,
    Update,
)
from federation.dispatch import Context, Dispatcher, Ignored, Needs, Outcome, Refused
from federation.verify import Verified
from node.errors import Invalid, KithError
from node.groups.graves import is_buried
from node.groups.inbound_membership import MembershipHandlers
from node.groups.inbound_moderation import ModerationHandlers
from node.groups.inbound_posts import PostHandlers
from node.groups.inbound_reactions import ReactionHandlers
from node.groups.inbound_undo import UndoHandlers
from node.groups.incoming import Arrivals
from node.groups.service import Groups
from storage.unit_of_work import UnitOfWork

A = TypeVar("A", bound=Activity)
Handler = Callable[[UnitOfWork, Verified[A], Context], Outcome]


def register(dispatcher: Dispatcher, groups: Groups) -> None:
    """Tell the dispatcher which handler each activity type of a group goes to."""
    arrivals = Arrivals(groups)
    membership = MembershipHandlers(groups)
    posts = PostHandlers(groups, arrivals)
    reactions = ReactionHandlers(groups, arrivals)
    moderation = ModerationHandlers(groups, arrivals)
    undo = UndoHandlers(groups, arrivals)
    dispatcher.on(Follow, guarded(membership.follow))
    dispatcher.on(Accept, guarded(membership.accept))
    dispatcher.on(Reject, guarded(membership.reject))
    dispatcher.on(Create, guarded(posts.create), posts.needs_of_create)
    dispatcher.on(Update, guarded(posts.update), posts.needs_of_update)
    dispatcher.on(Delete, guarded(posts.delete))
    dispatcher.on(Announce, guarded(posts.announce), posts.needs_of_announce)
    dispatcher.on(Like, guarded(reactions.like), _needs_object)
    dispatcher.on(EmojiReact, guarded(reactions.emoji_react), _needs_object)
    dispatcher.on(Dislike, guarded(reactions.dislike))
    dispatcher.on(Add, guarded(moderation.add), moderation.needs)
    dispatcher.on(Remove, guarded(moderation.remove), moderation.needs)
    dispatcher.on(Lock, guarded(moderation.lock), _needs_object)
    dispatcher.on(Undo, guarded(undo.undo), undo.needs)
    dispatcher.on(Flag, _not_spoken)
    dispatcher.on(Block, _not_spoken)


def guarded(handle: Handler[A]) -> Handler[A]:
    """The handler, with undone activities left out and refusals of use cases as outcomes.

    What our own people did took effect when they did it. A group of another node hands it back to
    us later, when they may have changed their mind, so it is left out too.
    """

    @wraps(handle)
    def run(uow: UnitOfWork, verified: Verified[A], context: Context) -> Outcome:
        if is_buried(uow, verified.activity.actor, verified.activity.id):
            return Ignored("undone before it came")
        if same_origin(verified.activity.actor, context.origin):
            return Ignored("our own, handed back")
        try:
            return handle(uow, verified, context)
        except Invalid as error:
            return Refused(f"{error.field}: {error}")
        except KithError as error:
            return Refused(error.code)

    return run


def _needs_object(activity: Like | EmojiReact | Lock) -> Needs:
    return Needs(posts=(activity.object,))


def _not_spoken(
    _uow: UnitOfWork, verified: Verified[Flag] | Verified[Block], _context: Context
) -> Outcome:
    return Ignored(f"{type(verified.activity).__name__} is not spoken here yet")
