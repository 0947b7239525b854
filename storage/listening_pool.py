"""Who listens, whom they were asked for, and between whom no match may be.

Nothing here is a list to look through: the worker reads it, and nobody else does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.listening_record import OFFER, Listener, ListeningOffer, Offering, OfferState
from storage.seals import Holder, Sealed, Seals
from storage.tables import (
    accounts,
    actors,
    blocks,
    listening_offers,
    listening_people,
    memberships,
    personas,
)

PLACE: Final = "listening_people.sealed"
_P, _O = listening_people.c, listening_offers.c
_COLUMNS = (
    "is_on",
    "available_until",
    "rests_until",
    "last_asked_at",
    "talks",
    "sealed",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A persona beside the account behind it, for the matching's eyes only."""

    persona_id: int
    account_id: int
    is_there: bool


_GET = select(listening_people).where(_P.persona_id == bindparam("persona"))
_INSERT = insert(listening_people)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[_P.persona_id], set_={name: _INSERT.excluded[name] for name in _COLUMNS}
)
_ON = (
    select(listening_people)
    .where(_P.is_on.is_(True))
    .order_by(_P.persona_id)
    .limit(bindparam("limit"))
)
_OF_ACCOUNTS = (
    select(listening_people, personas.c.account_id)
    .join(personas, personas.c.actor_id == _P.persona_id)
    .where(personas.c.account_id.in_(bindparam("accounts", expanding=True)))
)
_STANDING = (
    select(personas.c.actor_id, personas.c.account_id, actors, accounts.c.suspended_at.label("out"))
    .join(actors, actors.c.id == personas.c.actor_id)
    .join(accounts, accounts.c.id == personas.c.account_id)
    .where(personas.c.actor_id.in_(bindparam("personas", expanding=True)))
    .with_only_columns(
        personas.c.actor_id,
        personas.c.account_id,
        actors.c.gone_at,
        actors.c.suspended_at,
        accounts.c.suspended_at.label("out"),
        accounts.c.leaving_at,
    )
)
_CUT_OFF = (
    select(personas.c.account_id, blocks.c.account_id)
    .join(blocks, blocks.c.persona_id == personas.c.actor_id)
    .where(
        personas.c.account_id.in_(bindparam("accounts", expanding=True)),
        blocks.c.account_id.in_(bindparam("accounts", expanding=True)),
    )
    .distinct()
)
_MEMBERS = select(memberships.c.group_id, memberships.c.actor_id).where(
    memberships.c.group_id.in_(bindparam("groups", expanding=True)),
    memberships.c.state == "accepted",
)
_OFFERS_OF = select(*OFFER.columns).where(_O.session_id == bindparam("session")).order_by(_O.id)
_OPEN_OF = select(*OFFER.columns).where(_O.helper_id == bindparam("helper"), _O.state == "open")
_REFUSED = select(*OFFER.columns).where(
    _O.seeker_id.in_(bindparam("seekers", expanding=True)),
    _O.state.in_(("no", "turned-down", "lapsed", "taken-back")),
)
_ANSWER = (
    listening_offers.update()
    .where(
        _O.session_id == bindparam("session"),
        _O.state.in_(bindparam("was", expanding=True)),
    )
    .values(state=bindparam("new_state"))
)
_TIMES = (
    select(_O.helper_id, _O.offered_at)
    .where(_O.helper_id.in_(bindparam("helpers", expanding=True)), _O.state == "met")
    .where(_O.offered_at >= bindparam("since"))
    .order_by(_O.id)
)
_OLD = (
    select(_O.id)
    .where(_O.offered_at < bindparam("before"))
    .order_by(_O.offered_at)
    .limit(bindparam("limit"))
)
_PRUNE = listening_offers.delete().where(_O.id.in_(_OLD)).returning(_O.id)
_TALKS = (
    select(func.coalesce(func.sum(_P.talks), 0))
    .join(personas, personas.c.actor_id == _P.persona_id)
    .where(personas.c.account_id == bindparam("account"))
)


