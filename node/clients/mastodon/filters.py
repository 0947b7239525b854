"""Filters: what a person would rather not meet.

GET|POST /api/v2/filters · GET|PUT|DELETE /api/v2/filters/:id
GET|POST /api/v2/filters/:filter_id/keywords · GET|PUT|DELETE /api/v2/filters/keywords/:id
GET|POST /api/v2/filters/:filter_id/statuses · GET|DELETE /api/v2/filters/statuses/:id
"""

from datetime import datetime, timedelta
from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer, empty
from node.clients.call import Call
from node.clients.doors import Handle, door
from node.clients.mastodon.filtering import entry_of, filter_of, keyword_of
from node.clients.mastodon.shown import show_statuses, site_of
from node.clients.params import Params
from node.errors import NotFound
from node.safety.filters import FilterDraft, KeywordChange
from node.safety.keys import FILTERS
from node.web.keys import NOW
from storage.filters import FilteredStatus
from storage.unit_of_work import UnitOfWork

READ: Final = "read:filters"
WRITE: Final = "write:filters"
LONGEST: Final = 100 * 365 * 24 * 3600
"""Seconds after which a filter ends at the latest."""


def routes() -> list[web.RouteDef]:
    """All of them need a person's token. Fixed words come before ids."""
    here = "/api/v2/filters"
    word, post, one = f"{here}/keywords/{{id}}", f"{here}/statuses/{{id}}", f"{here}/{{id}}"
    words, posts = f"{here}/{{filter_id}}/keywords", f"{here}/{{filter_id}}/statuses"
    lines: list[tuple[str, str, Handle]] = [
        *(("GET", here, listed), ("POST", here, make)),
        *(("GET", word, keyword), ("PUT", word, change_keyword), ("DELETE", word, drop_keyword)),
        *(("GET", post, status), ("DELETE", post, drop_status)),
        *(("GET", one, get), ("PUT", one, change), ("DELETE", one, drop)),
        *(("GET", words, keywords), ("POST", words, add_keyword)),
        *(("GET", posts, statuses), ("POST", posts, add_status)),
    ]
    return [
        door(method, path, handle, scope=READ if method == "GET" else WRITE, who="user")
        for method, path, handle in lines
    ]


async def listed(call: Call) -> Response:
    """GET /api/v2/filters"""
    who, filters = call.persona, call.app[FILTERS]
    found = await call.db.read(lambda uow: filters.all_of(uow, who))
    return answer([filter_of(one) for one in found])


async def get(call: Call) -> Response:
    """GET /api/v2/filters/:id"""
    number, who, filters = call.id(), call.persona, call.app[FILTERS]
    return answer(filter_of(await call.db.read(lambda uow: filters.get(uow, who, number))))


async def make(call: Call) -> Response:
    """POST /api/v2/filters"""
    who, filters, draft = call.persona, call.app[FILTERS], _draft(call)
    return answer(filter_of(await call.db.write(lambda uow: filters.make(uow, who, draft))))


async def change(call: Call) -> Response:
    """PUT /api/v2/filters/:id"""
    number, who, filters, draft = call.id(), call.persona, call.app[FILTERS], _draft(call)
    changed = await call.db.write(lambda uow: filters.change(uow, who, number, draft))
    return answer(filter_of(changed))


async def drop(call: Call) -> Response:
    """DELETE /api/v2/filters/:id"""
    number, who, filters = call.id(), call.persona, call.app[FILTERS]
    await call.db.write(lambda uow: filters.drop(uow, who, number))
    return empty()


async def keywords(call: Call) -> Response:
    """GET /api/v2/filters/:filter_id/keywords"""
    number, who, filters = call.id("filter_id"), call.persona, call.app[FILTERS]
    found = await call.db.read(lambda uow: filters.get(uow, who, number))
    return answer([keyword_of(word) for word in found.keywords])


async def add_keyword(call: Call) -> Response:
    """POST /api/v2/filters/:filter_id/keywords"""
    number, who, filters = call.id("filter_id"), call.persona, call.app[FILTERS]
    change = KeywordChange(
        keyword=call.params.need("keyword"), whole_word=call.params.maybe_flag("whole_word")
    )
    word = await call.db.write(lambda uow: filters.add_keyword(uow, who, number, change))
    return answer(keyword_of(word))


async def keyword(call: Call) -> Response:
    """GET /api/v2/filters/keywords/:id"""
    number, who, filters = call.id(), call.persona, call.app[FILTERS]
    _, word = await call.db.read(lambda uow: filters.keyword(uow, who, number))
    return answer(keyword_of(word))


async def change_keyword(call: Call) -> Response:
    """PUT /api/v2/filters/keywords/:id"""
    who, filters = call.persona, call.app[FILTERS]
    change = KeywordChange(
        id=call.id(),
        keyword=call.params.text("keyword"),
        whole_word=call.params.maybe_flag("whole_word"),
    )
    return answer(
        keyword_of(await call.db.write(lambda uow: filters.change_keyword(uow, who, change)))
    )


async def drop_keyword(call: Call) -> Response:
    """DELETE /api/v2/filters/keywords/:id"""
    number, who, filters = call.id(), call.persona, call.app[FILTERS]
    await call.db.write(lambda uow: filters.drop_keyword(uow, who, number))
    return empty()


async def statuses(call: Call) -> Response:
    """GET /api/v2/filters/:filter_id/statuses"""
    number, who, filters = call.id("filter_id"), call.persona, call.app[FILTERS]
    found = await call.db.read(lambda uow: filters.get(uow, who, number))
    return answer([entry_of(entry) for entry in found.statuses])


async def add_status(call: Call) -> Response:
    """POST /api/v2/filters/:filter_id/statuses: a post that its reader may read."""
    number, who, filters = call.id("filter_id"), call.persona, call.app[FILTERS]
    post, site = call.params.maybe_id("status_id") or 0, site_of(call.app)

    def add(uow: UnitOfWork) -> FilteredStatus:
        filters.get(uow, who, number)
        if post not in show_statuses(uow, [post], who, site):
            raise NotFound
        return filters.add_status(uow, who, number, post)

    return answer(entry_of(await call.db.write(add)))


async def status(call: Call) -> Response:
    """GET /api/v2/filters/statuses/:id"""
    number, who, filters = call.id(), call.persona, call.app[FILTERS]
    _, entry = await call.db.read(lambda uow: filters.status(uow, who, number))
    return answer(entry_of(entry))


async def drop_status(call: Call) -> Response:
    """DELETE /api/v2/filters/statuses/:id"""
    number, who, filters = call.id(), call.persona, call.app[FILTERS]
    await call.db.write(lambda uow: filters.drop_status(uow, who, number))
    return empty()


def end_of(params: Params, now: datetime) -> tuple[bool, datetime | None]:
    """Whether `expires_in` was sent, and when that is; None is never. Raises Invalid."""
    seconds = params.number("expires_in", 0, 0, LONGEST)
    return params.has("expires_in"), now + timedelta(seconds=seconds) if seconds else None


def _draft(call: Call) -> FilterDraft:
    params = call.params
    ends, at = end_of(params, call.app[NOW]())
    return FilterDraft(
        title=params.text("title"),
        contexts=tuple(params.many("context")) if params.has("context") else None,
        action=params.text("filter_action"),
        ends=ends,
        expires_at=at,
        keywords=tuple(
            KeywordChange(
                id=one.maybe_id("id"),
                keyword=one.text("keyword"),
                whole_word=one.maybe_flag("whole_word"),
                drop=one.flag("_destroy"),
            )
            for one in params.inners("keywords_attributes")
        ),
    )
