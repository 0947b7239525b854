"""One's own plan: to read, to print, to change. With the cards of one's toolkit and the services
that one chose, which stay where they are and are only shown here."""

from node.coping.keys import COPING
from node.directory.keys import DIRECTORY
from node.errors import Invalid
from node.help.steps import plan_of
from node.plan.keys import PLANS
from node.plan.rules import PARTS, Plan
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork

Item = tuple[str, str]
"""(name, path)"""


async def show(request: Request) -> Response:
    """GET /plan"""
    viewer, plans = need_viewer(request), request.app[PLANS]
    coping, directory = request.app[COPING], request.app[DIRECTORY]

    def read(uow: UnitOfWork) -> tuple[Plan, list[Item], list[Item]]:
        cards = [
            (one.card.title, one.path)
            for one in coping.toolkit(uow, viewer.persona)
            if one.card is not None
        ]
        services = [
            (str(one.card.record.get("name", "")), f"/directory/services/{one.card.id}")
            for one in directory.chosen(uow, viewer.account.id)
            if one.card is not None
        ]
        return plans.of(uow, viewer.account.id), cards, services

    plan, cards, services = await request.app[DB].read(read)
    return page(request, "plan/plan.html", plan=plan, parts=PARTS, cards=cards, services=services)


async def show_form(request: Request) -> Response:
    """GET /plan/change"""
    viewer, plans = need_viewer(request), request.app[PLANS]
    plan = await request.app[DB].read(lambda uow: plans.of(uow, viewer.account.id))
    return page(request, "plan/form.html", form=Form(plan), parts=PARTS)


async def keep(request: Request) -> Response:
    """POST /plan/change"""
    viewer, plans, form = need_viewer(request), request.app[PLANS], await posted(request)
    typed = {part.name: form[part.name] for part in PARTS}
    try:
        await request.app[DB].write(lambda uow: plans.keep(uow, viewer.account.id, typed))
    except Invalid as error:
        form.blame(error)
        return page(request, "plan/form.html", status=422, form=form, parts=PARTS)
    return see_other("/plan", "saved")


async def add_step(request: Request) -> Response:
    """POST /plan/step: a small step from the page of help."""
    viewer, plans, form = need_viewer(request), request.app[PLANS], await posted(request)
    halves, say = plan_of(form["step"]), tongue_of(request).say
    if halves is None:
        return see_other("/plan")
    step = f"{say(halves[0])} {say(halves[1])}."
    await request.app[DB].write(lambda uow: plans.add_step(uow, viewer.account.id, step))
    return see_other("/plan", "step-kept")


async def remove(request: Request) -> Response:
    """POST /plan/remove"""
    viewer, plans = need_viewer(request), request.app[PLANS]
    await posted(request)
    await request.app[DB].write(lambda uow: plans.drop(uow, viewer.account.id))
    return see_other("/plan", "saved")
