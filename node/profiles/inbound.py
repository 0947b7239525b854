"""Where activities of other nodes meet what people do outside groups.

Each handler is asked before the one of groups, and answers None for what is none of its business:
what concerns a group, or somebody whom nobody here follows and whom nothing here answers.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from activitypub.addressing import same_origin
from activitypub.vocabulary import (
    Accept,
    Activity,
    Announce,
    Create,
    Delete,
    EmojiReact,
    Follow,
    Like,
    Reject,
    Undo,
    Update,
)
from federation.dispatch import Context, Dispatcher, Outcome, Refused
from federation.verify import Verified
from node.errors import Invalid, KithError
from node.groups.graves import is_buried
from node.profiles.inbound_acts import ActHandlers
from node.profiles.inbound_follows import FollowHandlers
from node.profiles.inbound_posts import PostHandlers
from node.profiles.incoming import Arrivals
from node.profiles.service import Profiles
from storage.unit_of_work import UnitOfWork

A = TypeVar("A", bound=Activity)
Offered = Callable[[UnitOfWork, Verified[A], Context], Outcome | None]


def register(dispatcher: Dispatcher, profiles: Profiles) -> None:
    """Have the dispatcher ask here first."""
    arrivals = Arrivals(profiles)
    follows, posts = FollowHandlers(profiles), PostHandlers(profiles, arrivals)
    acts = ActHandlers(profiles, arrivals)
    dispatcher.first(Follow, offered(follows.follow))
    dispatcher.first(Accept, offered(follows.accept))
    dispatcher.first(Reject, offered(follows.reject))
    dispatcher.first(Create, offered(posts.create))
    dispatcher.first(Update, offered(posts.update))
    dispatcher.first(Delete, offered(posts.delete))
    dispatcher.first(Like, offered(acts.like))
    dispatcher.first(EmojiReact, offered(acts.like))
    dispatcher.first(Announce, offered(acts.announce))
    dispatcher.first(Undo, offered(acts.undo))


def cares(uow: UnitOfWork, uri: str) -> bool:
    """Whether anybody here follows the person with this URI, so that what it shares matters."""
    actor = uow.actors.by_uri(uri)
    return actor is not None and not actor.is_local and uow.profiles.is_followed_here(actor.id)


def offered(handle: Offered[A]) -> Offered[A]:
    """The handler, with what groups hand on, what was undone and what is our own left to others,
    and refusals of use cases as outcomes."""

    @wraps(handle)
    def run(uow: UnitOfWork, verified: Verified[A], context: Context) -> Outcome | None:
        activity = verified.activity
        if verified.via is not None or same_origin(activity.actor, context.origin):
            return None
        if is_buried(uow, activity.actor, activity.id):
            return None
        try:
            return handle(uow, verified, context)
        except Invalid as error:
            return Refused(f"{error.field}: {error}")
        except KithError as error:
            return Refused(error.code)

    return run
