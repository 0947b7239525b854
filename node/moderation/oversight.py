"""What can be read of the audit log, and by whom.

Safety leads and administrators read all of it, but for what concerns themselves. Everybody else
reads of what they reported that it was looked at, and of their own persona that its links were;
never by whom.
"""

from dataclasses import dataclass
from datetime import datetime

from node.moderation.rules import insist_overseer
from node.moderation.staff import Staff
from storage.accounts import Account
from storage.actors import Actor
from storage.audit import AuditEntry
from storage.statements import Statement
from storage.unit_of_work import UnitOfWork

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """An entry with names. `by` is None for the command line, `persona` unless one is meant."""

    entry: AuditEntry
    by: Actor | None
    persona: Actor | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A statement to a persona, with its reasons as far as they can still be read."""

    statement: Statement
    reasons: str


class Oversight:
    """Reading what was done."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    def log(
        self, uow: UnitOfWork, account: Account, before: int | None = None
    ) -> tuple[list[LogLine], int | None]:
        """A page of the log, newest first, and where the next one begins. Raises NotFound."""
        insist_overseer(account)
        found = uow.audit.newest(PAGE_LENGTH + 1, before)
        shown = self._without_own(uow, account, found[:PAGE_LENGTH])
        reasons = uow.audit.reasons(shown)
        names = {
            one: self._staff.first_persona(uow, one)
            for one in {entry.by_account for entry in shown}
            if one is not None
        }
        personas = uow.actors.get_many(
            {one.subject_id for one in shown if one.subject_kind == "persona"}
        )
        lines = [
            LogLine(
                entry=one,
                by=names.get(one.by_account or 0),
                persona=personas.get(one.subject_id) if one.subject_kind == "persona" else None,
                reason=reasons.get(one.seq, ""),
            )
            for one in shown
        ]
        return lines, found[PAGE_LENGTH - 1].seq if len(found) > PAGE_LENGTH else None

    def looks_at_links(self, uow: UnitOfWork, persona: Actor) -> list[datetime]:
        """When a safety lead saw which personas belong together with this one."""
        found = uow.audit.of_subjects("persona", [persona.id], 200)
        return [one.at for one in found if one.act == "reveal-seen"]

    def told(self, uow: UnitOfWork, persona: Actor) -> list[Told]:
        """What this persona was told of decisions, newest first."""
        found = uow.statements.of_personas([persona.id])
        reasons = uow.statements.reasons(found)
        return [Told(statement=one, reasons=reasons.get(one.id, "")) for one in found]

    def _without_own(
        self, uow: UnitOfWork, account: Account, found: list[AuditEntry]
    ) -> list[AuditEntry]:
        mine = uow.accounts.personas_of(account.id)
        reports = {one.subject_id for one in found if one.subject_kind == "report"}
        hidden = uow.reports.concerning(mine, list(reports))
        return [
            one
            for one in found
            if not (one.subject_kind == "persona" and one.subject_id in mine)
            and not (one.subject_kind == "report" and one.subject_id in hidden)
        ]
