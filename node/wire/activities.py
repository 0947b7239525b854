"""Sent activities at their ids: Mastodon and NodeBB fetch what a group announces (rule 5)."""

from aiohttp import web

from node.wire.answers import serve
from node.wire.found import find_activity
from node.wire.standing import as_it_stands
from storage.unit_of_work import UnitOfWork


async def activity(request: web.Request) -> web.Response:
    """`/activities/{id}`: the very bytes that were sent, if they were sent to everyone."""
    number = request.match_info["id"]

    def read(uow: UnitOfWork) -> bytes | None:
        found = find_activity(uow, number)
        if found is None:
            return None
        return as_it_stands(found.activity.body, found.posts, found.activity.created_at)

    return await serve(request, read)
