"""What comes of a report: nothing, a post that goes, or a persona that is suspended.

Whoever is concerned gets the reasons in the words of the staff, and no word of who reported.
"""

from typing import Final

from node.errors import Invalid, NotFound, Refused
from node.groups.service import Groups
from node.i18n import N_
from node.moderation.handling import Handling
from node.moderation.quorum import Quorum
from node.moderation.rules import reasons_of, words_of
from node.moderation.suspending import Suspending
from node.ports import Clock, NewId
from node.profiles.service import Profiles
from storage.accounts import Account
from storage.actors import Actor
from storage.audit import Subject
from storage.report_record import Report, ReportKind, Ruling
from storage.statements import Statement
from storage.unit_of_work import UnitOfWork

DISMISS, REMOVE, RESTORE, KEEP = "dismiss", "remove-post", "restore", "keep"
SUSPEND_PERSONA, SUSPEND_ACCOUNT = "suspend-persona", "suspend-account"

OUTCOMES: Final[dict[ReportKind, tuple[str, ...]]] = {
    "message": (DISMISS, SUSPEND_PERSONA, SUSPEND_ACCOUNT),
    "persona": (DISMISS, SUSPEND_PERSONA, SUSPEND_ACCOUNT),
    "post": (DISMISS, REMOVE, SUSPEND_PERSONA, SUSPEND_ACCOUNT),
    "appeal": (RESTORE, KEEP),
}
"""What may come of a report of each kind."""


class Deciding:
    """The end of a report."""

    def __init__(
        self,
        now: Clock,
        new_id: NewId,
        handling: Handling,
        suspending: Suspending,
        quorum: Quorum,
        groups: Groups,
        profiles: Profiles,
    ) -> None:
        self._now = now
        self._new_id = new_id
        self._handling = handling
        self._suspending = suspending
        self._quorum = quorum
        self._groups = groups
        self._profiles = profiles

    def decide(
        self,
        uow: UnitOfWork,
        account: Account,
        persona: Actor,
        report_id: int,
        outcome: str,
        *,
        statement: str,
        note: str,
    ) -> None:
        """Needs a claim, and reasons for all that somebody feels. `persona` is the one that the
        staff act as. Raises NotFound, Invalid for "outcome", "statement" and "note", Refused."""
        report = self._handling.report(uow, account, report_id)
        self._handling.insist_claim(report, account)
        if outcome not in OUTCOMES[report.kind]:
            raise Invalid("outcome", N_("Choose what shall come of it."))
        note = words_of(note, "note")
        reasons = "" if outcome == DISMISS else reasons_of(statement)
        self._carry_out(uow, account, persona, report, outcome, reasons)
        ruling = Ruling(statement=reasons, note=note)
        if not uow.reports.decide(report.id, outcome, account.id, self._now(), ruling):
            raise Refused(N_("This report is decided already."), "decided")
        uow.audit.add(
            "report-decided",
            Subject("report", report.id),
            at=self._now(),
            by=account.id,
            detail=outcome,
            reason=reasons or note,
        )

    def _carry_out(
        self,
        uow: UnitOfWork,
        account: Account,
        persona: Actor,
        report: Report,
        outcome: str,
        reasons: str,
    ) -> None:
        subject = uow.actors.get(report.subject_id)
        if subject is None:
            raise NotFound
        self._quorum.settle(uow, report, subject, was_fine=outcome == DISMISS)
        match outcome:
            case "remove-post":
                self._remove(uow, persona, report, subject, reasons)
            case "suspend-persona":
                self._suspending.suspend(uow, account, subject, "persona", reasons)
            case "suspend-account":
                self._suspending.suspend(uow, account, subject, "account", reasons)
            case "restore":
                self._suspending.restore(uow, account, subject, reasons)
            case "keep":
                self._tell(uow, subject, "appeal-refused", reasons)
            case _:
                pass

    def _remove(
        self, uow: UnitOfWork, persona: Actor, report: Report, author: Actor, reasons: str
    ) -> None:
        if report.post_id is None:
            raise NotFound
        at = uow.posts.whereabouts(report.post_id)
        if at is not None and at.audience != "group":
            self._profiles.remove_reported(uow, report.post_id, persona, reasons)
        else:
            self._groups.remove_reported(uow, report.post_id, persona, reasons)
        if author.is_local:
            self._tell(uow, author, "post-removed", reasons, report.post_id)

    def _tell(
        self, uow: UnitOfWork, persona: Actor, act: str, reasons: str, post_id: int | None = None
    ) -> None:
        statement = Statement(
            id=self._new_id(),
            persona_id=persona.id,
            act=act,
            post_id=post_id,
            created_at=self._now(),
        )
        uow.statements.add(statement, reasons)
