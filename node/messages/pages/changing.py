"""Changing and deleting single messages."""

from node.errors import Invalid, NotFound
from node.messages.keys import MESSAGES
from node.messages.pages.doing import conversation_id, message_id, shown_again, write
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.messages import Message
from storage.unit_of_work import UnitOfWork


async def show_edit(request: Request) -> Response:
    """GET /messages/{id}/{message}/edit"""
    viewer, messages = need_viewer(request), request.app[MESSAGES]
    number = message_id(request)
    message, _ = await request.app[DB].read(lambda uow: messages.own(uow, viewer.persona, number))
    _check_place(request, message)
    return _edit_page(request, Form({"text": message.source or ""}))


async def edit(request: Request) -> Response:
    """POST /messages/{id}/{message}/edit"""
    viewer, form, number = need_viewer(request), await posted(request), message_id(request)
    messages, persona = request.app[MESSAGES], viewer.persona

    def change(uow: UnitOfWork) -> Message:
        _check_place(request, messages.own(uow, persona, number)[0])
        return messages.edit(uow, persona, number, form["text"])

    try:
        changed = await write(request, change)
    except Invalid as error:
        return _edit_page(request, form, shown_again(form, error))
    return see_other(f"/messages/{changed.conversation_id}#message-{number}")


async def show_deletion(request: Request) -> Response:
    """GET /messages/{id}/{message}/delete"""
    viewer, messages = need_viewer(request), request.app[MESSAGES]
    number = message_id(request)

    def read(uow: UnitOfWork) -> tuple[Message, bool]:
        message = messages.shown_message(uow, viewer.persona, number)
        return message, messages.is_own(uow, viewer.persona, message)

    message, is_own = await request.app[DB].read(read)
    _check_place(request, message)
    return page(request, "messages/delete.html", message=message, is_own=is_own)


async def delete(request: Request) -> Response:
    """POST /messages/{id}/{message}/delete; `act` is "me" or "all"."""
    viewer, form, number = need_viewer(request), await posted(request), message_id(request)
    messages, persona = request.app[MESSAGES], viewer.persona
    if form["act"] not in ("me", "all"):
        raise NotFound
    use_case = messages.delete_for_all if form["act"] == "all" else messages.delete_for_me

    def change(uow: UnitOfWork) -> int:
        _check_place(request, messages.shown_message(uow, persona, number))
        return use_case(uow, persona, number)

    conversation = await write(request, change)
    if await _is_there(request, conversation):
        return see_other(f"/messages/{conversation}", "message-deleted")
    return see_other("/messages", "message-deleted")


async def _is_there(request: Request, conversation: int) -> bool:
    """Whether anything of the conversation is left for this person."""
    viewer, messages = need_viewer(request), request.app[MESSAGES]
    try:
        await request.app[DB].read(lambda uow: messages.room(uow, conversation, viewer.persona))
    except NotFound:
        return False
    return True


def _check_place(request: Request, message: Message) -> None:
    """The address names the conversation that the message is in."""
    if message.conversation_id != conversation_id(request):
        raise NotFound


def _edit_page(request: Request, form: Form, status: int = 200) -> Response:
    path = request.path.removesuffix("/edit")
    return page(
        request,
        "messages/edit.html",
        status=status,
        form=form,
        action=request.path,
        back=path.rpartition("/")[0],
    )
