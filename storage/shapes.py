"""How a record lies in a row: a record's fields are columns of its table, by the same names."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sqlalchemy import Column, Table

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    R = TypeVar("R", bound=DataclassInstance)
else:
    R = TypeVar("R")

NEWEST = 2**63 - 1
"""Above every id: where a list that goes back in time begins."""


class Shape(Generic[R]):
    """The columns of one kind of record, and the way between a row and the record."""

    def __init__(self, record: type[R], table: Table) -> None:
        self._record = record
        self._names = tuple(field.name for field in fields(record))
        self._pick: Callable[[R], tuple[Any, ...]] = attrgetter(*self._names)
        self.columns: tuple[Column[Any], ...] = tuple(table.c[name] for name in self._names)
        self.width = len(self._names)

    def read(self, row: Sequence[Any]) -> R:
        """The record in a row that was selected with `columns` and nothing before them."""
        return self._record(**dict(zip(self._names, row, strict=False)))

    def maybe(self, row: Sequence[Any] | None) -> R | None:
        """The record in a row, None for no row."""
        return None if row is None else self.read(row)

    def read_after(self, row: Sequence[Any], offset: int) -> R:
        """The record whose columns begin at `offset`: for rows that hold two records."""
        return self._record(**dict(zip(self._names, row[offset:], strict=False)))

    def values(self, record: R) -> dict[str, Any]:
        """The record as the parameters of an INSERT."""
        return dict(zip(self._names, self._pick(record), strict=True))
