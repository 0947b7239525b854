"""Posts of private groups at rest, and those for followers or for oneself: their words are sealed,
everywhere else they stand open.

A post is sealed under the keys of its group and its author, on a profile under its author's alone;
a reason under those of the group and the moderator. Records always hold plain words; `Post.sealed`
and `Post.sealed_reason` are only set on the way to a row and from one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import msgspec
from sqlalchemy import Connection

from storage.groups import GET_PLACE, read_group
from storage.memo import memo_of
from storage.post_record import SEALED_AUDIENCES, Post
from storage.seals import Holder, Sealed, Seals

WORDS_AT: Final = "posts.sealed"
REASON_AT: Final = "posts.sealed_reason"


class Words(msgspec.Struct, omit_defaults=True):
    """What somebody wrote in a post."""

    title: str | None = None
    content: str = ""
    source: str | None = None
    content_warning: str | None = None


_NO_WORDS: Final = Words()


class PostSeals:
    """Seals posts on their way into the table, and opens them on their way out."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._memo = memo_of(connection)
        self._seals = seals

    def is_private(self, post: Post) -> bool:
        """Whether what is said there is sealed."""
        if post.audience != "group":
            return post.audience in SEALED_AUDIENCES
        return self.is_private_group(post.group_id)

    def is_private_group(self, group_id: int) -> bool:
        """Whether everything that is said in this group is sealed."""
        row = self._memo.first(GET_PLACE, {"id": group_id})  # which its use case has read already
        return row is not None and read_group(row).group.visibility == "private"

    def holders(self, post: Post) -> tuple[Holder, ...]:
        """Under whose keys what the post says is sealed; nobody's where it stands open."""
        return _holders_of(post) if self.is_private(post) else ()

    def closed(self, post: Post) -> Post:
        """The post as its row holds it: in a private group, without a readable word."""
        if not self.is_private(post):
            return post
        words = Words(post.title, post.content, post.source, post.content_warning)
        bare = replace(post, title=None, content="", source=None, content_warning=None)
        if post.removal_reason is not None and post.removed_by is not None:
            sealed = self.reason(post, post.removed_by, post.removal_reason)
            bare = replace(bare, removal_reason=None, sealed_reason=sealed)
        return bare if words == _NO_WORDS else replace(bare, sealed=self._words(post, words))

    def reason(self, post: Post, moderator_id: int, reason: str) -> bytes:
        """Why a moderator removed a private post, sealed."""
        return self._seals.seal(
            reason.encode(),
            place=REASON_AT,
            row=post.id,
            author=moderator_id,
            holders=(_place_of(post), Holder("persona", moderator_id)),
        )

    def opened(self, posts: Sequence[Post]) -> list[Post]:
        """The posts with their words. One query brings the keys of all of them; words whose author
        was erased are gone."""
        wanted = [one for post in posts for one in _sealed_parts(post)]
        if not wanted:
            return list(posts)
        plain = iter(self._seals.open_many(wanted))
        return [_with_words(post, plain) for post in posts]

    def _words(self, post: Post, words: Words) -> bytes:
        return self._seals.seal(
            msgspec.json.encode(words),
            place=WORDS_AT,
            row=post.id,
            author=post.author_id,
            holders=_holders_of(post),
        )


def _place_of(post: Post) -> Holder:
    """Whose key takes part because of where the post stands."""
    return Holder("group" if post.audience == "group" else "persona", post.group_id)


def _holders_of(post: Post) -> tuple[Holder, ...]:
    return tuple(dict.fromkeys((_place_of(post), Holder("persona", post.author_id))))


def _sealed_parts(post: Post) -> Iterable[Sealed]:
    if post.sealed is not None:
        yield Sealed(post.sealed, WORDS_AT, post.id, post.author_id)
    if post.sealed_reason is not None:
        yield Sealed(post.sealed_reason, REASON_AT, post.id, post.removed_by or 0)


def _with_words(post: Post, plain: Iterable[bytes | None]) -> Post:
    texts = iter(plain)
    if post.sealed is not None:
        text = next(texts)
        words = _NO_WORDS if text is None else msgspec.json.decode(text, type=Words)
        post = replace(
            post,
            title=words.title,
            content=words.content,
            source=words.source,
            content_warning=words.content_warning,
            sealed=None,
        )
    if post.sealed_reason is not None:
        reason = next(texts)
        why = None if reason is None else reason.decode()
        post = replace(post, removal_reason=why, sealed_reason=None)
    return post
