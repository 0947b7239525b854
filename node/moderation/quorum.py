"""Several members report the same while nobody of the staff is there: it is folded away until
somebody has looked. The look ends it, whatever it finds; if nothing was wrong, the author reads so.
"""

from datetime import datetime
from typing import Any

from node.moderation.quorum_rules import (
    ESTABLISHED,
    WRONG_FOR,
    WRONG_MOST,
    QuorumLimits,
    is_enough,
    is_staffed,
)
from node.ports import Clock, NewId
from storage.actors import Actor
from storage.audit import Subject
from storage.report_record import Report
from storage.statements import Statement
from storage.unit_of_work import UnitOfWork

SORRY = "was-folded"


class Quorum:
    """Weighs reports as they come in, and ends what they began."""

    def __init__(self, now: Clock, new_id: NewId, limits: QuorumLimits) -> None:
        self._now = now
        self._new_id = new_id
        self._limits = limits

    def weigh(self, uow: UnitOfWork, report: Report) -> None:
        """After a report was kept."""
        now = self._now()
        if is_staffed(self._limits, now):
            return
        if report.post_id is not None:
            self._weigh_post(uow, report.post_id, now)
        self._weigh_person(uow, report.subject_id, now)

    def settle(self, uow: UnitOfWork, report: Report, author: Actor, *, was_fine: bool) -> None:
        """Somebody has looked and decided."""
        now, ended = self._now(), False
        if report.post_id is not None:
            ended = uow.quorum.lift_veil(report.post_id, now)
        ended = uow.quorum.lift_pause(report.subject_id, now) or ended
        if ended and was_fine and author.is_local:
            sorry = Statement(
                id=self._new_id(),
                persona_id=author.id,
                act=SORRY,
                post_id=report.post_id,
                created_at=now,
            )
            uow.statements.add(sorry, "")

    def _weigh_post(self, uow: UnitOfWork, post_id: int, now: datetime) -> None:
        reporters = uow.quorum.reporters_of_post(post_id, **_who_counts(now))
        if is_enough(reporters, self._limits.post) and uow.quorum.veil(post_id, now):
            uow.audit.add("post-veiled", Subject("post", post_id), at=now, by=None)

    def _weigh_person(self, uow: UnitOfWork, persona_id: int, now: datetime) -> None:
        reporters = uow.quorum.reporters_of_persona(persona_id, **_who_counts(now))
        if is_enough(reporters, self._limits.person) and uow.quorum.pause(persona_id, now):
            uow.audit.add("persona-paused", Subject("persona", persona_id), at=now, by=None)


def _who_counts(now: datetime) -> dict[str, Any]:
    return {
        "established": now - ESTABLISHED,
        "wrong_since": now - WRONG_FOR,
        "wrong_most": WRONG_MOST,
    }
