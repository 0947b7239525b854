"""A conversation: what was said, newest page first, and the form to answer."""

from node.errors import Invalid, Refused
from node.media.keys import MEDIA
from node.media.service import Words
from node.messages.keeping import Unsent
from node.messages.keys import MESSAGES
from node.messages.pages.doing import conversation_id, place_in_list, shown_again, write
from node.messages.pages.pictures import DROP, fill_in, take_in
from node.messages.reading import ConversationPage
from node.viewer import Viewer
from node.web.files import with_files
from node.web.forms import Form, posted_with_files
from node.web.headers import LIVE_POLICY
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.messages import Message
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /messages/{id}; `before` shows what was said earlier. Whoever sees the newest page has
    read it; a browser that only looks ahead has not."""
    viewer, number = need_viewer(request), conversation_id(request)
    messages, before = request.app[MESSAGES], place_in_list(request)
    found = await request.app[DB].read(
        lambda uow: messages.conversation_page(uow, viewer.persona, number, before)
    )
    is_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if before is None and found.place.has_news and not is_ahead:
        await write(request, lambda uow: messages.mark_read(uow, viewer.persona, number))
    form = Form({"text": found.draft.text if found.draft else ""})
    return shown(request, viewer, found, form, is_newest=before is None)


@with_files
async def send(request: Request) -> Response:
    """POST /messages/{id}; `act` is "send", "draft", or what to do with a picture first."""
    viewer, number = need_viewer(request), conversation_id(request)
    form, files = await posted_with_files(request)
    messages, persona = request.app[MESSAGES], viewer.persona
    try:
        await request.app[DB].read(lambda uow: messages.room(uow, number, persona))
        words = await take_in(request, persona, number, form, files)
        if form["act"] == "picture" or form["act"].startswith(("draft", DROP)):
            unsent = Unsent(text=form["text"])
            await write(request, lambda uow: messages.draft(uow, persona, number, unsent))
            note = "draft-kept" if form["act"] == "draft" else None
            return see_other(f"/messages/{number}#answer", note)
        sent = await _deliver(request, persona, number, form, words)
    except (Invalid, Refused) as error:
        status = shown_again(form, error)
        found = await request.app[DB].read(
            lambda uow: messages.conversation_page(uow, persona, number)
        )
        return shown(request, viewer, found, form, status=status)
    return see_other(f"/messages/{number}#message-{sent.id}")


async def _deliver(
    request: Request, persona: Actor, number: int, form: Form, words: list[Words]
) -> Message:
    """The message with its pictures, both or neither."""
    messages, media = request.app[MESSAGES], request.app[MEDIA]

    def deliver(uow: UnitOfWork) -> Message:
        sent = messages.send(uow, persona, number, form["text"], with_pictures=bool(words))
        media.give(uow, persona.id, number, sent.id, words)
        return sent

    return await write(request, deliver)


def shown(
    request: Request,
    viewer: Viewer,
    found: ConversationPage,
    form: Form,
    *,
    is_newest: bool = True,
    status: int = 200,
) -> Response:
    """The page, which may run the one script that we have: it asks for what is new."""
    by_id = {one.id: one for one in found.people}
    response = page(
        request,
        "messages/conversation.html",
        status=status,
        found=found,
        by_id=by_id,
        others=[one for one in found.people if not one.is_self],
        form=fill_in(form, found.waiting),
        most_pictures=request.app[MEDIA].limits.per_message,
        is_newest=is_newest,
    )
    response.headers["Content-Security-Policy"] = LIVE_POLICY
    return response
