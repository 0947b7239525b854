"""The addresses by which the apps of the fediverse know people and posts: `/@name`, `/@name/id`.

They lead to the pages where Kith shows them, without telling whether there is anything: what is not
there, and what is not for everybody, is answered by those pages.
"""

from urllib.parse import quote

from aiohttp import web

from node.web.handles import split_handle
from node.web.keys import CONFIG, DB
from storage.unit_of_work import UnitOfWork


def routes() -> list[web.RouteDef]:
    """No doors: people open them."""
    return [web.get("/@{handle}", account_page), web.get("/@{handle}/{id:[0-9]+}", post_page)]


async def account_page(request: web.Request) -> web.Response:
    """GET /@{handle}: a person, or a public group."""
    handle = request.match_info["handle"]
    name, authority = split_handle(handle, request.app[CONFIG].authority)

    def is_public_group(uow: UnitOfWork) -> bool:
        group = uow.groups.by_handle(name, authority)
        return group is not None and group.group.visibility == "public"

    room = "groups" if await request.app[DB].read(is_public_group) else "personas"
    return _to(f"/{room}/{quote(handle, safe='@:')}")


async def post_page(request: web.Request) -> web.Response:
    """GET /@{handle}/{id}: the name is for people alone, as nothing depends on it."""
    return _to(f"/posts/{request.match_info['id']}")


def _to(path: str) -> web.Response:
    return web.Response(status=302, headers={"Location": path})
