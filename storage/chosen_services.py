"""What somebody chose from the directory for themselves, and what somebody suggests for it. Which
service it is stands sealed: a row tells that there is something, and nothing of what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select

from storage.seals import Holder, Sealed, Seals
from storage.tables import chosen_services, directory_suggestions

_CHOSEN: Final = "chosen_services.sealed"
_SUGGESTED: Final = "directory_suggestions.sealed"

SuggestionKind = Literal["tip", "correction"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One service in somebody's plan. `public_id` is the service's."""

    id: int
    account_id: int
    public_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tip or a correction that waits for staff."""

    id: int
    persona_id: int
    kind: SuggestionKind
    public_id: str
    text: str
    created_at: datetime


class _Choice(msgspec.Struct, array_like=True):
    public_id: str


class _Inside(msgspec.Struct, array_like=True):
    kind: SuggestionKind
    public_id: str
    text: str


_OF_ACCOUNT = (
    select(chosen_services)
    .where(chosen_services.c.account_id == bindparam("account"))
    .order_by(chosen_services.c.id)
)
_SUGGESTIONS = select(directory_suggestions)
_WAITING = _SUGGESTIONS.order_by(directory_suggestions.c.id).limit(bindparam("limit"))
_ONE = _SUGGESTIONS.where(directory_suggestions.c.id == bindparam("key"))
_OF_PERSONA = _SUGGESTIONS.where(
    directory_suggestions.c.persona_id == bindparam("persona")
).order_by(directory_suggestions.c.id)
_COUNT = (
    select(func.count())
    .select_from(directory_suggestions)
    .where(directory_suggestions.c.persona_id == bindparam("persona"))
)
_OLDEST = (
    select(directory_suggestions.c.id)
    .where(directory_suggestions.c.created_at < bindparam("before"))
    .limit(bindparam("limit"))
)


class ChosenServices:
    """A person's own choice, sealed under their account."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, one: Chosen) -> None:
        sealed = self._seals.seal(
            msgspec.json.encode(_Choice(one.public_id)),
            place=_CHOSEN,
            row=one.id,
            author=one.account_id,
            holders=(Holder("account", one.account_id),),
        )
        row = {"id": one.id, "account_id": one.account_id, "sealed": sealed}
        self._connection.execute(chosen_services.insert(), row | {"created_at": one.created_at})

    def of_account(self, account_id: int) -> list[Chosen]:
        """In the order of choice. Two queries, however many."""
        rows = self._connection.execute(_OF_ACCOUNT, {"account": account_id}).all()
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, _CHOSEN, row.id, row.account_id) for row in rows]
        )
        return [
            Chosen(
                row.id,
                row.account_id,
                msgspec.json.decode(plain, type=_Choice).public_id,
                row.created_at,
            )
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]

    def drop(self, account_id: int, chosen_id: int) -> bool:
        """False when the account has no such row."""
        found = chosen_services.delete().where(
            chosen_services.c.id == chosen_id, chosen_services.c.account_id == account_id
        )
        return self._connection.execute(found).rowcount == 1


class DirectorySuggestions:
    """What waits for staff, sealed under the persona that wrote it."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, one: Suggestion) -> None:
        sealed = self._seals.seal(
            msgspec.json.encode(_Inside(one.kind, one.public_id, one.text)),
            place=_SUGGESTED,
            row=one.id,
            author=one.persona_id,
            holders=(Holder("persona", one.persona_id),),
        )
        row = {"id": one.id, "persona_id": one.persona_id, "sealed": sealed}
        self._connection.execute(
            directory_suggestions.insert(), row | {"created_at": one.created_at}
        )

    def waiting(self, limit: int = 50) -> list[Suggestion]:
        """The oldest first."""
        return self._read(self._connection.execute(_WAITING, {"limit": limit}).all())

    def get(self, suggestion_id: int) -> Suggestion | None:
        found = self._read(self._connection.execute(_ONE, {"key": suggestion_id}).all())
        return found[0] if found else None

    def of_persona(self, persona_id: int) -> list[Suggestion]:
        return self._read(self._connection.execute(_OF_PERSONA, {"persona": persona_id}).all())

    def count(self, persona_id: int) -> int:
        """How many of the persona's wait."""
        found: int = self._connection.execute(_COUNT, {"persona": persona_id}).scalar_one()
        return found

    def drop(self, suggestion_id: int) -> bool:
        """Nothing of it is left. False when it was gone."""
        found = directory_suggestions.delete().where(directory_suggestions.c.id == suggestion_id)
        return self._connection.execute(found).rowcount == 1

    def prune(self, before: datetime, limit: int) -> int:
        """Those that nobody looked at in time."""
        where = {"before": before, "limit": limit}
        found = [row[0] for row in self._connection.execute(_OLDEST, where)]
        if found:
            self._connection.execute(
                directory_suggestions.delete().where(directory_suggestions.c.id.in_(found))
            )
        return len(found)

    def _read(self, many: Sequence[Row[Any]]) -> list[Suggestion]:
        if not many:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, _SUGGESTED, row.id, row.persona_id) for row in many]
        )
        return [
            _suggestion(row.id, row.persona_id, row.created_at, plain)
            for row, plain in zip(many, opened, strict=True)
            if plain is not None
        ]


def _suggestion(own: int, persona_id: int, at: datetime, plain: bytes) -> Suggestion:
    inside = msgspec.json.decode(plain, type=_Inside)
    return Suggestion(own, persona_id, inside.kind, inside.public_id, inside.text, at)
