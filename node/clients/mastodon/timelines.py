"""What there is to read, newest first.

GET /api/v1/timelines/home · /public · /tag/:tag · /list/:id
"""

from collections.abc import Callable, Sequence

from aiohttp import web

from node.clients.answers import Response
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.entities.status import Status
from node.clients.mastodon.filtering import left_in
from node.clients.mastodon.paging import page, window_of
from node.clients.mastodon.shown import show_statuses, site_of
from node.clients.mastodon.tagged import with_followed_tags, without_doubles
from node.clients.mastodon.unread import unread, without_nodes
from node.errors import NotFound
from node.web.keys import NOW
from storage.filters import FilterContext
from storage.hashtags import tag_key
from storage.timelines import Window
from storage.unit_of_work import UnitOfWork

READ = "read:statuses"
TAGS_MOST = 5
"""Tags of one kind that are looked at."""


def routes() -> list[web.RouteDef]:
    """The public ones need no token."""
    here = "/api/v1/timelines"
    return [
        door("GET", f"{here}/home", home, scope=READ, who="user"),
        door("GET", f"{here}/public", public, scope=READ, who="anyone"),
        door("GET", f"{here}/tag/{{tag}}", tagged, scope=READ, who="anyone"),
        door("GET", f"{here}/list/{{id}}", listed, scope="read:lists", who="user"),
    ]


async def home(call: Call) -> Response:
    """GET /api/v1/timelines/home: the groups and people that one follows, and oneself."""
    window, persona, now = window_of(call.params), call.persona, call.key(NOW)()

    def find(uow: UnitOfWork) -> list[int]:
        hidden = unread(uow, persona, now)
        apart = uow.lists.kept_from_home(persona.id)
        sources = [one for one in uow.timelines.followed(persona.id) if one not in hidden | apart]
        options = uow.follow_options.of(persona.id, sources)
        unshared = frozenset(one for one in options if not options[one].with_shares)
        ids = uow.timelines.home(sources, persona.id, window, hidden, unshared)
        return with_followed_tags(uow, persona, ids, window, hidden | apart)

    return await _answer(call, window, find, "home")


async def listed(call: Call) -> Response:
    """GET /api/v1/timelines/list/:id"""
    number, window = call.id(), window_of(call.params)
    persona, now = call.persona, call.key(NOW)()

    def find(uow: UnitOfWork) -> list[int]:
        if uow.lists.get(persona.id, number) is None:
            raise NotFound
        hidden = unread(uow, persona, now)
        sources = [one for one in uow.lists.members(number) if one not in hidden]
        return uow.timelines.listed(sources, window, hidden)

    return await _answer(call, window, find, "home")


async def public(call: Call) -> Response:
    """GET /api/v1/timelines/public: threads of public groups and public posts on profiles."""
    window, now = window_of(call.params), call.key(NOW)()
    side, media = _side(call), call.params.flag("only_media")

    def find(uow: UnitOfWork) -> list[int]:
        hidden = unread(uow, call.reader, now)
        return uow.timelines.public(window, hidden, local=side, media=media)

    return await _answer(call, window, find, "public")


async def tagged(call: Call) -> Response:
    """GET /api/v1/timelines/tag/:tag, with any[], all[] and none[]"""
    window, now, params = window_of(call.params), call.key(NOW)(), call.params
    tags = _tags([call.match("tag"), *params.many("any")])
    every, none = _tags(params.many("all")), _tags(params.many("none"))
    side, media = _side(call), params.flag("only_media")

    def find(uow: UnitOfWork) -> list[int]:
        return uow.timelines.tagged(
            tags,
            window,
            unread(uow, call.reader, now),
            visibilities=("public",) if call.reader is None else ("public", "local"),
            every=every,
            none=none,
            local=side,
            media=media,
        )

    return await _answer(call, window, find, "public")


async def _answer(
    call: Call,
    window: Window,
    find: Callable[[UnitOfWork], list[int]],
    context: FilterContext,
) -> Response:
    """The page without what the reader filters out of lists of this kind."""
    site = site_of(call.app)

    def read(uow: UnitOfWork) -> tuple[list[int], dict[int, Status]]:
        ids = find(uow)
        shown = left_in(show_statuses(uow, ids, call.reader, site), context)
        return ids, without_doubles(without_nodes(uow, call.reader, shown))

    ids, shown = await call.db.read(read)
    return page(call, ids, shown, window)


def _side(call: Call) -> bool | None:
    """This node's posts alone, those of others alone, or all."""
    local, remote = call.params.flag("local"), call.params.flag("remote")
    return None if local == remote else local


def _tags(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(tag_key(name) for name in names if name.strip()))[:TAGS_MOST]
