"""What everybody sees of a persona. The wire answers the same address for programs."""

from node.accounts.profile import profile
from node.web.handles import split_handle
from node.web.http import Request, Response
from node.web.keys import CONFIG, DB
from node.web.page import page
from node.web.sessions import viewer_of


async def persona_page(request: Request) -> Response:
    """GET /personas/{handle}; `name` is of this node, `name@host` of another."""
    handle, authority = split_handle(request.match_info["handle"], request.app[CONFIG].authority)
    viewer = viewer_of(request)
    reader = viewer.persona if viewer else None
    found = await request.app[DB].read(lambda uow: profile(uow, handle, authority, reader))
    person, vouched = found.persona, None
    if viewer is not None and viewer.is_staff and person.is_local and not found.is_blocked:
        vouched = await request.app[DB].read(lambda uow: uow.newcomers.is_vouched(person.id))
    return page(
        request,
        "accounts/persona.html",
        persona=found.persona,
        threads=found.threads,
        is_blocked=found.is_blocked,
        vouched=vouched,
    )
