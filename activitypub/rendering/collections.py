"""Collections: whole, counted only, or in pages.

Lemmy reads a group's moderators, pins and outbox whole; Mastodon wants `first` and pages for what
is long; followers are a number without names (DESIGN section 5).
"""

from collections.abc import Iterable

from activitypub.contexts import PLAIN_CONTEXT, POST_CONTEXT
from activitypub.rendering.members import put

Member = str | dict[str, object]


def render_collection(
    collection_id: str,
    items: Iterable[Member] = (),
    *,
    total: int | None = None,
    first: str | None = None,
    attributed_to: str | None = None,
) -> dict[str, object]:
    """An OrderedCollection: with all its items, or with `first` only the way to its pages.

    `attributed_to` is who keeps it: the group, for the `context` of a thread (FEP-7888, FEP-11dd).
    """
    body: dict[str, object] = {"id": collection_id, "type": "OrderedCollection"}
    put(body, attributedTo=attributed_to)
    if first is not None:
        put(body, totalItems=total, first=first)
        return {"@context": PLAIN_CONTEXT, **body}
    members = [_member(item) for item in items]
    body["totalItems"] = len(members) if total is None else total
    body["orderedItems"] = members
    return {"@context": _context(members), **body}


def render_page(
    page_id: str,
    items: Iterable[Member],
    *,
    part_of: str,
    next: str | None = None,
    prev: str | None = None,
    total: int | None = None,
) -> dict[str, object]:
    """One page of an OrderedCollection."""
    members = [_member(item) for item in items]
    body: dict[str, object] = {"id": page_id, "type": "OrderedCollectionPage", "partOf": part_of}
    put(body, totalItems=total, next=next, prev=prev)
    body["orderedItems"] = members
    return {"@context": _context(members), **body}


def render_count(collection_id: str, total: int) -> dict[str, object]:
    """A Collection that tells how many there are and not who: followers, likes (b1)."""
    return {
        "@context": PLAIN_CONTEXT,
        "id": collection_id,
        "type": "Collection",
        "totalItems": total,
        "items": [],
    }


def _context(members: list[Member]) -> object:
    return POST_CONTEXT if any(isinstance(one, dict) for one in members) else PLAIN_CONTEXT


def _member(item: Member) -> Member:
    """A member without a context of its own, unless a proof was made over it."""
    if isinstance(item, str) or "proof" in item:
        return item
    return {name: value for name, value in item.items() if name != "@context"}
