"""What has just happened, as open streams and devices are told: kinds and ids, no words.

A repository that changes something that people may be waiting for notes it here. What was noted is
written once, at the end of the same transaction (`UnitOfWork.settle`), and wakes whoever reads:
there is an event for everything that was committed and for nothing else. Readers go on from the
last number they saw (`node/clients/streaming/reader.py`), so that a wake-up that gets lost costs
time and nothing else. After minutes the rows are dropped.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import Connection, bindparam, func, literal, null, select
from sqlalchemy.dialects.postgresql import insert

from storage.shapes import Shape
from storage.tables import push_deliveries, push_subscriptions, stream_events
from storage.tables.metadata import Id

EventKind = Literal[
    "post",
    "edit",
    "delete",
    "share",
    "unshare",
    "notification",
    "message",
    "filters",
    "act",
    "announcement",
    "token",
]
"""post, edit, delete: of a post, by its author, in a group or on a profile (`place_id`). share,
unshare: of a share, by who shares, of the post `place_id`. notification, message: for the persona
`actor_id`, a message in the conversation `place_id`. filters: of a persona. act: something else
that a persona did with an app. token: that it opens nothing any more."""

TOPIC: Final = "events"
PUSH_TOPIC: Final = "push"
_INFO_KEY: Final = "kith-events"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, as it is noted."""

    kind: EventKind
    object_id: int
    actor_id: int = 0
    place_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The same with its number in the order of the database."""

    id: int
    kind: EventKind
    object_id: int
    actor_id: int
    place_id: int


_EVENT = Shape(Event, stream_events)
_ADD = stream_events.insert()
_FOR_DEVICES = (
    insert(push_deliveries)
    .from_select(
        ["subscription_id", "notification_id", "attempts", "next_attempt_at", "locked_until"],
        select(
            push_subscriptions.c.id,
            bindparam("notification", type_=Id),
            literal(0),
            null(),
            null(),
        ).where(push_subscriptions.c.persona_id == bindparam("persona")),
    )
    .on_conflict_do_nothing()
    .returning(push_deliveries.c.subscription_id)
)
_AFTER = (
    select(*_EVENT.columns)
    .where(stream_events.c.id > bindparam("after"))
    .order_by(stream_events.c.id)
    .limit(bindparam("limit"))
)
_THESE = select(*_EVENT.columns).where(stream_events.c.id.in_(bindparam("ids", expanding=True)))
_NEWEST = select(func.max(stream_events.c.id))
_DROP = stream_events.delete().where(stream_events.c.id <= bindparam("up_to"))


class Notes:
    """What the present transaction of one connection has noted and not yet written."""

    def __init__(self) -> None:
        self.pending: dict[Happening, None] = {}

    def add(self, kind: EventKind, object_id: int, actor_id: int = 0, place_id: int = 0) -> None:
        """Notes it. The same thing twice in a transaction is one event."""
        self.pending[Happening(kind, object_id, actor_id, place_id)] = None


def notes_of(connection: Connection) -> Notes:
    """The notes of this connection; there is one set, whoever asks."""
    notes: Notes | None = connection.info.get(_INFO_KEY)
    if notes is None:
        notes = connection.info[_INFO_KEY] = Notes()
    return notes


class EventRepository:
    """Events in the order of their numbers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._notes = notes_of(connection)

    def note(self, kind: EventKind, object_id: int, actor_id: int = 0, place_id: int = 0) -> None:
        """For a use case whose repository notes nothing itself."""
        self._notes.add(kind, object_id, actor_id, place_id)

    def forget(self) -> None:
        """A new transaction begins: what an older one noted and never wrote is gone with it."""
        self._notes.pending.clear()

    def write(self) -> set[str]:
        """Writes what was noted; the topics to wake. Devices of those who are told something get a
        row each, which waits until it is sent."""
        pending, topics = list(self._notes.pending), set[str]()
        if not pending:
            return topics
        self._notes.pending.clear()
        self._connection.execute(_ADD, [_values(one) for one in pending])
        topics.add(TOPIC)
        told = [
            {"notification": one.object_id, "persona": one.actor_id}
            for one in pending
            if one.kind == "notification"
        ]
        for one in told:
            if self._connection.execute(_FOR_DEVICES, one).first() is not None:
                topics.add(PUSH_TOPIC)
        return topics

    def after(self, number: int, limit: int) -> list[Event]:
        """Those above a number, in order."""
        rows = self._connection.execute(_AFTER, {"after": number, "limit": limit})
        return [_EVENT.read(row) for row in rows]

    def these(self, numbers: Collection[int]) -> list[Event]:
        """Those with these numbers that there are."""
        rows = self._connection.execute(_THESE, {"ids": sorted(numbers)})
        return [_EVENT.read(row) for row in rows]

    def newest(self) -> int:
        """The highest number; 0 when there is none."""
        return int(self._connection.execute(_NEWEST).scalar() or 0)

    def drop(self, up_to: int) -> int:
        """Drops those up to a number; how many."""
        return self._connection.execute(_DROP, {"up_to": up_to}).rowcount


def _values(happening: Happening) -> dict[str, Any]:
    return {
        "kind": happening.kind,
        "object_id": happening.object_id,
        "actor_id": happening.actor_id,
        "place_id": happening.place_id,
    }
