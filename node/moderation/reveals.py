"""Which personas belong together: shown to a safety lead alone, for a reason, with a second person.

    asked (with a reason) -> confirmed by somebody else within some days -> looked at, each time
                          -> declined                                       written down
                          -> over, when nobody confirms in time

Whoever confirms reads the reason and not the answer. The answer stands nowhere: it is looked up
each time, for the one who asked, as long as they are still a safety lead.
"""

from dataclasses import dataclass
from datetime import timedelta

from node.errors import NotFound, Refused
from node.i18n import N_
from node.moderation.rules import insist_overseer, reasons_of
from node.ports import Clock, NewId
from storage.accounts import Account
from storage.actors import Actor
from storage.audit import Subject
from storage.reveals import Reveal
from storage.unit_of_work import UnitOfWork

ACTS = {"asked": "reveal-asked", "confirmed": "reveal-confirmed", "declined": "reveal-declined"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as one of those concerned with it sees it. Never the answer."""

    reveal: Reveal
    persona: Actor
    reason: str
    is_mine: bool
    is_over: bool


class Reveals:
    """Use cases of a safety lead and of the second person. `hours` is how long each step waits."""

    def __init__(self, now: Clock, new_id: NewId, hours: int) -> None:
        self._now = now
        self._new_id = new_id
        self._waits = timedelta(hours=hours)

    def ask(self, uow: UnitOfWork, by: Account, persona: Actor | None, reason: str) -> Reveal:
        """Raises NotFound for whom is no persona of this node, Invalid without a reason."""
        self._insist_lead(by)
        if persona is None or uow.accounts.account_of(persona.id) is None:
            raise NotFound(N_("There is no persona with this handle on this node."))
        reason = reasons_of(reason)
        reveal = Reveal(
            id=self._new_id(), persona_id=persona.id, asked_by=by.id, asked_at=self._now()
        )
        uow.reveals.add(reveal, reason)
        self._write_down(uow, by, reveal, ACTS["asked"], reason)
        return reveal

    def requests(self, uow: UnitOfWork, by: Account) -> list[Request]:
        """The recent ones, newest first, but none about a persona of one's own."""
        insist_overseer(by)
        mine = uow.accounts.personas_of(by.id)
        found = [
            one
            for one in uow.reveals.since(self._now() - 2 * self._waits)
            if one.persona_id not in mine
        ]
        reasons = uow.reveals.reasons(found)
        personas = uow.actors.get_many({one.persona_id for one in found})
        return [
            Request(
                reveal=one,
                persona=personas[one.persona_id],
                reason=reasons.get(one.id, ""),
                is_mine=one.asked_by == by.id,
                is_over=self._is_over(one),
            )
            for one in found
        ]

    def confirm(self, uow: UnitOfWork, by: Account, reveal_id: int) -> None:
        """The second person agrees. Raises NotFound, and Refused for who asked, or too late."""
        reveal = self._to_answer(uow, by, reveal_id)
        if not uow.reveals.answer(reveal.id, "confirmed", by.id, self._now()):
            raise Refused(N_("This request is answered already."), "answered")
        self._write_down(uow, by, reveal, ACTS["confirmed"])

    def decline(self, uow: UnitOfWork, by: Account, reveal_id: int) -> None:
        """The second person does not agree; nothing will be shown."""
        reveal = self._to_answer(uow, by, reveal_id)
        if not uow.reveals.answer(reveal.id, "declined", by.id, self._now()):
            raise Refused(N_("This request is answered already."), "answered")
        self._write_down(uow, by, reveal, ACTS["declined"])

    def look(self, uow: UnitOfWork, by: Account, reveal_id: int) -> tuple[Actor, list[Actor]]:
        """The persona that was asked about, and all that belong together with it. Written down
        each time. Raises NotFound for everyone but who asked, and Refused unless confirmed."""
        self._insist_lead(by)
        reveal = uow.reveals.get(reveal_id)
        if reveal is None or reveal.asked_by != by.id:
            raise NotFound
        if reveal.state != "confirmed" or reveal.answered_by == by.id:
            raise Refused(N_("A second person has not confirmed this."), "not-confirmed")
        if self._is_over(reveal):
            raise Refused(N_("The time for this is over. Ask again if you need to."), "over")
        account_id = uow.accounts.account_of(reveal.persona_id)
        persona = uow.actors.get(reveal.persona_id)
        if account_id is None or persona is None:
            raise NotFound
        self._write_down(uow, by, reveal, "reveal-seen")
        ids = [one for one in uow.accounts.personas_of(account_id) if one != persona.id]
        actors = uow.actors.get_many(ids)
        return persona, [actors[one] for one in ids]

    def _to_answer(self, uow: UnitOfWork, by: Account, reveal_id: int) -> Reveal:
        insist_overseer(by)
        reveal = uow.reveals.get(reveal_id)
        if reveal is None or uow.accounts.account_of(reveal.persona_id) == by.id:
            raise NotFound
        if reveal.asked_by == by.id:
            raise Refused(N_("A second person has to answer this."), "second-person")
        if self._is_over(reveal):
            raise Refused(N_("The time for this is over."), "over")
        return reveal

    def _is_over(self, reveal: Reveal) -> bool:
        return self._now() >= (reveal.answered_at or reveal.asked_at) + self._waits

    def _insist_lead(self, by: Account) -> None:
        insist_overseer(by)
        if by.role != "safety_lead":
            raise NotFound

    def _write_down(
        self, uow: UnitOfWork, by: Account, reveal: Reveal, act: str, reason: str = ""
    ) -> None:
        uow.audit.add(
            act, Subject("persona", reveal.persona_id), at=self._now(), by=by.id, reason=reason
        )
