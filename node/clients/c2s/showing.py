"""Documents for the one who asks with a token: no cache keeps them (PRV-17)."""

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec
from aiohttp import web

from activitypub.contexts import ACTIVITY_CONTEXT, POST_CONTEXT
from node.clients.c2s.documents import Document
from node.web.headers import PRIVATE
from node.wire.answers import ACTIVITY_TYPE

VARY: Final = "Authorization, Accept"


def shown(
    document: Document, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """A document with its context."""
    if "@context" not in document:
        context = ACTIVITY_CONTEXT if "actor" in document else POST_CONTEXT
        document = {"@context": context, **document}
    return web.Response(
        status=status,
        body=msgspec.json.encode(document),
        headers={
            "Cache-Control": PRIVATE,
            "Vary": VARY,
            "Content-Type": ACTIVITY_TYPE,
            **(headers or {}),
        },
    )


def collection(
    uri: str,
    items: Iterable[object],
    *,
    before: int | None,
    following: int | None,
    kind: str = "OrderedCollection",
    total: int | None = None,
) -> Document:
    """A collection with its first items in it, or a further page of it. `before` is where this page
    begins, None for the first, `following` where the next one does, None on the last."""
    member = "orderedItems" if kind.startswith("Ordered") else "items"
    members = [_bare(one) for one in items]
    if total is None and before is None and following is None:
        total = len(members)
    document: Document = {"@context": ACTIVITY_CONTEXT, "id": uri, "type": kind}
    if before is not None:
        document |= {"id": f"{uri}?before={before}", "type": f"{kind}Page", "partOf": uri}
    if total is not None:
        document["totalItems"] = total
    if following is not None:
        document["next"] = f"{uri}?before={following}"
    document[member] = members
    return document


def _bare(item: object) -> object:
    """Without a context of its own, unless a proof was made over it."""
    if not isinstance(item, dict) or "proof" in item:
        return item
    return {name: value for name, value in item.items() if name != "@context"}
