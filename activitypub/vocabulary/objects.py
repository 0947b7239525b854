"""What actors write: posts of every type the threadiverse sends, and what is left of them."""

from datetime import datetime

import msgspec


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The text a post was rendered from, usually `text/markdown`."""

    content: str
    media_type: str = "text/markdown"


class Tag(msgspec.Struct, frozen=True, kw_only=True):
    """A `Mention`, `Hashtag` or other tag; unknown types keep their name."""

    type: str
    href: str | None = None
    name: str | None = None


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """Something beside the text: a `Link`, `Image` or `Document`. `url` is http(s) or dropped."""

    type: str
    url: str
    media_type: str | None = None
    name: str | None = None


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """A `Page`, `Note`, `Article`, `Question`, `Video` or `Event`, in one shape.

    `content` is HTML as received, uncleaned. `content_warning` is `summary` of a Note (of a Page or
    Article it is a teaser, and only counts as a warning when `sensitive` is set).
    `raw` holds the members exactly as received, for proofs and forwarding (FEP-1b12).
    """

    id: str
    type: str
    attributed_to: str
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    name: str | None = None
    content: str = ""
    media_type: str = "text/html"
    content_warning: str | None = None
    source: Source | None = None
    in_reply_to: str | None = None
    context: str | None = None
    replies: str | None = None
    url: str | None = None
    language: str | None = None
    sensitive: bool = False
    reply_wanted: str | None = None
    comments_enabled: bool | None = None
    tags: tuple[Tag, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    raw: dict[str, object] = msgspec.field(default_factory=dict)


class Tombstone(msgspec.Struct, frozen=True, kw_only=True):
    """What stands where a post was (ActivityStreams 2.0, FEP-4f05)."""

    id: str
    former_type: str | None = None
    deleted: datetime | None = None
