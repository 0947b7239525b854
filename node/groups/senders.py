"""Who sent an activity, and what of it is handed on."""

from activitypub.vocabulary import Activity
from federation.verify import Verified
from node.errors import Refused
from node.groups.announcer import Received
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork


def sender_of(uow: UnitOfWork, verified: Verified[Activity]) -> Actor:
    """The actor behind a verified activity. Raises Refused for one who is gone or suspended."""
    actor = uow.actors.by_uri(verified.activity.actor)
    if actor is None:
        raise Refused("The actor is not known.", "unknown-actor")
    if actor.suspended_at is not None or actor.gone_at is not None:
        raise Refused("The actor is suspended or gone.", "suspended")
    return actor


def group_named(uow: UnitOfWork, verified: Verified[Activity]) -> GroupWithActor | None:
    """The group that an activity is about: the one that hands it on, or else the first it names."""
    if verified.via is not None:
        return uow.groups.by_uri(verified.via)
    activity = verified.activity
    for uri in (*activity.audience, *activity.cc, *activity.to)[:20]:
        group = uow.groups.by_uri(uri)
        if group is not None:
            return group
    return None


def received_from(verified: Verified[Activity]) -> Received:
    """The activity as it came, to hand on unchanged."""
    activity = verified.activity
    return Received(activity.id, dict(activity.raw), verified.via, activity.published)
