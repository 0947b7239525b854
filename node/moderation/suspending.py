"""Suspending somebody, and taking it back. What they are told names reasons and no reporter.

A suspension names one persona. Either it alone may not act any more, or all that the person behind
it does here ends: then the account opens no door, but no other persona shows as suspended, or all
of them would be known to belong together. For the same reason nobody is told that somebody was
suspended before, under another name.
"""

from typing import Final, Literal

from node.errors import Refused
from node.i18n import N_
from node.moderation.rules import insist_staff, reasons_of
from node.ports import Clock, NewId
from node.viewer import STAFF
from storage.accounts import Account
from storage.actors import Actor
from storage.audit import Subject
from storage.statements import Statement
from storage.unit_of_work import UnitOfWork

Scope = Literal["persona", "account"]
PERSONA, ACCOUNT = "persona-suspended", "account-suspended"
_ACTS: Final[dict[Scope, str]] = {"persona": PERSONA, "account": ACCOUNT}


class Suspending:
    """Use cases of suspensions. `by` is the staff's account, None for who owns the machine."""

    def __init__(self, now: Clock, new_id: NewId) -> None:
        self._now = now
        self._new_id = new_id

    def suspend(
        self, uow: UnitOfWork, by: Account | None, persona: Actor, scope: Scope, reasons: str
    ) -> None:
        """Ends sessions and tokens at once. Raises Invalid for field "statement" without reasons,
        and Refused for whom `by` may not suspend."""
        reasons = reasons_of(reasons)
        account_id = uow.accounts.account_of(persona.id)
        if persona.is_local and account_id is None:
            raise Refused(N_("Nobody stands behind this name."), "nobody")
        if by is not None:
            self._check(uow, by, persona, account_id, scope)
        if account_id is None or persona.type == "Group":
            scope = "persona"
        held = uow.statements.suspensions_of([persona.id])
        if any(one.act in (_ACTS[scope], ACCOUNT) for one in held):
            return
        uow.actors.suspend(persona.id, self._now())
        self._end_access(uow, persona.id)
        if scope == "account" and account_id is not None:
            uow.accounts.suspend(account_id, self._now())
            uow.sessions.delete_all(account_id)
            for persona_id in uow.accounts.personas_of(account_id):
                self._end_access(uow, persona_id)
        self._tell(uow, persona, _ACTS[scope], reasons, is_suspension=True)
        self._write_down(uow, "suspend", by, persona, reasons, scope)

    def restore(self, uow: UnitOfWork, by: Account | None, persona: Actor, reasons: str) -> None:
        """Takes back every suspension that names this persona. Whom none names, nothing changes."""
        reasons = reasons_of(reasons)
        if by is not None:
            insist_staff(by)
        held = uow.statements.suspensions_of([persona.id])
        if not held:
            return
        for one in held:
            uow.statements.end(one.id, self._now())
        uow.actors.suspend(persona.id, None)
        account_id = uow.accounts.account_of(persona.id)
        if account_id is not None and not self._still_suspended(uow, account_id):
            uow.accounts.suspend(account_id, None)
        self._tell(uow, persona, "restored", reasons)
        self._write_down(uow, "restore", by, persona, reasons, "")

    def _check(
        self, uow: UnitOfWork, by: Account, persona: Actor, account_id: int | None, scope: Scope
    ) -> None:
        insist_staff(by)
        if account_id == by.id:
            raise Refused(N_("This is you. Ask somebody else of the staff."), "yourself")
        if scope == "account" and by.role == "moderator":
            raise Refused(
                N_("You can suspend a persona. All of an account only a safety lead can."),
                "not-a-safety-lead",
            )
        account = uow.accounts.get(account_id) if account_id is not None else None
        # Under their first persona the staff are known to each other as such; no other one tells.
        known = account_id is not None and uow.personas.first(account_id) == persona.id
        is_staff = account is not None and known and account.role in STAFF
        if is_staff and by.role != "administrator":
            raise Refused(N_("Only an administrator can suspend staff."), "staff")

    def _still_suspended(self, uow: UnitOfWork, account_id: int) -> bool:
        personas = uow.accounts.personas_of(account_id)
        return any(one.act == ACCOUNT for one in uow.statements.suspensions_of(personas))

    def _end_access(self, uow: UnitOfWork, persona_id: int) -> None:
        uow.sessions.delete_of_persona(persona_id)
        uow.tokens.revoke_all(persona_id, self._now())

    def _tell(
        self,
        uow: UnitOfWork,
        persona: Actor,
        act: str,
        reasons: str,
        *,
        is_suspension: bool = False,
    ) -> None:
        statement = Statement(
            id=self._new_id(),
            persona_id=persona.id,
            act=act,
            is_suspension=is_suspension,
            created_at=self._now(),
        )
        uow.statements.add(statement, reasons)

    def _write_down(
        self,
        uow: UnitOfWork,
        act: str,
        by: Account | None,
        persona: Actor,
        reasons: str,
        detail: str,
    ) -> None:
        uow.audit.add(
            act,
            Subject("persona", persona.id),
            at=self._now(),
            by=by.id if by else None,
            detail=detail,
            reason=reasons if by else "",
        )
