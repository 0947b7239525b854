"""The faces that personas choose, and the wide pictures at the top of their profiles. Both are
public; that two personas of one account wear the same one must never be, so what is kept to tell it
is sealed for the account.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import actors, avatars, headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Avatar:
    """The face or header of one persona: the name of its blob, which stands in its address."""

    persona_id: int
    name: str
    created_at: datetime


class _Statements:
    """The statements for one kind of picture: its `table`, and the `column` of actors that shows
    where it is."""

    def __init__(self, table: Table, column: str) -> None:
        self.print_at = f"{table.name}.sealed_print"
        # Who is gone or suspended shows no face either.
        self.by_name = (
            select(table.c.persona_id, table.c.name, table.c.created_at)
            .join(actors, actors.c.id == table.c.persona_id)
            .where(
                table.c.name == bindparam("name"),
                actors.c.gone_at.is_(None),
                actors.c.suspended_at.is_(None),
            )
        )
        self.prints = select(table.c.persona_id, table.c.sealed_print).where(
            table.c.persona_id.in_(bindparam("personas", expanding=True))
        )
        adding = insert(table)
        self.put = adding.on_conflict_do_update(
            index_elements=[table.c.persona_id],
            set_={name: adding.excluded[name] for name in ("name", "sealed_print", "created_at")},
        )
        self.drop = table.delete().where(table.c.persona_id == bindparam("persona"))
        self.show = (
            actors.update()
            .where(actors.c.id == bindparam("actor"))
            .values({column: bindparam("address"), "updated_at": bindparam("now")})
        )
        # The face of somebody who is gone for good is swept up like one that nobody wears.
        self.known = (
            select(table.c.name)
            .join(actors, actors.c.id == table.c.persona_id)
            .where(table.c.name.in_(bindparam("names", expanding=True)), actors.c.gone_at.is_(None))
        )


_AVATARS = _Statements(avatars, "icon_url")
_HEADERS = _Statements(headers, "header_url")


class AvatarRepository:
    """Faces by name; one for each persona."""

    _sql = _AVATARS

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, avatar: Avatar, url: str, account_id: int, fingerprint: bytes) -> None:
        """The persona's face from now on, at this address."""
        sealed = self._seals.seal(
            fingerprint,
            place=self._sql.print_at,
            row=avatar.persona_id,
            author=avatar.persona_id,
            holders=(Holder("account", account_id),),
        )
        self._connection.execute(
            self._sql.put,
            {
                "persona_id": avatar.persona_id,
                "name": avatar.name,
                "sealed_print": sealed,
                "created_at": avatar.created_at,
            },
        )
        self._show(avatar.persona_id, url, avatar.created_at)

    def drop(self, persona_id: int, now: datetime) -> None:
        """No face any more; its blob is swept up later."""
        self._connection.execute(self._sql.drop, {"persona": persona_id})
        self._show(persona_id, None, now)

    def by_name(self, name: str) -> Avatar | None:
        row = self._connection.execute(self._sql.by_name, {"name": name}).first()
        return None if row is None else Avatar(**row._mapping)

    def prints(self, personas: Collection[int]) -> dict[int, bytes]:
        """What tells faces of these personas apart, by persona."""
        rows = self._connection.execute(self._sql.prints, {"personas": list(personas)}).all()
        place = self._sql.print_at
        opened = self._seals.open_many(
            [Sealed(row.sealed_print, place, row.persona_id, row.persona_id) for row in rows]
        )
        pairs = zip(rows, opened, strict=True)
        return {row.persona_id: plain for row, plain in pairs if plain is not None}

    def known(self, names: Collection[str]) -> set[str]:
        """Those of the blobs' names that have a row."""
        return set(self._connection.execute(self._sql.known, {"names": list(names)}).scalars())

    def _show(self, persona_id: int, url: str | None, now: datetime) -> None:
        self._connection.execute(self._sql.show, {"actor": persona_id, "address": url, "now": now})


class HeaderRepository(AvatarRepository):
    """Headers by name; one for each persona."""

    _sql = _HEADERS
