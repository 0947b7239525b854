"""Working on reports: the queue, whose turn it is, looking at what was shown, and the decision.

Staff see a report only with a claim on it, which ends by itself; each look at what somebody showed
is written into the audit log. Nobody sees reports by or about any persona of their own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from node.errors import NotFound, Refused
from node.i18n import N_
from node.moderation.rules import insist_staff
from node.ports import Clock
from storage.accounts import Account
from storage.actors import Actor
from storage.audit import AuditEntry, Subject
from storage.report_record import Report, ShownExcerpt, Told
from storage.unit_of_work import UnitOfWork

QUEUE_LENGTH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A line of the queue. `reason` is empty once it can no longer be read."""

    report: Report
    reason: str
    subject: Actor
    is_mine: bool
    is_taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a look at a report shows. `reporter` is None unless they agreed to be known."""

    words: str
    excerpts: list[ShownExcerpt]
    reporter: Actor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A report that somebody of the staff works on, and who looked at it before."""

    waiting: Waiting
    group: Actor | None
    looks: int


class Handling:
    """Use cases of the staff."""

    def __init__(self, now: Clock, claim_minutes: int) -> None:
        self._now = now
        self._claimed_for = timedelta(minutes=claim_minutes)

    def queue(self, uow: UnitOfWork, account: Account, after: int = 0) -> list[Waiting]:
        """Open reports, oldest first, those above id `after`; one more than a page holds."""
        insist_staff(account)
        mine = uow.accounts.personas_of(account.id)
        return self.lines(uow, account, uow.reports.queue(QUEUE_LENGTH + 1, mine, after))

    def lines(self, uow: UnitOfWork, account: Account, found: list[Report]) -> list[Waiting]:
        """Reports with their reasons and whom they are about."""
        told = uow.reports.told(found)
        subjects = uow.actors.get_many({one.subject_id for one in found})
        return [
            Waiting(
                report=one,
                reason=told[one.id].reason if one.id in told else "",
                subject=subjects[one.subject_id],
                is_mine=holds(one, account, self._now()),
                is_taken=is_taken(one, account, self._now()),
            )
            for one in found
        ]

    def next(self, uow: UnitOfWork, account: Account) -> int | None:
        """Claims the oldest report that nobody else works on; its id, or None."""
        insist_staff(account)
        mine = uow.accounts.personas_of(account.id)
        for report_id in uow.reports.next_unclaimed(account.id, mine, self._now()):
            if self._claim(uow, account, report_id):
                return report_id
        return None

    def claim(self, uow: UnitOfWork, account: Account, report_id: int) -> None:
        """Takes a report on, or keeps it for a while longer. Raises NotFound, and Refused when
        it is somebody else's for now, or decided."""
        self.report(uow, account, report_id)
        if not self._claim(uow, account, report_id):
            raise Refused(N_("Somebody else works on this report now."), "claimed")

    def case(self, uow: UnitOfWork, account: Account, report_id: int) -> Case:
        """A report without what was shown. Raises NotFound."""
        report = self.report(uow, account, report_id)
        [waiting] = self.lines(uow, account, [report])
        looks = [one for one in self.looks(uow, [report.id]) if one.act == "report-seen"]
        return Case(
            waiting=waiting,
            group=uow.actors.get(report.group_id) if report.group_id else None,
            looks=len(looks),
        )

    def look(self, uow: UnitOfWork, account: Account, report_id: int) -> Shown:
        """What the reporter said and showed. Needs a claim, and is written down each time."""
        report = self.report(uow, account, report_id)
        self.insist_claim(report, account)
        uow.audit.add("report-seen", Subject("report", report.id), at=self._now(), by=account.id)
        told = uow.reports.told([report]).get(report.id, Told(reason="", words=""))
        agreed = report.shows_reporter or report.kind == "appeal"
        return Shown(
            words=told.words,
            excerpts=uow.reports.excerpts(report.id),
            reporter=uow.actors.get(report.reporter_id) if agreed else None,
        )

    def looks(self, uow: UnitOfWork, reports: list[int]) -> list[AuditEntry]:
        """What staff did with these reports, newest first."""
        return uow.audit.of_subjects("report", reports, 200)

    def report(self, uow: UnitOfWork, account: Account, report_id: int) -> Report:
        """A report for somebody of the staff. Raises NotFound, also for one by or about them."""
        insist_staff(account)
        report, mine = uow.reports.get(report_id), uow.accounts.personas_of(account.id)
        if report is None:
            raise NotFound
        if report.subject_id in mine:
            raise NotFound
        if report.reporter_id in mine:
            raise NotFound
        return report

    def insist_claim(self, report: Report, account: Account) -> None:
        """Raises Refused without a claim that still holds."""
        if not holds(report, account, self._now()):
            raise Refused(N_("Take this report on first; then you can work on it."), "not-claimed")

    def _claim(self, uow: UnitOfWork, account: Account, report_id: int) -> bool:
        now = self._now()
        return uow.reports.claim(report_id, account.id, now, now + self._claimed_for)


def holds(report: Report, account: Account, now: datetime) -> bool:
    """Whether the account works on this report."""
    if report.state != "open" or report.claimed_until is None:
        return False
    return report.claimed_by == account.id and report.claimed_until > now


def is_taken(report: Report, account: Account, now: datetime) -> bool:
    """Whether somebody else does."""
    if report.state != "open" or report.claimed_until is None:
        return False
    return report.claimed_by != account.id and report.claimed_until > now
