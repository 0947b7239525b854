"""`/health`: whether the process answers and its database does."""

from aiohttp import web

from node.web.keys import DB
from storage.errors import StorageError

_NOW = {"Cache-Control": "no-store"}


async def health(request: web.Request) -> web.Response:
    """200 `{"status": "ok"}`, or 503 when the database is away."""
    try:
        await request.app[DB].read(lambda uow: uow.settings.get("health"))
    except StorageError:
        return web.json_response({"status": "no database"}, status=503, headers=_NOW)
    return web.json_response({"status": "ok"}, headers=_NOW)
