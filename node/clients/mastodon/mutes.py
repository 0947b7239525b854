"""Keeping people and nodes at a distance, and notes about people for oneself.

    POST /api/v1/accounts/:id/{mute,unmute,block,unblock,note} · GET /api/v1/{mutes,blocks}
    GET|POST|DELETE /api/v1/domain_blocks
    POST /api/v1/accounts/:id/{pin,unpin,endorse,unendorse}

Nobody is recommended on a profile here: the last four say how the reader stands to the account, and
change nothing.
"""

from collections.abc import Callable
from typing import Final

from aiohttp import web
from msgspec import Struct

from node.clients.answers import Response, answer, empty, maybe_moment
from node.clients.call import Call
from node.clients.doors import Handle, door
from node.clients.mastodon.entities.account import Account
from node.clients.mastodon.relationships import relationship
from node.clients.mastodon.shown import show_accounts, site_of
from node.clients.mastodon.windows import paged, window_of
from node.errors import NotFound
from node.safety.keys import MUTING, SAFETY
from node.web.keys import NOW
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

PAGE: Final = 40
PAGE_MOST: Final = 80
NODES_MOST: Final = 200
TEN_YEARS: Final = 10 * 365 * 24 * 3600

UseCase = Callable[[UnitOfWork, Actor, int], None]


class MutedAccount(Account, kw_only=True):
    """Somebody whom the reader does not read, until when."""

    mute_expires_at: str | None = None


def routes() -> list[web.RouteDef]:
    """All of them need a person's token."""
    one, nodes = "/api/v1/accounts/{id}", "/api/v1/domain_blocks"
    lines: list[tuple[str, str, Handle, str]] = [
        ("POST", f"{one}/mute", mute, "write:mutes"),
        ("POST", f"{one}/unmute", unmute, "write:mutes"),
        ("POST", f"{one}/block", block, "write:blocks"),
        ("POST", f"{one}/unblock", unblock, "write:blocks"),
        ("POST", f"{one}/note", note, "write:accounts"),
        *(
            ("POST", f"{one}/{act}", look_only, "write:accounts")
            for act in ("pin", "unpin", "endorse", "unendorse")
        ),
        ("GET", "/api/v1/mutes", mutes, "read:mutes"),
        ("GET", "/api/v1/blocks", blocks, "read:blocks"),
        ("GET", nodes, muted_nodes, "read:blocks"),
        ("POST", nodes, mute_node, "write:blocks"),
        ("DELETE", nodes, unmute_node, "write:blocks"),
    ]
    return [
        door(method, path, handle, scope=scope, who="user") for method, path, handle, scope in lines
    ]


async def mute(call: Call) -> Response:
    """POST /api/v1/accounts/:id/mute; `duration` counts seconds, 0 is for good."""
    muting = call.app[MUTING]
    seconds = call.params.number("duration", 0, 0, TEN_YEARS)
    notifications = call.params.flag("notifications", True)

    def act(uow: UnitOfWork, who: Actor, number: int) -> None:
        muting.mute(uow, who, number, notifications=notifications, seconds=seconds)

    return await _then(call, act)


async def unmute(call: Call) -> Response:
    """POST /api/v1/accounts/:id/unmute"""
    muting, site = call.app[MUTING], site_of(call.app)

    def act(uow: UnitOfWork, who: Actor, number: int) -> None:
        if number not in show_accounts(uow, [number], who, site):
            raise NotFound
        muting.unmute(uow, who, number)

    return await _then(call, act)


async def block(call: Call) -> Response:
    """POST /api/v1/accounts/:id/block: silent, and with no way back for what ends by it."""
    safety = call.app[SAFETY]
    return await _then(call, safety.block)


async def unblock(call: Call) -> Response:
    """POST /api/v1/accounts/:id/unblock"""
    safety = call.app[SAFETY]

    def act(uow: UnitOfWork, who: Actor, number: int) -> None:
        safety.seen(uow, who, uow.actors.get(number))
        safety.lift(uow, who, number)

    return await _then(call, act)


async def note(call: Call) -> Response:
    """POST /api/v1/accounts/:id/note: `comment`, for nobody but oneself."""
    muting, words = call.app[MUTING], call.params.text("comment") or ""

    def act(uow: UnitOfWork, who: Actor, number: int) -> None:
        muting.note(uow, who, number, words)

    return await _then(call, act)


async def look_only(call: Call) -> Response:
    """POST /api/v1/accounts/:id/pin and the like: nothing changes."""
    muting = call.app[MUTING]

    def act(uow: UnitOfWork, who: Actor, number: int) -> None:
        muting.known(uow, who, number)

    return await _then(call, act)


async def mutes(call: Call) -> Response:
    """GET /api/v1/mutes"""
    who, now, site = call.persona, call.app[NOW](), site_of(call.app)
    window = window_of(call, PAGE, PAGE_MOST)

    def look(uow: UnitOfWork) -> tuple[list[int], list[MutedAccount]]:
        found = uow.mutes.listed(who.id, now, **window.asked())
        shown = show_accounts(uow, [actor.id for _, actor in found], who, site)
        until = {mute.muted_id: maybe_moment(mute.expires_at) for mute, _ in found}
        return [mute.id for mute, _ in found], [
            _muted(account, until[number]) for number, account in shown.items()
        ]

    ids, shown = await call.db.read(look)
    return paged(call, shown, ids, window)


async def blocks(call: Call) -> Response:
    """GET /api/v1/blocks: whom this persona blocked, the latest first."""
    who, safety, site = call.persona, call.app[SAFETY], site_of(call.app)
    window = window_of(call, PAGE, PAGE_MOST)

    def look(uow: UnitOfWork) -> tuple[list[int], list[Account]]:
        named = sorted((one.actor.id for one in safety.blocked_by(uow, who)), reverse=True)
        within = [one for one in named if window.after < one < window.before]
        ids = within[-window.limit :] if window.upward else within[: window.limit]
        return ids, list(show_accounts(uow, ids, who, site).values())

    ids, shown = await call.db.read(look)
    return paged(call, shown, ids, window)


async def muted_nodes(call: Call) -> Response:
    """GET /api/v1/domain_blocks"""
    who, window = call.persona, window_of(call, 100, NODES_MOST)
    found = await call.db.read(lambda uow: uow.mutes.listed_nodes(who.id, **window.asked()))
    return paged(call, [one.authority for one in found], [one.id for one in found], window)


async def mute_node(call: Call) -> Response:
    """POST /api/v1/domain_blocks: one's own; the node's policy is not touched."""
    who, muting, domain = call.persona, call.app[MUTING], call.params.need("domain")
    await call.db.write(lambda uow: muting.mute_node(uow, who, domain))
    return empty()


async def unmute_node(call: Call) -> Response:
    """DELETE /api/v1/domain_blocks"""
    who, muting, domain = call.persona, call.app[MUTING], call.params.need("domain")
    await call.db.write(lambda uow: muting.unmute_node(uow, who, domain))
    return empty()


async def _then(call: Call, act: UseCase) -> Response:
    """Do it, and say how the reader stands to the account now."""
    number, who, now = call.id(), call.persona, call.app[NOW]()

    def carry_out(uow: UnitOfWork) -> Struct:
        act(uow, who, number)
        return relationship(uow, who, number, now)

    return answer(await call.db.write(carry_out))


def _muted(account: Account, until: str | None) -> MutedAccount:
    fields = {name: getattr(account, name) for name in Account.__struct_fields__}
    return MutedAccount(**fields, mute_expires_at=until)
