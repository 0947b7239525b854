"""Does this request want the ActivityPub document or the page? (RFC 9110 section 12.5.1)

One URL names a thing for people and for programs. A browser never lists an ActivityPub type, so
whoever names one wants the document, unless it says that it likes HTML better.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from activitypub.vocabulary import AS_CONTEXT

ACTIVITY_JSON: Final = "application/activity+json"
LD_JSON: Final = "application/ld+json"
PLAIN_JSON: Final = "application/json"
HTML: Final = frozenset({"text/html", "application/xhtml+xml", "text/*"})

_LONGEST = 2_000  # characters; the header of a browser has under 200
_PARAMETER = r';\s*[\w!#$&.+^-]+(?:\s*=\s*(?:"[^"]*"|[^",;\s]*))?\s*'
_RANGE = re.compile(rf"\s*([\w!#$&.+*^-]+/[\w!#$&.+*^-]+)\s*((?:{_PARAMETER})*)(?:,|$)")
_ONE_PARAMETER = re.compile(r';\s*([\w!#$&.+^-]+)(?:\s*=\s*(?:"([^"]*)"|([^",;\s]*)))?')
_WEIGHT = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


class MediaRange(NamedTuple):
    """One entry of an Accept header: the type in lower case, its parameters, its q-value."""

    type: str
    parameters: dict[str, str]
    quality: float


def wants_activity(accept: str | None) -> bool:
    """Whether an Accept header asks for the ActivityPub document rather than for HTML.

    The JSON-LD type counts with the ActivityStreams profile or with none; a bare
    `application/json` counts where HTML is not liked as well. `*/*` alone means the page.
    """
    named = json = html = 0.0
    for entry in read_accept(accept or ""):
        if _is_activity(entry):
            named = max(named, entry.quality)
        elif entry.type == PLAIN_JSON:
            json = max(json, entry.quality)
        elif entry.type in HTML:
            html = max(html, entry.quality)
    return (named > 0 and named >= html) or json > html


def read_accept(accept: str) -> Iterator[MediaRange]:
    """The well-formed entries of the first 2,000 characters of an Accept header."""
    text = accept[:_LONGEST]
    at = 0
    while at < len(text):
        found = _RANGE.match(text, at)
        if found is None:
            comma = text.find(",", at)
            at = len(text) if comma < 0 else comma + 1
            continue
        at = found.end()
        yield _range(found[1].lower(), found[2])


def _range(media_type: str, written: str) -> MediaRange:
    parameters = {
        name.lower(): quoted or plain for name, quoted, plain in _ONE_PARAMETER.findall(written)
    }
    weight = parameters.pop("q", "1")
    quality = float(weight) if _WEIGHT.fullmatch(weight) else 0.0
    return MediaRange(media_type, parameters, quality)


def _is_activity(entry: MediaRange) -> bool:
    if entry.type == ACTIVITY_JSON:
        return True
    profile = entry.parameters.get("profile")
    return entry.type == LD_JSON and (profile is None or AS_CONTEXT in profile.split())
