"""Everybody's part: to say that one is worried about somebody, and to read letters of the team."""

from node.errors import Invalid, Refused
from node.moderation.keys import MODERATION
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from node.worries.keys import RISK, WORRIES
from storage.posts import Post
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /worried/{id}: about a post that one may read."""
    return await _form(request, Form())


async def tell(request: Request) -> Response:
    """POST /worried/{id}"""
    viewer, risk, number = need_viewer(request), request.app[RISK], _number(request)
    form = await posted(request)

    reporting = request.app[MODERATION].reporting

    def act(uow: UnitOfWork) -> Post:
        post = reporting.post(uow, viewer, number)
        tell = risk.flag if viewer.is_staff else risk.worry
        tell(uow, post, viewer.persona, form["words"])
        return post

    try:
        post = await request.app[DB].write(act)
    except (Invalid, Refused) as error:
        if isinstance(error, Invalid):
            form.blame(error)
        else:
            form.refuse(str(error))
        return await _form(request, form, status_of(error))
    at = "threads" if post.audience == "group" else "posts"
    return see_other(f"/{at}/{post.thread_id}", "worry-told")


async def letters(request: Request) -> Response:
    """GET /help/for-you: what people of the team wrote."""
    viewer, worries = need_viewer(request), request.app[WORRIES]
    found = await request.app[DB].read(lambda uow: worries.letters(uow, viewer.persona))
    return page(request, "worries/letters.html", letters=found)


async def _form(request: Request, form: Form, status: int = 200) -> Response:
    viewer, number = need_viewer(request), _number(request)
    reporting = request.app[MODERATION].reporting
    post = await request.app[DB].read(lambda uow: reporting.post(uow, viewer, number))
    return page(request, "worries/telling.html", status=status, post=post, form=form)


def _number(request: Request) -> int:
    return parse_id(request.match_info["id"])
