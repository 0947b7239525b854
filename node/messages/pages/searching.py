"""Searching one's own conversations. The words travel in the form, so that no address, and no
history of a browser, holds them."""

from node.messages.keys import MESSAGES
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer

WORDS_MOST = 200


async def show(request: Request) -> Response:
    """GET /messages/search"""
    need_viewer(request)
    return page(request, "messages/search.html", form=Form(), found=None)


async def search(request: Request) -> Response:
    """POST /messages/search; `before` goes on where the last step ended."""
    viewer, form = need_viewer(request), await posted(request)
    messages, words = request.app[MESSAGES], form["words"][:WORDS_MOST]
    before = parse_id(form["before"]) if form["before"] else None
    found = await request.app[DB].read(
        lambda uow: messages.search(uow, viewer.persona, words, before)
    )
    return page(request, "messages/search.html", form=form, found=found)
