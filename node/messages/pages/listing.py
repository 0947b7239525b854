"""The list of one's conversations."""

from node.messages.keys import MESSAGES
from node.messages.pages.doing import place_in_list
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer


async def show(request: Request) -> Response:
    """GET /messages; `before` pages on."""
    viewer, messages = need_viewer(request), request.app[MESSAGES]
    before = place_in_list(request)
    entries, older, waiting, has_draft = await request.app[DB].read(
        lambda uow: (
            *messages.conversations(uow, viewer.persona, before),
            len(messages.requests_to(uow, viewer.persona)),
            uow.message_choices.draft(viewer.persona.id, 0) is not None,
        )
    )
    return page(
        request,
        "messages/list.html",
        entries=entries,
        older=older,
        is_first=before is None,
        waiting=waiting,
        has_draft=has_draft,
    )
