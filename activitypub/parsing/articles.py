"""The structure of an `Article` that Kith wrote: the fields of a coping card or a story.

Everybody else's Articles have none of it and stay ordinary posts; so does one whose structure is
too large or is none. What we do not know is kept as it came, cleaned, so that a later version finds
it. Texts are plain text, never HTML: whoever shows them escapes them.
"""

import re
from typing import Any, Final

import msgspec

from activitypub.parsing import fields
from activitypub.vocabulary import Article

MAX_DETAILS: Final = 60_000
"""Bytes of all details together, as JSON."""
MAX_MEMBERS: Final = 40
MAX_ITEMS: Final = 50
MAX_DETAIL: Final = 5_000
MAX_DEPTH: Final = 3
MAX_LICENCE: Final = 200

_KIND = re.compile(r"[a-z][a-z0-9-]{0,39}")
_MEMBER = re.compile(r"[A-Za-z][A-Za-z0-9]{0,39}")
_LICENCE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,63}")


def parse_article(document: dict[str, Any]) -> Article | None:
    """The structure of an `Article`, None for one that has none that we can read."""
    kind = document.get("articleKind")
    if document.get("type") != "Article":
        return None
    if not isinstance(kind, str) or not _KIND.fullmatch(kind):
        return None
    details = document.get("articleDetails")
    if not isinstance(details, dict):
        return None
    clean = _members(details, 1)
    if len(msgspec.json.encode(clean)) > MAX_DETAILS:
        return None
    return Article(kind=kind, details=clean, licence=_licence(document))


def _members(value: dict[str, Any], depth: int) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in list(value)[:MAX_MEMBERS]:
        if _MEMBER.fullmatch(name):
            clean = _clean(value[name], depth)
            if clean is not None:
                found[name] = clean
    return found


def _clean(value: object, depth: int) -> object:
    """One value, or None for what is none: null, a number beyond reason, something too deep."""
    if isinstance(value, str):
        return fields.text(value, MAX_DETAIL)
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if abs(value) <= 10**12 else None  # nor is it "not a number"
    if depth >= MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return _members(value, depth + 1)
    if isinstance(value, list):
        cleaned = (_clean(one, depth + 1) for one in value[:MAX_ITEMS])
        return [one for one in cleaned if one is not None]
    return None


def _licence(document: dict[str, Any]) -> str | None:
    """`license` of schema.org, or PeerTube's `licence`, which names it by its `identifier`."""
    for member in ("license", "licence"):
        for one in fields.items(document.get(member))[:1]:
            named = one
            if isinstance(one, dict):
                named = one.get("id") or one.get("url") or one.get("identifier")
            if not isinstance(named, str) or len(named) > MAX_LICENCE:
                continue
            if fields.http_url(named) or _LICENCE_NAME.fullmatch(named):
                return named
    return None
