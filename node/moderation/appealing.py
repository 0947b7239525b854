"""An appeal: somebody who is suspended asks for another look. Their password is all they need."""

from dataclasses import dataclass

from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.moderation.rules import words_of
from node.ports import Clock, NewId
from storage.actors import Actor
from storage.report_record import Report, Told
from storage.statements import Statement
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A suspension as the one concerned reads it. `reasons` may be gone by now."""

    persona: Actor
    statement: Statement | None
    reasons: str
    is_appealed: bool


class Appealing:
    """Use cases of those who are suspended; `account_id` is whose password was right."""

    def __init__(self, now: Clock, new_id: NewId) -> None:
        self._now = now
        self._new_id = new_id

    def standings(self, uow: UnitOfWork, account_id: int) -> list[Standing]:
        """What holds against this person, newest first. Raises Refused when there is nothing."""
        account = uow.accounts.get(account_id)
        if account is None:
            raise NotFound
        personas = uow.accounts.personas_of(account_id)
        held = uow.statements.suspensions_of(personas)
        if not held and account.suspended_at is None:
            raise Refused(N_("Nothing of yours is suspended. You can sign in."), "not-suspended")
        reasons = uow.statements.reasons(held)
        actors = uow.actors.get_many(personas)
        if not held:
            return [self._standing(uow, actors[personas[0]], None, "")]
        return [
            self._standing(uow, actors[one.persona_id], one, reasons.get(one.id, ""))
            for one in held
        ]

    def appeal(self, uow: UnitOfWork, account_id: int, words: str) -> None:
        """Puts an appeal into the queue for everything that holds and is not appealed yet.
        Raises Invalid for field "words", and Refused."""
        words = words_of(words, "words")
        if not words:
            raise Invalid("words", N_("Say why the staff should look again."))
        waiting = {
            one.persona.id: one.persona
            for one in self.standings(uow, account_id)
            if not one.is_appealed
        }
        if not waiting:
            raise Refused(N_("Your appeal is with the staff already."), "appealed")
        for persona_id in waiting:
            report = Report(
                id=self._new_id(),
                kind="appeal",
                reporter_id=persona_id,
                subject_id=persona_id,
                shows_reporter=True,
                created_at=self._now(),
            )
            uow.reports.add(report, Told(reason="appeal", words=words))

    def _standing(
        self, uow: UnitOfWork, persona: Actor, statement: Statement | None, reasons: str
    ) -> Standing:
        return Standing(
            persona=persona,
            statement=statement,
            reasons=reasons,
            is_appealed=uow.reports.has_open(persona.id, persona.id, "appeal"),
        )
