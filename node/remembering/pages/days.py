"""Special days: the list, one day with what may help on it, and changing it."""

from dataclasses import dataclass
from typing import Final

from node.errors import Invalid, KithError, Refused
from node.i18n import N_
from node.remembering.keys import REMEMBERING
from node.remembering.rules import AHEAD, DayDraft
from node.remembering.service import Coming
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer

KINDS: Final = {
    "remembrance": (N_("Somebody I miss"), ""),
    "anniversary": (N_("Something I have come through"), ""),
    "hard": (N_("A day that is hard every year"), ""),
}
AHEAD_WORDS: Final = {
    0: N_("On the day"),
    1: N_("The day before"),
    3: N_("Three days before"),
    7: N_("A week before"),
}
MONTHS: Final = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form offers, in the reader's language."""

    kinds: list[tuple[str, str, str]]
    ahead: list[tuple[str, str, str]]
    months: list[tuple[int, str]]


async def show(request: Request) -> Response:
    """GET /days"""
    return await _list(request, need_viewer(request), Form({"kind": "remembrance", "ahead": "1"}))


async def keep(request: Request) -> Response:
    """POST /days: `title`, `kind`, `day`, `month`, `year` or nothing, `ahead`."""
    viewer, form = need_viewer(request), await posted(request)
    remembering = request.app[REMEMBERING]
    try:
        draft = _draft(form)
        await request.app[DB].write(lambda uow: remembering.keep(uow, viewer.persona, draft))
    except (Invalid, Refused) as error:
        return await _list(request, viewer, _blamed(form, error), status_of(error))
    return see_other("/days", "day-kept")


async def show_one(request: Request) -> Response:
    """GET /days/{id}"""
    coming = await _one(request, need_viewer(request))
    months = [tongue_of(request).say(one) for one in MONTHS]
    return page(request, "remembering/day.html", coming=coming, months=months)


async def show_change(request: Request) -> Response:
    """GET /days/{id}/change"""
    coming = await _one(request, need_viewer(request))
    one = coming.day
    form = Form(
        {
            "title": one.title,
            "kind": one.kind,
            "day": str(one.day),
            "month": str(one.month),
            "year": str(one.year or ""),
            "ahead": str(one.ahead),
        }
    )
    return _change_page(request, coming, form)


async def change(request: Request) -> Response:
    """POST /days/{id}: the same fields."""
    viewer, form = need_viewer(request), await posted(request)
    remembering, number = request.app[REMEMBERING], parse_id(request.match_info["id"])
    coming = await _one(request, viewer)
    try:
        draft = _draft(form)
        await request.app[DB].write(
            lambda uow: remembering.change(uow, viewer.persona, number, draft)
        )
    except Invalid as error:
        return _change_page(request, coming, form.blame(error), status_of(error))
    return see_other(f"/days/{number}", "saved")


async def remove(request: Request) -> Response:
    """POST /days/{id}/remove"""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    await posted(request)
    remembering = request.app[REMEMBERING]
    await request.app[DB].write(lambda uow: remembering.drop(uow, viewer.persona, number))
    return see_other("/days", "day-gone")


async def _one(request: Request, viewer: Viewer) -> Coming:
    remembering, number = request.app[REMEMBERING], parse_id(request.match_info["id"])
    return await request.app[DB].read(lambda uow: remembering.day(uow, viewer.persona, number))


async def _list(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    remembering = request.app[REMEMBERING]
    coming = await request.app[DB].read(lambda uow: remembering.days(uow, viewer.persona))
    return page(
        request,
        "remembering/days.html",
        status=status,
        coming=coming,
        form=form,
        choices=_choices(request),
    )


def _change_page(request: Request, coming: Coming, form: Form, status: int = 200) -> Response:
    choices = _choices(request)
    return page(
        request,
        "remembering/change.html",
        status=status,
        coming=coming,
        form=form,
        choices=choices,
    )


def _choices(request: Request) -> Choices:
    say = tongue_of(request).say
    return Choices(
        [(key, say(label), words) for key, (label, words) in KINDS.items()],
        [(str(days), say(AHEAD_WORDS[days]), "") for days in AHEAD],
        [(number, say(month)) for number, month in enumerate(MONTHS, start=1)],
    )


def _draft(form: Form) -> DayDraft:
    """Raises Invalid for what is no number."""
    year = form["year"].strip()
    return DayDraft(
        title=form["title"],
        kind=form["kind"],
        month=_number(form, "month", N_("Choose the month.")),
        day=_number(form, "day", N_("Write the day as a number, such as 14.")),
        year=_number(form, "year", N_("Write the year in four digits, or leave it empty."))
        if year
        else None,
        ahead=_number(form, "ahead", N_("Choose when you want to hear of it.")),
    )


def _number(form: Form, name: str, sentence: str) -> int:
    text = form[name].strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise Invalid(name, sentence)
    return int(text)


def _blamed(form: Form, error: KithError) -> Form:
    return form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
