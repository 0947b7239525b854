"""One report: take it on, look at what was shown (which is written down), and decide."""

from node.errors import Invalid, Refused
from node.moderation.deciding import OUTCOMES as POSSIBLE
from node.moderation.deciding import SUSPEND_ACCOUNT
from node.moderation.handling import Case, Shown
from node.moderation.keys import MODERATION
from node.moderation.pages.labels import KINDS, OUTCOMES, REASON
from node.moderation.rules import insist_staff
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /moderation/reports/{id}"""
    return await _page(request, _staff(request), Form())


async def claim(request: Request) -> Response:
    """POST /moderation/reports/{id}/claim"""
    viewer, number = _staff(request), _id(request)
    await posted(request)
    handling = request.app[MODERATION].handling
    await request.app[DB].write(lambda uow: handling.claim(uow, viewer.account, number))
    return see_other(f"/moderation/reports/{number}", "claimed")


async def look(request: Request) -> Response:
    """POST /moderation/reports/{id}/open; what comes back is shown once, and each time anew."""
    viewer, number = _staff(request), _id(request)
    await posted(request)
    handling = request.app[MODERATION].handling
    shown = await request.app[DB].write(lambda uow: handling.look(uow, viewer.account, number))
    return await _page(request, viewer, Form(), shown=shown)


async def decide(request: Request) -> Response:
    """POST /moderation/reports/{id}/decide"""
    viewer, number, form = _staff(request), _id(request), await posted(request)
    deciding = request.app[MODERATION].deciding
    try:
        await request.app[DB].write(
            lambda uow: deciding.decide(
                uow,
                viewer.account,
                viewer.persona,
                number,
                form["outcome"],
                statement=form["statement"],
                note=form["note"],
            )
        )
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        return await _page(request, viewer, blamed, status_of(error))
    return see_other("/moderation", "decided")


async def _page(
    request: Request, viewer: Viewer, form: Form, status: int = 200, shown: Shown | None = None
) -> Response:
    number, handling = _id(request), request.app[MODERATION].handling
    case: Case = await request.app[DB].read(lambda uow: handling.case(uow, viewer.account, number))
    say = tongue_of(request).say
    outcomes = [
        (one, say(OUTCOMES[one][0]), say(OUTCOMES[one][1]))
        for one in POSSIBLE[case.waiting.report.kind]
        if one != SUSPEND_ACCOUNT or viewer.account.role != "moderator"
    ]
    return page(
        request,
        "moderation/case.html",
        status=status,
        form=form,
        case=case,
        report=case.waiting.report,
        shown=shown,
        kind=KINDS[case.waiting.report.kind],
        reason=REASON.get(case.waiting.reason, ""),
        outcomes=outcomes,
    )


def _staff(request: Request) -> Viewer:
    viewer = need_viewer(request)
    insist_staff(viewer.account)
    return viewer


def _id(request: Request) -> int:
    return parse_id(request.match_info["id"])
