"""Responses of the ActivityPub edge: their types, their caching, and one face for "not there".

Nothing here repeats what the request said, so that no answer can be made to carry a stranger's text
(XSS-14); and every refusal to show something is the same `not_found()`, byte for byte (PRV-05).
"""

import hashlib
from collections.abc import Callable
from typing import Any, Final

import msgspec
from aiohttp import web
from aiohttp.typedefs import LooseHeaders

from node.web.keys import DB
from node.wire.negotiation import ACTIVITY_JSON
from storage.unit_of_work import UnitOfWork

ACTIVITY_TYPE: Final = f"{ACTIVITY_JSON}; charset=utf-8"
PROBLEM_TYPE: Final = "application/problem+json"

FRESH_FOR: Final = 60
"""Seconds a cache may answer for us: long enough for a burst of peers, short enough for an edit."""

_PUBLIC_HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}
_TITLES: Final = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    410: "Gone",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    503: "Service Unavailable",
}


def title_of(status: int) -> str:
    """The name of a status, for a refusal."""
    return _TITLES.get(status, "Error")


async def serve(request: web.Request, read: Callable[[UnitOfWork], bytes | None]) -> web.Response:
    """What `read` makes of the database, as an ActivityPub document; None is `not_found()`."""
    body = await request.app[DB].read(read)
    return not_found() if body is None else public_json(request, body)


def public_json(
    request: web.Request,
    body: bytes,
    *,
    content_type: str = ACTIVITY_TYPE,
    status: int = 200,
    etag: str | None = None,
) -> web.Response:
    """A document for everyone, or 304 when the asker has it already (RFC 9110 section 13.1.2)."""
    tag = etag or hashlib.sha256(body).hexdigest()[:32]
    headers = {
        **_PUBLIC_HEADERS,
        "Cache-Control": f"public, max-age={FRESH_FOR}",
        "Vary": "Accept",
        "Content-Type": content_type,
    }
    if status == 200 and _has_it(request, tag):
        del headers["Content-Type"]
        response = web.Response(status=304, headers=headers)
    else:
        response = web.Response(status=status, body=body, headers=headers)
    if status == 200:
        response.etag = tag
    return response


def problem(status: int, detail: str, headers: LooseHeaders | None = None) -> web.Response:
    """A refusal as problem+json (RFC 9457, as FEP-c180 asks). `detail` is a sentence of ours."""
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": title_of(status),
        "status": status,
        "detail": detail,
    }
    response = web.Response(
        status=status,
        body=msgspec.json.encode(document),
        headers={
            **_PUBLIC_HEADERS,
            "Cache-Control": "no-store",
            "Vary": "Accept",
            "Content-Type": PROBLEM_TYPE,
        },
    )
    if headers is not None:
        response.headers.update(headers)
    return response


def not_found() -> web.Response:
    """Unknown, private, local, gone: one answer, so that none can be told from another."""
    return problem(404, "There is nothing here.")


def see_other(uri: str) -> web.Response:
    """302 to the document of what came from another node; a page of ours is not its id."""
    headers = {**_PUBLIC_HEADERS, "Location": uri, "Cache-Control": "no-store", "Vary": "Accept"}
    return web.Response(status=302, headers=headers)


def _has_it(request: web.Request, tag: str) -> bool:
    known = request.if_none_match
    return known is not None and any(one.value in (tag, "*") for one in known)
