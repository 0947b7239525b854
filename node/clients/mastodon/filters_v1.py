"""Filters as apps of the first version know them: each word of a filter is one, with the word's id.

GET|POST /api/v1/filters · GET|PUT|DELETE /api/v1/filters/:id
"""

from aiohttp import web

from node.clients.answers import Response, answer, empty, maybe_moment
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.entities.reading import V1Filter
from node.clients.mastodon.filters import READ, WRITE, end_of
from node.errors import Refused
from node.safety.filters import FilterDraft, KeywordChange
from node.safety.keys import FILTERS
from node.web.keys import NOW
from storage.filters import Filter, Keyword
from storage.unit_of_work import UnitOfWork


def routes() -> list[web.RouteDef]:
    """All of them need a person's token."""
    here = "/api/v1/filters"
    return [
        door("GET", here, listed, scope=READ, who="user"),
        door("POST", here, make, scope=WRITE, who="user"),
        door("GET", f"{here}/{{id}}", get, scope=READ, who="user"),
        door("PUT", f"{here}/{{id}}", change, scope=WRITE, who="user"),
        door("DELETE", f"{here}/{{id}}", drop, scope=WRITE, who="user"),
    ]


async def listed(call: Call) -> Response:
    """GET /api/v1/filters"""
    who, filters = call.persona, call.app[FILTERS]
    found = await call.db.read(lambda uow: filters.all_of(uow, who))
    return answer([_shown(one, word) for one in found for word in one.keywords])


async def get(call: Call) -> Response:
    """GET /api/v1/filters/:id"""
    number, who, filters = call.id(), call.persona, call.app[FILTERS]
    return answer(_shown(*await call.db.read(lambda uow: filters.keyword(uow, who, number))))


async def make(call: Call) -> Response:
    """POST /api/v1/filters: a filter of one word, which is its title too."""
    who, filters, phrase = call.persona, call.app[FILTERS], call.params.need("phrase")
    word = KeywordChange(keyword=phrase, whole_word=call.params.flag("whole_word"))
    draft = _draft(call, title=phrase[:100], words=(word,))
    made = await call.db.write(lambda uow: filters.make(uow, who, draft))
    return answer(_shown(made, made.keywords[0]))


async def change(call: Call) -> Response:
    """PUT /api/v1/filters/:id: the word, and where its filter works if no other word is in it."""
    number, who, filters = call.id(), call.persona, call.app[FILTERS]
    word = KeywordChange(
        id=number,
        keyword=call.params.need("phrase"),
        whole_word=call.params.maybe_flag("whole_word"),
    )
    draft = _draft(call, title=None, words=(word,))

    def act(uow: UnitOfWork) -> Filter:
        found, _ = filters.keyword(uow, who, number)
        if len(found.keywords) > 1 and _reaches_further(found, draft):
            raise Refused(
                "This filter has several words; change it with an app that knows them", "validation"
            )
        return filters.change(uow, who, found.id, draft)

    changed = await call.db.write(act)
    return answer(_shown(changed, next(one for one in changed.keywords if one.id == number)))


async def drop(call: Call) -> Response:
    """DELETE /api/v1/filters/:id: the word, and with the last one its filter."""
    number, who, filters = call.id(), call.persona, call.app[FILTERS]

    def act(uow: UnitOfWork) -> None:
        found, _ = filters.keyword(uow, who, number)
        if len(found.keywords) > 1 or found.statuses:
            filters.drop_keyword(uow, who, number)
        else:
            filters.drop(uow, who, found.id)

    await call.db.write(act)
    return empty()


def _draft(call: Call, *, title: str | None, words: tuple[KeywordChange, ...]) -> FilterDraft:
    params = call.params
    ends, at = end_of(params, call.app[NOW]())
    hides = params.maybe_flag("irreversible")
    return FilterDraft(
        title=title,
        contexts=tuple(params.many("context")) if params.has("context") else None,
        action=None if hides is None else "hide" if hides else "warn",
        ends=ends,
        expires_at=at,
        keywords=words,
    )


def _reaches_further(found: Filter, draft: FilterDraft) -> bool:
    """Whether a change is about the whole filter, and so about words that the app does not see."""
    if draft.contexts is not None and set(draft.contexts) != set(found.contexts):
        return True
    if draft.action is not None and draft.action != found.action:
        return True
    return draft.ends and draft.expires_at != found.expires_at


def _shown(one: Filter, word: Keyword) -> V1Filter:
    return V1Filter(
        id=str(word.id),
        phrase=word.keyword,
        context=list(one.contexts),
        whole_word=word.whole_word,
        expires_at=maybe_moment(one.expires_at),
        irreversible=one.action == "hide",
    )
