"""What stands beside the text of a post: links, and pictures with what Mastodon says about them."""

import re
from typing import Any

from activitypub.parsing import fields
from activitypub.vocabulary import Attachment

LARGEST_SIDE = 100_000
_BLURHASH = re.compile(r"[0-9A-Za-z#$%*+,\-.:;=?@\[\]^_{|}~]{6,150}")


def parse_attachments(value: object) -> tuple[Attachment, ...]:
    """Those that name their type and an http or https URL."""
    attachments: list[Attachment] = []
    for one in fields.items(value):
        if not isinstance(one, dict):
            continue
        kind, url = fields.type_name(one.get("type")), fields.link(one)
        if kind is None or url is None:
            continue
        attachments.append(
            Attachment(
                type=kind,
                url=url,
                media_type=fields.media_type(one.get("mediaType")) or _inner_type(one),
                name=fields.text(fields.in_any_language(one, "name"), fields.MAX_ALT_TEXT),
                width=_side(one.get("width")),
                height=_side(one.get("height")),
                blurhash=_blurhash(one.get("blurhash")),
                focal_point=_focal_point(one.get("focalPoint")),
            )
        )
    return tuple(attachments)


def _inner_type(one: dict[str, Any]) -> str | None:
    inner = next(iter(fields.items(one.get("url"))), None)
    return fields.media_type(inner.get("mediaType")) if isinstance(inner, dict) else None


def _side(value: object) -> int | None:
    side = fields.count(value)
    return side if side is not None and 0 < side <= LARGEST_SIDE else None


def _blurhash(value: object) -> str | None:
    return value if isinstance(value, str) and _BLURHASH.fullmatch(value) else None


def _focal_point(value: object) -> tuple[float, float] | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in value):
        return None
    x, y = float(value[0]), float(value[1])
    return (x, y) if -1 <= x <= 1 and -1 <= y <= 1 else None
