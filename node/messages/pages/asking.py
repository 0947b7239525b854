"""Requests: those that wait for an answer, and those that one made."""

from node.errors import NotFound
from node.messages.keys import MESSAGES
from node.messages.pages.doing import conversation_id, write
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /messages/requests"""
    viewer, messages = need_viewer(request), request.app[MESSAGES]
    received, sent = await request.app[DB].read(
        lambda uow: (
            messages.requests_to(uow, viewer.persona),
            messages.requests_by(uow, viewer.persona),
        )
    )
    return page(request, "messages/requests.html", received=received, sent=sent)


async def answer(request: Request) -> Response:
    """POST /messages/requests/{id}; `act` is "accept" or "decline"."""
    viewer, form, number = need_viewer(request), await posted(request), conversation_id(request)
    messages, persona = request.app[MESSAGES], viewer.persona
    if form["act"] == "accept":
        first = await write(request, lambda uow: messages.accept(uow, persona, number))
        return see_other(f"/messages/{first.conversation_id}")
    if form["act"] == "decline":
        await write(request, lambda uow: messages.decline(uow, persona, number))
        return see_other("/messages/requests", "request-declined")
    raise NotFound