class ListeningPool:
    """People who listen, and offers to them."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def get(self, persona_id: int) -> Listener:
        """How a persona stands; one that never listened offers nothing."""
        rows = list(self._connection.execute(_GET, {"persona": persona_id}))
        return next(iter(self._read(rows)), Listener(persona_id=persona_id))

    def put(self, one: Listener) -> None:
        """Keeps how a persona stands."""
        sealed = None
        if one.offering is not None:
            sealed = self._seals.seal(
                msgspec.json.encode(one.offering),
                place=PLACE,
                row=one.persona_id,
                author=one.persona_id,
                holders=(Holder("persona", one.persona_id),),
            )
        row = {name: getattr(one, name) for name in ("persona_id", *_COLUMNS[:-1])}
        self._connection.execute(_PUT, {**row, "sealed": sealed})

    def on(self, limit: int) -> list[Listener]:
        """Those who offer to listen, whether or not it is their time."""
        return self._read(list(self._connection.execute(_ON, {"limit": limit})))

    def of_accounts(self, accounts_of: Iterable[int]) -> list[tuple[int, Listener]]:
        """(account, persona) for every persona of these accounts that ever listened."""
        rows = list(self._connection.execute(_OF_ACCOUNTS, {"accounts": sorted(accounts_of)}))
        return [(row.account_id, one) for row, one in zip(rows, self._read(rows), strict=True)]

    def standing(self, persona_ids: Iterable[int]) -> dict[int, Standing]:
        """The account behind each persona, and whether anybody is there to be met."""
        rows = self._connection.execute(_STANDING, {"personas": sorted(persona_ids)})
        return {
            row.actor_id: Standing(
                row.actor_id,
                row.account_id,
                (row.gone_at, row.suspended_at, row.out, row.leaving_at) == (None,) * 4,
            )
            for row in rows
        }

    def cut_off(self, accounts_of: Iterable[int]) -> frozenset[tuple[int, int]]:
        """Pairs of accounts between which any persona blocked any other; in both orders."""
        rows = self._connection.execute(_CUT_OFF, {"accounts": sorted(accounts_of)})
        pairs = {(one, other) for one, other in map(tuple, rows)}
        return frozenset(pairs | {(other, one) for one, other in pairs})

    def members(self, groups: Iterable[int]) -> dict[int, frozenset[int]]:
        """Who belongs to each of these groups."""
        found: dict[int, set[int]] = {}
        for group, actor in map(
            tuple, self._connection.execute(_MEMBERS, {"groups": sorted(groups)})
        ):
            found.setdefault(group, set()).add(actor)
        return {group: frozenset(who) for group, who in found.items()}

    def talks_of(self, account_id: int) -> int:
        """In how many sessions an account was, under whatever name."""
        return int(self._connection.execute(_TALKS, {"account": account_id}).scalar_one())

    def offer(self, offer: ListeningOffer) -> None:
        self._connection.execute(listening_offers.insert(), OFFER.values(offer))

    def offers_of(self, session_id: int) -> list[ListeningOffer]:
        """Everybody who was asked for one session, oldest first."""
        rows = self._connection.execute(_OFFERS_OF, {"session": session_id})
        return [OFFER.read(row) for row in rows]

    def open_of(self, helper_id: int) -> ListeningOffer | None:
        """What a helper is asked now."""
        return OFFER.maybe(self._connection.execute(_OPEN_OF, {"helper": helper_id}).first())

    def refused(self, seekers: Iterable[int]) -> list[ListeningOffer]:
        """Offers for these seekers that led to nothing."""
        key = {"seekers": sorted(seekers)}
        return [OFFER.read(row) for row in self._connection.execute(_REFUSED, key)]

    def answer(self, session_id: int, was: Sequence[OfferState], state: OfferState) -> None:
        """What became of the offers of a session that stood so."""
        key = {"session": session_id, "was": list(was), "new_state": state}
        self._connection.execute(_ANSWER, key)

    def met(self, helpers: Iterable[int], since: datetime) -> list[tuple[int, datetime]]:
        """(helper, when) for each session that came about since then."""
        key = {"helpers": sorted(helpers), "since": since}
        return [(row[0], row[1]) for row in self._connection.execute(_TIMES, key)]

    def prune_offers(self, before: datetime, limit: int) -> int:
        key = {"before": before, "limit": limit}
        return len(self._connection.execute(_PRUNE, key).all())

    def _read(self, rows: Sequence[Row[Any]]) -> list[Listener]:
        there = [row for row in rows if row.sealed is not None]
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.persona_id, row.persona_id) for row in there]
        )
        offered = {
            row.persona_id: msgspec.json.decode(plain, type=Offering)
            for row, plain in zip(there, opened, strict=True)
            if plain is not None
        }
        return [
            Listener(
                persona_id=row.persona_id,
                is_on=row.is_on,
                available_until=row.available_until,
                rests_until=row.rests_until,
                last_asked_at=row.last_asked_at,
                talks=row.talks,
                offering=offered.get(row.persona_id),
            )
            for row in rows
        ]
