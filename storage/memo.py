"""Rows that were read before in the same transaction, so that they need not be read again.

A use case asks for the same actor, group or thread in several places, and many small writes share
one transaction. What was read stays true until the transaction ends or one of its own statements
writes to a table that the row came from; a version per table tells.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Delete, Insert, Row, Select, SelectBase, Update, event
from sqlalchemy.sql.util import find_tables

_INFO_KEY: Final = "kith-memo"
_TABLES: dict[int, tuple[Any, ...]] = {}
"""The tables of each memoised statement, by its identity: they are constants of their modules."""


class Memo:
    """The rows of one connection's present transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._versions: defaultdict[Any, int] = defaultdict(int)
        self._kept: dict[tuple[int, tuple[Any, ...]], tuple[tuple[int, ...], list[Row[Any]]]] = {}
        event.listen(connection, "begin", self._forget)
        event.listen(connection, "before_execute", self._note)

    def first(self, statement: Select[Any], parameters: dict[str, Any]) -> Row[Any] | None:
        """The first row of a statement that is a constant of its module, or None."""
        rows = self.all(statement, parameters)
        return rows[0] if rows else None

    def all(self, statement: Select[Any], parameters: dict[str, Any]) -> Sequence[Row[Any]]:
        """All rows of a statement that is a constant of its module."""
        versions = tuple(self._versions[table] for table in _tables_of(statement))
        key = (id(statement), tuple(parameters.values()))
        kept = self._kept.get(key)
        if kept is not None and kept[0] == versions:
            return kept[1]
        rows = list(self._connection.execute(statement, parameters))
        self._kept[key] = (versions, rows)
        return rows

    def _forget(self, _connection: Connection) -> None:
        self._kept.clear()

    def _note(self, _connection: Connection, statement: Any, *_rest: Any) -> None:
        if isinstance(statement, Insert | Update | Delete):
            self._versions[statement.table] += 1
        elif not isinstance(statement, SelectBase):
            self._kept.clear()


def memo_of(connection: Connection) -> Memo:
    """The memo of this connection; there is one, whoever asks."""
    memo = connection.info.get(_INFO_KEY)
    if memo is None or memo._connection is not connection:
        memo = connection.info[_INFO_KEY] = Memo(connection)
    return memo


def _tables_of(statement: Select[Any]) -> tuple[Any, ...]:
    tables = _TABLES.get(id(statement))
    if tables is None:
        found = find_tables(statement, check_columns=True, include_joins=True, include_aliases=True)
        tables = _TABLES[id(statement)] = tuple(
            {getattr(table, "element", table) for table in found if hasattr(table, "c")}
        )
    return tables
