"""Work in the background that is neither a receipt nor a delivery, such as a backfill."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, and_, bindparam, func, null, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.shapes import Shape
from storage.tables import jobs
from storage.tables.metadata import WAITING, UtcTime

JobState = Literal["waiting", "done", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One thing to do, `kind` with `target`, perhaps for a group or on behalf of a persona."""

    id: int
    kind: str
    target: str
    group_id: int | None = None
    persona_id: int | None = None
    state: JobState = "waiting"
    attempts: int = 0
    next_attempt_at: datetime
    locked_until: datetime | None = None
    reason: str | None = None
    created_at: datetime


_JOB = Shape(Job, jobs)
_NOW = bindparam("now", type_=UtcTime())
_IS_WAITING = jobs.c.state == WAITING

_ADD = (
    insert(jobs)
    .on_conflict_do_nothing(index_elements=[jobs.c.kind, jobs.c.target], index_where=_IS_WAITING)
    .returning(jobs.c.id)
)
_GET = select(*_JOB.columns).where(jobs.c.id == bindparam("id"))
_DUE = (
    select(jobs.c.id)
    .where(
        _IS_WAITING,
        jobs.c.next_attempt_at <= _NOW,
        or_(jobs.c.locked_until.is_(None), jobs.c.locked_until <= _NOW),
    )
    .order_by(jobs.c.next_attempt_at, jobs.c.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=jobs)
)
_DUE_OF_KINDS = _DUE.where(jobs.c.kind.in_(bindparam("kinds", expanding=True)))
_LEASE = (
    jobs.update()
    .where(jobs.c.id.in_(bindparam("ids", expanding=True)))
    .values(locked_until=bindparam("until"), attempts=jobs.c.attempts + 1)
    .returning(*_JOB.columns)
)
_FINISH = (
    jobs.update()
    .where(jobs.c.id == bindparam("job"), _IS_WAITING)
    .values(state=bindparam("new_state"), reason=bindparam("why"), locked_until=null())
)
_POSTPONE = (
    jobs.update()
    .where(jobs.c.id == bindparam("job"), _IS_WAITING)
    .values(next_attempt_at=bindparam("due"), reason=bindparam("why"), locked_until=null())
)
_RELEASE = (
    jobs.update()
    .where(jobs.c.id.in_(bindparam("ids", expanding=True)), _IS_WAITING)
    .values(locked_until=null(), attempts=jobs.c.attempts - 1)
)
_EXTEND = (
    jobs.update()
    .where(
        jobs.c.id.in_(bindparam("ids", expanding=True)),
        _IS_WAITING,
        jobs.c.locked_until.is_not(None),
    )
    .values(locked_until=bindparam("until"))
)
_RELEASE_ALL = (
    jobs.update().where(_IS_WAITING, jobs.c.locked_until.is_not(None)).values(locked_until=null())
)
_PRUNE = jobs.delete().where(
    jobs.c.id.in_(
        select(jobs.c.id)
        .where(jobs.c.state != "waiting", jobs.c.next_attempt_at < bindparam("before"))
        .limit(bindparam("limit"))
    )
)
_NEXT_DUE = select(
    func.min(func.coalesce(jobs.c.locked_until, jobs.c.next_attempt_at, type_=UtcTime()))
).where(
    _IS_WAITING,
    or_(
        jobs.c.locked_until > _NOW,
        and_(jobs.c.locked_until.is_(None), jobs.c.next_attempt_at > _NOW),
    ),
)


class JobRepository:
    """Jobs, claimed as receipts are."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, job: Job) -> bool:
        """False when the same job waits already."""
        return self._connection.execute(_ADD, _JOB.values(job)).first() is not None

    def get(self, job_id: int) -> Job | None:
        return _JOB.maybe(self._connection.execute(_GET, {"id": job_id}).first())

    def claim(
        self, now: datetime, lease: timedelta, limit: int, kinds: Sequence[str] | None = None
    ) -> list[Job]:
        """Takes jobs that are due, of these kinds if any are named, and keeps others off them until
        the lease ends."""
        parameters: dict[str, Any] = {"now": now, "limit": limit}
        if kinds is None:
            due = self._connection.execute(_DUE, parameters)
        else:
            due = self._connection.execute(_DUE_OF_KINDS, parameters | {"kinds": list(kinds)})
        if not (ids := list(due.scalars())):
            return []
        rows = self._connection.execute(_LEASE, {"ids": ids, "until": now + lease})
        return sorted(map(_JOB.read, rows), key=lambda job: (job.next_attempt_at, job.id))

    def finish(self, job_id: int, state: JobState, reason: str | None = None) -> None:
        """The last word on a job."""
        self._connection.execute(_FINISH, {"job": job_id, "new_state": state, "why": reason})

    def postpone(self, job_id: int, next_attempt_at: datetime, reason: str | None = None) -> None:
        """Gives the job back, to be tried again."""
        self._connection.execute(_POSTPONE, {"job": job_id, "due": next_attempt_at, "why": reason})

    def extend(self, ids: Sequence[int], until: datetime) -> None:
        """Lengthens the leases of claimed jobs that are still worked on."""
        if ids:
            self._connection.execute(_EXTEND, {"ids": list(ids), "until": until})

    def release(self, ids: Sequence[int]) -> None:
        """Gives claimed jobs back untried."""
        if ids:
            self._connection.execute(_RELEASE, {"ids": list(ids)})

    def release_all(self) -> int:
        """Ends every lease, the tries counted: for a node that works alone and was killed."""
        return self._connection.execute(_RELEASE_ALL).rowcount

    def next_due(self, now: datetime) -> datetime | None:
        """When, after now, the next job is due or the next lease ends."""
        due: datetime | None = self._connection.execute(_NEXT_DUE, {"now": now}).scalar()
        return due

    def prune(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` that were done, or given up, and last due before then; how many."""
        return self._connection.execute(_PRUNE, {"before": before, "limit": limit}).rowcount
