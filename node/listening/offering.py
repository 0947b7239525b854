"""Offering to listen: what, when and how much; saying yes or no to somebody; days off.

A helper is asked for one person at a time and sees what that person would like, never who or how
many others wait. No needs no reason and is told to nobody.
"""

from dataclasses import replace

from msgspec.structs import replace as replace_struct

from node.errors import Refused
from node.i18n import N_
from node.listening.asking import Asking
from node.listening.rules import AVAILABLE, HARD_DAY, check_offering
from node.listening.tools import Seat
from node.training.rules import valid_badges
from storage.actors import Actor
from storage.listening_record import Listener, Offering
from storage.unit_of_work import UnitOfWork

NEWCOMER = N_(
    "You are new here. Get to know the place first: read along for a few days. Then you can offer "
    "to listen; the training is open to you now."
)
NO_BADGE = N_(
    "Go through the short training first. It takes about an hour, in pieces, and then you can "
    "offer to listen to the topics of your badges."
)


class Offers(Asking):
    """Use cases of those who listen."""

    def offer(self, uow: UnitOfWork, persona: Actor, offering: Offering, *, is_on: bool) -> None:
        """Keep what somebody offers. Raises Invalid, Refused."""
        check_offering(offering)
        if is_on:
            self._insist(uow, persona)
        there = uow.listening_pool.get(persona.id)
        uow.listening_pool.put(
            replace(
                there,
                offering=replace_struct(
                    offering,
                    hard_until=there.offering.hard_until if there.offering else None,
                ),
                is_on=is_on,
                available_until=there.available_until if is_on else None,
            )
        )
        uow.wake("listening")

    def switch(self, uow: UnitOfWork, persona: Actor, *, on: bool) -> Listener:
        """ "I can listen now", for a while; or no longer. Raises Refused."""
        there = uow.listening_pool.get(persona.id)
        if on:
            self._insist(uow, persona)
            if there.offering is None:
                raise Refused(N_("Say first what you can listen to; then switch it on."), "nothing")
        until = self.now() + AVAILABLE if on else None
        changed = replace(there, is_on=there.is_on or on, available_until=until)
        uow.listening_pool.put(changed)
        uow.wake("listening")
        return changed

    def hard_day(self, uow: UnitOfWork, persona: Actor, *, on: bool) -> None:
        """Not today: nobody is told, and nobody asks why. What is offered stays as it is, whoever
        they were just asked to listen to goes on to the next, and a break goes on either way."""
        there = uow.listening_pool.get(persona.id)
        if there.offering is None:
            return
        if on:
            for one in self.names_of(uow, persona.id):
                self.hand_on(uow, one)
        until = self.now() + HARD_DAY if on else None
        uow.listening_pool.put(
            replace(
                there,
                offering=replace_struct(there.offering, hard_until=until),
                available_until=None if on else there.available_until,
            )
        )
        uow.wake("listening")

    def accept(self, uow: UnitOfWork, persona: Actor, session_id: int) -> None:
        """Say yes to listening. Raises NotFound, Refused."""
        seat = self.helping(uow, persona, session_id)
        moved = self.move(uow, seat.session, "accept", is_letter=seat.intake.is_letter)
        uow.listening_pool.answer(session_id, ("open",), "yes")
        self.tell(uow, "listening-found", moved.seeker_id, session_id)

    def decline(self, uow: UnitOfWork, persona: Actor, session_id: int) -> None:
        """Not this one; it goes on to the next. Raises NotFound, Refused."""
        seat = self.helping(uow, persona, session_id)
        self.move(uow, seat.session, "decline", is_letter=seat.intake.is_letter)
        uow.listening_pool.answer(session_id, ("open", "yes"), "no")

    def names_of(self, uow: UnitOfWork, persona_id: int) -> list[int]:
        """All names of whoever is behind this one; known to no page."""
        account_id = uow.accounts.account_of(persona_id)
        return uow.accounts.personas_of(account_id) if account_id is not None else [persona_id]

    def helping(self, uow: UnitOfWork, persona: Actor, session_id: int) -> Seat:
        """What a helper is asked. Raises NotFound, Refused for the one who asks."""
        seat = self.seat(uow, persona, session_id)
        if seat.is_seeker:
            raise Refused(N_("Only the one who was asked can do that."), "not-yours")
        return seat

    def may_offer(self, uow: UnitOfWork, persona: Actor) -> str | None:
        """Why somebody cannot offer to listen yet; None when they can."""
        if self.newcomers.is_newcomer(uow, persona):
            return NEWCOMER
        if not self.limits.needs_badge:
            return None
        badges = valid_badges(uow.helper_paths.get(persona.id), self.now())
        return None if badges else NO_BADGE

    def _insist(self, uow: UnitOfWork, persona: Actor) -> None:
        sentence = self.may_offer(uow, persona)
        if sentence is not None:
            raise Refused(sentence, "newcomer" if sentence == NEWCOMER else "no-badge")
