"""Who is in a small group, leaving it, and deleting one's own record of a conversation."""

from node.errors import Invalid, Refused
from node.messages.keys import MESSAGES
from node.messages.pages.doing import conversation_id, shown_again, write
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /messages/{id}/people"""
    need_viewer(request)
    return await _people_page(request, Form())


async def add(request: Request) -> Response:
    """POST /messages/{id}/people"""
    viewer, form, number = need_viewer(request), await posted(request), conversation_id(request)
    messages, persona = request.app[MESSAGES], viewer.persona
    try:
        await write(request, lambda uow: messages.add(uow, persona, number, form["to"]))
    except (Invalid, Refused) as error:
        return await _people_page(request, form, shown_again(form, error))
    return see_other(f"/messages/{number}", "person-added")


async def leave(request: Request) -> Response:
    """POST /messages/{id}/leave"""
    viewer, number = need_viewer(request), conversation_id(request)
    await posted(request)
    messages, persona = request.app[MESSAGES], viewer.persona
    await write(request, lambda uow: messages.leave(uow, persona, number))
    return see_other("/messages", "conversation-left")


async def show_removal(request: Request) -> Response:
    """GET /messages/{id}/remove"""
    viewer, number = need_viewer(request), conversation_id(request)
    messages = request.app[MESSAGES]
    room = await request.app[DB].read(lambda uow: messages.room(uow, number, viewer.persona))
    return page(request, "messages/remove.html", conversation=room.conversation)


async def remove(request: Request) -> Response:
    """POST /messages/{id}/remove"""
    viewer, number = need_viewer(request), conversation_id(request)
    await posted(request)
    messages, persona = request.app[MESSAGES], viewer.persona
    await write(request, lambda uow: messages.remove(uow, persona, number))
    return see_other("/messages", "conversation-removed")


async def _people_page(request: Request, form: Form, status: int = 200) -> Response:
    viewer, number = need_viewer(request), conversation_id(request)
    messages = request.app[MESSAGES]
    found = await request.app[DB].read(
        lambda uow: messages.conversation_page(uow, viewer.persona, number)
    )
    return page(
        request,
        "messages/people.html",
        status=status,
        found=found,
        form=form,
        most=messages.limits.people_most,
    )
