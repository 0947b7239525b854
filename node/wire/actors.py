"""The actors of this node as documents: personas, public groups, and the node itself."""

from aiohttp import web

from activitypub.render import render_actor, to_bytes
from federation.own_keys import public_half
from node.groups.documents import group_document, node_document, persona_document
from node.web.keys import CONFIG
from node.wire.answers import serve
from node.wire.endpoints import client_members
from node.wire.found import find_departed, find_group, find_node, find_persona
from storage.actors import Actor
from storage.keys import PublicKeyRecord
from storage.unit_of_work import UnitOfWork


async def persona(request: web.Request) -> web.Response:
    """`/personas/{handle}`: a `Person`."""
    origin, handle = request.app[CONFIG].origin, request.match_info["handle"]

    def read(uow: UnitOfWork) -> bytes | None:
        here = find_persona(uow, origin, handle)
        actor = here or find_departed(uow, origin, handle)
        if actor is None:
            return None
        profile = uow.profiles.get(actor.id)
        locked = profile is None or profile.profile.locked
        document = render_actor(persona_document(actor, _keys(uow, actor), locked=locked))
        return to_bytes(document | client_members(actor.uri, origin) if here else document)

    return await serve(request, read)


async def group(request: web.Request) -> web.Response:
    """`/groups/{handle}`: a `Group`, if it is public."""
    origin, handle = request.app[CONFIG].origin, request.match_info["handle"]

    def read(uow: UnitOfWork) -> bytes | None:
        found = find_group(uow, origin, handle)
        if found is None:
            return None
        return to_bytes(render_actor(group_document(found, _keys(uow, found.actor))))

    return await serve(request, read)


async def node(request: web.Request) -> web.Response:
    """`/actor`: the `Application` that signs this node's own requests."""
    origin = request.app[CONFIG].origin

    def read(uow: UnitOfWork) -> bytes | None:
        actor = find_node(uow, origin)
        if actor is None:
            return None
        return to_bytes(render_actor(node_document(actor, _keys(uow, actor))))

    return await serve(request, read)


def _keys(uow: UnitOfWork, actor: Actor) -> list[PublicKeyRecord]:
    keys = uow.keys.private(actor.id)
    return public_half(actor.uri, actor.id, keys) if keys is not None else []
