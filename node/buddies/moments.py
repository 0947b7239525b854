"""Hard moments: a persona tells those of its buddies who said that they are up. Nothing is told but
that; no staff learns of it, and whoever pressed sees who was told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from node.buddies import rules
from node.buddies.keeping import Keeping
from storage.actors import Actor
from storage.buddy_moments import HardMoment
from storage.unit_of_work import UnitOfWork

SHOWN_FOR: Final = timedelta(hours=12)
"""For how long a page says who was told."""


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told, and when."""

    people: list[Actor]
    at: datetime


class Moments(Keeping):
    """Being up for others, and calling on those who are."""

    def be_up(self, uow: UnitOfWork, persona: Actor, hours: str) -> datetime | None:
        """Say for how long one is up, "no" for no longer. Raises Invalid."""
        until = rules.up_until(hours, self.now())
        if until is None:
            uow.buddy_moments.set_down(persona.id)
        else:
            uow.buddy_moments.set_up(persona.id, until)
        return until

    def hard_moment(self, uow: UnitOfWork, persona: Actor) -> Told:
        """Tell the buddies who are up. Pressed again within minutes, nobody is told twice."""
        latest = self.told(uow, persona)
        now = self.now()
        if latest is not None and latest.people and now - latest.at < rules.BREATH:
            return latest
        up = [one for one in self.company(uow, persona).together if one.up_until is not None]
        for one in up:
            self.notifying.tell_of_room(uow, "buddy-hard-moment", one.other, persona, one.pair.id)
        moment = HardMoment(
            id=self.new_id(),
            persona_id=persona.id,
            told=tuple(one.other.id for one in up),
            created_at=now,
        )
        uow.buddy_moments.add_moment(moment)
        return Told([one.other for one in up], now)

    def told(self, uow: UnitOfWork, persona: Actor) -> Told | None:
        """Who was told the last time, if that is not long ago."""
        latest = uow.buddy_moments.latest_moment(persona.id)
        if latest is None or self.now() - latest.created_at > SHOWN_FOR:
            return None
        hidden = uow.blocks.hides(persona.id)
        people = uow.actors.get_many(latest.told)
        there = [people[one] for one in latest.told if one in people and one not in hidden]
        return Told(there, latest.created_at)
