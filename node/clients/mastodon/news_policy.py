"""Which news is held back, and what becomes of it.

    GET|PATCH|PUT /api/v2/notifications/policy · /api/v1/notifications/policy
    GET /api/v1/notifications/requests · /:id · /merged
    POST /api/v1/notifications/requests/{accept,dismiss} · /:id/{accept,dismiss}

A request is all that is held back of one account, and its id is the account's.
"""

from collections.abc import Callable, Collection
from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer, empty, moment
from node.clients.call import Call
from node.clients.doors import Handle, door
from node.clients.mastodon.entities.news import (
    NotificationPolicy,
    NotificationRequest,
    PolicySummary,
    V1NotificationPolicy,
)
from node.clients.mastodon.news import status_ids
from node.clients.mastodon.notifications import PAGE, PAGE_MOST, READ, WRITE
from node.clients.mastodon.shown import Site, show_accounts, show_statuses, site_of
from node.clients.mastodon.windows import paged, window_of
from node.errors import NotFound
from node.notifications.keys import NEWS
from storage.actors import Actor
from storage.news_policies import NewsPolicy, NewsRequest
from storage.unit_of_work import UnitOfWork

FIELDS: Final = (
    "not_following",
    "not_followers",
    "new_accounts",
    "private_mentions",
    "limited_accounts",
)
REQUESTS_MOST: Final = 100

Change = Callable[[UnitOfWork, int, list[int]], None]


def routes() -> list[web.RouteDef]:
    """All of them need a person's token. Fixed words come before `:id`."""
    new, old, asked = (
        "/api/v2/notifications/policy",
        "/api/v1/notifications/policy",
        "/api/v1/notifications/requests",
    )
    lines: list[tuple[str, str, Handle]] = [
        *(("GET", new, policy), ("PATCH", new, choose), ("PUT", new, choose)),
        *(("GET", old, policy_v1), ("PATCH", old, choose_v1), ("PUT", old, choose_v1)),
        *(("GET", asked, requests), ("GET", f"{asked}/merged", merged)),
        (
            "POST",
            f"{asked}/accept",
            _many(lambda uow, who, ids: uow.news_policies.accept(who, ids)),
        ),
        (
            "POST",
            f"{asked}/dismiss",
            _many(lambda uow, who, ids: uow.news_policies.dismiss(who, ids)),
        ),
        ("GET", f"{asked}/{{id}}", request),
        ("POST", f"{asked}/{{id}}/accept", accept),
        ("POST", f"{asked}/{{id}}/dismiss", dismiss),
    ]
    return [
        door(method, path, handle, scope=READ if method == "GET" else WRITE, who="user")
        for method, path, handle in lines
    ]


async def policy(call: Call) -> Response:
    """GET /api/v2/notifications/policy"""
    who = call.persona
    return answer(_policy(*await call.db.read(lambda uow: _standing(uow, who))))


async def choose(call: Call) -> Response:
    """PATCH /api/v2/notifications/policy: `for_not_following` and so on, accept, filter or drop."""
    given = ((name, call.params.text(f"for_{name}")) for name in FIELDS)
    chosen = {name: value for name, value in given if value is not None}
    return answer(_policy(*await _choose(call, chosen)))


async def policy_v1(call: Call) -> Response:
    """GET /api/v1/notifications/policy"""
    who = call.persona
    return answer(_policy_v1(*await call.db.read(lambda uow: _standing(uow, who))))


async def choose_v1(call: Call) -> Response:
    """PATCH /api/v1/notifications/policy: `filter_not_following` and so on, yes or no."""
    given = ((name, call.params.maybe_flag(f"filter_{name}")) for name in FIELDS)
    chosen = {name: "filter" if yes else "accept" for name, yes in given if yes is not None}
    return answer(_policy_v1(*await _choose(call, chosen)))


async def requests(call: Call) -> Response:
    """GET /api/v1/notifications/requests: pages go by the latest news of each."""
    who, news, site = call.persona, call.app[NEWS], site_of(call.app)
    window = window_of(call, PAGE, PAGE_MOST)

    def look(uow: UnitOfWork) -> tuple[list[int], list[NotificationRequest]]:
        found = news.requests(uow, who, **window.asked())
        return [one.newest_id for one in found], _requests(uow, found, who, site)

    ids, shown = await call.db.read(look)
    return paged(call, shown, ids, window)


