"""The statements of reports, made once."""

from sqlalchemy import Text, bindparam, func, literal_column, or_, select

from storage.report_record import EXCERPT, REPORT
from storage.tables import report_excerpts, reports

# Written into the statement: the planner must see the condition of the index.
_OPEN = literal_column("'open'", Text)

_SELECT = select(*REPORT.columns)
_IS_OPEN = reports.c.state == _OPEN
_NOT_MINE = (
    reports.c.subject_id.not_in(bindparam("mine", expanding=True)),
    reports.c.reporter_id.not_in(bindparam("mine", expanding=True)),
)
_UNCLAIMED = or_(
    reports.c.claimed_until.is_(None),
    reports.c.claimed_until <= bindparam("now"),
    reports.c.claimed_by == bindparam("account"),
)

BY_ID = _SELECT.where(reports.c.id == bindparam("id"))
QUEUE = (
    _SELECT.where(_IS_OPEN, *_NOT_MINE, reports.c.id > bindparam("after"))
    .order_by(reports.c.id)
    .limit(bindparam("limit"))
)
NEXT = (
    select(reports.c.id)
    .where(_IS_OPEN, *_NOT_MINE, _UNCLAIMED)
    .order_by(reports.c.id)
    .limit(bindparam("limit"))
)
CLAIM = (
    reports.update()
    .where(reports.c.id == bindparam("report"), _IS_OPEN, _UNCLAIMED)
    .values(claimed_by=bindparam("account"), claimed_until=bindparam("until"))
)
DECIDE = (
    reports.update()
    .where(reports.c.id == bindparam("report"), _IS_OPEN)
    .values(
        state="decided",
        decision=bindparam("outcome"),
        decided_at=bindparam("at"),
        decided_by=bindparam("account"),
        decision_sealed=bindparam("ruling"),
        claimed_until=None,
    )
)
OF_REPORTERS = (
    _SELECT.where(reports.c.reporter_id.in_(bindparam("personas", expanding=True)))
    .order_by(reports.c.id.desc())
    .limit(bindparam("limit"))
)
COUNT_SINCE = (
    select(func.count())
    .select_from(reports)
    .where(
        reports.c.reporter_id.in_(bindparam("personas", expanding=True)),
        reports.c.created_at > bindparam("since"),
    )
)
OF_GROUP = (
    _SELECT.where(reports.c.group_id == bindparam("group"), _IS_OPEN, *_NOT_MINE)
    .order_by(reports.c.id)
    .limit(bindparam("limit"))
)
CONCERNING = select(reports.c.id).where(
    reports.c.id.in_(bindparam("ids", expanding=True)),
    or_(
        reports.c.subject_id.in_(bindparam("personas", expanding=True)),
        reports.c.reporter_id.in_(bindparam("personas", expanding=True)),
    ),
)
SAME_OPEN = (
    select(reports.c.id)
    .where(
        reports.c.reporter_id == bindparam("reporter"),
        reports.c.subject_id == bindparam("subject"),
        reports.c.kind == bindparam("of_kind"),
        _IS_OPEN,
    )
    .limit(1)
)
EXCERPTS = (
    select(*EXCERPT.columns)
    .where(report_excerpts.c.report_id == bindparam("report"))
    .order_by(report_excerpts.c.said_at, report_excerpts.c.id)
)
_KEPT = select(reports.c.id).where(~reports.c.is_forgotten)
OLD = (
    _KEPT.where(reports.c.created_at < bindparam("before"))
    .order_by(reports.c.created_at)
    .limit(bindparam("limit"))
)
LONG_DECIDED = (
    _KEPT.where(reports.c.decided_at < bindparam("before"))
    .order_by(reports.c.decided_at)
    .limit(bindparam("limit"))
)
FORGET = (
    reports.update()
    .where(reports.c.id.in_(bindparam("ids", expanding=True)))
    .values(is_forgotten=True)
)
DROP_EXCERPTS = report_excerpts.delete().where(
    report_excerpts.c.report_id.in_(bindparam("ids", expanding=True))
)
