"""Who belongs with whom: Follow, Accept, Reject and Block."""

from node.clients.c2s.acts.desk import Desk, Doer, Done, actor_named, number_below
from node.clients.c2s.submission import Json, Submission, id_of
from node.errors import NotFound, Refused
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


def follow(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """Follow a person, or join a group. Raises Refused, NotFound."""
    other = actor_named(uow, sent.object_id)
    if other.type == "Group":
        desk.rooms.groups.join(uow, other.id, doer.persona)
    else:
        desk.rooms.profiles.follow(uow, doer.persona, other.id)
    return Done(type="Follow", object_uri=other.uri)


def unfollow(desk: Desk, uow: UnitOfWork, doer: Doer, other: Actor) -> None:
    """End it, also while it waits. Raises Refused for who hosts the group."""
    if other.type == "Group":
        desk.rooms.groups.leave(uow, other.id, doer.persona)
    else:
        desk.rooms.profiles.unfollow(uow, doer.persona, other.id)


def accept(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """Let somebody follow who asked to. Raises Refused, NotFound."""
    follower = _follower(desk, uow, doer, sent.inner)
    desk.rooms.profiles.accept(uow, doer.persona, follower.id)
    return Done(type="Accept", object_uri=follower.uri, inner_type="Follow")


def reject(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """Let somebody not follow, or no longer (W3C ActivityPub 7.7). Raises Refused, NotFound."""
    follower, who = _follower(desk, uow, doer, sent.inner), doer.persona
    current = uow.memberships.get(who.id, follower.id)
    if current is None:
        raise NotFound
    if current.state == "accepted":
        desk.rooms.profiles.remove_follower(uow, who, follower.id)
    else:
        desk.rooms.profiles.reject(uow, who, follower.id)
    return Done(type="Reject", object_uri=follower.uri, inner_type="Follow")


def block(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """Cut off everything between the two; nobody is told, and nothing leaves (FEP-c648). Raises
    Invalid, Refused, NotFound."""
    if sent.raw.get("target") is not None:
        raise Refused(
            "To ban somebody from a group, use the pages of the group", "unsupported-type"
        )
    other = actor_named(uow, sent.object_id)
    desk.rooms.safety.block(uow, doer.persona, other.id)
    return Done(type="Block", object_uri=other.uri)


def _follower(desk: Desk, uow: UnitOfWork, doer: Doer, follow_sent: Json) -> Actor:
    """Whose Follow an Accept or Reject is about: its `actor` says it, or its id."""
    if follow_sent.get("type") not in (None, "Follow"):
        raise Refused("Only a Follow can be accepted or rejected here", "unsupported-type")
    if follow_sent.get("actor") is not None:
        return actor_named(uow, id_of(follow_sent["actor"], "object.actor"))
    uri = id_of(follow_sent, "object")
    asked = uow.memberships.by_follow_uri(uri)
    if asked is not None and asked.group_id == doer.persona.id:
        follower = uow.actors.get(asked.actor_id)
    else:
        told = uow.client_reading.told(
            number_below(uri, desk.origin, "/activities/") or 0, doer.persona.id
        )
        is_asking = told is not None and told.kind in ("follow", "follow-request")
        follower = uow.actors.get(told.by_id) if told is not None and is_asking else None
    if follower is None:
        raise NotFound
    return follower
