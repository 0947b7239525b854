"""Collections and pages of every shape to one `Collection`.

Peers serve the same list whole (Lemmy), as pages (Mastodon), with its first page inline (Mastodon's
replies), or as a bare count (ours, PieFed). An inline first page is merged, so that the reader only
has to follow `first` or `next`.
"""

from typing import Any

from activitypub.errors import WireError
from activitypub.parsing import fields
from activitypub.vocabulary import Collection

COLLECTION_TYPES = frozenset(
    {"Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage"}
)
MAX_MEMBERS = 1_000
"""Members read from one document: a whole thread may come in one, so more than other lists."""


def parse_collection(document: dict[str, Any]) -> Collection:
    """The collection or page in `document`. Raises WireError "unexpected-type".

    An id that is no http(s) URL is left out: pages and inline collections often have none.
    """
    kind = fields.document_type(document)
    if kind not in COLLECTION_TYPES:
        raise WireError("unexpected-type", f"expected a collection, not {kind}")
    members = _members(document)
    first, following = document.get("first"), fields.reference(document.get("next"))
    if isinstance(first, dict) and type_is_page(first):
        members = (members + _members(first))[:MAX_MEMBERS]
        following = following or fields.reference(first.get("next"))
        first = None if _has_members(first) or following else first.get("id")
    return Collection(
        id=fields.http_url(document.get("id")),
        items=tuple(members),
        total_items=fields.count(document.get("totalItems")),
        first=fields.reference(first),
        next=following,
    )


def type_is_page(value: dict[str, Any]) -> bool:
    """Whether an object is a page of a collection, given inline."""
    return value.get("type") in ("CollectionPage", "OrderedCollectionPage")


def _has_members(document: dict[str, Any]) -> bool:
    return "orderedItems" in document or "items" in document


def _members(document: dict[str, Any]) -> list[str | dict[str, object]]:
    listed = document.get("orderedItems")
    if listed is None:
        listed = document.get("items")
    return [
        one
        for one in fields.items(listed, MAX_MEMBERS)
        if isinstance(one, dict) or fields.http_url(one) is not None
    ]
