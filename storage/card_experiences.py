"""Whether a card helped somebody, and when: each person's own, sealed for that persona. Only what
at least ten people say is ever shown to others, and never how many they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import card_experiences, personas, posts

PLACE: Final = "card_experiences.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """`helped` is how it went, `contexts` are topics and circumstances such as "at-night"."""

    id: int
    post_id: int
    persona_id: int
    helped: bool
    contexts: tuple[str, ...] = ()
    note: str = ""
    created_at: datetime


class _Inside(msgspec.Struct, array_like=True):
    helped: bool
    contexts: tuple[str, ...]
    note: str


_OWN = select(card_experiences).where(
    card_experiences.c.post_id == bindparam("post"),
    card_experiences.c.persona_id == bindparam("persona"),
)
_OF_PERSONA = (
    select(card_experiences, posts.c.uri)
    .join(posts, posts.c.id == card_experiences.c.post_id)
    .where(
        card_experiences.c.persona_id == bindparam("persona"),
        card_experiences.c.id > bindparam("after"),
    )
    .order_by(card_experiences.c.id)
    .limit(bindparam("limit"))
)
_OF_POST = (
    select(card_experiences, personas.c.account_id)
    .join(personas, personas.c.actor_id == card_experiences.c.persona_id)
    .where(card_experiences.c.post_id == bindparam("post"))
    .order_by(card_experiences.c.id.desc())
    .limit(bindparam("limit"))
)
_COUNT = select(func.count()).where(card_experiences.c.post_id == bindparam("post"))
_INSERT = insert(card_experiences)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[card_experiences.c.post_id, card_experiences.c.persona_id],
    set_={name: _INSERT.excluded[name] for name in ("id", "sealed", "created_at")},
)
_DROP = card_experiences.delete().where(
    card_experiences.c.post_id == bindparam("post"),
    card_experiences.c.persona_id == bindparam("persona"),
)


class ExperienceRepository:
    """One for each persona and card."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, one: Experience) -> None:
        """Keep it, instead of what the persona said before."""
        sealed = self._seals.seal(
            msgspec.json.encode(_Inside(one.helped, one.contexts, one.note)),
            place=PLACE,
            row=one.id,
            author=one.persona_id,
            holders=(Holder("persona", one.persona_id),),
        )
        row = {
            "id": one.id,
            "post_id": one.post_id,
            "persona_id": one.persona_id,
            "sealed": sealed,
            "created_at": one.created_at,
        }
        self._connection.execute(_PUT, row)

    def own(self, post_id: int, persona_id: int) -> Experience | None:
        """What the persona said of a card."""
        key = {"post": post_id, "persona": persona_id}
        return next(iter(self._read(self._connection.execute(_OWN, key).all())), None)

    def of_persona(
        self, persona_id: int, limit: int, after: int = 0
    ) -> list[tuple[str, Experience]]:
        """All that the persona said, each with the URI of the card."""
        key = {"persona": persona_id, "limit": limit, "after": after}
        rows = self._connection.execute(_OF_PERSONA, key).all()
        uris = {row.id: row.uri for row in rows}
        return [(uris[one.id], one) for one in self._read(rows)]

    def count(self, post_id: int) -> int:
        """How many there are, to be asked before any is opened."""
        return int(self._connection.execute(_COUNT, {"post": post_id}).scalar_one())

    def of_post(self, post_id: int, limit: int) -> list[tuple[int, Experience]]:
        """The newest, each with the account behind it: two names of one person count once. For
        sums over at least ten people alone."""
        rows = self._connection.execute(_OF_POST, {"post": post_id, "limit": limit}).all()
        accounts = {row.id: row.account_id for row in rows}
        return [(accounts[one.id], one) for one in self._read(rows)]

    def drop(self, post_id: int, persona_id: int) -> bool:
        """The persona takes it back."""
        key = {"post": post_id, "persona": persona_id}
        return self._connection.execute(_DROP, key).rowcount == 1

    def _read(self, rows: Sequence[Row[Any]]) -> list[Experience]:
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.persona_id) for row in rows]
        )
        return [
            _experience(row, msgspec.json.decode(plain, type=_Inside))
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]


def _experience(row: Row[Any], inside: _Inside) -> Experience:
    return Experience(
        id=row.id,
        post_id=row.post_id,
        persona_id=row.persona_id,
        helped=inside.helped,
        contexts=inside.contexts,
        note=inside.note,
        created_at=row.created_at,
    )
