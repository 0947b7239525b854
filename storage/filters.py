"""Filters of a persona: words and posts that it does not want to meet, sealed under the persona.

A filter is sealed as a whole, title and words together, so that a page opens all of a reader's
filters with one query and one key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.events import notes_of
from storage.seals import Holder, Sealed, Seals
from storage.tables import filters

FilterContext = Literal["home", "notifications", "public", "thread", "account"]
FilterAction = Literal["warn", "hide", "blur"]
PLACE: Final = "filters.sealed"


class Keyword(msgspec.Struct, frozen=True, array_like=True):
    """A word or a phrase; `whole_word` leaves alone what merely contains it."""

    id: int
    keyword: str
    whole_word: bool = True


class FilteredStatus(msgspec.Struct, frozen=True, array_like=True):
    """One post that the persona does not want to meet again."""

    id: int
    status_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """`contexts` are where it works; after `expires_at` it does nothing, and stays."""

    id: int
    persona_id: int
    title: str
    contexts: tuple[FilterContext, ...]
    action: FilterAction = "warn"
    keywords: tuple[Keyword, ...] = ()
    statuses: tuple[FilteredStatus, ...] = ()
    expires_at: datetime | None = None
    created_at: datetime


class _Inside(msgspec.Struct, array_like=True):
    title: str
    keywords: tuple[Keyword, ...]
    statuses: tuple[FilteredStatus, ...]


_OF_PERSONA = (
    select(filters).where(filters.c.persona_id == bindparam("persona")).order_by(filters.c.id)
)
_THIS = (filters.c.id == bindparam("filter"), filters.c.persona_id == bindparam("persona"))
# Two changes of one filter follow one another; SQLite has one writer anyway.
_GET = select(filters).where(*_THIS).with_for_update()
_LOOK = select(filters).where(*_THIS)
_INSERT = insert(filters)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[filters.c.id],
    set_={name: _INSERT.excluded[name] for name in ("sealed", "action", "contexts", "expires_at")},
)
_DROP = filters.delete().where(*_THIS)


class FilterRepository:
    """Filters by persona, the oldest first."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals
        self._notes = notes_of(connection)

    def put(self, one: Filter) -> None:
        """Keep a filter, new or changed."""
        inside = msgspec.json.encode(_Inside(one.title, one.keywords, one.statuses))
        row = {
            "id": one.id,
            "persona_id": one.persona_id,
            "sealed": self._seals.seal(
                inside,
                place=PLACE,
                row=one.id,
                author=one.persona_id,
                holders=(Holder("persona", one.persona_id),),
            ),
            "action": one.action,
            "contexts": " ".join(one.contexts),
            "expires_at": one.expires_at,
            "created_at": one.created_at,
        }
        self._connection.execute(_PUT, row)
        self._notes.add("filters", one.persona_id, one.persona_id)

    def of_persona(self, persona_id: int) -> list[Filter]:
        """All that the persona has, those that have ended among them. One query, and one for the
        key if there are any."""
        return self._read(self._connection.execute(_OF_PERSONA, {"persona": persona_id}).all())

    def get(self, persona_id: int, filter_id: int) -> Filter | None:
        """One of the persona's own."""
        key = {"persona": persona_id, "filter": filter_id}
        return next(iter(self._read(self._connection.execute(_LOOK, key).all())), None)

    def get_to_change(self, persona_id: int, filter_id: int) -> Filter | None:
        """The same, held until the transaction ends."""
        key = {"persona": persona_id, "filter": filter_id}
        return next(iter(self._read(self._connection.execute(_GET, key).all())), None)

    def drop(self, persona_id: int, filter_id: int) -> bool:
        """False when the persona has no such filter."""
        key = {"persona": persona_id, "filter": filter_id}
        self._notes.add("filters", persona_id, persona_id)
        return self._connection.execute(_DROP, key).rowcount == 1

    def _read(self, rows: Sequence[Row[Any]]) -> list[Filter]:
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.persona_id) for row in rows]
        )
        return [
            _filter(row, msgspec.json.decode(plain, type=_Inside))
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]


def _filter(row: Row[Any], inside: _Inside) -> Filter:
    return Filter(
        id=row.id,
        persona_id=row.persona_id,
        title=inside.title,
        contexts=tuple(row.contexts.split()),
        action=row.action,
        keywords=inside.keywords,
        statuses=inside.statuses,
        expires_at=row.expires_at,
        created_at=row.created_at,
    )
