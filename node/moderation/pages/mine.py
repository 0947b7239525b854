"""What came of one's own reports, and what one was told of decisions about oneself.

Both belong to the persona that the session acts as, never to the account.
"""

from dataclasses import dataclass
from datetime import datetime

from node.moderation.keys import MODERATION
from node.moderation.pages.labels import DECIDED, KINDS, REASON, TOLD
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.report_record import Report
from storage.unit_of_work import UnitOfWork

MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One report as its reporter reads it."""

    kind: str
    reason: str
    made_at: datetime
    looks: list[datetime]
    outcome: str


async def reports(request: Request) -> Response:
    """GET /reports"""
    viewer = need_viewer(request)
    handling = request.app[MODERATION].handling

    def read(uow: UnitOfWork) -> list[Line]:
        found = uow.reports.of_reporters([viewer.persona.id], MOST)
        told = uow.reports.told(found)
        looks: dict[int, list[datetime]] = {}
        for one in handling.looks(uow, [report.id for report in found]):
            if one.act == "report-seen":
                looks.setdefault(one.subject_id, []).append(one.at)
        return [
            _line(one, told[one.id].reason if one.id in told else "", looks.get(one.id, []))
            for one in found
        ]

    lines = await request.app[DB].read(read)
    return page(request, "moderation/mine.html", lines=lines)


async def decisions(request: Request) -> Response:
    """GET /decisions"""
    viewer = need_viewer(request)
    oversight = request.app[MODERATION].oversight
    told, looks = await request.app[DB].read(
        lambda uow: (
            oversight.told(uow, viewer.persona),
            oversight.looks_at_links(uow, viewer.persona),
        )
    )
    return page(request, "moderation/decisions.html", told=told, labels=TOLD, looks=looks)


def _line(report: Report, reason: str, looks: list[datetime]) -> Line:
    return Line(
        kind=KINDS[report.kind],
        reason=REASON.get(reason, ""),
        made_at=report.created_at,
        looks=looks,
        outcome=DECIDED.get(report.decision or "", ""),
    )
