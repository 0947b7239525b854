"""Everyone who can act: people, groups, the node itself; ours and other nodes'."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, false, select, true
from sqlalchemy.dialects.postgresql import insert

from storage.memo import memo_of
from storage.shapes import Shape
from storage.tables import actors


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An ActivityPub actor as we know it. `authority` is host[:port] of its uri, in lower case;
    `summary` is clean HTML; `sensitive` and `posting_restricted` are what groups declare."""

    id: int
    uri: str
    type: str
    handle: str
    authority: str
    name: str
    summary: str
    summary_source: str | None = None
    url: str | None = None
    inbox: str
    shared_inbox: str | None = None
    outbox: str | None = None
    followers: str | None = None
    featured: str | None = None
    moderators: str | None = None
    icon_url: str | None = None
    header_url: str | None = None
    language: str | None = None
    sensitive: bool = False
    posting_restricted: bool = False
    is_local: bool
    created_at: datetime
    fetched_at: datetime | None = None
    updated_at: datetime | None = None
    gone_at: datetime | None = None
    suspended_at: datetime | None = None


ACTOR = Shape(Actor, actors)

_KEPT = {"id", "uri", "is_local", "created_at", "suspended_at"}

_SELECT = select(*ACTOR.columns)
_BY_ID = _SELECT.where(actors.c.id == bindparam("id"))
_BY_IDS = _SELECT.where(actors.c.id.in_(bindparam("ids", expanding=True)))
_BY_URI = _SELECT.where(actors.c.uri == bindparam("uri"))
_BY_URIS = _SELECT.where(actors.c.uri.in_(bindparam("uris", expanding=True)))
_LOCAL_BY_HANDLE = _SELECT.where(
    actors.c.handle_key == bindparam("handle"), actors.c.is_local == true()
)
_BY_HANDLE = (
    _SELECT.where(
        actors.c.authority == bindparam("authority"), actors.c.handle_key == bindparam("handle")
    )
    # A handle that was given up may have been taken by another actor since.
    .order_by(actors.c.gone_at.is_not(None), actors.c.id.desc())
    .limit(1)
)
_INSERT = insert(actors)
_UPSERT = _INSERT.on_conflict_do_update(
    index_elements=[actors.c.uri],
    set_={
        column.name: _INSERT.excluded[column.name]
        for column in actors.columns
        if column.name not in _KEPT
    },
    # What another node says never changes an actor of ours.
    where=actors.c.is_local == false(),
).returning(*ACTOR.columns)
_MARK_GONE = (
    actors.update()
    .where(actors.c.id == bindparam("actor"), actors.c.gone_at.is_(None))
    .values(gone_at=bindparam("now"))
)
_SUSPEND = (
    actors.update().where(actors.c.id == bindparam("actor")).values(suspended_at=bindparam("at"))
)
_UPDATE_PROFILE = (
    actors.update()
    .where(actors.c.id == bindparam("actor"))
    .values(
        name=bindparam("name"),
        summary=bindparam("summary"),
        summary_source=bindparam("summary_source"),
        updated_at=bindparam("updated_at"),
    )
)


class ActorRepository:
    """Actors by id, uri and handle."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._memo = memo_of(connection)

    def add(self, actor: Actor) -> None:
        """AlreadyThere when the uri is known, or the handle of a local actor taken."""
        self._connection.execute(actors.insert(), _row(actor))

    def get(self, actor_id: int) -> Actor | None:
        return ACTOR.maybe(self._memo.first(_BY_ID, {"id": actor_id}))

    def get_many(self, ids: Iterable[int]) -> dict[int, Actor]:
        """Those that exist, by id."""
        rows = self._connection.execute(_BY_IDS, {"ids": list(ids)})
        return {actor.id: actor for actor in map(ACTOR.read, rows)}

    def by_uri(self, uri: str) -> Actor | None:
        return ACTOR.maybe(self._memo.first(_BY_URI, {"uri": uri}))

    def by_uris(self, uris: Iterable[str]) -> dict[str, Actor]:
        """Those that are known, by uri."""
        rows = self._connection.execute(_BY_URIS, {"uris": list(uris)})
        return {actor.uri: actor for actor in map(ACTOR.read, rows)}

    def local_by_handle(self, handle: str) -> Actor | None:
        """Our own actor of that name, whatever its case."""
        row = self._connection.execute(_LOCAL_BY_HANDLE, {"handle": handle.lower()}).first()
        return ACTOR.maybe(row)

    def by_handle(self, handle: str, authority: str) -> Actor | None:
        """The actor `handle@authority`; of several one that is not gone, the newest."""
        key = {"handle": handle.lower(), "authority": authority.lower()}
        row = self._connection.execute(_BY_HANDLE, key).first()
        return ACTOR.maybe(row)

    def upsert_remote(self, actor: Actor) -> Actor:
        """Stores what another node says of its actor and returns the stored actor, which keeps
        its id, the time it was first seen and its suspension. A local actor stays as it is."""
        row = self._connection.execute(_UPSERT, _row(actor)).first()
        if row is not None:
            return ACTOR.read(row)
        return ACTOR.read(self._connection.execute(_BY_URI, {"uri": actor.uri}).one())

    def mark_gone(self, actor_id: int, now: datetime) -> bool:
        """The actor's node says that it is gone. False when it said so before."""
        done = self._connection.execute(_MARK_GONE, {"actor": actor_id, "now": now})
        return done.rowcount == 1

    def suspend(self, actor_id: int, at: datetime | None) -> None:
        """The actor may not act here from now on; None restores it."""
        self._connection.execute(_SUSPEND, {"actor": actor_id, "at": at})

    def update_profile(
        self,
        actor_id: int,
        *,
        name: str,
        summary: str,
        summary_source: str | None = None,
        updated_at: datetime | None = None,
    ) -> None:
        """What a person says of themselves; `summary` is clean HTML, its source Markdown."""
        self._connection.execute(
            _UPDATE_PROFILE,
            {
                "actor": actor_id,
                "name": name,
                "summary": summary,
                "summary_source": summary_source,
                "updated_at": updated_at,
            },
        )


def _row(actor: Actor) -> dict[str, object]:
    return ACTOR.values(actor) | {"handle_key": actor.handle.lower()}
