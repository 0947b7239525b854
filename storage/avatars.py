"""The faces that personas choose. A face is public; that two personas of one account wear the same
one must never be, so what is kept to tell it is sealed for the account.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import actors, avatars

_PRINT: Final = "avatars.sealed_print"


@dataclass(frozen=True, slots=True, kw_only=True)
class Avatar:
    """The face of one persona: the name of its blob, which stands in its address."""

    persona_id: int
    name: str
    created_at: datetime


_SELECT = select(avatars.c.persona_id, avatars.c.name, avatars.c.created_at)
# Who is gone or suspended shows no face either.
_BY_NAME = _SELECT.join(actors, actors.c.id == avatars.c.persona_id).where(
    avatars.c.name == bindparam("name"),
    actors.c.gone_at.is_(None),
    actors.c.suspended_at.is_(None),
)
_PRINTS = select(avatars.c.persona_id, avatars.c.sealed_print).where(
    avatars.c.persona_id.in_(bindparam("personas", expanding=True))
)
_INSERT = insert(avatars)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[avatars.c.persona_id],
    set_={name: _INSERT.excluded[name] for name in ("name", "sealed_print", "created_at")},
)
_DROP = avatars.delete().where(avatars.c.persona_id == bindparam("persona"))
_SET_ICON = (
    actors.update()
    .where(actors.c.id == bindparam("actor"))
    .values(icon_url=bindparam("icon"), updated_at=bindparam("now"))
)
# The face of somebody who is gone for good is swept up like one that nobody wears.
_KNOWN = (
    select(avatars.c.name)
    .join(actors, actors.c.id == avatars.c.persona_id)
    .where(avatars.c.name.in_(bindparam("names", expanding=True)), actors.c.gone_at.is_(None))
)


class AvatarRepository:
    """Faces by name; one for each persona."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, avatar: Avatar, url: str, account_id: int, fingerprint: bytes) -> None:
        """The persona's face from now on, at this address."""
        sealed = self._seals.seal(
            fingerprint,
            place=_PRINT,
            row=avatar.persona_id,
            author=avatar.persona_id,
            holders=(Holder("account", account_id),),
        )
        self._connection.execute(
            _PUT,
            {
                "persona_id": avatar.persona_id,
                "name": avatar.name,
                "sealed_print": sealed,
                "created_at": avatar.created_at,
            },
        )
        self._icon(avatar.persona_id, url, avatar.created_at)

    def drop(self, persona_id: int, now: datetime) -> None:
        """No face any more; its blob is swept up later."""
        self._connection.execute(_DROP, {"persona": persona_id})
        self._icon(persona_id, None, now)

    def by_name(self, name: str) -> Avatar | None:
        row = self._connection.execute(_BY_NAME, {"name": name}).first()
        return None if row is None else Avatar(**row._mapping)

    def prints(self, personas: Collection[int]) -> dict[int, bytes]:
        """What tells faces of these personas apart, by persona."""
        rows = self._connection.execute(_PRINTS, {"personas": list(personas)}).all()
        opened = self._seals.open_many(
            [Sealed(row.sealed_print, _PRINT, row.persona_id, row.persona_id) for row in rows]
        )
        pairs = zip(rows, opened, strict=True)
        return {row.persona_id: plain for row, plain in pairs if plain is not None}

    def known(self, names: Collection[str]) -> set[str]:
        """Those of the blobs' names that have a row."""
        return set(self._connection.execute(_KNOWN, {"names": list(names)}).scalars())

    def _icon(self, persona_id: int, url: str | None, now: datetime) -> None:
        self._connection.execute(_SET_ICON, {"actor": persona_id, "icon": url, "now": now})
