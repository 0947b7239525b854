"""Reads what a client sent into `Params`: bounded, in any of the three forms, or a clear 4xx.

Compressed bodies are refused before they are opened (DOS-02). Files are held in memory within the
budget of all forms (`node/web/files.py`).
"""

import asyncio
import re
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec
from aiohttp import web

from node.clients.params import Params, Repeated, Upload
from node.errors import Invalid
from node.web.files import FORM_WITH_FILES, file_form

FORM: Final = "application/x-www-form-urlencoded"
READ_SECONDS: Final = 30
FIELDS_MOST: Final = 400
DEPTH_MOST: Final = 5
_JSON = re.compile(r"application/(?:[\w.+-]+\+)?json\Z")
_NAME = re.compile(r"([^\[\]]*)((?:\[[^\[\]]*\])*)\Z")
_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_BODILESS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


async def params_of(request: web.Request) -> Params:
    """The query and the body together; the body wins. Raises Invalid, and 400, 408, 413, 415."""
    values = nested(request.query.items())
    if request.method not in _BODILESS:
        values |= await _body(request)
    return Params(values)


async def _body(request: web.Request) -> dict[str, Any]:
    if not request.body_exists:
        return {}
    if "Content-Encoding" in request.headers:
        raise web.HTTPUnsupportedMediaType
    if request.content_type == FORM_WITH_FILES:
        return await _multipart(request)
    raw = await _read(request)
    if not raw:
        return {}
    if _JSON.match(request.content_type):
        return _json(raw)
    if request.content_type == FORM:
        return nested(_pairs(raw))
    # Some programs send a form without saying so.
    if "Content-Type" not in request.headers:
        return _json(raw) if raw.lstrip()[:1] == b"{" else nested(_pairs(raw))
    raise web.HTTPUnsupportedMediaType


async def _read(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await request.read()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error


async def _multipart(request: web.Request) -> dict[str, Any]:
    form = file_form(request)
    await form.read_all()
    values = nested(form.pairs)
    for sent in form.files:
        _put(values, sent.field, Upload(sent.body, sent.is_too_long))
    return values


def _json(raw: bytes) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise web.HTTPBadRequest from error
    if not isinstance(value, dict):
        raise Invalid("", "Send one JSON object")
    return {name.removesuffix("[]"): inner for name, inner in value.items()}


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=FIELDS_MOST
        )
    except ValueError as error:
        raise web.HTTPBadRequest from error


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Names with brackets as lists and objects: `a[]=1&a[]=2`, `a[b]=1`, `a[][b]=1`, `a[0][b]=1`.
    A name that makes no sense is taken as it stands; a place that is taken already is kept."""
    values: dict[str, Any] = {}
    for name, value in pairs:
        _put(values, name, value)
    return values


def _put(values: dict[str, Any], name: str, value: object) -> None:
    match = _NAME.match(name)
    keys = _BRACKET.findall(match[2]) if match else []
    if match is None or not match[1] or len(keys) > DEPTH_MOST:
        values.setdefault(name, value)
        return
    place: Any = values
    here = match[1]
    for number, key in enumerate(keys):
        # `a[][b]=1&a[][b]=2`: a new object begins when the last one has this key already.
        begins = key if number == len(keys) - 1 else None
        place = _step(place, here, [] if key == "" else {}, begins)
        here = key
        if place is None:
            return
    _set(place, here, value)


def _step(place: Any, key: str, fresh: Any, begins: str | None) -> Any:
    """The list or object at `key`, made when there is none; None where something else stands."""
    if isinstance(place, list):
        last = place[-1] if place else None
        if type(last) is not type(fresh) or (isinstance(last, dict) and begins in last):
            place.append(fresh)
        return place[-1]
    there = place.setdefault(key, fresh)
    return there if type(there) is type(fresh) else None


def _set(place: Any, key: str, value: object) -> None:
    if isinstance(place, list):
        place.append(value)
    elif key not in place:
        place[key] = value
    elif isinstance(place[key], Repeated):
        place[key].append(value)
    elif not isinstance(place[key], dict | list):
        place[key] = Repeated([place[key], value])
