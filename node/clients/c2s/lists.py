"""The owner's lists of people and posts: whom it follows and who follows it, who waits, whom it
blocked (FEP-c648), what it liked, and follows that wait for an answer (FEP-4ccd).

Nobody else is shown them: to others a list of followers is a number, or not there.
"""

from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import web

from activitypub.rendering.members import written_time
from node.clients.c2s.acts.desk import BLOCKS, FOLLOWS
from node.clients.c2s.documents import Document, show_posts
from node.clients.c2s.outbox import owner_of
from node.clients.c2s.showing import collection, shown
from node.clients.c2s.views import LIST_PAGE, before_of
from node.clients.call import Call
from node.clients.mastodon.site import Site, site_of
from node.errors import NotFound
from node.safety.rules import BLOCKS_MOST
from storage.actors import Actor
from storage.blocks import Blocked
from storage.memberships import Membership
from storage.unit_of_work import UnitOfWork

Rows = Sequence[tuple[int, Any]]
"""(the id that the order goes by, what to show), one more than a page has where there are more."""
List = Callable[[UnitOfWork, Actor, int | None, Site], Rows]


async def followers(call: Call) -> web.Response:
    """GET /personas/{handle}/followers of oneself."""
    return await _list(call, "followers", _followers)


async def following(call: Call) -> web.Response:
    """GET /personas/{handle}/following of oneself: people and groups."""
    return await _list(call, "following", _following)


async def pending_followers(call: Call) -> web.Response:
    """GET /personas/{handle}/pendingFollowers of oneself: the Follows that wait for its answer."""
    return await _list(call, "pendingFollowers", _pending_followers)


async def pending_following(call: Call) -> web.Response:
    """GET /personas/{handle}/pendingFollowing of oneself: its Follows that were not answered."""
    return await _list(call, "pendingFollowing", _pending_following)


async def blocked(call: Call) -> web.Response:
    """GET /personas/{handle}/blocked of oneself: the Blocks, whole, since there is a bound to how
    many there may be."""
    who = owner_of(call)
    found = await call.db.read(lambda uow: uow.blocks.listed(who.id, BLOCKS_MOST))
    items = [_block(one, who, site_of(call.app)) for one in found]
    return shown(collection(f"{who.uri}/blocked", items, before=None, following=None))


async def one_block(call: Call) -> web.Response:
    """GET /client/blocks/{named}: one of them. Raises NotFound."""
    who, named = call.persona, call.id("named")
    found = await call.db.read(lambda uow: uow.blocks.listed(who.id, BLOCKS_MOST))
    for one in found:
        if one.actor.id == named:
            return shown(_block(one, who, site_of(call.app)))
    raise NotFound


async def liked(call: Call) -> web.Response:
    """GET /personas/{handle}/liked of oneself: what it reacted to and may still read."""
    return await _list(call, "liked", _liked)


async def waiting_follow(call: Call) -> web.Response:
    """GET /client/follows/{followed}/{follower}: to who asks, and to who is asked. Raises
    NotFound."""
    who, followed, follower = call.persona, call.id("followed"), call.id("follower")

    def read(uow: UnitOfWork) -> Document:
        one = uow.memberships.get(followed, follower)
        actors = uow.actors.get_many([followed, follower])
        if one is None or who.id not in (followed, follower) or one.follow_uri is not None:
            raise NotFound
        return _follow(one, actors[follower], actors[followed], site_of(call.app))

    return shown(await call.db.read(read))


async def _list(call: Call, name: str, rows_of: List) -> web.Response:
    who, before = owner_of(call), before_of(call)
    rows = await call.db.read(lambda uow: rows_of(uow, who, before, site_of(call.app)))
    following_id = rows[LIST_PAGE - 1][0] if len(rows) > LIST_PAGE else None
    items = [item for _, item in rows[:LIST_PAGE] if item is not None]
    return shown(collection(f"{who.uri}/{name}", items, before=before, following=following_id))


def _followers(uow: UnitOfWork, who: Actor, before: int | None, _site: Site) -> Rows:
    hidden = uow.blocks.hides(who.id)
    found = uow.profiles.followers(who.id, LIST_PAGE + 1, before)
    return [(one.id, None if one.id in hidden else one.uri) for one in found]


def _following(uow: UnitOfWork, who: Actor, before: int | None, _site: Site) -> Rows:
    found = uow.client_reading.bonds(who.id, "accepted", LIST_PAGE + 1, before)
    actors = uow.actors.get_many([one.group_id for one in found])
    hidden = uow.blocks.hides(who.id)
    return [(one.group_id, _shown(actors.get(one.group_id), hidden)) for one in found]


def _shown(actor: Actor | None, hidden: frozenset[int]) -> str | None:
    if actor is None or actor.gone_at is not None or actor.id in hidden:
        return None
    return actor.uri


def _pending_followers(uow: UnitOfWork, who: Actor, before: int | None, site: Site) -> Rows:
    found = uow.client_reading.asked(who.id, LIST_PAGE + 1, before)
    actors = uow.actors.get_many([one.actor_id for one in found])
    hidden = uow.blocks.hides(who.id)
    return [
        (one.actor_id, _follow(one, actor, who, site) if _shown(actor, hidden) else None)
        for one in found
        if (actor := actors.get(one.actor_id)) is not None
    ]


def _pending_following(uow: UnitOfWork, who: Actor, before: int | None, site: Site) -> Rows:
    found = uow.client_reading.bonds(who.id, "pending", LIST_PAGE + 1, before)
    actors = uow.actors.get_many([one.group_id for one in found])
    return [
        (one.group_id, _follow(one, who, actor, site))
        for one in found
        if (actor := actors.get(one.group_id)) is not None
    ]


def _follow(one: Membership, follower: Actor, followed: Actor, site: Site) -> Document:
    """The Follow that waits. One that came from nowhere else has an id by which only these two find
    it: who asks, and whom."""
    local = f"{site.origin}{FOLLOWS}{followed.id}/{follower.id}"
    return {
        "id": one.follow_uri or local,
        "type": "Follow",
        "actor": follower.uri,
        "object": followed.uri,
        "published": written_time(one.created_at),
    }


def _block(one: Blocked, who: Actor, site: Site) -> Document:
    return {
        "id": f"{site.origin}{BLOCKS}{one.actor.id}",
        "type": "Block",
        "actor": who.uri,
        "object": one.actor.uri,
        "published": written_time(one.since),
    }


def _liked(uow: UnitOfWork, who: Actor, before: int | None, site: Site) -> Rows:
    found = uow.client_reading.reactions(who.id, LIST_PAGE + 1, before)
    posts = show_posts(uow, [one.post_id for one in found], who, site)
    return [
        (one.id, posts[one.post_id].document["id"] if one.post_id in posts else None)
        for one in found
    ]
