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
    """Something beside the text: a `Link`, `Image` or `Document`. `url` is http(s) or dropped.
    Sizes are pixels; each number of the focal point goes from -1 to 1."""

    type: str
    url: str
    media_type: str | None = None
    name: str | None = None
    width: int | None = None
    height: int | None = None
    blurhash: str | None = None
    focal_point: tuple[float, float] | None = None


class PollOption(msgspec.Struct, frozen=True, kw_only=True):
    """One answer that can be chosen, and how many chose it."""

    name: str
    votes: int = 0


class Poll(msgspec.Struct, frozen=True, kw_only=True):
    """What a `Question` asks: `oneOf` its options, or if `multiple` `anyOf` them. `closed` is when
    it closed; some say only that it `is_closed`."""

    options: tuple[PollOption, ...]
    multiple: bool = False
    end_time: datetime | None = None
    closed: datetime | None = None
    is_closed: bool = False
    voters: int | None = None


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """What Kith says in an `Article` beside its text: a coping card, a story.

    `kind` is a lower-case name such as "coping-card". `details` are plain JSON, members that we do
    not know among them: texts, numbers, booleans, lists and objects, cleaned, at most three deep.
    `licence` is the URL or the SPDX name of a licence.
    """

    kind: str
    details: dict[str, object] = msgspec.field(default_factory=dict)
    licence: str | None = None


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
    poll: Poll | None = None
    article: Article | None = None
    published: datetime | None = None
    updated: datetime | None = None
    raw: dict[str, object] = msgspec.field(default_factory=dict)


class Tombstone(msgspec.Struct, frozen=True, kw_only=True):
    """What stands where a post was (ActivityStreams 2.0, FEP-4f05)."""

    id: str
    former_type: str | None = None
    deleted: datetime | None = None
