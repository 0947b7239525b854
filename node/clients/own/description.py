"""The description of our own API (OpenAPI 3.1), made from its table and its types alone."""

import re
from collections.abc import Iterable
from typing import Any, Final

from msgspec.structs import fields

from node.clients.own.doors import ErrorJson, Own, schema_of

JSON: Final = "application/json"
_PLACE = re.compile(r"\{(\w+)\}")
_REFUSALS: Final = {
    400: "The body cannot be read.",
    401: "There is no token, or it opens nothing.",
    403: "The rules say no, or the token is not made for that.",
    404: "Not there, or not open to you; the two look alike.",
    405: "This address takes no such request.",
    413: "The body is larger than anything that fits.",
    415: "The body is not said to be JSON.",
    422: "A field does not fit; `field` names it.",
    429: "Too many calls; `Retry-After` says how long to wait.",
}


def description(table: Iterable[Own], origin: str, version: str) -> dict[str, Any]:
    """The whole document, as plain JSON."""
    rows = list(table)
    types = {one.__name__: one for row in rows for one in (row.takes, row.gives) if one is not None}
    types[ErrorJson.__name__] = ErrorJson
    schemas, components = schema_of(list(types.values()))
    named = dict(zip(types, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for row in rows:
        paths.setdefault(row.whole_path, {})[row.method.lower()] = _operation(row, named)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kith",
            "version": version,
            "description": (
                "What neither ActivityPub nor the Mastodon API has. Ids are text, times are UTC."
            ),
        },
        "servers": [{"url": origin}],
        "security": [{"bearer": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(row: Own, named: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": row.handler.__name__ + "_" + re.sub(r"\W+", "_", row.path).strip("_"),
        "tags": [row.topic],
        "summary": row.summary,
        "security": [{"bearer": []}] if row.who != "anyone" else [{}, {"bearer": []}],
        "x-scope": row.scope,
        "parameters": [*_in_path(row), *_in_query(row)],
        "responses": _answers(row, named),
    }
    if row.takes is not None:
        schema = named[row.takes.__name__]
        found["requestBody"] = {"content": {JSON: {"schema": schema}}, "required": _must(row)}
    return found


def _must(row: Own) -> bool:
    """Whether a field of the body is needed."""
    return row.takes is not None and any(one.required for one in fields(row.takes))


def _in_path(row: Own) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string", "pattern": "^[0-9]{1,19}$"},
        }
        for name in _PLACE.findall(row.path)
    ]


def _in_query(row: Own) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": meaning,
            "schema": {"type": "string"},
        }
        for name, meaning in row.query
    ]


def _answers(row: Own, named: dict[str, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {"description": row.summary}
    if row.gives is not None:
        good["content"] = {JSON: {"schema": named[row.gives.__name__]}}
    error = {JSON: {"schema": named[ErrorJson.__name__]}}
    refusals = {
        str(status): {"description": meaning, "content": error}
        for status, meaning in _REFUSALS.items()
    }
    return {str(row.status): good, **refusals}
