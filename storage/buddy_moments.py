"""What passes between buddies: codes that work once, who said that they are up, and whom somebody
told of a hard moment, which is sealed under whoever told.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Seals
from storage.tables import buddy_codes, buddy_up, hard_moments

PLACE: Final = "hard_moments.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class HardMoment:
    """`told` are the personas that were told."""

    id: int
    persona_id: int
    told: tuple[int, ...]
    created_at: datetime


_CODE = buddy_codes.c
_FIND = select(_CODE.persona_id).where(
    _CODE.code_hash == bindparam("code"), _CODE.expires_at > bindparam("now")
)
_SPEND = (
    buddy_codes.delete()
    .where(_CODE.code_hash == bindparam("code"), _CODE.expires_at > bindparam("now"))
    .returning(_CODE.persona_id)
)
_CODES = (
    select(func.count())
    .select_from(buddy_codes)
    .where(_CODE.persona_id == bindparam("persona"), _CODE.expires_at > bindparam("now"))
)
_DROP_CODES = buddy_codes.delete().where(_CODE.persona_id == bindparam("persona"))
_OLD_CODES = buddy_codes.delete().where(
    _CODE.id.in_(
        select(_CODE.id).where(_CODE.expires_at < bindparam("before")).limit(bindparam("limit"))
    )
)
_UP_INSERT = insert(buddy_up)
_SET_UP = _UP_INSERT.on_conflict_do_update(
    index_elements=[buddy_up.c.persona_id], set_={"until": _UP_INSERT.excluded.until}
)
_UP = select(buddy_up.c.persona_id, buddy_up.c.until).where(
    buddy_up.c.persona_id.in_(bindparam("personas", expanding=True)),
    buddy_up.c.until > bindparam("now"),
)
_DOWN = buddy_up.delete().where(buddy_up.c.persona_id == bindparam("persona"))
_PRUNE_UP = buddy_up.delete().where(
    buddy_up.c.persona_id.in_(
        select(buddy_up.c.persona_id)
        .where(buddy_up.c.until < bindparam("before"))
        .limit(bindparam("limit"))
    )
)
_MOMENT = hard_moments.c
_LATEST = (
    select(hard_moments)
    .where(_MOMENT.persona_id == bindparam("persona"))
    .order_by(_MOMENT.id.desc())
    .limit(1)
)
_PRUNE_MOMENTS = hard_moments.delete().where(
    _MOMENT.id.in_(
        select(_MOMENT.id).where(_MOMENT.created_at < bindparam("before")).limit(bindparam("limit"))
    )
)


class BuddyMomentRepository:
    """Codes, who is up, and hard moments."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add_code(self, code_id: int, persona_id: int, code: bytes, expires_at: datetime) -> None:
        """Keep the digest of a code."""
        row = {"id": code_id, "persona_id": persona_id, "code_hash": code, "expires_at": expires_at}
        self._connection.execute(buddy_codes.insert(), row)

    def whose(self, code: bytes, now: datetime) -> int | None:
        """Who made a code that still works."""
        found: int | None = self._connection.execute(_FIND, {"code": code, "now": now}).scalar()
        return found

    def spend(self, code: bytes, now: datetime) -> int | None:
        """Who made the code, which works no more. Of two who come at once, one gets None."""
        found: int | None = self._connection.execute(_SPEND, {"code": code, "now": now}).scalar()
        return found

    def codes(self, persona_id: int, now: datetime) -> int:
        """How many codes of a persona still work."""
        key = {"persona": persona_id, "now": now}
        return int(self._connection.execute(_CODES, key).scalar_one())

    def drop_codes(self, persona_id: int) -> None:
        """No code of this persona works any more."""
        self._connection.execute(_DROP_CODES, {"persona": persona_id})

    def set_up(self, persona_id: int, until: datetime) -> None:
        """A persona says until when it is up."""
        self._connection.execute(_SET_UP, {"persona_id": persona_id, "until": until})

    def set_down(self, persona_id: int) -> None:
        """It says no longer that it is up."""
        self._connection.execute(_DOWN, {"persona": persona_id})

    def up(self, personas: list[int], now: datetime) -> dict[int, datetime]:
        """Those of them who said that they are up, and until when."""
        if not personas:
            return {}
        rows = self._connection.execute(_UP, {"personas": personas, "now": now})
        return {row.persona_id: row.until for row in rows}

    def add_moment(self, moment: HardMoment) -> None:
        """Remember whom somebody told."""
        row = {
            "id": moment.id,
            "persona_id": moment.persona_id,
            "sealed": self._seals.seal(
                msgspec.json.encode(moment.told),
                place=PLACE,
                row=moment.id,
                author=moment.persona_id,
                holders=(Holder("persona", moment.persona_id),),
            ),
            "created_at": moment.created_at,
        }
        self._connection.execute(hard_moments.insert(), row)

    def latest_moment(self, persona_id: int) -> HardMoment | None:
        """The last time that this persona told anybody."""
        row = self._connection.execute(_LATEST, {"persona": persona_id}).first()
        if row is None:
            return None
        plain = self._seals.open(row.sealed, place=PLACE, row=row.id, author=row.persona_id)
        if plain is None:
            return None
        return HardMoment(
            id=row.id,
            persona_id=row.persona_id,
            told=msgspec.json.decode(plain, type=tuple[int, ...]),
            created_at=row.created_at,
        )

    def prune(self, before: datetime, limit: int) -> int:
        """Drops codes and words of being up that ended before then, and moments from before; how
        many."""
        key = {"before": before, "limit": limit}
        return sum(
            self._connection.execute(one, key).rowcount
            for one in (_OLD_CODES, _PRUNE_UP, _PRUNE_MOMENTS)
        )
