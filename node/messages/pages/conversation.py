"""A conversation: what was said, newest page first, and the form to answer."""

from node.errors import Invalid, Refused
from node.messages.keeping import Unsent
from node.messages.keys import MESSAGES
from node.messages.pages.doing import conversation_id, place_in_list, shown_again, write
from node.messages.reading import ConversationPage
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.headers import LIVE_POLICY
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer


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


async def send(request: Request) -> Response:
    """POST /messages/{id}; `act` is "send" or "draft"."""
    viewer, form, number = need_viewer(request), await posted(request), conversation_id(request)
    messages, persona, text = request.app[MESSAGES], viewer.persona, form["text"]
    try:
        if form["act"] == "draft":
            unsent = Unsent(text=text)
            await write(request, lambda uow: messages.draft(uow, persona, number, unsent))
            return see_other(f"/messages/{number}", "draft-kept")
        sent = await write(request, lambda uow: messages.send(uow, persona, number, text))
    except (Invalid, Refused) as error:
        status = shown_again(form, error)
        found = await request.app[DB].read(
            lambda uow: messages.conversation_page(uow, persona, number)
        )
        return shown(request, viewer, found, form, status=status)
    return see_other(f"/messages/{number}#message-{sent.id}")


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
        form=form,
        is_newest=is_newest,
    )
    response.headers["Content-Security-Policy"] = LIVE_POLICY
    return response
