"""How a post read before it was changed: a row for each earlier wording, sealed where the post is.

Whoever may read the post may read them; when its author deletes it, they go. Written by
`storage.posts`, so that no way of changing a post leaves its history out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Integer, bindparam, func, select

from storage.post_record import Post
from storage.seals import Holder, Sealed, Seals
from storage.shapes import Shape
from storage.tables import posts, wordings
from storage.tables.metadata import Id

PLACE: Final = "wordings.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One wording: `number` counts from 1, `written_at` is when it began to stand."""

    post_id: int
    number: int
    title: str | None = None
    content: str = ""
    content_warning: str | None = None
    sensitive: bool = False
    written_at: datetime
    sealed: bytes | None = field(default=None, repr=False)


class _Words(msgspec.Struct, array_like=True):
    number: int
    title: str | None
    content: str
    content_warning: str | None


_WORDING = Shape(Wording, wordings)
_POST = bindparam("post", type_=Id)
_THIS = wordings.c.post_id == _POST
_OF_POST = (
    select(*_WORDING.columns, posts.c.author_id)
    .join_from(wordings, posts, wordings.c.post_id == posts.c.id)
    .where(_THIS)
    .order_by(wordings.c.number)
)
_OF_AUTHOR = (
    select(*_WORDING.columns, posts.c.uri)
    .join_from(posts, wordings, wordings.c.post_id == posts.c.id)
    .where(posts.c.author_id == bindparam("author", type_=Id))
    .order_by(posts.c.id, wordings.c.number)
    .limit(bindparam("limit", type_=Integer()))
)
_LAST = select(func.max(wordings.c.number)).where(_THIS)
_DROP = wordings.delete().where(_THIS)
_OPEN = (
    select(*_WORDING.columns).where(_THIS, wordings.c.sealed.is_(None)).order_by(wordings.c.number)
)
_SEAL = (
    wordings.update()
    .where(_THIS, wordings.c.number == bindparam("this"))
    .values(title=None, content="", content_warning=None, sealed=bindparam("new_sealed"))
)


class WordingRepository:
    """Earlier wordings of posts."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def keep(self, post: Post, holders: tuple[Holder, ...]) -> None:
        """Store how the post reads now, before it is changed: sealed when it has `holders`."""
        last = self._connection.execute(_LAST, {"post": post.id}).scalar_one()
        wording = Wording(
            post_id=post.id,
            number=(last or 0) + 1,
            title=post.title,
            content=post.content,
            content_warning=post.content_warning,
            sensitive=post.sensitive,
            written_at=post.edited_at or post.created_at,
        )
        values = _WORDING.values(wording)
        if holders:
            self.seal(post, holders)
            values |= _EMPTY | {"sealed": self._sealed(wording, post.author_id, holders)}
        self._connection.execute(wordings.insert(), values)

    def of_post(self, post_id: int) -> list[Wording]:
        """The earlier wordings, the first of them first, without those that nobody can open."""
        rows = self._connection.execute(_OF_POST, {"post": post_id}).all()
        found = self._opened([(_WORDING.read(row), row[_WORDING.width]) for row in rows])
        return [one for one in found if one is not None]

    def _opened(self, found: Sequence[tuple[Wording, int]]) -> list[Wording | None]:
        """Each with the id of its author, opened at once; None for what nobody can open."""
        sealed = [
            Sealed(one.sealed, PLACE, one.post_id, author)
            for one, author in found
            if one.sealed is not None
        ]
        plain = iter(self._seals.open_many(sealed) if sealed else ())
        return [one if one.sealed is None else _with_words(one, next(plain)) for one, _ in found]

    def of_author(self, author_id: int, limit: int) -> list[tuple[str, Wording]]:
        """The earlier wordings of all that somebody wrote, each with the URI of the post."""
        key = {"author": author_id, "limit": limit}
        rows = self._connection.execute(_OF_AUTHOR, key).all()
        opened = self._opened([(_WORDING.read(row), author_id) for row in rows])
        pairs = zip(rows, opened, strict=True)
        return [(row[_WORDING.width], one) for row, one in pairs if one is not None]

    def drop(self, post_id: int) -> None:
        """The author takes all of it back."""
        self._connection.execute(_DROP, {"post": post_id})

    def seal(self, post: Post, holders: tuple[Holder, ...]) -> None:
        """Seal what stands open of a post that has become private."""
        rows: Sequence[Any] = self._connection.execute(_OPEN, {"post": post.id}).all()
        for wording in map(_WORDING.read, rows):
            sealed = self._sealed(wording, post.author_id, holders)
            key = {"post": post.id, "this": wording.number, "new_sealed": sealed}
            self._connection.execute(_SEAL, key)

    def _sealed(self, wording: Wording, author_id: int, holders: tuple[Holder, ...]) -> bytes:
        words = _Words(wording.number, wording.title, wording.content, wording.content_warning)
        return self._seals.seal(
            msgspec.json.encode(words),
            place=PLACE,
            row=wording.post_id,
            author=author_id,
            holders=holders,
        )


_EMPTY: Final = {"title": None, "content": "", "content_warning": None}


def _with_words(wording: Wording, plain: bytes | None) -> Wording | None:
    if plain is None:
        return None
    words = msgspec.json.decode(plain, type=_Words)
    return replace(
        wording,
        title=words.title,
        content=words.content,
        content_warning=words.content_warning,
        sealed=None,
    )
