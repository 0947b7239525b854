"""What the owner of a token reads: its actor, its boxes, single things, and collections of them.

Each handler stands beside the one in `node/wire/` that serves the same address to everybody else
(routes.py). What the caller may not read is answered like what is not there.
"""

from collections.abc import Callable

from aiohttp import web

from activitypub.contexts import ACTOR_CONTEXT
from activitypub.render import render_actor
from federation.own_keys import public_half
from node.clients.c2s.activities import activity_with, of_reactions, of_shares
from node.clients.c2s.acts.desk import COLLECTIONS
from node.clients.c2s.boxes import Page, inbox_page, outbox_page
from node.clients.c2s.documents import Document, show_messages, show_posts
from node.clients.c2s.outbox import owner_of
from node.clients.c2s.showing import collection, shown
from node.clients.call import Call, known_id
from node.clients.mastodon.site import Site, site_of
from node.errors import Invalid, NotFound
from node.groups.documents import persona_document
from node.wire.endpoints import client_endpoints
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

LIST_PAGE = 50
_OWN = ("liked", "blocked", "pendingFollowers", "pendingFollowing", "following", "followers")
_TERMS = {
    "pendingFollowers": {
        "@id": "https://purl.archive.org/socialweb/pending#pendingFollowers",
        "@type": "@id",
    },
    "pendingFollowing": {
        "@id": "https://purl.archive.org/socialweb/pending#pendingFollowing",
        "@type": "@id",
    },
    "blocked": {"@id": "https://purl.archive.org/socialweb/blocked#blocked", "@type": "@id"},
    "eventStream": {"@id": "https://purl.archive.org/socialweb/sse#eventStream", "@type": "@id"},
}


async def actor(call: Call) -> web.Response:
    """GET /personas/{handle} of oneself: the public document, and the ways to what only its owner
    may read."""
    who = owner_of(call)

    def read(uow: UnitOfWork) -> Document:
        keys = uow.keys.private(who.id)
        halves = public_half(who.uri, who.id, keys) if keys is not None else []
        profile = uow.profiles.get(who.id)
        locked = profile is None or profile.profile.locked
        return render_actor(persona_document(who, halves, locked=locked))

    document = await call.db.read(read)
    own = {name: f"{who.uri}/{name}" for name in _OWN}
    endpoints = client_endpoints(call.origin)
    stream = {"eventStream": f"{call.origin}/client/events"}
    context = {"@context": [*ACTOR_CONTEXT, _TERMS]}
    return shown({**document, **context, "endpoints": endpoints, **own, **stream})


async def outbox(call: Call) -> web.Response:
    """GET /personas/{handle}/outbox of oneself."""
    return await _box(call, "outbox", outbox_page)


async def inbox(call: Call) -> web.Response:
    """GET /personas/{handle}/inbox of oneself."""
    return await _box(call, "inbox", inbox_page)


async def _box(
    call: Call, name: str, page_of: Callable[[UnitOfWork, Actor, int | None, Site], Page]
) -> web.Response:
    who, before = owner_of(call), before_of(call)
    page = await call.db.read(lambda uow: page_of(uow, who, before, site_of(call.app)))
    uri = f"{who.uri}/{name}"
    return shown(collection(uri, page.items, before=before, following=page.following))


async def activity(call: Call) -> web.Response:
    """GET /activities/{id}: one's own, or one that reached oneself. Raises NotFound."""
    who, number = call.persona, call.id()
    found = await call.db.read(lambda uow: activity_with(uow, number, who, site_of(call.app)))
    if found is None:
        raise NotFound
    return shown(found)


async def post(call: Call) -> web.Response:
    """GET /posts/{id} that the caller may read; of one's own that is deleted, what is left (410).
    Raises NotFound."""
    who, number = call.persona, call.id()

    def read(uow: UnitOfWork) -> tuple[Document | None, Document | None]:
        one = show_posts(uow, [number], who, site_of(call.app)).get(number)
        standing = uow.statuses.standing([number]).get(number)
        uris = uow.client_reading.uris([number])
        is_own = standing is not None and standing.author_id == who.id
        grave = {"id": uris[number], "type": "Tombstone"} if is_own else None
        return (one.document if one else None), grave

    document, grave = await call.db.read(read)
    if document is None and grave is None:
        raise NotFound
    return shown(document) if document else shown(grave or {}, status=410)


