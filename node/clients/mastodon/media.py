"""Pictures that an app sends before the post that will carry them, and what is said about them.

They are ready when the answer comes: it is always 200, never 202, and nothing has to be asked for
again. Films and sound are refused, in words that name what is taken: nothing in this house could
take out of them what a camera writes in.
"""

from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer, empty
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.attached import show_media
from node.clients.mastodon.entities.media import MediaAttachment
from node.clients.mastodon.site import site_of
from node.errors import Invalid
from node.media.keys import UPLOADS
from node.media.rules import focus_of, too_large
from storage.post_media import PostMedia
from storage.unit_of_work import UnitOfWork

SCOPE: Final = "write:media"


def routes() -> list[web.RouteDef]:
    return [
        door("POST", "/api/v2/media", upload, scope=SCOPE, who="user"),
        door("POST", "/api/v1/media", upload, scope=SCOPE, who="user"),
        door("GET", "/api/v1/media/{id}", show, scope=SCOPE, who="user"),
        door("PUT", "/api/v1/media/{id}", change, scope=SCOPE, who="user"),
        door("DELETE", "/api/v1/media/{id}", discard, scope=SCOPE, who="user"),
    ]


async def upload(call: Call) -> Response:
    """POST /api/v2/media: `file`, `description` (its alt text), `focus` ("x,y"). A `thumbnail` is
    for films and is not looked at: ours are made from the picture itself."""
    sent = call.params.file("file")
    if sent is None:
        raise Invalid("file", "file can't be blank: send one picture as multipart/form-data")
    if sent.is_too_long:
        raise too_large()
    alt = call.params.text("description") or ""
    focus = focus_of(call.params.text("focus") or "", "focus")
    media = await call.app[UPLOADS].keep(call.persona, sent.body, alt, focus)
    return answer(await _shown(call, media))


async def show(call: Call) -> Response:
    """GET /api/v1/media/{id}"""
    pictures, number = call.app[UPLOADS].pictures, call.id()
    media = await call.db.read(lambda uow: pictures.own(uow, call.persona, number))
    return answer(await _shown(call, media))


async def change(call: Call) -> Response:
    """PUT /api/v1/media/{id}: other words or another focal point, until it is posted."""
    pictures, number = call.app[UPLOADS].pictures, call.id()
    alt = call.params.text("description")
    focus = focus_of(call.params.text("focus") or "", "focus") if call.params.has("focus") else None
    media = await call.db.write(
        lambda uow: pictures.describe(uow, call.persona, number, alt, focus)
    )
    return answer(await _shown(call, media))


async def discard(call: Call) -> Response:
    """DELETE /api/v1/media/{id}: forget one that was not posted."""
    pictures, number = call.app[UPLOADS].pictures, call.id()
    await call.db.write(lambda uow: pictures.discard(uow, call.persona, number))
    return empty()


async def _shown(call: Call, media: PostMedia) -> MediaAttachment:
    site = site_of(call.app)

    def read(uow: UnitOfWork) -> MediaAttachment:
        return show_media(uow, [media], call.persona, site)[media.id]

    return await call.db.read(read)
