"""What somebody says to their circle, what they take along, and how they go."""

from node.circles.keys import CIRCLES
from node.circles.reading import name_of
from node.circles.scripts import Script, chosen, library
from node.errors import Invalid, Refused
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.circles import Circle, CircleMember
from storage.post_record import Post
from storage.unit_of_work import UnitOfWork


async def show_write(request: Request) -> Response:
    """GET /circles/{id}/write"""
    return await _page(request, "circles/write.html", Form())


async def offer(request: Request, circle_id: int, form: Form) -> Response:
    """The form with a draft in it, for a page of another room that lets somebody say something to
    a circle of theirs. Nothing is kept before they send it. Raises NotFound."""
    return await _page(request, "circles/write.html", form, circle_id=circle_id)


async def write(request: Request) -> Response:
    """POST /circles/{id}/write"""
    viewer, form = need_viewer(request), await posted(request)
    number, circles = _number(request), request.app[CIRCLES]

    def say(uow: UnitOfWork) -> Post:
        return circles.say(uow, number, viewer.persona, form["title"], form["text"])

    try:
        made = await request.app[DB].write(say)
    except Invalid as error:
        return await _page(request, "circles/write.html", form.blame(error), 422)
    except Refused as error:
        return await _page(request, "circles/write.html", form.refuse(str(error)), 409)
    return see_other(f"/threads/{made.id}", "posted")


async def show_goodbye(request: Request) -> Response:
    """GET /circles/{id}/goodbye: the closing page."""
    return await _page(request, "circles/goodbye.html", Form())


async def goodbye(request: Request) -> Response:
    """POST /circles/{id}/goodbye: a word to the circle, or another round."""
    viewer, form = need_viewer(request), await posted(request)
    number, circles, persona = _number(request), request.app[CIRCLES], viewer.persona

    def do(uow: UnitOfWork) -> str:
        if form["act"] == "again":
            script = chosen(uow, form["script"])
            return f"/circles/{circles.another_round(uow, number, persona, script).id}"
        return f"/threads/{circles.farewell(uow, number, persona, form['text']).id}"

    try:
        path = await request.app[DB].write(do)
    except Invalid as error:
        return await _page(request, "circles/goodbye.html", form.blame(error), 422)
    except Refused as error:
        return await _page(request, "circles/goodbye.html", form.refuse(str(error)), 409)
    return see_other(path, "circle-made" if form["act"] == "again" else "posted")


async def mine(request: Request) -> Response:
    """GET /circles/{id}/mine: one's own words, as a text to keep; nobody else's."""
    viewer, number = need_viewer(request), _number(request)
    circles = request.app[CIRCLES]
    text = await request.app[DB].read(lambda uow: circles.own_words(uow, number, viewer.persona))
    return Response(
        text=text,
        content_type="text/plain",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="my-words.txt"'},
    )


async def show_leave(request: Request) -> Response:
    """GET /circles/{id}/leave"""
    return await _page(request, "circles/leave.html", Form())


async def leave(request: Request) -> Response:
    """POST /circles/{id}/leave"""
    viewer, form = need_viewer(request), await posted(request)
    number, circles, takes = _number(request), request.app[CIRCLES], form["words"] == "take"
    await request.app[DB].write(
        lambda uow: circles.leave(uow, number, viewer.persona, takes_words=takes)
    )
    return see_other("/circles", "circle-left")


def _number(request: Request) -> int:
    return parse_id(request.match_info["id"])


async def _page(
    request: Request,
    template: str,
    form: Form,
    status: int = 200,
    circle_id: int | None = None,
) -> Response:
    viewer, circles = need_viewer(request), request.app[CIRCLES]
    number = _number(request) if circle_id is None else circle_id

    def read(uow: UnitOfWork) -> tuple[Circle, CircleMember, list[Script]]:
        # Whoever is only asked, or asked to come in, can go; all else is for those who are in it.
        find = circles.circle_of if template == "circles/leave.html" else circles.own_circle
        circle, member = find(uow, number, viewer.persona)
        return circle, member, library(uow) if template == "circles/goodbye.html" else []

    circle, member, scripts = await request.app[DB].read(read)
    name, labels = name_of(circle)
    return page(
        request,
        template,
        status=status,
        circle=circle,
        member=member,
        scripts=scripts,
        name=name,
        labels=labels,
        form=form,
    )
