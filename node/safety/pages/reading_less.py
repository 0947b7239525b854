"""What a reader would rather not meet: words, tags and warnings, for a time or for good; and people
of whom they want to read less. Nobody else learns of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from node.errors import Invalid
from node.i18n import N_
from node.safety.filter_rules import CONTEXTS, TITLE_MOST
from node.safety.filters import FilterDraft, Filters, KeywordChange
from node.safety.keys import FILTERS, MUTING
from node.safety.pages.people import person_at
from node.safety.service import NOBODY
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB, NOW
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.filters import Filter
from storage.mutes import Mute
from storage.unit_of_work import UnitOfWork

HERE: Final = "/settings/filters"
SPANS: Final[dict[str, tuple[str, timedelta | None]]] = {
    "day": (N_("One day"), timedelta(days=1)),
    "week": (N_("One week"), timedelta(days=7)),
    "month": (N_("One month"), timedelta(days=30)),
    "always": (N_("Until I change it"), None),
}
ACTIONS: Final = {
    "warn": N_("Fold it away. I can open it"),
    "hide": N_("Leave it out altogether"),
}
WORDS_MOST: Final = 20
MUTES_SHOWN: Final = 500


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the page lists."""

    filters: list[Filter]
    mutes: list[tuple[Mute, Actor]]


async def show(request: Request) -> Response:
    """GET /settings/filters"""
    return await _page(request, need_viewer(request), Form({"becomes": "warn", "span": "always"}))


async def make(request: Request) -> Response:
    """POST /settings/filters: `words`, one a line; `becomes`; `span`."""
    viewer, form = need_viewer(request), await posted(request)
    filters, now = request.app[FILTERS], request.app[NOW]()
    try:
        draft = _draft(form, now)
        await request.app[DB].write(lambda uow: _keep(filters, uow, viewer.persona, draft))
    except Invalid as error:
        return await _page(request, viewer, form.blame(error), status_of(error))
    return see_other(HERE, "filter-made")


async def drop(request: Request) -> Response:
    """POST /settings/filters/drop with `filter`, an id."""
    viewer, form = need_viewer(request), await posted(request)
    filters, number = request.app[FILTERS], parse_id(form["filter"])
    await request.app[DB].write(lambda uow: filters.drop(uow, viewer.persona, number))
    return see_other(HERE, "filter-gone")


async def show_mute(request: Request) -> Response:
    """GET /personas/{handle}/read-less"""
    return await _mute_page(request, need_viewer(request), Form({"span": "week"}))


async def mute(request: Request) -> Response:
    """POST /personas/{handle}/read-less with `span`."""
    viewer, form = need_viewer(request), await posted(request)
    muting = request.app[MUTING]

    def act(uow: UnitOfWork) -> None:
        # Who is not there is looked for as long as who does not want to be seen.
        person, span = person_at(uow, request), _span(form)
        seconds = 0 if span is None else int(span.total_seconds())
        number = person.id if person else NOBODY
        muting.mute(uow, viewer.persona, number, seconds=seconds)

    try:
        await request.app[DB].write(act)
    except Invalid as error:
        return await _mute_page(request, viewer, form.blame(error), status_of(error))
    return see_other(HERE, "read-less")


async def unmute(request: Request) -> Response:
    """POST /settings/filters/read-again with `person`, an id."""
    viewer, form = need_viewer(request), await posted(request)
    muting, person_id = request.app[MUTING], parse_id(form["person"])
    await request.app[DB].write(lambda uow: muting.unmute(uow, viewer.persona, person_id))
    return see_other(HERE, "read-again")


def _keep(filters: Filters, uow: UnitOfWork, persona: Actor, draft: FilterDraft) -> None:
    filters.make(uow, persona, draft)


def _draft(form: Form, now: datetime) -> FilterDraft:
    """Raises Invalid, by the fields of the page."""
    words = list(dict.fromkeys(line.strip() for line in form["words"].splitlines() if line.strip()))
    if not words:
        raise Invalid("words", N_("Write at least one word, one on each line."))
    if len(words) > WORDS_MOST:
        raise Invalid("words", N_("Up to 20 words fit. Make a second list for more."))
    if form["becomes"] not in ACTIONS:
        raise Invalid("becomes", N_("Choose what happens to it."))
    span = _span(form)
    try:
        changes = tuple(KeywordChange(keyword=word, whole_word=True) for word in words)
        return FilterDraft(
            title=", ".join(words)[:TITLE_MOST],
            contexts=CONTEXTS,
            action=form["becomes"],
            ends=True,
            expires_at=None if span is None else now + span,
            keywords=changes,
        )
    except Invalid as error:
        raise Invalid("words", str(error)) from error


def _span(form: Form) -> timedelta | None:
    if form["span"] not in SPANS:
        raise Invalid("span", N_("Choose for how long."))
    return SPANS[form["span"]][1]


def _spans(request: Request) -> list[tuple[str, str, str]]:
    """The choices of a form."""
    say = tongue_of(request).say
    return [(key, say(label), "") for key, (label, _) in SPANS.items()]


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    filters, now = request.app[FILTERS], request.app[NOW]()

    def read(uow: UnitOfWork) -> Chosen:
        mutes = uow.mutes.all_of(viewer.persona.id, MUTES_SHOWN)
        current = [one for one in mutes if one[0].expires_at is None or one[0].expires_at > now]
        return Chosen(list(filters.on(uow, viewer.persona)), current)

    chosen, say = await request.app[DB].read(read), tongue_of(request).say
    return page(
        request,
        "safety/filters.html",
        status=status,
        chosen=chosen,
        form=form,
        spans=_spans(request),
        actions=[(key, say(label), "") for key, label in ACTIONS.items()],
    )


async def _mute_page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    muting = request.app[MUTING]

    def read(uow: UnitOfWork) -> Actor:
        found = person_at(uow, request)
        return muting.known(uow, viewer.persona, found.id if found else NOBODY)

    person = await request.app[DB].read(read)
    spans = _spans(request)
    return page(
        request, "safety/read_less.html", status=status, person=person, form=form, spans=spans
    )
