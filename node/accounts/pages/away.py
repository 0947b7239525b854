"""Leaving at once: to another site, and out of the session for whoever chose that. What the browser
kept of a person is forgotten on the way."""

from node.accounts.keys import SESSIONS
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.kept import forget_kept
from node.web.keys import CONFIG, DB
from node.web.sessions import end_session, need_viewer, session_token, viewer_of


async def leave(request: Request) -> Response:
    """GET /leave: to the other site. What the browser kept of our pages is dropped, so that the
    way back shows nothing. It changes something although it is a GET: a link needs no script, works
    when a form would ask, and the worst that a foreign page could do with it is sign somebody out
    (the cookie does not even come with what another site embeds)."""
    answer = see_other(request.app[CONFIG].leave_to)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Clear-Site-Data"] = '"cache"'
    viewer, token = viewer_of(request), session_token(request)
    if viewer is None or token is None or not viewer.account.leaving_signs_out:
        return forget_kept(request, answer)
    sessions = request.app[SESSIONS]
    await request.app[DB].write(lambda uow: sessions.close(uow, token))
    return end_session(request, answer)


async def choose(request: Request) -> Response:
    """POST /settings/leaving; `signs_out` is there or not."""
    viewer, form = need_viewer(request), await posted(request)
    await request.app[DB].write(
        lambda uow: uow.accounts.set_leaving(viewer.account.id, signs_out=bool(form["signs_out"]))
    )
    return see_other("/settings", "saved")
