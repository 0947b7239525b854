"""My apps: which programs act for me, as whom, and how to end that."""

from node.accounts.keys import SESSIONS
from node.clients.oauth.own import end_own, own_apps
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG, DB, NOW
from node.web.page import page
from node.web.sessions import need_viewer

HERE = "/settings/apps"


async def show(request: Request) -> Response:
    """GET /settings/apps"""
    viewer, now = need_viewer(request), request.app[NOW]()
    apps = await request.app[DB].read(lambda uow: own_apps(uow, viewer.account.id, now))
    return page(request, "clients/apps.html", apps=apps, authority=request.app[CONFIG].authority)


async def end(request: Request) -> Response:
    """POST /settings/apps/end with `app`, the key of one in the list."""
    viewer, form = need_viewer(request), await posted(request)
    now = request.app[NOW]()
    await request.app[DB].write(lambda uow: end_own(uow, viewer.account.id, form["app"], now))
    return see_other(HERE, "app-ended")


async def end_all(request: Request) -> Response:
    """POST /settings/apps/end-all"""
    viewer = need_viewer(request)
    await posted(request)
    sessions = request.app[SESSIONS]
    await request.app[DB].write(lambda uow: sessions.sign_programs_out(uow, viewer.account.id))
    return see_other(HERE, "apps-ended")
