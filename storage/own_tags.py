"""Tags that a persona follows, which bring public posts into its home, and tags that it shows on
its profile. Names are as posts carry them: without the sign, in lower case."""

from dataclasses import dataclass

from sqlalchemy import Connection, Table, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.memo import memo_of
from storage.shapes import NEWEST, Shape
from storage.tables import featured_tags, followed_tags


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTag:
    """One tag of one persona."""

    id: int
    persona_id: int
    name: str


class _Statements:
    """What both tables are asked."""

    def __init__(self, table: Table) -> None:
        mine = table.c.persona_id == bindparam("persona")
        self.shape = Shape(OwnTag, table)
        self.add = insert(table).on_conflict_do_nothing(
            index_elements=[table.c.persona_id, table.c.name]
        )
        self.drop = table.delete().where(mine, table.c.name == bindparam("tag"))
        self.drop_id = table.delete().where(mine, table.c.id == bindparam("tag"))
        self.names = select(table.c.name).where(mine)
        self.count = select(func.count()).select_from(table).where(mine)
        self.get = select(*self.shape.columns).where(mine, table.c.name == bindparam("tag"))
        page = select(*self.shape.columns).where(
            mine, table.c.id < bindparam("before"), table.c.id > bindparam("after")
        )
        self.down = page.order_by(table.c.id.desc()).limit(bindparam("limit"))
        self.up = page.order_by(table.c.id).limit(bindparam("limit"))


_FOLLOWED, _FEATURED = _Statements(followed_tags), _Statements(featured_tags)


class OwnTags:
    """Tags of one kind, by persona."""

    def __init__(self, connection: Connection, statements: _Statements) -> None:
        self._connection = connection
        self._memo = memo_of(connection)
        self._sql = statements

    def add(self, tag: OwnTag) -> None:
        """A second time changes nothing."""
        self._connection.execute(self._sql.add, self._sql.shape.values(tag))

    def drop(self, persona_id: int, name: str) -> bool:
        """False when it was not there."""
        key = {"persona": persona_id, "tag": name}
        return self._connection.execute(self._sql.drop, key).rowcount == 1

    def drop_id(self, persona_id: int, tag_id: int) -> bool:
        """False when the persona has none of this id."""
        key = {"persona": persona_id, "tag": tag_id}
        return self._connection.execute(self._sql.drop_id, key).rowcount == 1

    def get(self, persona_id: int, name: str) -> OwnTag | None:
        key = {"persona": persona_id, "tag": name}
        return self._sql.shape.maybe(self._connection.execute(self._sql.get, key).first())

    def names(self, persona_id: int) -> frozenset[str]:
        """All of the persona's. One query, however often a transaction asks."""
        return frozenset(row[0] for row in self._memo.all(self._sql.names, {"persona": persona_id}))

    def count(self, persona_id: int) -> int:
        """How many the persona has."""
        return int(self._connection.execute(self._sql.count, {"persona": persona_id}).scalar_one())

    def listed(
        self,
        persona_id: int,
        limit: int,
        before: int = NEWEST,
        after: int = 0,
        upward: bool = False,
    ) -> list[OwnTag]:
        """The latest first, between two ids; `upward` those next to `after`."""
        key = {"persona": persona_id, "limit": limit, "before": before, "after": after}
        rows = self._connection.execute(self._sql.up if upward else self._sql.down, key)
        found = [self._sql.shape.read(row) for row in rows]
        return found[::-1] if upward else found


def followed(connection: Connection) -> OwnTags:
    """The tags that personas follow."""
    return OwnTags(connection, _FOLLOWED)


def featured(connection: Connection) -> OwnTags:
    """The tags that personas show on their profiles."""
    return OwnTags(connection, _FEATURED)
