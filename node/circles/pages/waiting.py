"""Waiting for a circle: a wish, and in words how it stands."""

from node.circles.keys import CIRCLES
from node.circles.pages.founding import language_in, number_in, topics_in
from node.circles.rules import LENGTHS
from node.circles.waiting import Standing
from node.errors import Invalid, Refused
from node.topics import TOPICS
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.circle_doors import Wish
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /circles/wait"""
    viewer, circles = need_viewer(request), request.app[CIRCLES]
    standing = await request.app[DB].read(lambda uow: circles.standing(uow, viewer.persona))
    return _page(request, _form_of(standing, tongue_of(request).tag), standing)


async def wait(request: Request) -> Response:
    """POST /circles/wait"""
    viewer, form = need_viewer(request), await posted(request)
    circles, persona = request.app[CIRCLES], viewer.persona
    try:
        wish = Wish(
            topics=topics_in(form),
            language=language_in(form),
            days=number_in(form["days"]),
            part=form["part"],
        )
        await request.app[DB].write(lambda uow: circles.wish(uow, persona, wish))
    except Invalid as error:
        return await _again(request, form.blame(error))
    except Refused as error:
        return await _again(request, form.refuse(str(error)))
    return see_other("/circles", "circle-waits")


async def stop(request: Request) -> Response:
    """POST /circles/wait/stop"""
    viewer, circles = need_viewer(request), request.app[CIRCLES]
    await posted(request)
    await request.app[DB].write(lambda uow: circles.stop_waiting(uow, viewer.persona))
    return see_other("/circles", "circle-waits-no-more")


async def _again(request: Request, form: Form) -> Response:
    viewer, circles = need_viewer(request), request.app[CIRCLES]

    def read(uow: UnitOfWork) -> Standing | None:
        return circles.standing(uow, viewer.persona)

    return _page(request, form, await request.app[DB].read(read), 422)


def _form_of(standing: Standing | None, language: str) -> Form:
    if standing is None:
        return Form({"days": "28", "part": "evening", "language": language})
    wish = standing.waiting.wish
    ticked = {f"topic-{topic}": "yes" for topic in wish.topics}
    fields = {"days": str(wish.days), "part": wish.part, "language": wish.language}
    return Form(fields | ticked)


def _page(request: Request, form: Form, standing: Standing | None, status: int = 200) -> Response:
    return page(
        request,
        "circles/wait.html",
        status=status,
        form=form,
        standing=standing,
        topics=TOPICS,
        ticked=topics_in(form),
        languages=LANGUAGES,
        lengths=LENGTHS,
    )
