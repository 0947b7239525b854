"""Following people, and belonging to groups, which apps know as the same.

POST /api/v1/accounts/:id/{follow,unfollow,remove_from_followers}
GET /api/v1/accounts/relationships?id[]
GET /api/v1/follow_requests · POST /api/v1/follow_requests/:id/{authorize,reject}
"""

from collections.abc import Callable
from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer
from node.clients.call import Call
from node.clients.composition import is_language
from node.clients.doors import Handle, door
from node.clients.mastodon.entities.account import Account
from node.clients.mastodon.entities.relationship import Relationship
from node.clients.mastodon.relationships import relationship, relationships
from node.clients.mastodon.shown import Site, show_accounts, site_of
from node.clients.mastodon.windows import paged, window_of
from node.clients.params import Params
from node.errors import Invalid, NotFound, Refused
from node.groups.keys import GROUPS
from node.groups.rules import is_asked_first
from node.profiles.keys import PROFILES
from node.visibility import is_member
from node.web.keys import NOW
from storage.actors import Actor
from storage.follow_options import PLAIN, FollowOptions
from storage.unit_of_work import UnitOfWork

AT_ONCE: Final = 80
PAGE: Final = 40
PAGE_MOST: Final = 80
LANGUAGES_MOST: Final = 30
REMOVE: Final = "remove_from_followers"
WRITE: Final = "write:follows"
READ: Final = "read:follows"

UseCase = Callable[[UnitOfWork, Actor, int], None]


def routes() -> list[web.RouteDef]:
    """All of them need a person's token. Fixed words come before `:id`."""
    here, asked = "/api/v1/accounts", "/api/v1/follow_requests"
    return [
        door("GET", f"{here}/relationships", several, scope=READ, who="user"),
        door("POST", f"{here}/{{id}}/follow", follow, scope=WRITE, who="user"),
        door("POST", f"{here}/{{id}}/unfollow", unfollow, scope=WRITE, who="user"),
        door("POST", f"{here}/{{id}}/{REMOVE}", _ending(_remove), scope=WRITE, who="user"),
        door("GET", asked, requests, scope=READ, who="user"),
        door("POST", f"{asked}/{{id}}/authorize", _ending(_authorize), scope=WRITE, who="user"),
        door("POST", f"{asked}/{{id}}/reject", _ending(_reject), scope=WRITE, who="user"),
    ]


async def several(call: Call) -> Response:
    """GET /api/v1/accounts/relationships?id[]: of those who are there, in the order asked for."""
    ids, who, now = call.params.ids("id")[:AT_ONCE], call.persona, call.app[NOW]()
    site = site_of(call.app)

    def look(uow: UnitOfWork) -> list[Relationship]:
        there = show_accounts(uow, ids, who, site)
        return list(relationships(uow, who, [one for one in ids if one in there], now).values())

    return answer(await call.db.read(look))


async def follow(call: Call) -> Response:
    """POST /api/v1/accounts/:id/follow: a person; or a group, which one joins."""
    number, who, now, site = call.id(), call.persona, call.app[NOW](), site_of(call.app)
    options = _options(call.params)
    groups, profiles, origin = call.app[GROUPS], call.app[PROFILES], call.origin

    def act(uow: UnitOfWork) -> Relationship:
        whom = _somebody(uow, number, who, site)
        if whom.type == "Group":
            _refuse_asking(uow, whom, who, origin)
            groups.join(uow, number, who)
        else:
            profiles.follow(uow, who, number)
        if options is not None:
            uow.follow_options.put(who.id, number, options)
        return relationship(uow, who, number, now)

    return answer(await call.db.write(act))


async def unfollow(call: Call) -> Response:
    """POST /api/v1/accounts/:id/unfollow: where nobody follows, nothing changes."""
    number, who, now, site = call.id(), call.persona, call.app[NOW](), site_of(call.app)
    groups, profiles = call.app[GROUPS], call.app[PROFILES]

    def act(uow: UnitOfWork) -> Relationship:
        whom = _somebody(uow, number, who, site)
        if whom.type == "Group":
            groups.leave(uow, number, who)
        else:
            profiles.unfollow(uow, who, number)
        uow.follow_options.drop(who.id, number)
        return relationship(uow, who, number, now)

    return answer(await call.db.write(act))


async def requests(call: Call) -> Response:
    """GET /api/v1/follow_requests: who waits for an answer."""
    who, site, window = call.persona, site_of(call.app), window_of(call, PAGE, PAGE_MOST)

    def look(uow: UnitOfWork) -> tuple[list[int], dict[int, Account]]:
        asking = uow.profiles.followers(who.id, window.limit, window.before, "pending")
        ids = [one.id for one in asking if one.id > window.after]
        return ids, show_accounts(uow, ids, who, site)

    ids, shown = await call.db.read(look)
    return paged(call, list(shown.values()), ids, window)


def _ending(use_case: Callable[[Call], UseCase]) -> Handle:
    async def handle(call: Call) -> Response:
        number, who, now, act_on = call.id(), call.persona, call.app[NOW](), use_case(call)

        def act(uow: UnitOfWork) -> Relationship:
            act_on(uow, who, number)
            return relationship(uow, who, number, now)

        return answer(await call.db.write(act))

    return handle


def _authorize(call: Call) -> UseCase:
    return call.app[PROFILES].accept


def _reject(call: Call) -> UseCase:
    return call.app[PROFILES].reject


def _remove(call: Call) -> UseCase:
    site, remove = site_of(call.app), call.app[PROFILES].remove_follower

    def act(uow: UnitOfWork, who: Actor, number: int) -> None:
        if number not in show_accounts(uow, [number], who, site):
            raise NotFound
        remove(uow, who, number)

    return act


def _somebody(uow: UnitOfWork, number: int, who: Actor, site: Site) -> Actor:
    """Whoever is there for the reader. Raises NotFound, after the same questions for all."""
    is_there, whom = number in show_accounts(uow, [number], who, site), uow.actors.get(number)
    if not is_there or whom is None:
        raise NotFound
    return whom


def _options(params: Params) -> FollowOptions | None:
    """What was chosen, None when nothing was: then what was chosen before stays."""
    if not any(params.has(name) for name in ("reblogs", "notify", "languages")):
        return None
    languages = tuple(dict.fromkeys(params.many("languages")))
    if len(languages) > LANGUAGES_MOST or not all(map(is_language, languages)):
        raise Invalid("languages", "languages must be language codes such as en or pt-BR.")
    return FollowOptions(
        with_shares=params.flag("reblogs", PLAIN.with_shares),
        notifies=params.flag("notify", PLAIN.notifies),
        languages=languages,
    )


def _refuse_asking(uow: UnitOfWork, group: Actor, who: Actor, origin: str) -> None:
    """A group that asks first takes its answers on its page, where they are shown to be private.
    Raises Refused."""
    found = uow.groups.get(group.id)
    if found is None or not is_asked_first(found.group):
        return
    if is_member(uow.memberships.get(group.id, who.id)):
        return
    raise Refused(
        f"This group asks before somebody joins. Send a request on its page, "
        f"{origin}/groups/{group.handle}; once it is accepted, it shows in your apps.",
        "asks",
    )
