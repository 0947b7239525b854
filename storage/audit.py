"""What staff did that reveals, restricts or destroys: a log that is only ever added to.

Each entry holds a hash of its own content and of the entry before it, so that a changed, missing or
inserted one breaks the chain there and ever after. The two ends of the chain stand in a row of
their own: the head, which an append locks, so that appends take turns; and the base, the last entry
that was dropped for its age, from which the chain is checked.

No private text: ids, acts, and a word of detail. The reason is sealed under the account that acted.
Whoever can write to the database could make a whole new chain; a head that was noted elsewhere
(`kith audit verify --head`) shows that, too.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.shapes import NEWEST, Shape
from storage.tables import audit_chain, audit_entries

SubjectKind = Literal["persona", "post", "report", "reveal", "group", "peer", "node"]

START: Final = bytes(32)
"""What stands before the first entry."""
_PLACE: Final = "audit_entries.sealed"
_ONE: Final = 1


@dataclass(frozen=True, slots=True)
class Subject:
    """What was acted upon. Never an account: that would show which personas belong together."""

    kind: SubjectKind
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act. `by_account` is None for the command line, whose user owns the machine; `sealed` is
    the reason (`AuditRepository.reasons` opens it)."""

    seq: int
    at: datetime
    act: str
    by_account: int | None
    subject_kind: SubjectKind
    subject_id: int
    detail: str
    sealed: bytes | None
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The ends of the chain. Entries base_seq + 1 to head_seq are there."""

    base_seq: int
    base_hash: bytes
    head_seq: int
    head_hash: bytes


def link(previous: bytes, entry: AuditEntry) -> bytes:
    """The hash that the entry must bear after one with the hash `previous`."""
    content = msgspec.json.encode(
        (
            entry.seq,
            entry.at.isoformat(timespec="microseconds"),
            entry.act,
            entry.by_account,
            entry.subject_kind,
            entry.subject_id,
            entry.detail,
            entry.sealed,
        )
    )
    return hashlib.sha256(previous + content).digest()


_ENTRY = Shape(AuditEntry, audit_entries)
_CHAIN = Shape(Chain, audit_chain)
_BEGIN = (
    insert(audit_chain)
    .values(id=_ONE, base_seq=0, base_hash=START, head_seq=0, head_hash=START)
    .on_conflict_do_nothing()
)
_LOCK = (
    audit_chain.update()
    .where(audit_chain.c.id == _ONE)
    .values(head_seq=audit_chain.c.head_seq + 1)
    .returning(audit_chain.c.head_seq, audit_chain.c.head_hash)
)
_SET_HEAD = audit_chain.update().where(audit_chain.c.id == _ONE).values(head_hash=bindparam("hash"))
_SET_BASE = (
    audit_chain.update()
    .where(audit_chain.c.id == _ONE, audit_chain.c.base_seq < bindparam("seq"))
    .values(base_seq=bindparam("seq"), base_hash=bindparam("hash"))
)
_ENDS = select(*_CHAIN.columns).where(audit_chain.c.id == _ONE)
_SELECT = select(*_ENTRY.columns)
_WALK = (
    _SELECT.where(audit_entries.c.seq > bindparam("after"))
    .order_by(audit_entries.c.seq)
    .limit(bindparam("limit"))
)
_LIST = (
    _SELECT.where(audit_entries.c.seq < bindparam("before"))
    .order_by(audit_entries.c.seq.desc())
    .limit(bindparam("limit"))
)
_OF_SUBJECTS = (
    _SELECT.where(
        audit_entries.c.subject_kind == bindparam("kind"),
        audit_entries.c.subject_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(audit_entries.c.seq.desc())
    .limit(bindparam("limit"))
)
_FIRST_KEPT = select(func.min(audit_entries.c.seq)).where(audit_entries.c.at >= bindparam("before"))
_HASH_OF = select(audit_entries.c.hash).where(audit_entries.c.seq == bindparam("seq"))
_FORGET = audit_entries.delete().where(audit_entries.c.seq <= bindparam("seq"))


class AuditRepository:
    """The log. Nothing changes an entry; `forget` drops the oldest ones and moves the base."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(
        self,
        act: str,
        subject: Subject,
        *,
        at: datetime,
        by: int | None,
        detail: str = "",
        reason: str = "",
    ) -> AuditEntry:
        """Writes an act down. `by` is the account that acted, None on the command line; a `reason`
        needs one. Others that write to the log wait until this transaction ends."""
        seq, previous = self._take_place()
        entry = AuditEntry(
            seq=seq,
            at=at,
            act=act,
            by_account=by,
            subject_kind=subject.kind,
            subject_id=subject.id,
            detail=detail,
            sealed=self._seal(seq, by, reason),
            hash=START,
        )
        values = _ENTRY.values(entry) | {"hash": link(previous, entry)}
        self._connection.execute(audit_entries.insert(), values)
        self._connection.execute(_SET_HEAD, {"hash": values["hash"]})
        return AuditEntry(**values)

    def newest(self, limit: int, before: int | None = None) -> list[AuditEntry]:
        """Newest first, those below `before`."""
        where = {"limit": limit, "before": NEWEST if before is None else before}
        return [_ENTRY.read(row) for row in self._connection.execute(_LIST, where)]

    def of_subjects(self, kind: SubjectKind, ids: list[int], limit: int) -> list[AuditEntry]:
        """What was done to any of these, newest first."""
        where = {"kind": kind, "ids": ids, "limit": limit}
        return [_ENTRY.read(row) for row in self._connection.execute(_OF_SUBJECTS, where)]

    def reasons(self, entries: list[AuditEntry]) -> dict[int, str]:
        """The reasons that were given and can still be read, by `seq`."""
        given = [one for one in entries if one.sealed is not None and one.by_account is not None]
        opened = self._seals.open_many(
            [Sealed(one.sealed or b"", _PLACE, one.seq, one.by_account or 0) for one in given]
        )
        return {
            one.seq: plain.decode()
            for one, plain in zip(given, opened, strict=True)
            if plain is not None
        }

    def walk(self, after: int, limit: int) -> list[AuditEntry]:
        """In the order in which they were written, those above `after`."""
        rows = self._connection.execute(_WALK, {"after": after, "limit": limit})
        return [_ENTRY.read(row) for row in rows]

    def chain(self) -> Chain:
        """Where the chain begins and ends."""
        found = _CHAIN.maybe(self._connection.execute(_ENDS).first())
        return found or Chain(base_seq=0, base_hash=START, head_seq=0, head_hash=START)

    def forget(self, before: datetime, limit: int) -> int:
        """Drops up to `limit` of the oldest entries, all from before this time; how many. The last
        of them becomes the base, so that the rest can still be checked."""
        ends = self.chain()
        kept = self._connection.execute(_FIRST_KEPT, {"before": before}).scalar()
        last = min(ends.head_seq if kept is None else kept - 1, ends.base_seq + limit)
        if last <= ends.base_seq:
            return 0
        found = self._connection.execute(_HASH_OF, {"seq": last}).scalar_one()
        self._connection.execute(_SET_BASE, {"seq": last, "hash": found})
        return self._connection.execute(_FORGET, {"seq": last}).rowcount

    def _take_place(self) -> tuple[int, bytes]:
        """The next number and the hash before it. Holds the head until the transaction ends."""
        found = self._connection.execute(_LOCK).first()
        if found is None:
            self._connection.execute(_BEGIN)
            found = self._connection.execute(_LOCK).one()
        return found.head_seq, found.head_hash

    def _seal(self, seq: int, by: int | None, reason: str) -> bytes | None:
        if not reason:
            return None
        if by is None:
            raise ValueError("a reason is sealed under the account that acted")
        return self._seals.seal(
            reason.encode(), place=_PLACE, row=seq, author=by, holders=(Holder("account", by),)
        )
