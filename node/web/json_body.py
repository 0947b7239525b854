"""JSON in and out for programs: a body becomes one typed struct or a refusal that names the field.

Structs that are read forbid unknown fields, so that nothing but what a use case takes can be set
(WEB-12): no author, no role, no id.
"""

import asyncio
import re
from typing import Any, TypeVar

import msgspec
from aiohttp import web

from node.errors import Invalid
from node.i18n import N_, Filled

READ_SECONDS = 30
JSON = "application/json"

T = TypeVar("T", bound=msgspec.Struct)

# As in forms: NUL would stop PostgreSQL, the others have no place in text. Tab, CR and LF stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNKNOWN = re.compile(r"unknown field `(.*)`", re.DOTALL)
_MISSING = re.compile(r"missing required field `(\w+)`")
_PLACE = re.compile(r"(.*) - at `\$\.(\w+)")


async def json_body(request: web.Request, shape: type[T]) -> T:
    """The body as a `shape`; an empty body counts as `{}`. Raises Invalid with the field that does
    not fit, 400 for what is no JSON, 415 for another media type, 413 and 408."""
    raw = await _read(request)
    if raw and request.content_type != JSON:
        raise web.HTTPUnsupportedMediaType
    try:
        value: Any = msgspec.json.decode(raw or b"{}")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise web.HTTPBadRequest from error
    try:
        filled = msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        raise _named(str(error), shape) from error
    for name in shape.__struct_fields__:
        text = getattr(filled, name)
        if isinstance(text, str) and _CONTROL.search(text):
            raise Invalid(name, N_("Leave out control characters."))
    return filled


def encoded(value: object) -> bytes:
    """JSON of a struct, a list or a dict in which sentences may stand that were filled in
    (`node.i18n.Filled`). Raises TypeError for what is no JSON."""
    return msgspec.json.encode(value, enc_hook=_in_english)


def json_answer(value: object, *, status: int = 200, location: str | None = None) -> web.Response:
    """The value, a struct or a plain list or dict, as a JSON response that no cache keeps."""
    headers = {"Cache-Control": "private, no-cache"}
    if location is not None:
        headers["Location"] = location
    return web.Response(body=encoded(value), status=status, headers=headers, content_type=JSON)


def done() -> web.Response:
    """204: it is so now, and there is nothing to add."""
    return web.Response(status=204)


def _in_english(value: object) -> str:
    """msgspec takes text itself and no subclass of it."""
    if isinstance(value, Filled):
        return str.__str__(value)
    raise TypeError(f"{type(value).__name__} is no JSON")


async def _read(request: web.Request) -> bytes:
    if "Content-Encoding" in request.headers:
        raise web.HTTPUnsupportedMediaType
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await request.read()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error


def _named(message: str, shape: type[msgspec.Struct]) -> Invalid:
    """msgspec's sentence as ours: which field, and what would be accepted."""
    if unknown := _UNKNOWN.search(message):
        known = ", ".join(shape.__struct_encode_fields__) or "none"
        return Invalid(unknown[1][:50], f"There is no such field. Known are: {known}.")
    if missing := _MISSING.search(message):
        return Invalid(missing[1], "This field is needed.")
    if place := _PLACE.search(message):
        return Invalid(place[2], f"{place[1]}.".replace("`", ""))
    return Invalid("", "Send one JSON object.")
