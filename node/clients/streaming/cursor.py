"""Where a reader of events stands, when several processes write them at the same time.

Pure. PostgreSQL hands out numbers before the transactions that hold them commit, so that a lower
number may appear after a higher one. A number that is missing is therefore waited for: until it
shows, or until it is certain that its transaction was rolled back. SQLite leaves no gaps.
"""

from collections.abc import Collection, Iterable
from typing import Final

from storage.events import Event

GAP_SECONDS: Final = 120.0
"""So long a missing number is looked for. No transaction of ours takes as long."""
LOOK_BACK: Final = 200
"""Numbers before the newest one of which a new reader wonders whether they still come."""
GAPS_MOST: Final = 5000


class Cursor:
    """`top` is the highest number seen, `gaps` those below it that were not."""

    def __init__(self) -> None:
        self.top = 0
        self._gaps: dict[int, float] = {}

    def start(self, newest: int, present: Iterable[int], at: float) -> None:
        """Begin behind the newest one. `present` are the numbers of the last LOOK_BACK that are
        there; `at` is the time in seconds on any clock that does not go back."""
        there = set(present)
        self.top = newest
        self._gaps = {
            number: at
            for number in range(max(1, newest - LOOK_BACK + 1), newest + 1)
            if number not in there
        }

    @property
    def gaps(self) -> Collection[int]:
        """Numbers that may still come."""
        return self._gaps.keys()

    def take(self, found: Iterable[Event], at: float) -> list[Event]:
        """Those that were not seen before, in order."""
        fresh = []
        for event in sorted(found, key=lambda one: one.id):
            if event.id > self.top:
                for number in range(self.top + 1, event.id)[-GAPS_MOST:]:
                    self._gaps[number] = at
                self.top = event.id
                fresh.append(event)
            elif self._gaps.pop(event.id, None) is not None:
                fresh.append(event)
        self._forget(at)
        return fresh

    def _forget(self, at: float) -> None:
        old = [number for number, since in self._gaps.items() if at - since > GAP_SECONDS]
        for number in old:
            del self._gaps[number]
