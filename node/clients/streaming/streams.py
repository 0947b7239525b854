"""The streams that a client may open, by the names of the Mastodon API, and what each needs.

Pure. A `Stream` is a kind and, for hashtags and lists, which one; whose home or news it is says the
connection. `name` is what events call it, which is how one WebSocket carries several.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol, get_args

from node.errors import Invalid, NotFound

Kind = Literal[
    "user",
    "user:notification",
    "public",
    "public:media",
    "public:local",
    "public:local:media",
    "public:remote",
    "public:remote:media",
    "hashtag",
    "hashtag:local",
    "list",
    "direct",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
PUBLIC: Final[tuple[Kind, ...]] = tuple(kind for kind in KINDS if kind.startswith("public"))
TAG_MOST: Final = 100
STREAMS_MOST: Final = 40
"""Streams on one connection."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream. `key` is the folded hashtag or the id of the list, `label` as the client wrote
    it."""

    kind: "Kind | Activities"
    key: str = ""
    label: str = ""

    @property
    def name(self) -> tuple[str, ...]:
        """As events name it."""
        return (self.kind, self.label) if self.label else (self.kind,)

    @property
    def address(self) -> "Address":
        """Where it is found: streams that carry the same have the same."""
        return self.kind, self.key


Activities = Literal["activities"]
"""What reaches or leaves the boxes of a person: the stream of `node/clients/c2s/events.py`."""
Address = tuple[Kind | Activities, str]
BOXES: Final[Address] = ("activities", "")


def stream_of(kind: str | None, tag: str | None = None, list_id: str | None = None) -> Stream:
    """The stream that a client names. Raises Invalid with what would do."""
    for known in KINDS:
        if known == kind:
            break
    else:
        raise Invalid("stream", f"Unknown stream; there are: {', '.join(KINDS)}")
    if known in ("hashtag", "hashtag:local"):
        key = folded(tag or "")
        if not key or len(key) > TAG_MOST:
            raise Invalid("tag", "Name the hashtag with `tag`")
        return Stream(known, key, (tag or "").strip())
    if known == "list":
        number = (list_id or "").strip()
        if not (number.isascii() and number.isdecimal()) or len(number) > 19:
            raise Invalid("list", "Name the list by its id with `list`")
        return Stream(known, str(int(number)), number)
    return Stream(known)


def scopes_for(stream: Stream) -> tuple[str, str]:
    """Either of these scopes opens the stream."""
    if stream.kind == "activities":
        return "read", "read"
    if stream.kind == "user:notification":
        return "read", "read:notifications"
    return "read", "read:statuses"


def need_list(stream: Stream, owner: int | None, persona_id: int) -> None:
    """Somebody else's list is not there. Raises NotFound."""
    if stream.kind == "list" and owner != persona_id:
        raise NotFound


def is_open(address: Address) -> bool:
    """Whether this is a stream of what everybody may read."""
    return address[0] in PUBLIC or address[0] in ("hashtag", "hashtag:local")


class StatusLike(Protocol):
    """What of a status says where it belongs."""

    @property
    def account(self) -> Any: ...
    @property
    def tags(self) -> Sequence[Any]: ...
    @property
    def media_attachments(self) -> Sequence[Any]: ...


def addresses_of(status: StatusLike) -> frozenset[Address]:
    """The open streams whose form a status has; whether it may stand there says its place."""
    is_local = "@" not in status.account.acct
    where = ("public", "public:local" if is_local else "public:remote")
    found: set[Address] = set()
    for kind in PUBLIC:
        bare = kind.removesuffix(":media")
        if bare in where and (bare == kind or status.media_attachments):
            found.add((kind, ""))
    for tag in status.tags:
        found.add(("hashtag", folded(tag.name)))
        if is_local:
            found.add(("hashtag:local", folded(tag.name)))
    return frozenset(found)


def hidden_in(status: Any) -> frozenset[str]:
    """Where the reader's own filters hide the status: there it is not sent."""
    of_share = () if status.reblog is None else status.reblog.filtered
    return frozenset(
        context
        for one in (*status.filtered, *of_share)
        if one.filter.filter_action == "hide"
        for context in one.filter.context
    )


def context_of(address: Address) -> str:
    """What filters call this stream."""
    return "public" if is_open(address) else "home"


def folded(tag: str) -> str:
    """The form in which two hashtags are compared."""
    return unicodedata.normalize("NFKC", tag.strip().lstrip("#＃")).lower()
