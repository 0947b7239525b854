"""The small collections of groups and personas: moderators, pinned threads, number of followers."""

from aiohttp import web

from activitypub.render import render_collection, render_count, render_post, to_bytes
from node.attaching import with_attached
from node.groups.documents import post_document
from node.groups.rules import is_gone
from node.web.keys import CONFIG
from node.wire.answers import serve
from node.wire.found import find_group, find_persona
from storage.unit_of_work import UnitOfWork


async def moderators(request: web.Request) -> web.Response:
    """`/groups/{handle}/moderators`: their ids, from which peers know whose removals count (b1)."""
    origin, handle = request.app[CONFIG].origin, request.match_info["handle"]

    def read(uow: UnitOfWork) -> bytes | None:
        group = find_group(uow, origin, handle)
        if group is None:
            return None
        listed = uow.memberships.moderators(group.actor.id)
        here = [one.uri for one in listed if one.gone_at is None and one.suspended_at is None]
        return to_bytes(render_collection(f"{group.actor.uri}/moderators", here))

    return await serve(request, read)


async def featured(request: web.Request) -> web.Response:
    """`/groups/{handle}/featured`: the pinned threads, whole, as Lemmy reads them (b1)."""
    origin, handle = request.app[CONFIG].origin, request.match_info["handle"]

    def read(uow: UnitOfWork) -> bytes | None:
        group = find_group(uow, origin, handle)
        if group is None:
            return None
        pinned = uow.posts.pinned(group.actor.id)
        held = uow.delivery_holds.of_posts([view.post.id for view in pinned])
        pages = [
            render_post(post_document(view, group, None, origin))
            for view in with_attached(uow, pinned)
            if not is_gone(view.post) and view.post.id not in held
        ]
        return to_bytes(render_collection(f"{group.actor.uri}/featured", pages))

    return await serve(request, read)


async def group_followers(request: web.Request) -> web.Response:
    """`/groups/{handle}/followers`: how many members there are, and never who."""
    origin, handle = request.app[CONFIG].origin, request.match_info["handle"]

    def read(uow: UnitOfWork) -> bytes | None:
        group = find_group(uow, origin, handle)
        if group is None:
            return None
        total = uow.memberships.count(group.actor.id)
        return to_bytes(render_count(f"{group.actor.uri}/followers", total))

    return await serve(request, read)


async def persona_followers(request: web.Request) -> web.Response:
    """`/personas/{handle}/followers`: a name to address, which tells neither who nor how many."""
    return await _nobody_told(request, "followers")


async def persona_following(request: web.Request) -> web.Response:
    """`/personas/{handle}/following`: the same; it would tell what somebody lives with."""
    return await _nobody_told(request, "following")


async def persona_liked(request: web.Request) -> web.Response:
    """`/personas/{handle}/liked`: the same."""
    return await _nobody_told(request, "liked")


async def _nobody_told(request: web.Request, name: str) -> web.Response:
    origin, handle = request.app[CONFIG].origin, request.match_info["handle"]

    def read(uow: UnitOfWork) -> bytes | None:
        actor = find_persona(uow, origin, handle)
        return None if actor is None else to_bytes(render_count(f"{actor.uri}/{name}", 0))

    return await serve(request, read)
