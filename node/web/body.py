"""The fields of a posted form: bounded, each name once, no control characters.

Forms are urlencoded. Multipart is read where a handler declares that it takes files (`files.py`),
and there only as far as the first file until the form has shown that it is ours; everywhere else it
is refused and costs nothing (DOS-14). Compressed bodies are refused before they are opened
(DOS-02).
"""

import asyncio
import re
from urllib.parse import parse_qsl

from aiohttp import web

from node.web.files import FORM_WITH_FILES, file_form, takes_files
from node.web.keys import FORM_BODY
from node.web.multipart import SentFile

FORM = "application/x-www-form-urlencoded"
FIELDS_MOST = 60
READ_SECONDS = 30

# NUL would stop PostgreSQL; the others have no place in text either. Tab and line feed stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


async def form_body(request: web.Request) -> dict[str, str]:
    """The fields as typed, read once a request; of a form with files those before the first file.
    Empty for bodies that are not a form."""
    kept: dict[str, str] | None = request.get(FORM_BODY)
    if kept is not None:
        return kept
    request[FORM_BODY] = fields = await _read(request)
    return fields


async def whole_body(request: web.Request) -> tuple[dict[str, str], list[SentFile]]:
    """All fields and all files. Call it once `check_form` was content with the first fields."""
    fields = await form_body(request)
    if request.content_type != FORM_WITH_FILES or not takes_files(request):
        return fields, []
    form = file_form(request)
    await form.read_all()
    fields |= _tidied(form.texts)
    return fields, form.files


async def _read(request: web.Request) -> dict[str, str]:
    if "Content-Encoding" in request.headers:
        return {}
    if request.content_type == FORM_WITH_FILES and takes_files(request):
        form = file_form(request)
        await form.read_to_files()
        return _tidied(form.first_texts)
    if request.content_type != FORM:
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


def _tidied(texts: dict[str, str]) -> dict[str, str]:
    return {name: _tidy(value) for name, value in texts.items()}


def _tidy(value: str) -> str:
    return _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
