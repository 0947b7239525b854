"""The record of a thread or a reply."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from storage.actors import Actor
from storage.article_record import Article
from storage.polls import Poll
from storage.post_media import PostMedia
from storage.shapes import Shape
from storage.tables import posts

Audience = Literal["group", "public", "unlisted", "followers", "self"]
"""Whom a post is for: as its group says; or, on a profile, everybody; everybody who comes by it;
those of this node who follow its author; nobody else."""

SEALED_AUDIENCES: frozenset[Audience] = frozenset({"followers", "self"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A thread (`parent_id` None, `thread_id` its own id) or a reply, `depth` steps below it.

    `content` is clean HTML and `source` the Markdown it was made from. A tombstone has
    `deleted_at`, a removed post `removed_at`. `reply_count` and `last_activity_at` are a thread's.
    A post outside groups stands on the profile of its author: `group_id` is `author_id`, and
    `audience` another one than 'group'. `author_hidden` says that its author left and took the
    name along: nobody is shown who wrote it.
    """

    id: int
    uri: str
    group_id: int
    thread_id: int
    parent_id: int | None = None
    author_id: int
    author_hidden: bool = False
    title: str | None = None
    content: str
    source: str | None = None
    content_warning: str | None = None
    language: str | None = None
    reply_wanted: str | None = None
    wire_type: str
    is_local: bool
    created_at: datetime
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    removed_at: datetime | None = None
    removed_by: int | None = None
    removal_reason: str | None = None
    locked_at: datetime | None = None
    pinned_at: datetime | None = None
    depth: int = 0
    reply_count: int = 0
    last_activity_at: datetime
    create_uri: str | None = None
    url: str | None = None
    audience: Audience = "group"
    sensitive: bool = False
    sealed: bytes | None = field(default=None, repr=False)
    sealed_reason: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """A post and who wrote it. What hangs on it is only here where somebody asked for it
    (`node/attaching.py`)."""

    post: Post
    author: Actor
    media: tuple[PostMedia, ...] = ()
    poll: Poll | None = None
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a post stands and whose it is, without a word of it."""

    group_id: int
    author_id: int
    thread_author_id: int
    audience: Audience


POST = Shape(Post, posts)
