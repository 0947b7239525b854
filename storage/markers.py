"""How far a persona has read, timeline by timeline, for all its apps together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.shapes import Shape
from storage.tables import markers


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """`version` counts the changes, so that an app can tell whether another one read on."""

    persona_id: int
    timeline: str
    last_read_id: int
    version: int
    updated_at: datetime


_MARKER = Shape(Marker, markers)
_MANY = select(*_MARKER.columns).where(
    markers.c.persona_id == bindparam("persona"),
    markers.c.timeline.in_(bindparam("timelines", expanding=True)),
)
_INSERT = insert(markers)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[markers.c.persona_id, markers.c.timeline],
    set_={
        "last_read_id": _INSERT.excluded.last_read_id,
        "updated_at": _INSERT.excluded.updated_at,
        "version": markers.c.version + 1,
    },
).returning(*_MARKER.columns)


class MarkerRepository:
    """Markers by persona and timeline."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def many(self, persona_id: int, timelines: Iterable[str]) -> dict[str, Marker]:
        """Those that were set, by timeline."""
        key = {"persona": persona_id, "timelines": list(timelines)}
        found = map(_MARKER.read, self._connection.execute(_MANY, key))
        return {marker.timeline: marker for marker in found}

    def put(self, marker: Marker) -> Marker:
        """The marker as it stands now: one that was there counts one version on."""
        return _MARKER.read(self._connection.execute(_PUT, _MARKER.values(marker)).one())
