"""What one person finds on the first page of the room: what is going on for them, and nothing of
anybody else's waiting.
"""

from dataclasses import dataclass
from datetime import timedelta

from node.listening.feeling import Feeling
from node.listening.rules import OVER, has_hard_day, is_their_time
from node.listening.tools import Seat
from storage.actors import Actor
from storage.listening_record import Listener
from storage.unit_of_work import UnitOfWork

SHOWN = 30
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One session in the list: whose seat it is, and the other person once they may be known."""

    seat: Seat
    other: Actor | None

    @property
    def is_over(self) -> bool:
        return self.seat.session.state in OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """`cannot` says why somebody cannot offer to listen yet. `rest` are the minutes that are left
    of a break that is kept, `has_hard_day` one that was asked for."""

    going_on: list[Line]
    before: list[Line]
    listener: Listener
    cannot: str | None
    is_now: bool
    rest: int
    has_hard_day: bool
    heard: str | None
    days: int


class Overview(Feeling):
    """Queries: they change nothing."""

    def home(self, uow: UnitOfWork, persona: Actor) -> Home:
        """All of it for one persona."""
        lines, now = self._lines(uow, persona), self.now()
        listener = uow.listening_pool.get(persona.id)
        rests = listener.rests_until
        return Home(
            going_on=[one for one in lines if not one.is_over],
            before=[one for one in lines if one.is_over],
            listener=listener,
            cannot=self.may_offer(uow, persona),
            is_now=is_their_time(listener, now),
            rest=0 if rests is None or rests <= now else 1 + (rests - now) // MINUTE,
            has_hard_day=has_hard_day(listener, now),
            heard=self.about_me(uow, persona),
            days=self.limits.text_days,
        )

    def _lines(self, uow: UnitOfWork, persona: Actor) -> list[Line]:
        """Requests that came to nothing are of no use to anybody: they are left out."""
        sessions = [
            one
            for one in uow.listening_sessions.of_persona(persona.id, SHOWN)
            if one.state not in ("expired", "withdrawn")
        ]
        intakes = uow.listening_sessions.intakes(sessions)
        seats = [
            Seat(one, intakes[one.id], persona, one.seeker_id == persona.id)
            for one in sessions
            if one.id in intakes
        ]
        return [Line(seat, self.other(uow, seat)) for seat in seats]
