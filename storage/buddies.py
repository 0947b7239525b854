"""Buddy pairs, by each of the two. What they agreed on (who helps whom, on which days) is sealed
under the keys of both: when one of them is erased, nobody can read it again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, Select

from storage.buddy_record import SIDE, Agreed, Pair, Side
from storage.buddy_statements import (
    ARE,
    BY_ID,
    COUNT,
    COUNT_SINCE,
    DROP,
    DROP_SIDES,
    DUE,
    ENDED_OF,
    EXPIRED,
    GET,
    GET_TO_CHANGE,
    IS,
    LATELY,
    NEXT,
    OF,
    OF_EITHER,
    OLD,
    PUT,
    PUT_SIDE,
    SIDES,
    SIDES_OF,
    STOP,
    UNDER_WAY,
)
from storage.seals import Holder, Sealed, Seals
from storage.tables import buddy_pairs, buddy_sides

PLACE: Final = "buddy_pairs.sealed"


class BuddyRepository:
    """Pairs as each of the two sees them."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def are_buddies(self, one: int, other: int, now: datetime | None = None) -> bool:
        """Whether these two are a pair; with `now`, also that their time is not over."""
        row = self._connection.execute(ARE, {"persona": one, "other": other}).first()
        if row is None:
            return False
        return now is None or row[0] is None or bool(row[0] > now)

    def add(self, pair: Pair) -> None:
        """Keep a new one, with a side for each."""
        row = {
            "id": pair.id,
            "asked_by": pair.asked_by,
            "asked_id": pair.asked_id,
            "state": pair.state,
            "sealed": self._sealed(pair),
            "created_at": pair.created_at,
            "began_at": pair.began_at,
            "expires_at": pair.expires_at,
            "ended_at": pair.ended_at,
        }
        self._connection.execute(buddy_pairs.insert(), row)
        for one in (pair.asked_by, pair.asked_id):
            side = Side(pair_id=pair.id, persona_id=one, other_id=pair.other(one))
            self._connection.execute(buddy_sides.insert(), SIDE.values(side))

    def put(self, pair: Pair) -> None:
        """Another state, other times, something else agreed on."""
        row = {
            "pair": pair.id,
            "new_state": pair.state,
            "new_sealed": self._sealed(pair),
            "new_began_at": pair.began_at,
            "new_expires_at": pair.expires_at,
            "new_ended_at": pair.ended_at,
        }
        self._connection.execute(PUT, row)

    def end(self, pair: Pair, at: datetime) -> Pair:
        """It is over, and no clock runs for it any more."""
        over = replace(pair, state="ended", ended_at=at, expires_at=None)
        self.put(over)
        self._connection.execute(STOP, {"pair": pair.id})
        return over

    def of_persona(self, persona_id: int) -> list[Pair]:
        """All that have not ended, what was only asked among them."""
        return self._read(self._connection.execute(OF, {"persona": persona_id}).all())

    def all_of(self, persona_id: int, limit: int) -> list[Pair]:
        """All that are still kept, for a copy of one's data."""
        key = {"persona": persona_id, "limit": limit}
        return self._read(self._connection.execute(ENDED_OF, key).all())

    def get(self, persona_id: int, pair_id: int) -> Pair | None:
        """One that the persona is in. Nothing is unsealed for anybody else."""
        key = {"persona": persona_id, "pair": pair_id}
        if self._connection.execute(IS, key).first() is None:
            return None
        return self._one(GET, key)

    def get_to_change(self, persona_id: int, pair_id: int) -> Pair | None:
        """The same, held until the transaction ends."""
        return self._one(GET_TO_CHANGE, {"persona": persona_id, "pair": pair_id})

    def by_id(self, pair_id: int) -> Pair | None:
        """For the clock, which is nobody. Held until the transaction ends."""
        return self._one(BY_ID, {"pair": pair_id})

    def under_way(self, one: int, other: int) -> list[Pair]:
        """What is asked or together between two people."""
        return self._read(
            self._connection.execute(UNDER_WAY, {"persona": one, "other": other}).all()
        )

    def asked_since(self, one: int, other: int, since: datetime) -> bool:
        """Whether `one` asked `other` since then, and no pair came of it."""
        key = {"persona": one, "other": other, "since": since}
        return self._connection.execute(LATELY, key).first() is not None

    def count_since(self, personas: Sequence[int], since: datetime) -> int:
        """How often any of these personas asked somebody since then."""
        key = {"personas": list(personas), "since": since}
        return int(self._connection.execute(COUNT_SINCE, key).scalar_one())

    def count(self, persona_id: int) -> int:
        """How many buddies a persona has; only for the limit, and shown to nobody."""
        return int(self._connection.execute(COUNT, {"persona": persona_id}).scalar_one())

    def sides(self, pair_id: int) -> list[Side]:
        """Both sides of a pair."""
        return [SIDE.read(row) for row in self._connection.execute(SIDES, {"pair": pair_id})]

    def sides_of(self, persona_id: int) -> dict[int, list[Side]]:
        """Both sides of all pairs that the persona is in, by pair."""
        found: dict[int, list[Side]] = {}
        for row in self._connection.execute(SIDES_OF, {"persona": persona_id}):
            side = SIDE.read(row)
            found.setdefault(side.pair_id, []).append(side)
        return found

    def put_side(self, side: Side) -> None:
        """Other times for one of the two."""
        row = {
            "pair": side.pair_id,
            "persona": side.persona_id,
            "new_renews": side.renews,
            "new_look_at": side.look_at,
            "new_ending_at": side.ending_at,
        }
        self._connection.execute(PUT_SIDE, row)

    def expired(self, now: datetime, limit: int) -> list[Pair]:
        """Those whose time is over, held until the transaction ends."""
        return self._read(self._connection.execute(EXPIRED, {"now": now, "limit": limit}).all())

    def due(self, now: datetime, limit: int) -> list[Side]:
        """Sides on which it is time to look, or to tell that the time is nearly over."""
        rows = self._connection.execute(DUE, {"now": now, "limit": limit})
        return [SIDE.read(row) for row in rows]

    def next_due(self) -> datetime | None:
        """When the clock is needed next."""
        times = [self._connection.execute(one).scalar() for one in NEXT]
        return min((one for one in times if one is not None), default=None)

    def prune(self, before: datetime, limit: int) -> int:
        """Drops pairs that ended before then; how many."""
        ids = list(self._connection.execute(OLD, {"before": before, "limit": limit}).scalars())
        return self._drop(ids)

    def forget_persona(self, persona_id: int) -> None:
        """Every pair that an erased persona was in."""
        self._drop(list(self._connection.execute(OF_EITHER, {"persona": persona_id}).scalars()))

    def _drop(self, ids: Sequence[int]) -> int:
        if ids:
            self._connection.execute(DROP_SIDES, {"ids": list(ids)})
            self._connection.execute(DROP, {"ids": list(ids)})
        return len(ids)

    def _one(self, query: Select[Any], key: dict[str, int]) -> Pair | None:
        return next(iter(self._read(self._connection.execute(query, key).all())), None)

    def _sealed(self, pair: Pair) -> bytes:
        return self._seals.seal(
            msgspec.json.encode(pair.agreed),
            place=PLACE,
            row=pair.id,
            author=pair.asked_by,
            holders=(Holder("persona", pair.asked_by), Holder("persona", pair.asked_id)),
        )

    def _read(self, rows: Sequence[Row[Any]]) -> list[Pair]:
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.asked_by) for row in rows]
        )
        return [
            _pair(row, msgspec.json.decode(plain, type=Agreed))
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]


def _pair(row: Row[Any], agreed: Agreed) -> Pair:
    return Pair(
        id=row.id,
        asked_by=row.asked_by,
        asked_id=row.asked_id,
        state=row.state,
        agreed=agreed,
        created_at=row.created_at,
        began_at=row.began_at,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
    )
