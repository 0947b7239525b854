"""Data sets of the directory and their editions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from storage.directory_records import DataSet, Edition, EditionState
from storage.shapes import Shape
from storage.tables import directory_editions, directory_sets, services

_SET = Shape(DataSet, directory_sets)
_EDITION = Shape(Edition, directory_editions)
_SETS = select(*_SET.columns).order_by(directory_sets.c.id)
_LIVE = select(directory_sets.c.edition_id).where(directory_sets.c.edition_id.is_not(None))
_BY_ID = select(*_SET.columns).where(directory_sets.c.id == bindparam("key"))
_BY_SOURCE = select(*_SET.columns).where(
    directory_sets.c.source == bindparam("key"), directory_sets.c.kind == bindparam("kind")
)
_BY_URL = select(*_SET.columns).where(directory_sets.c.url == bindparam("key"))
_DUE = (
    select(*_SET.columns)
    .where(directory_sets.c.next_at <= bindparam("now"))
    .order_by(directory_sets.c.next_at)
    .limit(1)
)
_NEXT = select(func.min(directory_sets.c.next_at))
_EDITION_BY_ID = select(*_EDITION.columns).where(directory_editions.c.id == bindparam("key"))
_STAGED = select(*_EDITION.columns).where(
    directory_editions.c.set_id == bindparam("set"), directory_editions.c.state == "staged"
)
_STAGED_ONE = (
    directory_editions.update()
    .where(directory_editions.c.id == bindparam("key"), directory_editions.c.state == "staged")
    .returning(directory_editions.c.id)
)
_NEWEST = (
    select(*_EDITION.columns)
    .where(directory_editions.c.set_id == bindparam("set"))
    .order_by(directory_editions.c.id.desc())
    .limit(1)
)
_OF_SET = select(*_EDITION.columns).where(directory_editions.c.set_id == bindparam("set"))
_OLD = select(*_EDITION.columns).where(directory_editions.c.state == "old").limit(1)
_COUNTS = select(services.c.edition_id, func.count()).group_by(services.c.edition_id)


class DirectorySets:
    """Where services come from."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, one: DataSet) -> None:
        self._connection.execute(directory_sets.insert(), _SET.values(one))

    def change(self, set_id: int, **values: Any) -> None:
        """Set columns of a data set, by their names."""
        self._connection.execute(
            directory_sets.update().where(directory_sets.c.id == set_id).values(**values)
        )

    def drop(self, set_id: int) -> None:
        """The set itself; its editions and listings must be gone."""
        self._connection.execute(directory_sets.delete().where(directory_sets.c.id == set_id))

    def list(self) -> Sequence[DataSet]:
        """All of them, the oldest first."""
        return [_SET.read(row) for row in self._connection.execute(_SETS)]

    def get(self, set_id: int) -> DataSet | None:
        return _SET.maybe(self._connection.execute(_BY_ID, {"key": set_id}).first())

    def by_source(self, source: str, kind: str) -> DataSet | None:
        """The set of this kind that says it comes from there."""
        where = {"key": source, "kind": kind}
        return _SET.maybe(self._connection.execute(_BY_SOURCE, where).first())

    def by_url(self, url: str) -> DataSet | None:
        return _SET.maybe(self._connection.execute(_BY_URL, {"key": url}).first())

    def due(self, now: datetime) -> DataSet | None:
        """The one that has waited longest to be fetched again."""
        return _SET.maybe(self._connection.execute(_DUE, {"now": now}).first())

    def next_due(self) -> datetime | None:
        moment: datetime | None = self._connection.execute(_NEXT).scalar()
        return moment

    def live(self) -> Sequence[int]:
        """The editions that show."""
        return [row[0] for row in self._connection.execute(_LIVE)]

    def counts(self) -> dict[int, int]:
        """How many services there are, by edition."""
        return {row[0]: row[1] for row in self._connection.execute(_COUNTS)}

    def add_edition(self, one: Edition) -> None:
        self._connection.execute(directory_editions.insert(), _EDITION.values(one))

    def change_edition(self, edition_id: int, **values: Any) -> None:
        """Set columns of an edition, by their names."""
        self._connection.execute(
            directory_editions.update()
            .where(directory_editions.c.id == edition_id)
            .values(**values)
        )

    def advance(self, edition_id: int, was: int, done: int) -> bool:
        """So many services lie ready now; False when the edition is not being read in any more, or
        somebody else has gone on with it."""
        found = _STAGED_ONE.where(directory_editions.c.done == was).values(done=done)
        return self._connection.execute(found, {"key": edition_id}).first() is not None

    def leave(self, edition_id: int, state: EditionState) -> bool:
        """The edition is not being read in any more; False when it was not."""
        found = _STAGED_ONE.values(state=state)
        return self._connection.execute(found, {"key": edition_id}).first() is not None

    def drop_edition(self, edition_id: int) -> None:
        """The edition itself; what lies in it must be gone."""
        self._connection.execute(
            directory_editions.delete().where(directory_editions.c.id == edition_id)
        )

    def edition(self, edition_id: int) -> Edition | None:
        return _EDITION.maybe(self._connection.execute(_EDITION_BY_ID, {"key": edition_id}).first())

    def staged(self, set_id: int) -> Edition | None:
        """The edition of the set that is being read in, or whose reading was broken off."""
        return _EDITION.maybe(self._connection.execute(_STAGED, {"set": set_id}).first())

    def newest(self, set_id: int) -> Edition | None:
        """The last one, whole or not."""
        return _EDITION.maybe(self._connection.execute(_NEWEST, {"set": set_id}).first())

    def editions(self, set_id: int) -> Sequence[Edition]:
        rows = self._connection.execute(_OF_SET, {"set": set_id})
        return [_EDITION.read(row) for row in rows]

    def old(self) -> Edition | None:
        """One that shows no more and can be dropped."""
        return _EDITION.maybe(self._connection.execute(_OLD).first())
