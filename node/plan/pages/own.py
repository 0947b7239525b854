"""One's own plan: to read, to print, to change. With the cards of one's toolkit and the services
that one chose, which stay where they are and are only shown here."""

from dataclasses import dataclass

from node.coping.cards import Card
from node.coping.keys import COPING
from node.directory.keys import DIRECTORY
from node.directory.telling import phones_of
from node.errors import Invalid
from node.help.pages.show import OFFLINE_POLICY
from node.help.steps import plan_of
from node.plan.keys import PLANS
from node.plan.rules import PARTS, Plan
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.kept import forget_kept, is_kept, remember_kept
from node.web.keys import DB
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Service:
    """A chosen service: its name, where its page is, how to call it."""

    name: str
    path: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """The plan with all that is shown beside it. `cards` are (card, path)."""

    plan: Plan
    cards: list[tuple[Card, str]]
    services: list[Service]


async def whole(request: Request) -> Whole:
    """All of it, for its owner. Raises SignInNeeded."""
    viewer, plans = need_viewer(request), request.app[PLANS]
    coping, directory = request.app[COPING], request.app[DIRECTORY]

    def read(uow: UnitOfWork) -> Whole:
        kept, chosen = (
            coping.toolkit(uow, viewer.persona),
            directory.chosen(uow, viewer.account.id),
        )
        return Whole(
            plan=plans.of(uow, viewer.account.id),
            cards=[(one.card, one.path) for one in kept if one.card is not None],
            services=[
                Service(
                    name=str(one.card.record.get("name", "")),
                    path=f"/directory/services/{one.card.id}",
                    numbers=tuple(phone.number for phone in phones_of(one.card.record)),
                )
                for one in chosen
                if one.card is not None
            ],
        )

    return await request.app[DB].read(read)


async def show(request: Request) -> Response:
    """GET /plan: it may run one script of ours, which does what its owner ticked (`saving.py`)."""
    found = await whole(request)
    response = page(request, "plan/plan.html", whole=found, plan=found.plan, parts=PARTS)
    response.headers["Content-Security-Policy"] = OFFLINE_POLICY
    return remember_kept(request, response) if is_kept(request) else response


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
    """POST /plan/remove: here, and in this browser."""
    viewer, plans = need_viewer(request), request.app[PLANS]
    await posted(request)
    await request.app[DB].write(lambda uow: plans.drop(uow, viewer.account.id))
    return forget_kept(request, see_other("/plan", "saved"))
