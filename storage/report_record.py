"""The records of a report, of what it shows, and of the words that are sealed in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from storage.shapes import Shape
from storage.tables import report_excerpts, reports

ReportKind = Literal["message", "post", "persona", "appeal"]
ReportState = Literal["open", "decided"]
Source = Literal["message", "post"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report of one persona, `subject_id`. An appeal is a report of one's own suspension.

    `sealed` holds a `Told`, `decision_sealed` a `Ruling`; once `is_forgotten` nobody opens them.
    """

    id: int
    kind: ReportKind
    reporter_id: int
    subject_id: int
    post_id: int | None = None
    group_id: int | None = None
    state: ReportState = "open"
    shows_reporter: bool
    sealed: bytes = b""
    created_at: datetime
    claimed_by: int | None = None
    claimed_until: datetime | None = None
    decided_at: datetime | None = None
    decided_by: int | None = None
    decision: str | None = None
    decision_sealed: bytes | None = None
    is_forgotten: bool = False


class Told(msgspec.Struct, frozen=True):
    """What the reporter said: a reason of the list, and words of their own."""

    reason: str
    words: str


class Ruling(msgspec.Struct, frozen=True):
    """What staff wrote: a statement for the reported person, a note for the staff."""

    statement: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Words that a persona said, as the reporter chose to show them."""

    id: int
    report_id: int
    source: Source
    source_id: int
    author_id: int
    said_at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownExcerpt:
    """An excerpt on its way to staff. `proven` says that this node kept it when it was reported,
    and that it is unchanged."""

    excerpt: Excerpt
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredExcerpt:
    """An excerpt as it lies in its row."""

    id: int
    report_id: int
    source: Source
    source_id: int
    author_id: int
    said_at: datetime
    sealed: bytes
    proof: bytes


REPORT = Shape(Report, reports)
EXCERPT = Shape(StoredExcerpt, report_excerpts)