async def message(call: Call) -> web.Response:
    """GET /client/messages/{id}: a private message that the caller holds. Raises NotFound."""
    who, number = call.persona, call.id()
    found = await call.db.read(lambda uow: show_messages(uow, [number], who, site_of(call.app)))
    if number not in found:
        raise NotFound
    return shown(found[number].document)


async def likes(call: Call) -> web.Response:
    """GET /posts/{id}/likes: how many reactions there are, and of all who reacted the caller alone
    (PRV-26). Raises NotFound."""

    def read(uow: UnitOfWork, number: int, who: Actor) -> tuple[int, list[Document]]:
        total = sum(uow.reactions.counts([number]).get(number, {}).values())
        own = uow.reactions.get(number, who.id)
        found = of_reactions(uow, [own] if own else [], who, site_of(call.app))
        return total, list(found.values())

    return await _about_post(call, "likes", read)


async def shares(call: Call) -> web.Response:
    """GET /posts/{id}/shares: as `likes`. Raises NotFound."""

    def read(uow: UnitOfWork, number: int, who: Actor) -> tuple[int, list[Document]]:
        own = uow.shares.of(who.id, number)
        found = of_shares(uow, [own] if own else [], who, site_of(call.app))
        return len(uow.shares.sharers(number, LIST_PAGE)), list(found.values())

    return await _about_post(call, "shares", read)


async def _about_post(
    call: Call,
    name: str,
    read: Callable[[UnitOfWork, int, Actor], tuple[int, list[Document]]],
) -> web.Response:
    who, number = call.persona, call.id()

    def ask(uow: UnitOfWork) -> tuple[int, list[Document]] | None:
        found = show_posts(uow, [number], who, site_of(call.app))
        return read(uow, number, who) if found else None

    found = await call.db.read(ask)
    if found is None:
        raise NotFound
    total, items = found
    uri = f"{call.origin}/posts/{number}/{name}"
    return shown(
        collection(uri, items, before=None, following=None, kind="Collection", total=total)
    )


async def replies(call: Call) -> web.Response:
    """GET /posts/{id}/replies: those that the caller may read, oldest first. Raises NotFound."""
    who, number = call.persona, call.id()

    def read(uow: UnitOfWork) -> list[str] | None:
        if not show_posts(uow, [number], who, site_of(call.app)):
            return None
        ids = [one.id for one in uow.posts.replies_of(number, LIST_PAGE)]
        found = show_posts(uow, ids, who, site_of(call.app))
        return [found[one].document["id"] for one in ids if one in found]

    found = await call.db.read(read)
    if found is None:
        raise NotFound
    uri = f"{call.origin}/posts/{number}/replies"
    return shown(collection(uri, found, before=None, following=None))


async def kept(call: Call) -> web.Response:
    """GET /collections/{id}: a collection of one's own, the latest addition first. Raises
    NotFound."""
    who, number, before = call.persona, call.id(), before_of(call)

    def read(uow: UnitOfWork) -> Document:
        one = uow.client_collections.get(number, who.id)
        items = uow.client_collections.items(number if one else 0, LIST_PAGE + 1, before)
        if one is None:
            raise NotFound
        following = items[LIST_PAGE - 1].id if len(items) > LIST_PAGE else None
        return collection(
            f"{call.origin}{COLLECTIONS}{number}",
            [item.uri for item in items[:LIST_PAGE]],
            before=before,
            following=following,
            kind="OrderedCollection" if one.ordered else "Collection",
            total=uow.client_collections.total(number),
        ) | {"name": one.name, "attributedTo": who.uri}

    return shown(await call.db.read(read))


def before_of(call: Call) -> int | None:
    """Where the page that is asked for begins. Raises Invalid."""
    text = call.params.text("before")
    if not text:
        return None
    try:
        return known_id(text)
    except NotFound:
        raise Invalid("before", "Take `next` of the page that you have") from None
