"""Lenient readers of single members: whatever shape came in, one clean value or nothing comes out.

The limits are declared here, per kind of text (security DOS-06, DOS-07). Longer lists and texts are
cut, never refused: a good post with a silly attachment list is still a good post.
"""

import re
from datetime import UTC, datetime
from typing import Any

from activitypub.addressing import authority
from activitypub.errors import WireError
from activitypub.plain_text import clean_line
from activitypub.vocabulary import PUBLIC

MAX_LIST = 100
MAX_NAME = 500
MAX_CONTENT = 200_000
MAX_SUMMARY = 20_000
MAX_TAG_NAME = 200
MAX_ALT_TEXT = 5_000
MAX_WARNING = 1_000
MAX_REASON = 5_000
MAX_EMOJI = 64
MAX_TYPE = 100

_PUBLIC_FORMS = frozenset({PUBLIC, "as:Public", "Public"})

# Control characters other than tab and line feed, halves of surrogate pairs, non-characters: they
# break databases (NUL), encoders (surrogates) and terminals, and mean nothing in text.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,4}")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,63}/[a-z0-9][a-z0-9.+-]{0,63}")
_TYPE = re.compile(r"[\x21-\x7e]{1,100}")


def items(value: object, limit: int = MAX_LIST) -> list[Any]:
    """`value` as a list of at most `limit` members: nothing, one thing, or several."""
    if value is None:
        return []
    if isinstance(value, list):
        return value[:limit]
    return [value]


def text(value: object, limit: int) -> str | None:
    """Text or HTML as it came, without unprintable characters, cut at `limit` characters."""
    if not isinstance(value, str):
        return None
    return _UNPRINTABLE.sub("", value[:limit].replace("\r\n", "\n"))


def line(value: object, limit: int) -> str | None:
    """A single line for names and titles, clean enough to display (see `clean_line`); or None."""
    if not isinstance(value, str):
        return None
    if value.isascii() and value.isprintable():
        return " ".join(value[: limit * 8].split())[:limit].rstrip() or None
    return clean_line(value, limit) or None


def in_any_language(document: dict[str, Any], member: str) -> object:
    """`name`, `content` or `summary`, or the first entry of its language map."""
    value = document.get(member)
    if value is None:
        mapped = document.get(member + "Map")
        if isinstance(mapped, dict):
            return next((one for one in mapped.values() if isinstance(one, str)), None)
    return value


def http_url(value: object) -> str | None:
    """`value` if it is an absolute http(s) URL (XSS-04), else None."""
    if not isinstance(value, str):
        return None
    try:
        authority(value)
    except WireError:
        return None
    return value


def reference(value: object) -> str | None:
    """The id that a member names: a URL, an object with an id, or the first of a list of those."""
    for one in items(value):
        found = http_url(one.get("id") if isinstance(one, dict) else one)
        if found is not None:
            return found
    return None


def references(value: object) -> tuple[str, ...]:
    """All ids of a member, in order, once each; the public address in its one full form."""
    found: dict[str, None] = {}
    for one in items(value):
        named = one.get("id") if isinstance(one, dict) else one
        named = PUBLIC if isinstance(named, str) and named in _PUBLIC_FORMS else http_url(named)
        if named is not None:
            found[named] = None
    return tuple(found)


def link(value: object, prefer: str | None = None) -> str | None:
    """The URL of a `url`, `icon` or `image`: text, a Link, an Image, or a list of them.

    With `prefer`, a Link of that media type comes before the others.
    """
    choices: list[tuple[bool, str]] = []
    for one in items(value):
        media_type = one.get("mediaType") if isinstance(one, dict) else None
        inner = (one.get("href") or one.get("url")) if isinstance(one, dict) else one
        if isinstance(inner, list | dict):
            inner = next((x.get("href") if isinstance(x, dict) else x for x in items(inner)), None)
        url = http_url(inner)
        if url is not None:
            choices.append((prefer is None or media_type == prefer, url))
    choices.sort(key=lambda choice: not choice[0])
    return choices[0][1] if choices else None


def home_url(value: object, owner: str) -> str | None:
    """A URL that must live where its `owner` lives, else None (ORG-05, ORG-30)."""
    url = value if isinstance(value, str) else reference(value)
    try:
        return url if url is not None and authority(url) == authority(owner) else None
    except WireError:
        return None


def moment(value: object) -> datetime | None:
    """A time as aware UTC. Without a zone it is taken as UTC; what is no time is None."""
    if not isinstance(value, str) or not 10 <= len(value) <= 40 or not value.isascii():
        return None
    try:
        read = datetime.fromisoformat(value)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def flag(value: object) -> bool:
    """True only for a JSON `true`."""
    return value is True


def optional_flag(value: object) -> bool | None:
    """A JSON boolean, or None for anything else."""
    return value if isinstance(value, bool) else None


def count(value: object) -> int | None:
    """A plausible number of things, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 <= value <= 10**12 else None


def language(document: dict[str, Any]) -> str | None:
    """The language tag: Lemmy's `language` object (or list of them), or the key of a language map.

    `und` and what is no language tag is None.
    """
    declared = next(iter(items(document.get("language"))), None)
    tag = declared.get("identifier") if isinstance(declared, dict) else declared
    if not isinstance(tag, str) or not _LANGUAGE.fullmatch(tag):
        tag = _mapped_language(document)
    return None if tag is None or tag.lower() == "und" else tag


def _mapped_language(document: dict[str, Any]) -> str | None:
    for member in ("content", "name", "summary"):
        mapped = document.get(member + "Map")
        if not isinstance(mapped, dict):
            continue
        tags: list[str] = [key for key in list(mapped)[:MAX_LIST] if _LANGUAGE.fullmatch(key)]
        shown = document.get(member)
        same = next((key for key in tags if shown is not None and mapped[key] == shown), None)
        if tags:
            return str(same or tags[0])
    return None


def media_type(value: object, default: str | None = None) -> str | None:
    """A media type without its parameters, or `default`."""
    if not isinstance(value, str):
        return default
    plain = value[:200].partition(";")[0].strip().lower()
    return plain if _MEDIA_TYPE.fullmatch(plain) else default


def type_name(value: object) -> str | None:
    """One type name. Lists, nothing and other shapes give None (ORG-33)."""
    return value if isinstance(value, str) and _TYPE.fullmatch(value) else None


def document_type(document: dict[str, Any]) -> str:
    """The type of a document. Raises WireError "bad-type" if it is not one plain name."""
    name = type_name(document.get("type"))
    if name is None:
        raise WireError("bad-type", "expected one type name")
    return name


def document_id(document: dict[str, Any]) -> str:
    """The id of a document. Raises WireError "no-id" if it is not an http(s) URL."""
    found = http_url(document.get("id"))
    if found is None:
        raise WireError("no-id", "expected an id that is an http or https URL")
    return found
