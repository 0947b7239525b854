"""A pair of buddies, and how it stands for each of the two."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from storage.shapes import Shape
from storage.tables import buddy_sides

PairState = Literal["asked", "together", "declined", "ended"]
Manner = Literal["both", "asker-helps", "asked-helps"]


class Agreed(msgspec.Struct, frozen=True, array_like=True):
    """What the two agreed on: who is there for whom, and on which weekdays (0 is Monday) both
    write an entry."""

    manner: Manner = "both"
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two people; `expires_at` is when an asking or a pair comes to its end by itself."""

    id: int
    asked_by: int
    asked_id: int
    state: PairState
    agreed: Agreed
    created_at: datetime
    began_at: datetime | None = None
    expires_at: datetime | None = None
    ended_at: datetime | None = None

    def other(self, persona_id: int) -> int:
        """The other one of the two."""
        return self.asked_id if persona_id == self.asked_by else self.asked_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two: whether they would like to go on, when to look whether the other wrote, and
    when to be told that the time is nearly over."""

    pair_id: int
    persona_id: int
    other_id: int
    renews: bool = False
    look_at: datetime | None = None
    ending_at: datetime | None = None


SIDE = Shape(Side, buddy_sides)
