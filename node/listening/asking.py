"""Asking to be heard, and saying yes to whoever would listen.

Somebody has one request at a time. While they wait they are told honestly how long it may take;
who could listen is shown to nobody.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from msgspec.structs import replace as replace_struct

from node.errors import Invalid, Refused
from node.i18n import N_
from node.listening.matching import Widening, stage_of
from node.listening.rules import FEW, SEEKING, TALKING, WORDS_MOST, check_intake, due_at
from node.listening.tools import Seat, Tools
from storage.actors import Actor
from storage.listening_record import Intake, ListeningSession
from storage.unit_of_work import UnitOfWork

MANY = 50
LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody who waits is told. `lately` are the minutes that half of the people waited at
    most, where enough of them did to say so."""

    stage: Widening
    since: datetime
    lately: int | None


class Asking(Tools):
    """Use cases of those who seek."""

    def ask(self, uow: UnitOfWork, persona: Actor, intake: Intake, words: str) -> ListeningSession:
        """Ask to be heard. Raises Invalid, and Refused when there is a request already."""
        check_intake(intake)
        words = words.replace("\r\n", "\n").replace("\x00", "").strip()
        if len(words) > WORDS_MOST:
            raise Invalid("words", N_("Keep it short here: up to 500 characters."))
        if self.open_request(uow, persona) is not None:
            raise Refused(
                N_("You have asked already. Finish that first, or take it back."), "asked-already"
            )
        now = self.now()
        session = ListeningSession(
            id=self.new_id(),
            seeker_id=persona.id,
            asked_at=now,
            changed_at=now,
            due_at=due_at("waiting", now, is_letter=intake.is_letter),
        )
        kept = uow.listening_sessions.add(session, intake, words)
        self.ring(uow, kept)
        return kept

    def open_request(self, uow: UnitOfWork, persona: Actor) -> ListeningSession | None:
        """The request of this persona's account that is not over; a second name asks not twice."""
        account_id = uow.accounts.account_of(persona.id)
        own = uow.accounts.personas_of(account_id) if account_id is not None else [persona.id]
        for one in own:
            for session in uow.listening_sessions.of_persona(one, MANY):
                if session.seeker_id == one and session.state in SEEKING | TALKING:
                    return session
        return None

    def waiting(self, uow: UnitOfWork, seat: Seat) -> Waiting:
        """How things stand for somebody who waits."""
        now = self.now()
        waited = now - seat.session.asked_at
        waits = uow.listening_sessions.waits(now - LATELY)
        return Waiting(
            stage_of(waited, is_letter=seat.intake.is_letter),
            seat.session.asked_at,
            max(1, round(median(waits) / 60)) if len(waits) >= FEW else None,
        )

    def withdraw(self, uow: UnitOfWork, persona: Actor, session_id: int) -> None:
        """Take a request back; nobody learns why. Raises NotFound, Refused."""
        seat = self.seeking(uow, persona, session_id)
        self.move(uow, seat.session, "withdraw", is_letter=seat.intake.is_letter)
        uow.listening_pool.answer(session_id, ("open", "yes"), "taken-back")

    def to_letters(self, uow: UnitOfWork, persona: Actor, session_id: int) -> None:
        """Go on waiting, for an exchange of letters instead. Raises NotFound, Refused."""
        seat = self.seeking(uow, persona, session_id)
        if seat.session.state != "waiting" or seat.intake.is_letter:
            raise Refused(
                N_("Somebody is being asked just now. Wait a moment, then try again."), "state"
            )
        changed = replace_struct(seat.intake, minutes=0)
        uow.listening_sessions.change_intake(seat.session, changed)
        later = due_at("waiting", seat.session.asked_at, is_letter=True)
        uow.listening_sessions.move(seat.session, replace(seat.session, due_at=later))
        self.ring(uow, seat.session)

    def begin(self, uow: UnitOfWork, persona: Actor, session_id: int) -> None:
        """Say yes to whoever would listen. Raises NotFound, Refused."""
        seat = self.seeking(uow, persona, session_id)
        moved = self.move(uow, seat.session, "begin", is_letter=seat.intake.is_letter)
        uow.listening_pool.answer(session_id, ("yes",), "met")
        for one in (moved.seeker_id, moved.helper_id):
            if one is not None:
                there = uow.listening_pool.get(one)
                uow.listening_pool.put(replace(there, talks=there.talks + 1))
        self.tell(uow, "listening-begun", moved.helper_id, session_id)

    def turn_down(self, uow: UnitOfWork, persona: Actor, session_id: int) -> None:
        """Rather somebody else; the helper is only told that it did not come about. Raises
        NotFound, Refused."""
        seat = self.seeking(uow, persona, session_id)
        self.move(uow, seat.session, "turn-down", is_letter=seat.intake.is_letter)
        uow.listening_pool.answer(session_id, ("yes",), "turned-down")

    def seeking(self, uow: UnitOfWork, persona: Actor, session_id: int) -> Seat:
        """The request of the one who made it. Raises NotFound for all others, Refused for the
        helper, to whom it is there."""
        seat = self.seat(uow, persona, session_id)
        if not seat.is_seeker:
            raise Refused(N_("Only the one who asked can do that."), "not-yours")
        return seat
