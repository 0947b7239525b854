"""Lists about one account: what it posted, whom it follows and who follows it.

    GET /api/v1/accounts/:id/statuses · /followers · /following
    GET /api/v1/statuses/:id/reblogged_by · /favourited_by

Who follows whom is for themselves: of others a reader sees itself alone (docs/clients.md).
"""

from collections.abc import Callable

from aiohttp import web

from node.clients.answers import Response, answer
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.accounts import need_account
from node.clients.mastodon.filtering import left_in
from node.clients.mastodon.paging import page, window_of
from node.clients.mastodon.pinned import pinned_by
from node.clients.mastodon.shown import show_accounts, show_statuses, site_of
from node.clients.mastodon.statuses import need_status
from node.clients.mastodon.unread import unread
from node.web.keys import NOW
from storage.hashtags import tag_key
from storage.post_record import Audience
from storage.timelines import Window
from storage.unit_of_work import UnitOfWork

ACCOUNTS = "read:accounts"
STATUSES = "read:statuses"
PEOPLE, PEOPLE_MOST = 40, 80


def routes() -> list[web.RouteDef]:
    """Open as far as what they show is."""
    one, status = "/api/v1/accounts/{id}", "/api/v1/statuses/{id}"
    return [
        door("GET", f"{one}/statuses", statuses, scope=STATUSES, who="anyone"),
        door("GET", f"{one}/followers", followers, scope=ACCOUNTS, who="anyone"),
        door("GET", f"{one}/following", following, scope=ACCOUNTS, who="anyone"),
        door("GET", f"{status}/reblogged_by", reblogged_by, scope=STATUSES, who="anyone"),
        door("GET", f"{status}/favourited_by", favourited_by, scope=STATUSES, who="anyone"),
    ]


async def statuses(call: Call) -> Response:
    """GET /api/v1/accounts/:id/statuses, with pinned, exclude_replies, exclude_reblogs, only_media,
    tagged"""
    number, window, params, site = call.id(), window_of(call.params), call.params, site_of(call.app)
    tag, wants_pinned = params.text("tagged"), params.flag("pinned")
    replies, shares = not params.flag("exclude_replies"), not params.flag("exclude_reblogs")
    media = params.flag("only_media")

    def read(uow: UnitOfWork) -> tuple[list[int], dict[int, object]]:
        need_account(uow, number, call.reader, site)
        if wants_pinned:
            ids = pinned_by(uow, number, call.reader, window)
        else:
            ids = uow.timelines.of_account(
                number,
                window,
                _audiences(uow, call, number),
                everywhere=call.reader is not None and call.reader.id == number,
                replies=replies,
                shares=shares,
                media=media,
                tag=tag_key(tag) if tag else None,
            )
        return ids, dict(left_in(show_statuses(uow, ids, call.reader, site), "account"))

    ids, shown = await call.db.read(read)
    return page(call, ids, shown, window)


async def followers(call: Call) -> Response:
    """GET /api/v1/accounts/:id/followers: one's own; of others only whether one is among them."""

    def find(uow: UnitOfWork, number: int, window: Window) -> list[int]:
        reader = call.reader
        if reader is None:
            return []
        if reader.id == number:
            return uow.statuses.followers(number, window.limit, window.below)
        return [reader.id] if number in uow.timelines.followed(reader.id) else []

    return await _people(call, find)


async def following(call: Call) -> Response:
    """GET /api/v1/accounts/:id/following: one's own groups and people; of others only oneself."""

    def find(uow: UnitOfWork, number: int, window: Window) -> list[int]:
        reader = call.reader
        if reader is None:
            return []
        followed = uow.timelines.followed(number)
        if reader.id != number:
            return [reader.id] if reader.id in followed else []
        below = sorted((one for one in followed if one < window.below), reverse=True)
        return below[: window.limit]

    return await _people(call, find)


async def reblogged_by(call: Call) -> Response:
    """GET /api/v1/statuses/:id/reblogged_by: the people who handed it on."""
    number, site, now = call.id(), site_of(call.app), call.key(NOW)()
    window = window_of(call.params, PEOPLE, PEOPLE_MOST)

    def read(uow: UnitOfWork) -> tuple[list[int], dict[int, object]]:
        need_status(uow, number, call.reader, site)
        hidden = unread(uow, call.reader, now)
        sharers = uow.shares.sharers(number, window.limit, window.below)
        people = {share: one.id for share, one in sharers.items() if one.id not in hidden}
        shown = show_accounts(uow, people.values(), call.reader, site)
        return list(sharers), {
            share: shown[person] for share, person in people.items() if person in shown
        }

    shares, shown = await call.db.read(read)
    return page(call, shares, shown, window)


async def favourited_by(call: Call) -> Response:
    """GET /api/v1/statuses/:id/favourited_by: who felt what is told nobody, as on the pages; one's
    own reaction shows."""
    number, site = call.id(), site_of(call.app)

    def read(uow: UnitOfWork) -> list[object]:
        status = need_status(uow, number, call.reader, site)
        if call.reader is None or not status.favourited:
            return []
        return list(show_accounts(uow, [call.reader.id], call.reader, site).values())

    return answer(await call.db.read(read))


async def _people(call: Call, find: Callable[[UnitOfWork, int, Window], list[int]]) -> Response:
    number, site = call.id(), site_of(call.app)
    window = window_of(call.params, PEOPLE, PEOPLE_MOST)

    def read(uow: UnitOfWork) -> tuple[list[int], dict[int, object]]:
        need_account(uow, number, call.reader, site)
        ids = find(uow, number, window)
        return ids, dict(show_accounts(uow, ids, call.reader, site))

    ids, shown = await call.db.read(read)
    return page(call, ids, shown, window)


def _audiences(uow: UnitOfWork, call: Call, number: int) -> list[Audience]:
    """Whom posts may be for that the reader is shown of an account."""
    found: list[Audience] = ["group", "public", "unlisted"]
    if call.reader is None:
        return found
    if call.reader.id == number:
        return [*found, "followers", "self"]
    follows = uow.statuses.memberships(call.reader.id, [number]).get(number)
    return [*found, "followers"] if follows and follows.state == "accepted" else found
