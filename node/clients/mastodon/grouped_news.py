"""News with alike things together, as newer apps read it.

GET /api/v2/notifications · /unread_count · /:group_key · /:group_key/accounts
POST /api/v2/notifications/:group_key/dismiss
"""

import re
from collections.abc import Collection
from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer, empty, moment
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.entities.account import Account
from node.clients.mastodon.entities.news import Count, GroupedNotifications, NotificationGroup
from node.clients.mastodon.filtering import left_in
from node.clients.mastodon.news import (
    ABOUT_POSTS,
    ALONE,
    GROUPABLE,
    query_of,
    status_id_of,
    status_ids,
    type_of,
    whole_query,
)
from node.clients.mastodon.notifications import COUNTED, COUNTED_MOST, PAGE, PAGE_MOST, READ, WRITE
from node.clients.mastodon.shown import Site, show_accounts, show_statuses, site_of
from node.clients.mastodon.windows import Window, paged, window_of
from node.errors import NotFound
from node.notifications.apps import Together
from node.notifications.keys import NEWS
from storage.actors import Actor
from storage.notifications import Kind
from storage.unit_of_work import UnitOfWork

PEOPLE_MOST: Final = 80
_KEY = re.compile(r"(favourite|reblog|follow|ungrouped)-([0-9]{1,19})")
_API_NAMES: Final = {kind: name for name, kind in GROUPABLE.items()}


def routes() -> list[web.RouteDef]:
    """All of them need a person's token. Fixed words come before the key."""
    here = "/api/v2/notifications"
    return [
        door("GET", here, listed, scope=READ, who="user"),
        door("GET", f"{here}/unread_count", unread_count, scope=READ, who="user"),
        door("GET", f"{here}/{{key}}", one, scope=READ, who="user"),
        door("GET", f"{here}/{{key}}/accounts", people, scope=READ, who="user"),
        door("POST", f"{here}/{{key}}/dismiss", dismiss, scope=WRITE, who="user"),
    ]


async def listed(call: Call) -> Response:
    """GET /api/v2/notifications (types[], exclude_types[], grouped_types[], account_id)"""
    who, news, site = call.persona, call.app[NEWS], site_of(call.app)
    window, grouped = window_of(call, PAGE, PAGE_MOST), _grouped(call)
    query = query_of(call, window)

    def look(uow: UnitOfWork) -> tuple[list[int], GroupedNotifications]:
        found = news.groups(uow, who, query, grouped)
        return [one.group.newest_id for one in found], _shown(uow, found, who, site)

    ids, shown = await call.db.read(look)
    response = answer(shown)
    link = paged(call, [], ids, window).headers.get("Link")
    if link is not None:
        response.headers["Link"] = link
    return response


async def unread_count(call: Call) -> Response:
    """GET /api/v2/notifications/unread_count: of groups."""
    who, news, grouped = call.persona, call.app[NEWS], _grouped(call)
    query = query_of(call, Window(limit=call.params.limit(COUNTED, COUNTED_MOST)))
    count = await call.db.read(lambda uow: news.unread_groups(uow, who, query, grouped))
    return answer(Count(count=count))


async def one(call: Call) -> Response:
    """GET /api/v2/notifications/:group_key"""
    who, news, site, key = call.persona, call.app[NEWS], site_of(call.app), _key(call)

    def look(uow: UnitOfWork) -> GroupedNotifications:
        found = news.group(uow, who, whole_query(who, 1), key)
        return _shown(uow, [found], who, site)

    shown = await call.db.read(look)
    if not shown.notification_groups:
        raise NotFound
    return answer(shown)


async def people(call: Call) -> Response:
    """GET /api/v2/notifications/:group_key/accounts"""
    who, news, site, key = call.persona, call.app[NEWS], site_of(call.app), _key(call)

    def look(uow: UnitOfWork) -> list[Account]:
        ids = news.people_of(uow, who, whole_query(who, PEOPLE_MOST), key)
        return list(show_accounts(uow, ids, who, site).values())

    return answer(await call.db.read(look))


async def dismiss(call: Call) -> Response:
    """POST /api/v2/notifications/:group_key/dismiss"""
    who, key = call.persona, _key(call)
    await call.db.write(lambda uow: uow.news.drop_group(whole_query(who, 1), key))
    return empty()


def _grouped(call: Call) -> tuple[Kind, ...]:
    """Which kinds an app wants together; all that can be, unless it says."""
    if not call.params.has("grouped_types"):
        return tuple(GROUPABLE.values())
    return tuple(GROUPABLE[name] for name in call.params.many("grouped_types") if name in GROUPABLE)


def _key(call: Call) -> str:
    """The key as the database has it. What no key can be is one that nothing has."""
    match = _KEY.fullmatch(call.match("key"))
    if match is None:
        return f"{ALONE}-0"
    name, number = match.groups()
    return f"{GROUPABLE.get(name, ALONE)}-{number}"


def _shown(
    uow: UnitOfWork, found: Collection[Together], who: Actor, site: Site
) -> GroupedNotifications:
    wanted = dict.fromkeys(one for group in found for one in (*group.people, group.newest.by.id))
    accounts = show_accounts(uow, wanted, who, site)
    told = show_statuses(uow, status_ids(one.newest for one in found), who, site)
    statuses = left_in(told, "notifications")
    groups = []
    for one in found:
        number = status_id_of(one.newest)
        if type_of(one.newest) in ABOUT_POSTS and number not in statuses:
            continue
        samples = [str(person) for person in one.people if person in accounts]
        if samples:
            groups.append(_group(one, samples, number))
    named = {person for group in groups for person in group.sample_account_ids}
    return GroupedNotifications(
        accounts=[account for account in accounts.values() if account.id in named],
        statuses=list(statuses.values()),
        notification_groups=groups,
    )


def _group(one: Together, samples: list[str], number: int | None) -> NotificationGroup:
    kind, _, rest = one.group.key.rpartition("-")
    name = ALONE if kind == ALONE else _API_NAMES[one.newest.notification.kind]
    return NotificationGroup(
        group_key=f"{name}-{rest}",
        notifications_count=one.group.count,
        type=type_of(one.newest),
        most_recent_notification_id=one.group.newest_id,
        page_min_id=str(one.group.oldest_id),
        page_max_id=str(one.group.newest_id),
        latest_page_notification_at=moment(one.group.newest_at),
        sample_account_ids=samples,
        status_id=None if number is None else str(number),
    )
