"""What a person chooses about messages: who may ask, whether others see what was read, how long."""

from node.errors import Invalid
from node.messages.keys import MESSAGES
from node.messages.pages.doing import shown_again, write
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /messages/settings"""
    viewer = need_viewer(request)
    chosen = await request.app[DB].read(lambda uow: uow.message_choices.get(viewer.persona.id))
    form = Form(
        {
            "who": chosen.who_may_ask,
            "shows_read": "yes" if chosen.shows_read else "no",
            "keep": "" if chosen.keep_days is None else str(chosen.keep_days),
        }
    )
    return _page(request, form)


async def change(request: Request) -> Response:
    """POST /messages/settings"""
    viewer, form = need_viewer(request), await posted(request)
    messages, persona = request.app[MESSAGES], viewer.persona
    shows_read = form["shows_read"] != "no"
    try:
        await write(
            request,
            lambda uow: messages.choose(uow, persona, form["who"], shows_read, form["keep"]),
        )
    except Invalid as error:
        return _page(request, form, shown_again(form, error))
    return see_other("/messages/settings", "saved")


def _page(request: Request, form: Form, status: int = 200) -> Response:
    limits = request.app[MESSAGES].limits
    return page(request, "messages/settings.html", status=status, form=form, limits=limits)
