"""What may be a sign that somebody is not safe: who or what said so about which post, and how far
people are with it.

What was said is sealed under the author's persona, the rule and who worried among it; a row tells
no more than that somebody shall look. After its time the row goes (`node/retention.py`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection, Row, Text, bindparam, literal_column, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import risk_signals
from storage.tables.metadata import UtcTime

SignalState = Literal["open", "claimed", "settled"]
HitSource = Literal["author", "words", "member", "moderator"]
PLACE: Final = "risk_signals.sealed"


class Hit(msgspec.Struct, frozen=True, array_like=True):
    """One sign: `rule` names the word rule, `words` are a member's or a moderator's own, `by` is
    their persona. `severity` is 1 to 3."""

    source: HitSource
    severity: int
    at: datetime
    rule: str = ""
    words: str = ""
    by: int | None = None


class Signs(msgspec.Struct, frozen=True, array_like=True):
    """All that is sealed of a signal: its hits, what staff wrote for the next one, what came of
    it."""

    hits: tuple[Hit, ...]
    note: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskSignal:
    """A post that people shall look at. `group_id` is None outside groups."""

    id: int
    post_id: int
    author_id: int
    group_id: int | None
    state: SignalState
    signs: Signs
    created_at: datetime
    claimed_by: int | None = None
    claimed_until: datetime | None = None
    settled_at: datetime | None = None


_INSERT = insert(risk_signals)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[risk_signals.c.id],
    set_={
        name: _INSERT.excluded[name]
        for name in ("state", "sealed", "claimed_by", "claimed_until", "settled_at")
    },
)
# Written into the statement: the planner must see the condition of the index.
_IS_UNSETTLED = risk_signals.c.state != literal_column("'settled'", Text)
_SELECT = select(risk_signals)
_GET = _SELECT.where(risk_signals.c.id == bindparam("id"))
_PLACE = select(risk_signals.c.author_id, risk_signals.c.group_id).where(
    risk_signals.c.id == bindparam("id")
)
_TO_CHANGE = _GET.with_for_update()
_OF_POST = _SELECT.where(risk_signals.c.post_id == bindparam("post"), _IS_UNSETTLED)
_HAS = select(risk_signals.c.id).where(risk_signals.c.post_id == bindparam("post"), _IS_UNSETTLED)
_AUTHORS = select(risk_signals.c.author_id).where(
    risk_signals.c.author_id.in_(bindparam("authors", expanding=True)), _IS_UNSETTLED
)
_QUEUE = _SELECT.where(_IS_UNSETTLED).order_by(risk_signals.c.id).limit(bindparam("limit"))
_OF_AUTHOR = (
    _SELECT.where(risk_signals.c.author_id == bindparam("author"))
    .order_by(risk_signals.c.id.desc())
    .limit(bindparam("limit"))
)
_CLAIM = (
    risk_signals.update()
    .where(
        risk_signals.c.id == bindparam("signal"),
        _IS_UNSETTLED,
        or_(
            risk_signals.c.claimed_until.is_(None),
            risk_signals.c.claimed_until <= bindparam("now", type_=UtcTime()),
            risk_signals.c.claimed_by == bindparam("account"),
        ),
    )
    .values(state="claimed", claimed_by=bindparam("account"), claimed_until=bindparam("until"))
)
_PRUNE = risk_signals.delete().where(
    risk_signals.c.id.in_(
        select(risk_signals.c.id)
        .where(risk_signals.c.created_at < bindparam("before", type_=UtcTime()))
        .order_by(risk_signals.c.created_at)
        .limit(bindparam("limit"))
    )
)
_DROP_OF_POSTS = risk_signals.delete().where(
    risk_signals.c.post_id.in_(bindparam("posts", expanding=True))
)


class RiskSignalRepository:
    """Signals: one for each post while it is not settled."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, signal: RiskSignal) -> None:
        """Keeps a signal, new or changed."""
        sealed = self._seals.seal(
            msgspec.json.encode(signal.signs),
            place=PLACE,
            row=signal.id,
            author=signal.author_id,
            holders=(Holder("persona", signal.author_id),),
        )
        row = {
            "id": signal.id,
            "post_id": signal.post_id,
            "author_id": signal.author_id,
            "group_id": signal.group_id,
            "state": signal.state,
            "sealed": sealed,
            "created_at": signal.created_at,
            "claimed_by": signal.claimed_by,
            "claimed_until": signal.claimed_until,
            "settled_at": signal.settled_at,
        }
        self._connection.execute(_PUT, row)

    def get(self, signal_id: int) -> RiskSignal | None:
        return self._one(self._connection.execute(_GET, {"id": signal_id}).first())

    def to_change(self, signal_id: int) -> RiskSignal | None:
        """One, held until the transaction ends."""
        return self._one(self._connection.execute(_TO_CHANGE, {"id": signal_id}).first())

    def place(self, signal_id: int) -> tuple[int, int | None] | None:
        """(author, group), to be asked before anything is opened for anybody."""
        row = self._connection.execute(_PLACE, {"id": signal_id}).first()
        return None if row is None else (row.author_id, row.group_id)

    def unsettled(self, post_id: int) -> RiskSignal | None:
        """What people have yet to look at about a post."""
        return self._one(self._connection.execute(_OF_POST, {"post": post_id}).first())

    def has_unsettled(self, post_id: int) -> bool:
        """Whether there is such a thing: nothing is opened for the answer."""
        return self._connection.execute(_HAS, {"post": post_id}).first() is not None

    def authors_among(self, authors: frozenset[int]) -> frozenset[int]:
        """Those of these people about whom somebody worries now, with nothing of it opened."""
        rows = self._connection.execute(_AUTHORS, {"authors": sorted(authors)})
        return frozenset(rows.scalars())

    def queue(self, limit: int) -> list[RiskSignal]:
        """All that is not settled, the longest wait first."""
        return self._read(self._connection.execute(_QUEUE, {"limit": limit}).all())

    def of_author(self, author_id: int, limit: int) -> list[RiskSignal]:
        """All about one author, the newest first."""
        key = {"author": author_id, "limit": limit}
        return self._read(self._connection.execute(_OF_AUTHOR, key).all())

    def claim(self, signal_id: int, account: int, now: datetime, until: datetime) -> bool:
        """Of two who claim, one succeeds. False when it is settled, or another's for now."""
        key = {"signal": signal_id, "account": account, "now": now, "until": until}
        return self._connection.execute(_CLAIM, key).rowcount == 1

    def prune(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` that are older; how many. A post that still waits then goes on
        waiting: only a person lets it go."""
        key = {"before": before, "limit": limit}
        return self._connection.execute(_PRUNE, key).rowcount

    def drop_of_posts(self, post_ids: Collection[int]) -> None:
        """Forgets all about these posts."""
        if post_ids:
            self._connection.execute(_DROP_OF_POSTS, {"posts": list(post_ids)})

    def _one(self, row: Row[Any] | None) -> RiskSignal | None:
        return None if row is None else next(iter(self._read([row])), None)

    def _read(self, rows: Sequence[Row[Any]]) -> list[RiskSignal]:
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.author_id) for row in rows]
        )
        return [
            _signal(row, msgspec.json.decode(plain, type=Signs))
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]


def _signal(row: Row[Any], signs: Signs) -> RiskSignal:
    return RiskSignal(
        id=row.id,
        post_id=row.post_id,
        author_id=row.author_id,
        group_id=row.group_id,
        state=row.state,
        signs=signs,
        created_at=row.created_at,
        claimed_by=row.claimed_by,
        claimed_until=row.claimed_until,
        settled_at=row.settled_at,
    )
