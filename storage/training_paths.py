"""How far somebody is on the path of a helper, sealed as a whole under their own key.

Only whether a badge is shown stands in the clear, so that a profile opens nothing for those who
show none.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import helper_paths

PLACE: Final = "helper_paths.sealed"
_H = helper_paths.c


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperPath:
    """`done` says when each unit was gone through, `badges` when each topic's badge was given,
    `replies` what the learner wrote for practice."""

    persona_id: int
    shows_badge: bool = False
    done: dict[str, datetime] = field(default_factory=dict)
    badges: dict[str, datetime] = field(default_factory=dict)
    replies: dict[str, str] = field(default_factory=dict)


class _Inside(msgspec.Struct):
    done: dict[str, datetime]
    badges: dict[str, datetime]
    replies: dict[str, str]


_MANY = select(helper_paths).where(_H.persona_id.in_(bindparam("personas", expanding=True)))
_SHOWN = select(_H.persona_id).where(
    _H.persona_id == bindparam("persona"), _H.shows_badge.is_(True)
)
_INSERT = insert(helper_paths)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[_H.persona_id],
    set_={name: _INSERT.excluded[name] for name in ("shows_badge", "sealed")},
)


class HelperPaths:
    """Paths by persona."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def get(self, persona_id: int) -> HelperPath:
        """An empty one for whoever has not begun."""
        return self.many([persona_id]).get(persona_id, HelperPath(persona_id=persona_id))

    def many(self, personas: list[int]) -> dict[int, HelperPath]:
        """The paths of those who began one."""
        rows = list(self._connection.execute(_MANY, {"personas": personas}))
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.persona_id, row.persona_id) for row in rows]
        )
        found = {}
        for row, plain in zip(rows, opened, strict=True):
            if plain is None:
                continue
            inside = msgspec.json.decode(plain, type=_Inside)
            found[row.persona_id] = HelperPath(
                persona_id=row.persona_id,
                shows_badge=row.shows_badge,
                done=inside.done,
                badges=inside.badges,
                replies=inside.replies,
            )
        return found

    def shown(self, persona_id: int) -> HelperPath | None:
        """The path of somebody who lets their badges be seen; one plain query for all others."""
        if self._connection.execute(_SHOWN, {"persona": persona_id}).first() is None:
            return None
        return self.get(persona_id)

    def put(self, path: HelperPath) -> None:
        inside = _Inside(path.done, path.badges, path.replies)
        sealed = self._seals.seal(
            msgspec.json.encode(inside),
            place=PLACE,
            row=path.persona_id,
            author=path.persona_id,
            holders=(Holder("persona", path.persona_id),),
        )
        row = {
            "persona_id": path.persona_id,
            "shows_badge": path.shows_badge,
            "sealed": sealed,
        }
        self._connection.execute(_PUT, row)
