"""The fields of a posted form: urlencoded only, bounded, each name once, no control characters.

Nothing here uploads files, so multipart is refused and costs nothing (DOS-14); compressed bodies
are refused before they are opened (DOS-02).
"""

import asyncio
import re
from urllib.parse import parse_qsl

from aiohttp import web

from node.web.keys import FORM_BODY

FORM = "application/x-www-form-urlencoded"
FIELDS_MOST = 60
READ_SECONDS = 30

# NUL would stop PostgreSQL; the others have no place in text either. Tab and line feed stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


async def form_body(request: web.Request) -> dict[str, str]:
    """The fields as typed, read once a request. Empty for bodies that are not a form."""
    kept: dict[str, str] | None = request.get(FORM_BODY)
    if kept is not None:
        return kept
    request[FORM_BODY] = fields = await _read(request)
    return fields


async def _read(request: web.Request) -> dict[str, str]:
    if request.content_type != FORM or "Content-Encoding" in request.headers:
        return {}
    try:
        async with asyncio.timeout(READ_SECONDS):
            raw = await request.read()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
    try:
        pairs = parse_qsl(
            raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS_MOST
        )
    except ValueError as error:
        raise web.HTTPBadRequest from error
    return {name: _tidy(value) for name, value in reversed(pairs)}


def _tidy(value: str) -> str:
    return _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
