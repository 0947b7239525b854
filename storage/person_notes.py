"""What a persona noted down about somebody, for itself alone: sealed under the persona."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import person_notes

PLACE: Final = "person_notes.sealed"

_OF_PERSONA = person_notes.c.persona_id == bindparam("persona")
_INSERT = insert(person_notes)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[person_notes.c.persona_id, person_notes.c.about_id],
    set_={"sealed": _INSERT.excluded.sealed},
)
_DROP = person_notes.delete().where(_OF_PERSONA, person_notes.c.about_id == bindparam("about"))
_MANY = select(person_notes).where(
    _OF_PERSONA, person_notes.c.about_id.in_(bindparam("about", expanding=True))
)
_OWN = (
    select(person_notes)
    .where(_OF_PERSONA, person_notes.c.about_id > bindparam("after"))
    .order_by(person_notes.c.about_id)
    .limit(bindparam("limit"))
)


class PersonNotes:
    """Notes by persona and whom they are about."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, persona_id: int, about_id: int, words: str) -> None:
        """Keep a note in place of an earlier one; no words, no note."""
        if not words:
            self._connection.execute(_DROP, {"persona": persona_id, "about": about_id})
            return
        sealed = self._seals.seal(
            words.encode(),
            place=PLACE,
            row=about_id,
            author=persona_id,
            holders=(Holder("persona", persona_id),),
        )
        self._connection.execute(
            _PUT, {"persona_id": persona_id, "about_id": about_id, "sealed": sealed}
        )

    def many(self, persona_id: int, about: Iterable[int]) -> dict[int, str]:
        """The persona's notes about these, by whom they are about."""
        rows = self._connection.execute(_MANY, {"persona": persona_id, "about": list(about)}).all()
        return self._opened([tuple(row) for row in rows])

    def own(self, persona_id: int, limit: int, after: int = 0) -> dict[int, str]:
        """All notes of the persona, by whom they are about, those above the id `after`."""
        key = {"persona": persona_id, "limit": limit, "after": after}
        return self._opened([tuple(row) for row in self._connection.execute(_OWN, key)])

    def _opened(self, rows: list[tuple[int, int, bytes]]) -> dict[int, str]:
        if not rows:
            return {}
        opened = self._seals.open_many(
            [Sealed(sealed, PLACE, about, persona) for persona, about, sealed in rows]
        )
        return {
            row[1]: plain.decode()
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        }
