"""Hashtags that a person follows, and those on a profile.

GET /api/v1/followed_tags · GET /api/v1/tags/:name
POST /api/v1/tags/:name/{follow,unfollow,feature,unfeature}
GET|POST /api/v1/featured_tags · DELETE /api/v1/featured_tags/:id
GET /api/v1/featured_tags/suggestions · GET /api/v1/accounts/:id/featured_tags
"""

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from aiohttp import web

from node.clients.answers import Response, answer, empty
from node.clients.call import Call
from node.clients.doors import Handle, door
from node.clients.mastodon.entities.reading import FeaturedTag
from node.clients.mastodon.entities.tag import Tag
from node.clients.mastodon.shown import show_accounts, site_of
from node.clients.mastodon.windows import paged, window_of
from node.errors import Invalid, NotFound
from node.reading.keys import READING
from storage.actors import Actor
from storage.hashtags import tag_key
from storage.own_tags import OwnTag
from storage.unit_of_work import UnitOfWork

PAGE: Final = 100
PAGE_MOST: Final = 200
TAG_MOST: Final = 100
SUGGESTED: Final = 10

Change = Callable[[UnitOfWork, Actor, str], object]


def routes() -> list[web.RouteDef]:
    """Whether one follows a tag is one's own; what stands on a profile is there for all."""
    tag, own = "/api/v1/tags/{name}", "/api/v1/featured_tags"
    lines: list[tuple[str, str, Handle, str]] = [
        ("GET", "/api/v1/followed_tags", followed, "read:follows"),
        ("POST", f"{tag}/follow", follow, "write:follows"),
        ("POST", f"{tag}/unfollow", unfollow, "write:follows"),
        ("POST", f"{tag}/feature", feature_by_name, "write:accounts"),
        ("POST", f"{tag}/unfeature", unfeature_by_name, "write:accounts"),
        ("GET", f"{own}/suggestions", suggestions, "read:accounts"),
        ("GET", own, featured, "read:accounts"),
        ("POST", own, feature, "write:accounts"),
        ("DELETE", f"{own}/{{id}}", unfeature, "write:accounts"),
    ]
    return [
        *(door(method, path, one, scope=scope, who="user") for method, path, one, scope in lines),
        door("GET", tag, get, scope="read", who="anyone"),
        door(
            "GET",
            "/api/v1/accounts/{id}/featured_tags",
            featured_by,
            scope="read:accounts",
            who="anyone",
        ),
    ]


async def followed(call: Call) -> Response:
    """GET /api/v1/followed_tags"""
    who, window = call.persona, window_of(call, PAGE, PAGE_MOST)

    def look(uow: UnitOfWork) -> tuple[list[OwnTag], frozenset[str]]:
        return uow.followed_tags.listed(who.id, **window.asked()), uow.featured_tags.names(who.id)

    found, shown = await call.db.read(look)
    tags = [_tag(call, one.name, True, one.name in shown) for one in found]
    return paged(call, tags, [one.id for one in found], window)


async def get(call: Call) -> Response:
    """GET /api/v1/tags/:name; whether it is followed is told to who follows."""
    name, who = _named(call), call.reader
    if who is None:
        return answer(_tag(call, name, None, None))
    return answer(await call.db.read(lambda uow: _own(uow, call, who, name)))


async def follow(call: Call) -> Response:
    """POST /api/v1/tags/:name/follow"""
    return await _then(call, call.app[READING].tags.follow)


async def unfollow(call: Call) -> Response:
    """POST /api/v1/tags/:name/unfollow"""
    return await _then(call, call.app[READING].tags.unfollow)


async def feature_by_name(call: Call) -> Response:
    """POST /api/v1/tags/:name/feature"""
    return await _then(call, call.app[READING].tags.feature)


async def unfeature_by_name(call: Call) -> Response:
    """POST /api/v1/tags/:name/unfeature"""
    return await _then(call, lambda uow, who, name: uow.featured_tags.drop(who.id, name))


async def featured(call: Call) -> Response:
    """GET /api/v1/featured_tags"""
    who = call.persona
    found = await call.db.read(lambda uow: uow.featured_tags.listed(who.id, PAGE))
    return answer([_featured(call, one, who) for one in found])


async def feature(call: Call) -> Response:
    """POST /api/v1/featured_tags"""
    who, tags, name = call.persona, call.app[READING].tags, name_of(call.params.need("name"))
    tag = await call.db.write(lambda uow: tags.feature(uow, who, name))
    return answer(_featured(call, tag, who))


async def unfeature(call: Call) -> Response:
    """DELETE /api/v1/featured_tags/:id"""
    number, who, tags = call.id(), call.persona, call.app[READING].tags
    await call.db.write(lambda uow: tags.unfeature(uow, who, number))
    return empty()


async def suggestions(call: Call) -> Response:
    """GET /api/v1/featured_tags/suggestions: those that the person follows and does not show."""
    who = call.persona

    def look(uow: UnitOfWork) -> list[str]:
        shown = uow.featured_tags.names(who.id)
        return sorted(uow.followed_tags.names(who.id) - shown)[:SUGGESTED]

    return answer([_tag(call, name, True, False) for name in await call.db.read(look)])


async def featured_by(call: Call) -> Response:
    """GET /api/v1/accounts/:id/featured_tags"""
    number, reader, site = call.id(), call.reader, site_of(call.app)

    def look(uow: UnitOfWork) -> tuple[Actor | None, list[OwnTag]]:
        if number not in show_accounts(uow, [number], reader, site):
            raise NotFound
        return uow.actors.get(number), uow.featured_tags.listed(number, PAGE)

    whose, found = await call.db.read(look)
    return answer([_featured(call, one, whose) for one in found if whose is not None])


def name_of(text: str) -> str:
    """A tag as posts carry it. Raises Invalid."""
    name = tag_key(text.strip().removeprefix("#"))
    if not name or len(name) > TAG_MOST or not all(one.isalnum() or one == "_" for one in name):
        raise Invalid("name", "Validation failed: Tag must be letters and digits, without a space")
    if name.isdecimal():
        raise Invalid("name", "Validation failed: Tag must have a letter")
    return name


def _named(call: Call) -> str:
    """The tag in the path. Raises NotFound for what no tag can be."""
    try:
        return name_of(call.match("name"))
    except Invalid:
        raise NotFound from None


async def _then(call: Call, change: Change) -> Response:
    name, who = _named(call), call.persona

    def act(uow: UnitOfWork) -> Tag:
        change(uow, who, name)
        return _own(uow, call, who, name)

    return answer(await call.db.write(act))


def _own(uow: UnitOfWork, call: Call, who: Actor, name: str) -> Tag:
    is_followed = uow.followed_tags.get(who.id, name) is not None
    return _tag(call, name, is_followed, uow.featured_tags.get(who.id, name) is not None)


def _tag(call: Call, name: str, following: bool | None, featuring: bool | None) -> Tag:
    url = f"{call.origin}/tags/{quote(name)}"
    return Tag(id=name, name=name, url=url, following=following, featuring=featuring)


def _featured(call: Call, tag: OwnTag, whose: Actor | None) -> FeaturedTag:
    handle = whose.handle if whose else ""
    url = f"{call.origin}/@{handle}/tagged/{quote(tag.name)}"
    return FeaturedTag(id=str(tag.id), name=tag.name, url=url)
