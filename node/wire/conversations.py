"""Posts, and the collections by which a whole conversation can be brought home.

`context` names every post of a thread at once (FEP-7888); its keeper is the group, if the group is
at home here (FEP-11dd), or who began it on a profile. Its ETag is the digest that NodeBB compares:
two nodes that hold the same posts compute the same one, so that asking again costs a 304.
"""

import hashlib
from collections.abc import Iterable

from aiohttp import web

from activitypub.render import (
    render_collection,
    render_count,
    render_post,
    render_tombstone,
    to_bytes,
)
from activitypub.vocabulary import Post
from node.groups.documents import context_uri, post_document, tombstone_document
from node.groups.rules import is_gone
from node.profiles.documents import note_document
from node.web.keys import CONFIG, DB
from node.wire.answers import not_found, public_json, see_other, serve
from node.wire.found import FoundPost, find_conversation, find_post, is_for_everybody
from storage.unit_of_work import UnitOfWork

MOST_POSTS = 500
"""Posts of one thread that a collection names: as many as its page shows."""


async def post(request: web.Request) -> web.Response:
    """`/posts/{id}`: a `Page` or `Note`, or 410 with the `Tombstone` of what is gone.

    A post that came from elsewhere has its document there, and so the asker is sent there.
    """
    number, origin = request.match_info["id"], request.app[CONFIG].origin
    found = await request.app[DB].read(lambda uow: find_post(uow, number))
    if found is None:
        return not_found()
    if not found.view.post.is_local:
        return _elsewhere(found)
    if is_gone(found.view.post):
        body = to_bytes(render_tombstone(tombstone_document(found.view.post)))
        return public_json(request, body, status=410)
    counted = {name: f"{found.view.post.uri}/{name}" for name in ("likes", "shares")}
    return public_json(request, to_bytes(render_post(_document(found, origin)) | counted))


async def replies(request: web.Request) -> web.Response:
    """`/posts/{id}/replies`: the ids of the direct replies that stand, oldest first."""
    number, origin = request.match_info["id"], request.app[CONFIG].origin

    def read(uow: UnitOfWork) -> bytes | None:
        found = find_conversation(uow, number)
        if found is None:
            return None
        answers = uow.posts.replies_of(found.post.id, MOST_POSTS)
        held = uow.delivery_holds.of_posts([one.id for one in answers])
        standing = [
            one.uri
            for one in answers
            if is_for_everybody(one) and not is_gone(one) and one.id not in held
        ]
        return to_bytes(render_collection(f"{origin}/posts/{number}/replies", standing))

    return await serve(request, read)


async def context(request: web.Request) -> web.Response:
    """`/posts/{id}/context` of a thread: the ids of all its posts that stand, oldest first."""
    number, origin = request.match_info["id"], request.app[CONFIG].origin

    def read(uow: UnitOfWork) -> tuple[bytes, str] | None:
        found = find_conversation(uow, number)
        if found is None or found.post.parent_id is not None:
            return None
        thread = found.post
        posts = [view.post for view in uow.posts.thread(thread.id, MOST_POSTS)]
        held = uow.delivery_holds.of_posts([post.id for post in posts])
        ids = [
            post.uri
            for post in posts
            if is_for_everybody(post) and not is_gone(post) and post.id not in held
        ]
        keeper = found.keeper.uri if found.keeper is not None else None
        document = render_collection(context_uri(thread, origin), ids, attributed_to=keeper)
        return to_bytes(document), digest_of(ids)

    read_back = await request.app[DB].read(read)
    if read_back is None:
        return not_found()
    body, digest = read_back
    return public_json(request, body, etag=digest)


async def likes(request: web.Request) -> web.Response:
    """`/posts/{id}/likes`: how many reactions there are, and never whose."""
    return await _counted(request, "likes")


async def shares(request: web.Request) -> web.Response:
    """`/posts/{id}/shares`: how often people handed it on, and never who."""
    return await _counted(request, "shares")


async def _counted(request: web.Request, name: str) -> web.Response:
    number, origin = request.match_info["id"], request.app[CONFIG].origin

    def read(uow: UnitOfWork) -> bytes | None:
        found = find_conversation(uow, number)
        if found is None or is_gone(found.post):
            return None
        post_id = found.post.id
        if name == "likes":
            total = sum(uow.reactions.counts([post_id]).get(post_id, {}).values())
        else:
            total = len(uow.shares.sharers(post_id, MOST_POSTS))
        return to_bytes(render_count(f"{origin}/posts/{number}/{name}", total))

    return await serve(request, read)


def digest_of(ids: Iterable[str]) -> str:
    """The members' SHA-256 digests combined with XOR, in hex: the same in any order (FEP-8fcf)."""
    combined = 0
    for one in ids:
        combined ^= int.from_bytes(hashlib.sha256(one.encode()).digest(), "big")
    return f"{combined:064x}"


def _document(found: FoundPost, origin: str) -> Post:
    if found.group is not None:
        return post_document(found.view, found.group, found.parent, origin)
    if found.note is None:
        raise ValueError(f"post {found.view.post.id} is not for everybody")
    return note_document(found.note, found.parent, found.named, origin)


def _elsewhere(found: FoundPost) -> web.Response:
    if is_gone(found.view.post):
        return not_found()
    return see_other(found.view.post.uri)
