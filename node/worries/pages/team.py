"""The team's pages: how many wait, the next one, what to do, and a break.

The text is shown only after somebody asked for it. Everything works by keyboard and without a
script; titles tell nothing to somebody who looks over a shoulder.
"""

from node.errors import Invalid
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from node.worries.keys import WORRIES
from node.worries.letters import BEGINNINGS, STEPS
from node.worries.pages.labels import OUTCOMES, SEVERITIES, SOURCES
from node.worries.service import Case, Line, Settling

QUEUE = "/moderation/risk"


async def show(request: Request) -> Response:
    """GET /moderation/risk: how many wait, and the next one. Nobody need read a list."""
    viewer, worries = need_viewer(request), request.app[WORRIES]
    lines = await request.app[DB].read(lambda uow: worries.queue(uow, viewer.account))
    return page(
        request,
        "worries/queue.html",
        waiting=sum(not line.is_taken for line in lines),
        mine=[line for line in lines if line.is_mine],
        oldest=min((line.signal.created_at for line in lines), default=None),
    )


async def take_next(request: Request) -> Response:
    """POST /moderation/risk/next"""
    viewer, worries = need_viewer(request), request.app[WORRIES]
    await posted(request)
    found = await request.app[DB].write(lambda uow: worries.next(uow, viewer.account))
    if found is None:
        return see_other(QUEUE, "no-worry")
    return see_other(f"{QUEUE}/{found}", "claimed")


async def show_one(request: Request) -> Response:
    """GET /moderation/risk/{id}: without a word of what was written."""
    viewer, worries, number = need_viewer(request), request.app[WORRIES], _number(request)
    line = await request.app[DB].read(lambda uow: worries.line(uow, viewer.account, number))
    return _page(request, line, None, Form())


async def claim(request: Request) -> Response:
    """POST /moderation/risk/{id}/claim"""
    viewer, worries, number = need_viewer(request), request.app[WORRIES], _number(request)
    await posted(request)
    await request.app[DB].write(lambda uow: worries.claim(uow, viewer.account, number))
    return see_other(f"{QUEUE}/{number}", "claimed")


async def look(request: Request) -> Response:
    """POST /moderation/risk/{id}/open: a look is an act, and written down."""
    viewer, worries, number = need_viewer(request), request.app[WORRIES], _number(request)
    await posted(request)
    case = await request.app[DB].write(lambda uow: worries.look(uow, viewer.account, number))
    return _page(request, case.line, case, Form())


async def let_go(request: Request) -> Response:
    """POST /moderation/risk/{id}/let-go"""
    viewer, worries, number = need_viewer(request), request.app[WORRIES], _number(request)
    await posted(request)
    await request.app[DB].write(lambda uow: worries.let_go(uow, viewer.account, number))
    return see_other(QUEUE, "worry-let-go")


async def hand_over(request: Request) -> Response:
    """POST /moderation/risk/{id}/hand-over"""
    viewer, worries, number = need_viewer(request), request.app[WORRIES], _number(request)
    form = await posted(request)
    try:
        await request.app[DB].write(
            lambda uow: worries.hand_over(uow, viewer.account, number, form["note"])
        )
    except Invalid as error:
        return await _again(request, number, form.blame(error))
    return see_other(f"{QUEUE}/break", "worry-handed-over")


async def settle(request: Request) -> Response:
    """POST /moderation/risk/{id}/settle"""
    viewer, worries, number = need_viewer(request), request.app[WORRIES], _number(request)
    form, say = await posted(request), tongue_of(request).say
    how = Settling(
        outcome=form["outcome"],
        reply=form["reply"],
        goes={"go": True, "stay": False}.get(form["post"]),
        shows=form["fold"] == "show",
        tell_home=form["tell_home"] == "yes",
    )
    beginnings = tuple(say(one.text) for one in BEGINNINGS)
    try:
        await request.app[DB].write(
            lambda uow: worries.settle(uow, viewer.account, viewer.persona, number, how, beginnings)
        )
    except Invalid as error:
        return await _again(request, number, form.blame(error))
    return see_other(f"{QUEUE}/break", "worry-settled")


async def pause(request: Request) -> Response:
    """GET /moderation/risk/break: after each one."""
    viewer, worries = need_viewer(request), request.app[WORRIES]
    lines = await request.app[DB].read(lambda uow: worries.queue(uow, viewer.account))
    return page(request, "worries/break.html", waiting=sum(not line.is_taken for line in lines))


async def _again(request: Request, number: int, form: Form) -> Response:
    viewer, worries = need_viewer(request), request.app[WORRIES]
    case = await request.app[DB].write(lambda uow: worries.look(uow, viewer.account, number))
    return _page(request, case.line, case, form, 422)


def _page(
    request: Request, line: Line, case: Case | None, form: Form, status: int = 200
) -> Response:
    return page(
        request,
        "worries/case.html",
        status=status,
        line=line,
        case=case,
        form=form,
        steps=STEPS,
        beginnings=BEGINNINGS,
        outcomes=[(value, tongue_of(request).say(words), "") for value, words in OUTCOMES],
        severity=SEVERITIES[line.severity],
        sources=SOURCES,
    )


def _number(request: Request) -> int:
    return parse_id(request.match_info["id"])
