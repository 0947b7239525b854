"""Pictures of posts for browsers and client apps: what everybody may read at an address that nobody
can guess and any cache may keep, all else for whoever may read the post at that moment (PRV-24).

Client apps load pictures without their token. The address they are given has a pass in it, good for
one picture, one reader and a day or two; it tells who looks, and then the same questions are asked.
"""

from typing import Final

from node.media.keys import MAY_READ, REMOTE_PICTURES, UPLOADS
from node.media.pages.showing import A_DAY, picture_response
from node.media.pictures import Shown
from node.web.headers import PRIVATE
from node.web.http import Request, Response
from node.web.sessions import viewer_of
from storage.post_media import Size

_EVERYBODY: Final = {
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}


async def large(request: Request) -> Response:
    """GET /media/posts/{name}.webp"""
    return await _show(request, "large")


async def small(request: Request) -> Response:
    """GET /media/posts/{name}/small.webp"""
    return await _show(request, "small")


async def remote_large(request: Request) -> Response:
    """GET /media/remote/{name}.webp: a picture of another node's post, from our own copy."""
    return await _show_remote(request, "large")


async def remote_small(request: Request) -> Response:
    """GET /media/remote/{name}/small.webp"""
    return await _show_remote(request, "small")


async def _show_remote(request: Request, size: Size) -> Response:
    viewer, admission = viewer_of(request), request.query.get("pass", "")
    shown, is_open = await request.app[REMOTE_PICTURES].show(
        request.match_info["name"],
        size,
        None if viewer is None else viewer.persona,
        request.app[MAY_READ],
        admission,
    )
    return _response(shown, is_open, admission)


async def _show(request: Request, size: Size) -> Response:
    viewer, admission = viewer_of(request), request.query.get("pass", "")
    shown, is_open = await request.app[UPLOADS].show(
        request.match_info["name"],
        size,
        None if viewer is None else viewer.persona,
        request.app[MAY_READ],
        admission,
    )
    return _response(shown, is_open, admission)


def _response(shown: Shown, is_open: bool, admission: str) -> Response:
    headers = {"Cache-Control": A_DAY if is_open else PRIVATE}
    if is_open or admission:
        headers |= _EVERYBODY
    return picture_response(shown, headers)
