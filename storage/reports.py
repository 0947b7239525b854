"""Reports: who told staff of whom, what they chose to show, and what came of it.

All words of people are sealed under the report's own key, so that a report does not end with the
reporter's or the reported person's account, and ends for good when its time is over (`forget`).
Every excerpt bears a keyed proof that this node made when it took the words from what was sent.
"""

import hmac
from datetime import datetime
from typing import Final

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection

from storage import report_statements as sql
from storage.report_record import (
    EXCERPT,
    REPORT,
    Excerpt,
    Report,
    ReportKind,
    Ruling,
    ShownExcerpt,
    StoredExcerpt,
    Told,
)
from storage.seals import Holder, Sealed, Seals
from storage.tables import report_excerpts, reports

_TOLD: Final = "reports.sealed"
_RULING: Final = "reports.decision_sealed"
_EXCERPT: Final = "report_excerpts.sealed"
_PROOF_HOLDER: Final = ("report", 0)
"""The holder of the key that proves excerpts: of all reports, so it is never destroyed."""
_PROOF_INFO: Final = b"kith excerpt proof 1"


class ReportRepository:
    """Reports with their excerpts, the queue of the open ones, and their end."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, report: Report, told: Told) -> None:
        """`report.sealed` is filled with what was told."""
        sealed = self._seals.seal(
            msgspec.json.encode(told),
            place=_TOLD,
            row=report.id,
            author=report.reporter_id,
            holders=_holders(report.id),
        )
        self._connection.execute(reports.insert(), REPORT.values(report) | {"sealed": sealed})

    def add_excerpt(self, excerpt: Excerpt) -> None:
        """Keeps words with a proof. The caller has made sure that they were said."""
        sealed = self._seals.seal(
            excerpt.text.encode(),
            place=_EXCERPT,
            row=excerpt.id,
            author=excerpt.author_id,
            holders=_holders(excerpt.report_id),
        )
        [secret] = self._seals.keys.get_or_make([_PROOF_HOLDER])
        row = StoredExcerpt(
            id=excerpt.id,
            report_id=excerpt.report_id,
            source=excerpt.source,
            source_id=excerpt.source_id,
            author_id=excerpt.author_id,
            said_at=excerpt.said_at,
            sealed=sealed,
            proof=_proof(secret, excerpt),
        )
        self._connection.execute(report_excerpts.insert(), EXCERPT.values(row))

    def get(self, report_id: int) -> Report | None:
        return REPORT.maybe(self._connection.execute(sql.BY_ID, {"id": report_id}).first())

    def told(self, found: list[Report]) -> dict[int, Told]:
        """What reporters said, by report, as far as it is still kept."""
        opened = self._seals.open_many(
            [Sealed(one.sealed, _TOLD, one.id, one.reporter_id) for one in found]
        )
        return {
            one.id: msgspec.json.decode(plain, type=Told)
            for one, plain in zip(found, opened, strict=True)
            if plain is not None
        }

    def ruling(self, report: Report) -> Ruling | None:
        """What staff wrote when they decided, as far as it is still kept."""
        if report.decision_sealed is None or report.decided_by is None:
            return None
        plain = self._seals.open(
            report.decision_sealed, place=_RULING, row=report.id, author=report.decided_by
        )
        return None if plain is None else msgspec.json.decode(plain, type=Ruling)

    def excerpts(self, report_id: int) -> list[ShownExcerpt]:
        """What the reporter chose to show, in the order in which it was said."""
        found = self._connection.execute(sql.EXCERPTS, {"report": report_id})
        rows = [EXCERPT.read(row) for row in found]
        opened = self._seals.open_many(
            [Sealed(row.sealed, _EXCERPT, row.id, row.author_id) for row in rows]
        )
        secret = self._seals.keys.find([_PROOF_HOLDER]).get(_PROOF_HOLDER, b"")
        return [
            _shown(row, plain.decode(), secret)
            for row, plain in zip(rows, opened, strict=True)
            if plain is not None
        ]

    def queue(self, limit: int, mine: list[int], after: int = 0) -> list[Report]:
        """Open reports, oldest first, but none by or about the personas `mine`."""
        where = {"limit": limit, "mine": mine, "after": after}
        return [REPORT.read(row) for row in self._connection.execute(sql.QUEUE, where)]

    def of_group(self, group_id: int, limit: int, mine: list[int]) -> list[Report]:
        """Open reports of posts in a group, oldest first, but none by or about `mine`."""
        where = {"group": group_id, "limit": limit, "mine": mine}
        return [REPORT.read(row) for row in self._connection.execute(sql.OF_GROUP, where)]

    def next_unclaimed(self, account: int, mine: list[int], now: datetime) -> list[int]:
        """The oldest open reports that nobody else works on, a few of them."""
        where = {"account": account, "mine": mine, "now": now, "limit": 5}
        return list(self._connection.execute(sql.NEXT, where).scalars())

    def claim(self, report_id: int, account: int, now: datetime, until: datetime) -> bool:
        """Of two who claim, one succeeds. False when it is decided, or another's for now."""
        values = {"report": report_id, "account": account, "now": now, "until": until}
        return self._connection.execute(sql.CLAIM, values).rowcount == 1

    def decide(
        self, report_id: int, outcome: str, account: int, at: datetime, ruling: Ruling
    ) -> bool:
        """Closes the report. False when it is closed already."""
        sealed = self._seals.seal(
            msgspec.json.encode(ruling),
            place=_RULING,
            row=report_id,
            author=account,
            holders=_holders(report_id),
        )
        values = {"report": report_id, "outcome": outcome, "account": account, "at": at}
        return self._connection.execute(sql.DECIDE, values | {"ruling": sealed}).rowcount == 1

    def of_reporters(self, personas: list[int], limit: int) -> list[Report]:
        """What these personas reported, newest first."""
        where = {"personas": personas, "limit": limit}
        return [REPORT.read(row) for row in self._connection.execute(sql.OF_REPORTERS, where)]

    def count_since(self, personas: list[int], since: datetime) -> int:
        """How many reports these personas made after this time."""
        where = {"personas": personas, "since": since}
        return int(self._connection.execute(sql.COUNT_SINCE, where).scalar_one())

    def concerning(self, personas: list[int], ids: list[int]) -> set[int]:
        """Those of these reports that are by or about one of the personas."""
        where = {"personas": personas, "ids": ids}
        return set(self._connection.execute(sql.CONCERNING, where).scalars())

    def has_open(self, reporter_id: int, subject_id: int, kind: ReportKind) -> bool:
        """Whether such a report waits to be decided."""
        where = {"reporter": reporter_id, "subject": subject_id, "of_kind": kind}
        return self._connection.execute(sql.SAME_OPEN, where).first() is not None

    def forget(self, before: datetime, limit: int, *, decided: bool) -> int:
        """Destroys the words of up to `limit` reports that were made before this time, or decided;
        how many."""
        statement = sql.LONG_DECIDED if decided else sql.OLD
        found = self._connection.execute(statement, {"before": before, "limit": limit})
        ids = list(found.scalars())
        if not ids:
            return 0
        for report_id in ids:
            self._seals.destroy(Holder("report", report_id))
        self._connection.execute(sql.DROP_EXCERPTS, {"ids": ids})
        self._connection.execute(sql.FORGET, {"ids": ids})
        return len(ids)


def _holders(report_id: int) -> tuple[Holder, ...]:
    return (Holder("report", report_id),)


def _shown(row: StoredExcerpt, text: str, secret: bytes) -> ShownExcerpt:
    excerpt = Excerpt(
        id=row.id,
        report_id=row.report_id,
        source=row.source,
        source_id=row.source_id,
        author_id=row.author_id,
        said_at=row.said_at,
        text=text,
    )
    return ShownExcerpt(
        excerpt=excerpt, proven=hmac.compare_digest(row.proof, _proof(secret, excerpt))
    )


def _proof(secret: bytes, excerpt: Excerpt) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PROOF_INFO).derive(secret)
    said = (
        excerpt.id,
        excerpt.report_id,
        excerpt.source,
        excerpt.source_id,
        excerpt.author_id,
        excerpt.said_at.isoformat(timespec="microseconds"),
        excerpt.text,
    )
    return hmac.digest(key, msgspec.json.encode(said), "sha256")