async def request(call: Call) -> Response:
    """GET /api/v1/notifications/requests/:id"""
    number, who, news, site = call.id(), call.persona, call.app[NEWS], site_of(call.app)

    def look(uow: UnitOfWork) -> list[NotificationRequest]:
        return _requests(uow, [news.request(uow, who, number)], who, site)

    shown = await call.db.read(look)
    if not shown:
        raise NotFound
    return answer(shown[0])


async def merged(call: Call) -> Response:
    """GET /api/v1/notifications/requests/merged: what was accepted is told at once."""
    del call
    return answer({"merged": True})


async def accept(call: Call) -> Response:
    """POST /api/v1/notifications/requests/:id/accept"""
    return await _one(call, lambda uow, who, ids: uow.news_policies.accept(who, ids))


async def dismiss(call: Call) -> Response:
    """POST /api/v1/notifications/requests/:id/dismiss"""
    return await _one(call, lambda uow, who, ids: uow.news_policies.dismiss(who, ids))


async def _one(call: Call, change: Change) -> Response:
    number, who, news = call.id(), call.persona, call.app[NEWS]

    def act(uow: UnitOfWork) -> None:
        change(uow, who.id, [news.request(uow, who, number).by_id])

    await call.db.write(act)
    return empty()


def _many(change: Change) -> Handle:
    """POST /api/v1/notifications/requests/accept and dismiss: `id[]`; what is not there is left
    out."""

    async def handle(call: Call) -> Response:
        who, wanted = call.persona, call.params.ids("id")[:REQUESTS_MOST]

        def act(uow: UnitOfWork) -> None:
            hidden = uow.blocks.hides(who.id)
            waiting = uow.news_policies.waiting_of(who.id, wanted)
            change(uow, who.id, sorted(waiting - hidden))

        await call.db.write(act)
        return empty()

    return handle


async def _choose(call: Call, chosen: dict[str, str]) -> tuple[NewsPolicy, PolicySummary]:
    who, news = call.persona, call.app[NEWS]

    def act(uow: UnitOfWork) -> tuple[NewsPolicy, PolicySummary]:
        news.choose(uow, who, chosen)
        return _standing(uow, who)

    return await call.db.write(act)


def _standing(uow: UnitOfWork, who: Actor) -> tuple[NewsPolicy, PolicySummary]:
    count, people = uow.news_policies.waiting(who.id)
    summary = PolicySummary(
        pending_requests_count=min(people, REQUESTS_MOST), pending_notifications_count=count
    )
    return uow.news_policies.get(who.id), summary


def _policy(chosen: NewsPolicy, summary: PolicySummary) -> NotificationPolicy:
    return NotificationPolicy(
        **{f"for_{name}": getattr(chosen, name) for name in FIELDS}, summary=summary
    )


def _policy_v1(chosen: NewsPolicy, summary: PolicySummary) -> V1NotificationPolicy:
    return V1NotificationPolicy(
        filter_not_following=chosen.not_following != "accept",
        filter_not_followers=chosen.not_followers != "accept",
        filter_new_accounts=chosen.new_accounts != "accept",
        filter_private_mentions=chosen.private_mentions != "accept",
        summary=summary,
    )


def _requests(
    uow: UnitOfWork, found: Collection[NewsRequest], who: Actor, site: Site
) -> list[NotificationRequest]:
    newest = uow.news.many(who.id, [one.newest_id for one in found])
    accounts = show_accounts(uow, [one.by_id for one in found], who, site)
    statuses = show_statuses(uow, status_ids(newest.values()), who, site)
    last = {number: told.notification for number, told in newest.items()}
    return [
        NotificationRequest(
            id=str(one.by_id),
            created_at=moment(one.first_at),
            updated_at=moment(one.last_at),
            account=accounts[one.by_id],
            notifications_count=str(one.count),
            last_status=statuses.get(
                last[one.newest_id].post_id or last[one.newest_id].message_id or 0
            ),
        )
        for one in found
        if one.by_id in accounts and one.newest_id in last
    ]
