"""What there is of news for the persona that one acts as."""

from node.notifications.keys import NOTIFYING
from node.notifications.service import News
from node.web.forms import posted
from node.web.handles import parse_id
from node.web.http import Request, Response, RouteDef, get, post, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork


def routes() -> list[RouteDef]:
    return [get("/news", show), post("/news/read", mark_read)]


async def show(request: Request) -> Response:
    """GET /news; `before` pages on."""
    viewer, notifying = need_viewer(request), request.app[NOTIFYING]
    before = parse_id(request.query["before"]) if "before" in request.query else None

    def read(uow: UnitOfWork) -> News:
        return notifying.news(uow, viewer.persona, before)

    found = await request.app[DB].read(read)
    return page(
        request,
        "notifications/news.html",
        told=found.told,
        newest=found.newest,
        older=found.next,
        is_first=before is None,
        any_new=any(told.notification.read_at is None for told in found.told),
    )


async def mark_read(request: Request) -> Response:
    """POST /news/read; `up_to` is the newest one that the page showed."""
    viewer, form = need_viewer(request), await posted(request)
    up_to, notifying = parse_id(form["up_to"]), request.app[NOTIFYING]
    await request.app[DB].write(lambda uow: notifying.mark_read(uow, viewer.persona, up_to))
    return see_other("/news", "news-read")
