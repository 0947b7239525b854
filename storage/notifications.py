"""What each persona was told. Rows name people and places, and hold nobody's words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, and_, bindparam, false, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.again import again
from storage.events import notes_of
from storage.groups import GROUP, Group
from storage.memberships import MEMBERSHIP, Membership
from storage.shapes import NEWEST, Shape
from storage.tables import actors, groups, memberships, notifications, posts

Kind = Literal[
    "reply",
    "reaction",
    "mention",
    "share",
    "follow",
    "follow-request",
    "follow-accepted",
    "application",
    "let-in",
    "message-request",
    "message",
    "poll",
    "room",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """`by_id` did something that concerns `persona_id`, perhaps with a post, in a group or by a
    private message. In a room without posts, `about` says what happened and `thing_id` to which of
    its things; apps have no words for those. What is `filtered` is held back by the persona's own
    policy."""

    id: int
    persona_id: int
    kind: Kind
    by_id: int
    group_id: int | None = None
    post_id: int | None = None
    created_at: datetime
    read_at: datetime | None = None
    message_id: int | None = None
    filtered: bool = False
    about: str | None = None
    thing_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A notification with all that decides whether it may still be shown. `place` is the group's
    actor, `membership` what the persona is to the group now."""

    notification: Notification
    by: Actor
    group: Group | None
    place: Actor | None
    membership: Membership | None
    post_is_gone: bool


NOTIFICATION = Shape(Notification, notifications)
_PLACE = again(actors, "place")
_OF_PERSONA = notifications.c.persona_id == bindparam("persona")
_PLACE_COLUMNS = tuple(_PLACE.c[column.name] for column in ACTOR.columns)
POST_IS_GONE = and_(
    posts.c.id.is_not(None), (posts.c.deleted_at.is_not(None)) | (posts.c.removed_at.is_not(None))
)

_ADD = (
    insert(notifications)
    .on_conflict_do_nothing(
        index_elements=[
            notifications.c.persona_id,
            notifications.c.kind,
            notifications.c.by_id,
            notifications.c.post_id,
        ]
    )
    .returning(notifications.c.id)
)
TOLD = select(
    *NOTIFICATION.columns,
    *ACTOR.columns,
    *GROUP.columns,
    *_PLACE_COLUMNS,
    *MEMBERSHIP.columns,
    POST_IS_GONE,
).select_from(
    notifications.join(actors, notifications.c.by_id == actors.c.id)
    .outerjoin(groups, notifications.c.group_id == groups.c.actor_id)
    .outerjoin(_PLACE, notifications.c.group_id == _PLACE.c.id)
    .outerjoin(
        memberships,
        and_(
            memberships.c.group_id == notifications.c.group_id,
            memberships.c.actor_id == notifications.c.persona_id,
        ),
    )
    .outerjoin(posts, notifications.c.post_id == posts.c.id)
)
# Pages count and show messages by themselves.
_ON_PAGES = (
    _OF_PERSONA,
    notifications.c.filtered == false(),
    notifications.c.kind != literal_column("'message'"),
)
_LIST = (
    TOLD.where(*_ON_PAGES, notifications.c.id < bindparam("before"))
    .order_by(notifications.c.id.desc())
    .limit(bindparam("limit"))
)
_UNREAD = select(func.count()).select_from(
    select(notifications.c.id)
    .where(*_ON_PAGES, notifications.c.read_at.is_(None))
    .limit(bindparam("most"))
    .subquery()
)
_READ = (
    notifications.update()
    .where(_OF_PERSONA, notifications.c.read_at.is_(None), notifications.c.id <= bindparam("up_to"))
    .values(read_at=bindparam("now"))
)
_OLD = (
    select(notifications.c.id)
    .where(notifications.c.created_at < bindparam("before"))
    .limit(bindparam("limit"))
)
_DROP = notifications.delete().where(notifications.c.id.in_(_OLD))
_WITHDRAW = notifications.delete().where(
    _OF_PERSONA,
    notifications.c.kind == bindparam("of_kind"),
    notifications.c.by_id == bindparam("by"),
    notifications.c.post_id.is_(None),
)
_WITHDRAW_ROOM = notifications.delete().where(
    _OF_PERSONA,
    notifications.c.kind == literal_column("'room'"),
    notifications.c.by_id == bindparam("by"),
    notifications.c.about == bindparam("of_what"),
    notifications.c.thing_id == bindparam("thing"),
)
_FORGET = notifications.delete().where(
    (notifications.c.persona_id == bindparam("persona"))
    | (notifications.c.by_id == bindparam("persona"))
)


class NotificationRepository:
    """Notifications by persona, newest first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._notes = notes_of(connection)

    def add(self, notification: Notification) -> None:
        """The same news about the same post twice is told once."""
        added = self._connection.execute(_ADD, NOTIFICATION.values(notification))
        is_told = added.first() is not None and not notification.filtered
        if is_told and notification.kind != "room":
            self._notes.add("notification", notification.id, notification.persona_id)

    def withdraw(self, persona_id: int, kind: Kind, by_id: int) -> None:
        """What was told of somebody, but of no post, is news no longer."""
        key = {"persona": persona_id, "of_kind": kind, "by": by_id}
        self._connection.execute(_WITHDRAW, key)

    def withdraw_room(self, persona_id: int, about: str, by_id: int, thing_id: int) -> None:
        """What somebody did with a thing of a room is news no longer."""
        key = {"persona": persona_id, "of_what": about, "by": by_id, "thing": thing_id}
        self._connection.execute(_WITHDRAW_ROOM, key)

    def list(self, persona_id: int, limit: int, before: int | None = None) -> "list[Told]":
        """What the persona was told, newest first, those below id `before`. One query."""
        rows = self._connection.execute(
            _LIST,
            {"persona": persona_id, "limit": limit, "before": NEWEST if before is None else before},
        )
        return [read_told(tuple(row)) for row in rows]

    def unread(self, persona_id: int, most: int = 100) -> int:
        """How many were not looked at yet, counted up to `most`."""
        found = self._connection.execute(_UNREAD, {"persona": persona_id, "most": most})
        return int(found.scalar_one())

    def mark_read(self, persona_id: int, up_to: int, now: datetime) -> None:
        """All up to an id were looked at."""
        self._connection.execute(_READ, {"persona": persona_id, "up_to": up_to, "now": now})

    def prune(self, before: datetime, limit: int) -> int:
        """Drops old ones; how many."""
        return self._connection.execute(_DROP, {"before": before, "limit": limit}).rowcount

    def forget_persona(self, persona_id: int) -> None:
        """All that it was told, and all that was told of it: it is erased."""
        self._connection.execute(_FORGET, {"persona": persona_id})


def read_told(row: tuple[object, ...]) -> Told:
    """A row that was selected with `TOLD`."""
    by = NOTIFICATION.width
    group = by + ACTOR.width
    place = group + GROUP.width
    membership = place + ACTOR.width
    end = membership + MEMBERSHIP.width
    in_group, belongs = row[group] is not None, row[membership] is not None
    return Told(
        notification=NOTIFICATION.read(row),
        by=ACTOR.read_after(row, by),
        group=GROUP.read_after(row, group) if in_group else None,
        place=ACTOR.read_after(row, place) if in_group else None,
        membership=MEMBERSHIP.read_after(row[:end], membership) if belongs else None,
        post_is_gone=bool(row[end]),
    )
