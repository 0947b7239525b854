"""What an import found: by file, row and field, in words. Pure."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final, Literal

Weight = Literal["broken", "cleaned", "unknown", "note"]
"""broken: nothing is imported while this is so. cleaned: we put it right. unknown: a field that
HSDS does not have, kept as it is. note: worth knowing."""

MOST: Final = 2000
"""Findings that are kept one by one; what is beyond is counted."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, the row in it (from 1, the head not counted; 0 for none)."""

    file: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found. `field` is "" for the row or the file as a whole."""

    weight: Weight
    place: Place
    field: str
    sentence: str

    def line(self) -> str:
        """As a terminal shows it."""
        where = self.place.file + (f", row {self.place.row}" if self.place.row else "")
        return f"{where}{', ' + self.field if self.field else ''}: {self.sentence}"


@dataclass(slots=True)
class Report:
    """All that was found, in the order in which it was found."""

    findings: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    _named: set[tuple[str, str]] = field(default_factory=set)

    def add(self, weight: Weight, place: Place, name: str, sentence: str) -> None:
        """Remember one finding."""
        self.counts[weight] += 1
        if len(self.findings) < MOST:
            self.findings.append(Finding(weight, place, name, sentence))

    def broken(self, place: Place, name: str, sentence: str) -> None:
        self.add("broken", place, name, sentence)

    def cleaned(self, place: Place, name: str, sentence: str) -> None:
        self.add("cleaned", place, name, sentence)

    def note(self, place: Place, name: str, sentence: str) -> None:
        self.add("note", place, name, sentence)

    def unknown(self, place: Place, kind: str, name: str) -> None:
        """A field that HSDS does not have: named once for each kind of record."""
        if (kind, name) not in self._named:
            self._named.add((kind, name))
            self.add("unknown", place, name, f"HSDS has no such field of a {kind}; it is kept")

    @property
    def is_broken(self) -> bool:
        return self.counts["broken"] > 0

    def of(self, weight: Weight) -> list[Finding]:
        return [one for one in self.findings if one.weight == weight]
