"""The clock of buddies: time that is over ends a pair, a missed entry prompts the other with a kind
word to send, and a week before the end both are told of it. Never in the night of whoever is told,
and never anybody else.

All of it is rows that say when: what was told has its next time in the same transaction, so that a
worker that dies tells nothing twice.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from node.buddies import rules
from node.buddies.tools import Tools
from node.local_time import is_night, minute_of
from node.messages.rules import is_here
from storage.buddy_record import Pair, Side
from storage.unit_of_work import UnitOfWork

AT_ONCE: Final = 100
"""Rows that one transaction looks at."""


class Prompting(Tools):
    """What time does."""

    def run_due(self, uow: UnitOfWork) -> int:
        """All that is due now; how many rows that were."""
        now = self.now()
        expired = uow.buddies.expired(now, AT_ONCE)
        for pair in expired:
            self._expire(uow, pair)
        due = uow.buddies.due(now, AT_ONCE)
        for side in due:
            self._look(uow, side, now)
        return len(expired) + len(due)

    def _expire(self, uow: UnitOfWork, pair: Pair) -> None:
        was_together = pair.state == "together"
        rules.moved(pair, "expire", "clock")
        uow.buddies.end(pair, self.now())
        people = uow.actors.get_many([pair.asked_by, pair.asked_id])
        if was_together and len(people) == 2:
            asker, asked = people[pair.asked_by], people[pair.asked_id]
            self.notifying.tell_of_room(uow, "buddy-ended", asker, asked)
            self.notifying.tell_of_room(uow, "buddy-ended", asked, asker)

    def _look(self, uow: UnitOfWork, side: Side, now: datetime) -> None:
        """One side: what is due there is told once, and gets its next time."""
        pair = uow.buddies.by_id(side.pair_id)
        zone = self.zone_of(uow, side.persona_id)
        if pair is None or not rules.is_together(pair, now):
            uow.buddies.put_side(replace(side, look_at=None, ending_at=None))
            return
        if side.look_at is not None and side.look_at <= now:
            if self._is_missed(uow, pair, side, zone):
                self._tell(uow, "buddy-missed", side, side.look_at, zone)
            look_at = rules.next_look(pair.agreed.weekdays, zone, now)
            side = replace(side, look_at=look_at)
        if side.ending_at is not None and side.ending_at <= now:
            self._tell(uow, "buddy-ends-soon", side, side.ending_at, zone)
            side = replace(side, ending_at=None)
        uow.buddies.put_side(side)

    def _is_missed(self, uow: UnitOfWork, pair: Pair, side: Side, zone: str) -> bool:
        """Whether the other wrote nothing on an agreed day. Nobody can miss what they have no goal
        for, nor a day before the two came together."""
        if side.look_at is None or pair.began_at is None or not uow.goals.has_open(side.other_id):
            return False
        since, until = rules.looked_at(side.look_at, zone)
        if pair.began_at > since:
            return False
        return not uow.check_ins.any_within(side.other_id, since, until)

    def _tell(self, uow: UnitOfWork, about: str, side: Side, due: datetime, zone: str) -> None:
        now = self.now()
        if now - due > rules.LATE or is_night(minute_of(now, zone)):
            return
        people = uow.actors.get_many([side.persona_id, side.other_id])
        # Nobody is said to have been silent who was kept from writing.
        if len(people) == 2 and all(is_here(one) for one in people.values()):
            to, by = people[side.persona_id], people[side.other_id]
            self.notifying.tell_of_room(uow, about, to, by, side.pair_id)


def next_due(uow: UnitOfWork) -> datetime | None:
    """When the clock is needed next."""
    return uow.buddies.next_due()
