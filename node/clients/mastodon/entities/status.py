"""A post, a share of one, or a private message, as the Mastodon client API shows it."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from node.clients.mastodon.entities.account import Account
from node.clients.mastodon.entities.emoji import CustomEmoji
from node.clients.mastodon.entities.filter import FilterResult
from node.clients.mastodon.entities.media import MediaAttachment
from node.clients.mastodon.entities.poll import Poll
from node.clients.mastodon.entities.tag import StatusTag

Visibility = Literal["public", "unlisted", "private", "direct"]


class Mention(Struct, frozen=True, kw_only=True):
    """Somebody whom a post names."""

    id: str
    username: str
    url: str
    acct: str


class Application(Struct, frozen=True, kw_only=True):
    """The program that wrote a post."""

    name: str
    website: str | None = None


class KithGroup(Struct, frozen=True, kw_only=True):
    """The group that a post stands in."""

    id: str
    acct: str
    name: str
    visibility: str


class KithWords(Struct, frozen=True, kw_only=True):
    """What Kith knows of a post that Mastodon has no field for. Other clients pass over it; its
    words stand in `content` as well. `reactions` counts by name, `reaction` is the reader's own."""

    group: KithGroup | None = None
    title: str | None = None
    reply_wanted: str | None = None
    reactions: dict[str, int] = {}
    reaction: str | None = None
    locked: bool = False


class Status(Struct, kw_only=True):
    """As one reader sees it. A share has the post in `reblog` and nothing of its own."""

    id: str
    uri: str
    url: str | None
    created_at: str
    edited_at: str | None = None
    account: Account
    content: str
    spoiler_text: str = ""
    sensitive: bool = False
    visibility: Visibility
    language: str | None = None
    media_attachments: list[MediaAttachment] = []
    mentions: list[Mention] = []
    tags: list[StatusTag] = []
    emojis: list[CustomEmoji] = []
    poll: Poll | None = None
    card: None = None
    reblog: "Status | None" = None
    in_reply_to_id: str | None = None
    in_reply_to_account_id: str | None = None
    replies_count: int = 0
    reblogs_count: int = 0
    favourites_count: int = 0
    quotes_count: int = 0
    favourited: bool = False
    reblogged: bool = False
    bookmarked: bool = False
    muted: bool = False
    pinned: bool = False
    filtered: list[FilterResult] = []
    application: Application | None = None
    quote: None = None
    text: str | UnsetType = UNSET
    kith: KithWords = KithWords()


class Context(Struct, frozen=True, kw_only=True):
    """What stands above a post, the thread first, and what answers it, each answer followed by what
    answers that."""

    ancestors: list[Status]
    descendants: list[Status]
