"""The statements of buddy pairs, each made once."""

from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from storage.buddy_record import SIDE
from storage.tables import buddy_pairs, buddy_sides
from storage.tables.metadata import Id

_PAIR = buddy_pairs.c
_OWN = buddy_sides.c
_JOINED = buddy_pairs.join(buddy_sides, _OWN.pair_id == _PAIR.id)
_MINE = _OWN.persona_id == bindparam("persona")
_BETWEEN = (_MINE, _OWN.other_id == bindparam("other"))
_LIVING = _PAIR.state.in_(("asked", "together"))
_TOGETHER = _PAIR.state == "together"
ARE = select(_PAIR.expires_at).select_from(_JOINED).where(*_BETWEEN, _TOGETHER).limit(1)
OF = (
    select(buddy_pairs).select_from(_JOINED).where(_MINE, _PAIR.state != "ended").order_by(_PAIR.id)
)
ENDED_OF = (
    select(buddy_pairs)
    .select_from(_JOINED)
    .where(_MINE)
    .order_by(_PAIR.id)
    .limit(bindparam("limit"))
)
_THIS = (_PAIR.id == bindparam("pair"), _MINE)
IS = select(_PAIR.id).select_from(_JOINED).where(*_THIS)
GET = select(buddy_pairs).select_from(_JOINED).where(*_THIS)
GET_TO_CHANGE = GET.with_for_update(of=buddy_pairs)
BY_ID = select(buddy_pairs).where(_PAIR.id == bindparam("pair")).with_for_update()
UNDER_WAY = select(buddy_pairs).select_from(_JOINED).where(*_BETWEEN, _LIVING)
LATELY = (
    select(_PAIR.id)
    .where(
        _PAIR.asked_by == bindparam("persona"),
        _PAIR.asked_id == bindparam("other"),
        _PAIR.created_at > bindparam("since"),
        _PAIR.began_at.is_(None),
    )
    .limit(1)
)
COUNT_SINCE = (
    select(func.count())
    .select_from(buddy_pairs)
    .where(
        _PAIR.asked_by.in_(bindparam("personas", expanding=True)),
        _PAIR.created_at > bindparam("since"),
    )
)
COUNT = select(func.count()).select_from(_JOINED).where(_MINE, _TOGETHER)
PUT = (
    buddy_pairs.update()
    .where(_PAIR.id == bindparam("pair"))
    .values(
        {
            name: bindparam(f"new_{name}", type_=_PAIR[name].type)
            for name in ("state", "sealed", "began_at", "expires_at", "ended_at")
        }
    )
)
SIDES = select(*SIDE.columns).where(_OWN.pair_id == bindparam("pair")).order_by(_OWN.persona_id)
SIDES_OF = select(*SIDE.columns).where(
    or_(_MINE, _OWN.other_id == bindparam("persona")),
)
STOP = (
    buddy_sides.update()
    .where(_OWN.pair_id == bindparam("pair"))
    .values(renews=False, look_at=None, ending_at=None)
)
PUT_SIDE = (
    buddy_sides.update()
    .where(_OWN.pair_id == bindparam("pair"), _MINE)
    .values(
        {
            name: bindparam(f"new_{name}", type_=_OWN[name].type)
            for name in ("renews", "look_at", "ending_at")
        }
    )
)
EXPIRED = (
    select(buddy_pairs)
    .where(_PAIR.expires_at <= bindparam("now"))
    .order_by(_PAIR.expires_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
DUE = (
    select(*SIDE.columns)
    .where(or_(_OWN.look_at <= bindparam("now"), _OWN.ending_at <= bindparam("now")))
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
NEXT: tuple[Select[tuple[Any]], ...] = (
    select(func.min(_PAIR.expires_at)),
    select(func.min(_OWN.look_at)),
    select(func.min(_OWN.ending_at)),
)
OLD = select(_PAIR.id).where(_PAIR.ended_at < bindparam("before")).limit(bindparam("limit"))
_IDS = bindparam("ids", type_=Id, expanding=True)
DROP_SIDES = buddy_sides.delete().where(_OWN.pair_id.in_(_IDS))
DROP = buddy_pairs.delete().where(_PAIR.id.in_(_IDS))
OF_EITHER = select(_PAIR.id).where(
    or_(_PAIR.asked_by == bindparam("persona"), _PAIR.asked_id == bindparam("persona"))
)
