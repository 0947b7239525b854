"""Starting a circle of one's own."""

from node.circles.forming import CircleDraft
from node.circles.keys import CIRCLES
from node.circles.rules import LENGTHS
from node.circles.scripts import Script, chosen, library
from node.errors import Invalid, Refused
from node.topics import TOPICS
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.circles import Circle
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /circles/new"""
    need_viewer(request)
    beginning = {"days": "28", "part": "evening", "language": tongue_of(request).tag}
    return await _page(request, Form(beginning))


async def start(request: Request) -> Response:
    """POST /circles/new"""
    viewer, form = need_viewer(request), await posted(request)
    circles = request.app[CIRCLES]

    def write(uow: UnitOfWork) -> Circle:
        return circles.start(uow, viewer.persona, draft_of(form), chosen(uow, form["script"]))

    try:
        made = await request.app[DB].write(write)
    except Invalid as error:
        return await _page(request, form.blame(error), 422)
    except Refused as error:
        return await _page(request, form.refuse(str(error)), 422)
    return see_other(f"/circles/{made.id}", "circle-made")


def draft_of(form: Form) -> CircleDraft:
    """What the fields make."""
    return CircleDraft(
        name=form["name"],
        topics=topics_in(form),
        language=language_in(form),
        days=number_in(form["days"]),
        part=form["part"],
    )


def topics_in(form: Form) -> tuple[str, ...]:
    """The topics that are ticked. Unknown ones are refused by the use case."""
    return tuple(name[6:] for name in form.values if name.startswith("topic-"))


def language_in(form: Form) -> str:
    """A language of the list. Raises Invalid."""
    if form["language"] and form["language"] not in LANGUAGES:
        raise Invalid("language", "Choose a language from the list.")
    return form["language"]


def number_in(text: str) -> int:
    """A small number, or 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


async def _page(request: Request, form: Form, status: int = 200) -> Response:
    scripts: list[Script] = await request.app[DB].read(library)
    return page(
        request,
        "circles/founding.html",
        status=status,
        form=form,
        topics=TOPICS,
        ticked=topics_in(form),
        languages=LANGUAGES,
        lengths=LENGTHS,
        scripts=scripts,
    )
