"""What a persona's apps assume when it writes, and what it says of itself beside its name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import preferences


class Field(msgspec.Struct, frozen=True, array_like=True):
    """A line of a profile: what it is about, and what it says, as typed."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """`visibility` None is what the profile suggests: public, or private when it is locked."""

    persona_id: int
    visibility: str | None = None
    sensitive: bool = False
    language: str | None = None
    is_bot: bool = False
    discoverable: bool = False
    indexable: bool = False
    hides_collections: bool = False
    fields: tuple[Field, ...] = ()


_PLAIN: Final = (
    "persona_id",
    "visibility",
    "sensitive",
    "language",
    "is_bot",
    "discoverable",
    "indexable",
    "hides_collections",
)
_GET_MANY = select(*(preferences.c[name] for name in (*_PLAIN, "fields"))).where(
    preferences.c.persona_id.in_(bindparam("personas", expanding=True))
)
_INSERT = insert(preferences)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[preferences.c.persona_id],
    set_={name: _INSERT.excluded[name] for name in (*_PLAIN[1:], "fields")},
)


class PreferenceRepository:
    """Preferences by persona."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, persona_id: int) -> Preferences:
        """The persona's choices, or what holds without any."""
        return self.get_many([persona_id])[persona_id]

    def get_many(self, persona_ids: Iterable[int]) -> dict[int, Preferences]:
        """Those of several personas, also of those who chose nothing. One query."""
        wanted = list(persona_ids)
        rows = self._connection.execute(_GET_MANY, {"personas": wanted})
        found = {row[0]: _read(row) for row in rows}
        return {one: found.get(one) or Preferences(persona_id=one) for one in wanted}

    def put(self, chosen: Preferences) -> None:
        """Store the persona's choices."""
        values: dict[str, Any] = {name: getattr(chosen, name) for name in _PLAIN}
        values["fields"] = msgspec.json.encode(chosen.fields).decode()
        self._connection.execute(_PUT, values)


def _read(row: Any) -> Preferences:
    plain = dict(zip(_PLAIN, row, strict=False))
    fields = msgspec.json.decode(row[len(_PLAIN)], type=tuple[Field, ...])
    return Preferences(**plain, fields=fields)
