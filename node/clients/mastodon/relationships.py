"""How the reader stands to people and groups, many at once: the same number of queries for one and
for forty.

To follow a group is to belong to it. Who blocked the reader is told nobody.
"""

from collections.abc import Iterable
from datetime import datetime

from node.clients.answers import maybe_moment
from node.clients.mastodon.entities.relationship import Relationship
from storage.actors import Actor
from storage.follow_options import PLAIN
from storage.profiles import Relation
from storage.unit_of_work import UnitOfWork


def relationships(
    uow: UnitOfWork, reader: Actor, ids: Iterable[int], now: datetime
) -> dict[int, Relationship]:
    """The reader's relationship to each of these, whoever they are."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    people = uow.profiles.relations(reader.id, wanted)
    groups = uow.statuses.memberships(reader.id, wanted)
    options, blocks = uow.follow_options.of(reader.id, wanted), uow.blocks.named_by(reader.id)
    mutes, notes = uow.mutes.many(reader.id, wanted, now), uow.person_notes.many(reader.id, wanted)
    muted_nodes, actors = uow.mutes.nodes(reader.id), uow.actors.get_many(wanted)
    found = {}
    for number in wanted:
        actor, relation = actors.get(number), people.get(number, Relation())
        state = relation.following or (groups[number].state if number in groups else None)
        option, mute = options.get(number, PLAIN), mutes.get(number)
        found[number] = Relationship(
            id=str(number),
            following=state == "accepted",
            showing_reblogs=state == "accepted" and option.with_shares,
            notifying=state == "accepted" and option.notifies,
            languages=list(option.languages) or None,
            followed_by=relation.followed_by == "accepted",
            blocking=number in blocks,
            muting=mute is not None,
            muting_notifications=mute is not None and mute.notifications,
            muting_expires_at=maybe_moment(mute.expires_at) if mute else None,
            requested=state == "pending",
            requested_by=relation.followed_by == "pending",
            domain_blocking=actor is not None and actor.authority in muted_nodes,
            note=notes.get(number, ""),
        )
    return found


def relationship(uow: UnitOfWork, reader: Actor, number: int, now: datetime) -> Relationship:
    """The reader's relationship to one."""
    return relationships(uow, reader, [number], now)[number]
