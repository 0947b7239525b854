"""Writing first: to people whom one may write to, or a request to somebody whom one may not yet."""

from node.errors import Invalid, NotFound, Refused
from node.messages.keeping import Unsent
from node.messages.keys import MESSAGES
from node.messages.pages.doing import shown_again, write
from node.messages.rules import ASK_FIRST, Denied
from node.messages.writing import Letter
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork

FIELDS = ("to", "title", "text")


async def show(request: Request) -> Response:
    """GET /messages/new; `to` names somebody. A kept draft is filled in."""
    viewer, messages = need_viewer(request), request.app[MESSAGES]
    to = request.query.get("to", "")[:100]

    def read(uow: UnitOfWork) -> tuple[Form, bool]:
        draft = uow.message_choices.draft(viewer.persona.id, 0)
        form = Form({"to": f"@{to}" if to else ""})
        if draft is not None and (not to or draft.to.strip().lstrip("@") == to):
            form = Form({"to": draft.to, "title": draft.title, "text": draft.text})
        if not to:
            return form, False
        try:
            [other] = messages.recipients(uow, viewer.persona, to)
        except (Invalid, Refused) as error:
            shown_again(form, error)
            return form, False
        reach = messages.reach(uow, viewer.persona, other)
        if isinstance(reach, Denied):
            form.refuse(reach.sentence)
        return form, reach == "ask"

    form, must_ask = await request.app[DB].read(read)
    return _page(request, form, must_ask)


async def start(request: Request) -> Response:
    """POST /messages/new; `act` is "send", "ask" or "draft"."""
    viewer, form = need_viewer(request), await posted(request)
    try:
        return await _done(request, viewer, form)
    except (Invalid, Refused) as error:
        must_ask = form["act"] == "ask" or getattr(error, "code", "") == ASK_FIRST.code
        return _page(request, form, must_ask, shown_again(form, error))
    except NotFound as error:
        # Somebody who went meanwhile, or is not there for this reader: nobody by that name.
        return _page(request, form, False, shown_again(form, Invalid("to", str(error))))


async def _done(request: Request, viewer: Viewer, form: Form) -> Response:
    messages, persona = request.app[MESSAGES], viewer.persona
    to, title, text = (form[name] for name in FIELDS)
    if form["act"] == "draft":
        unsent = Unsent(to=to, title=title, text=text)
        await write(request, lambda uow: messages.draft(uow, persona, 0, unsent))
        return see_other("/messages", "draft-kept")
    if form["act"] == "ask":
        await write(request, lambda uow: messages.ask(uow, persona, to, text))
        return see_other("/messages/requests", "request-sent")
    letter = Letter(to=to, title=title, text=text)
    sent = await write(request, lambda uow: messages.start(uow, persona, letter))
    return see_other(f"/messages/{sent.conversation_id}#message-{sent.id}")


def _page(request: Request, form: Form, must_ask: bool, status: int = 200) -> Response:
    limits = request.app[MESSAGES].limits
    return page(
        request,
        "messages/new.html",
        status=status,
        form=form,
        must_ask=must_ask,
        letters=limits.request_letters,
        people=limits.people_most,
    )
