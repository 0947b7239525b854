"""Helplines: what somebody in need may call or write to, as it was published. Numbers are kept as
they stand in the source, spaces and all; who dials them is `node/help/dialling.py`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.shapes import Shape
from storage.tables import helplines


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpline:
    """One service. `country` is ISO 3166, `languages` are tags with spaces between them, `pair`
    names services that are shown side by side. `call_as` and `write_as` are as published, such as
    "116 123" and "text SHOUT to 85258". `shipped_as` is its name in the list that comes along."""

    id: int
    country: str
    name: str
    audience: str
    pair: str
    call_as: str
    write_as: str
    website: str
    hours: str
    cost: str
    languages: str
    source: str
    shipped_as: str | None = None
    created_at: datetime
    verified_at: datetime | None = None
    confirmed_by: int | None = None
    retired_at: datetime | None = None


_LINE = Shape(Helpline, helplines)
_SELECT = select(*_LINE.columns)
_INSERT = insert(helplines)
_KEYS = ("id", "created_at", "shipped_as")
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[helplines.c.id],
    set_={
        column.name: _INSERT.excluded[column.name]
        for column in _LINE.columns
        if column.name not in _KEYS
    },
)
_SHIPPED = select(helplines.c.shipped_as).where(helplines.c.shipped_as.is_not(None))
_GET = _SELECT.where(helplines.c.id == bindparam("id"))
_OF_COUNTRY = (
    _SELECT.where(helplines.c.country == bindparam("country"), helplines.c.retired_at.is_(None))
    .order_by(helplines.c.pair, helplines.c.id)
    .limit(200)
)
_ALL = _SELECT.order_by(helplines.c.country, helplines.c.pair, helplines.c.id).limit(2000)
_COUNTRIES = select(helplines.c.country).where(helplines.c.retired_at.is_(None)).distinct()


class HelplineRepository:
    """Helplines by country."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, line: Helpline) -> None:
        """Keeps one, new or changed."""
        self._connection.execute(_PUT, _LINE.values(line))

    def get(self, line_id: int) -> Helpline | None:
        return _LINE.maybe(self._connection.execute(_GET, {"id": line_id}).first())

    def of_country(self, country: str) -> list[Helpline]:
        """Those that stand, pairs side by side."""
        return self._lines(self._connection.execute(_OF_COUNTRY, {"country": country}))

    def everything(self) -> list[Helpline]:
        """All, the retired ones among them, by country."""
        return self._lines(self._connection.execute(_ALL))

    def shipped_names(self) -> frozenset[str]:
        """Which of the list that comes along have a row here."""
        return frozenset(self._connection.execute(_SHIPPED).scalars())

    def countries(self) -> list[str]:
        """Where there is anything to show."""
        return sorted(self._connection.execute(_COUNTRIES).scalars())

    @staticmethod
    def _lines(rows: Any) -> list[Helpline]:
        return [_LINE.read(row) for row in rows]
