"""Pictures for browsers: those of messages, for whoever holds the message; faces, for everybody.

Whatever is not to be seen is not there, and looks so: for visitors, for others, after deletion.
There is no list, no address that works without the session, and a range is never answered (PRV-24).
"""

from typing import Final

from node.errors import NotFound
from node.media.keys import PICTURES
from node.media.pictures import Shown
from node.web.headers import PRIVATE
from node.web.http import Request, Response
from node.web.sessions import viewer_of
from storage.attachments import Size

_SANDBOX: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"
A_DAY: Final = "public, max-age=86400"


async def large(request: Request) -> Response:
    """GET /media/{name}"""
    return await _show(request, "large")


async def small(request: Request) -> Response:
    """GET /media/{name}/small"""
    return await _show(request, "small")


async def face(request: Request) -> Response:
    """GET /avatars/{name}: other nodes and their people see it, too."""
    return _open(await request.app[PICTURES].face(request.match_info["name"]))


async def header(request: Request) -> Response:
    """GET /headers/{name}: likewise."""
    return _open(await request.app[PICTURES].header(request.match_info["name"]))


def _open(shown: Shown) -> Response:
    headers = {"Cache-Control": A_DAY, "Cross-Origin-Resource-Policy": "cross-origin"}
    return picture_response(shown, headers)


async def _show(request: Request, size: Size) -> Response:
    viewer = viewer_of(request)
    if viewer is None:
        raise NotFound
    name = request.match_info["name"]
    shown = await request.app[PICTURES].show(name, size, viewer.persona)
    return picture_response(shown, {"Cache-Control": PRIVATE})


def picture_response(shown: Shown, headers: dict[str, str]) -> Response:
    """A picture that a browser shows and does nothing else with."""
    ending = shown.type.partition("/")[2]
    return Response(
        body=shown.body,
        content_type=shown.type,
        headers=headers
        | {
            "Content-Security-Policy": _SANDBOX,
            "Content-Disposition": f'inline; filename="picture.{ending}"',
        },
    )
