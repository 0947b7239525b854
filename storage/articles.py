"""The fields of posts that have a structure, and lists of such posts by what is in them.

Fields are sealed where their post is sealed, under the same keys, and go with its words. What
stands open can also be found by marks such as "topic/sleep", which `marks_of` reads from it.
"""

import re
from collections.abc import Collection, Iterable
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, bindparam, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR
from storage.article_record import Article
from storage.former_members import shown_author
from storage.post_record import POST, Post, PostView
from storage.sealed_posts import PostSeals
from storage.seals import Holder, Sealed, Seals
from storage.shapes import NEWEST
from storage.tables import actors, article_marks, articles, posts
from storage.veiled import NOT_VEILED

__all__ = ["Article", "ArticleRepository", "marks_of"]

PLACE: Final = "articles.sealed"
MOST_MARKS: Final = 12
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class _Body(msgspec.Struct, array_like=True):
    licence: str | None
    details: dict[str, Any]


_INSERT = insert(articles)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[articles.c.post_id],
    set_={name: _INSERT.excluded[name] for name in ("kind", "body", "sealed")},
)
_THIS = articles.c.post_id == bindparam("post")
_DROP = articles.delete().where(_THIS)
_OPEN = select(articles.c.kind, articles.c.body).where(_THIS, articles.c.body.is_not(None))
_MARK = insert(article_marks).on_conflict_do_nothing()
_UNMARK = article_marks.delete().where(article_marks.c.post_id == bindparam("post"))
_OF = select(articles).where(articles.c.post_id.in_(bindparam("posts", expanding=True)))
_LIST = (
    select(*POST.columns, *ACTOR.columns)
    .join_from(articles, posts, posts.c.id == articles.c.post_id)
    .join(actors, actors.c.id == posts.c.author_id)
    .where(
        articles.c.kind == bindparam("kind"),
        articles.c.post_id < bindparam("before"),
        posts.c.deleted_at.is_(None),
        posts.c.removed_at.is_(None),
        NOT_VEILED,
    )
    .order_by(articles.c.post_id.desc())
    .limit(bindparam("limit"))
)
_IN_GROUPS = _LIST.where(articles.c.group_id.in_(bindparam("groups", expanding=True)))
_AMONG = _IN_GROUPS.where(articles.c.post_id.in_(bindparam("posts", expanding=True)))
_BY_AUTHOR = _LIST.where(articles.c.author_id == bindparam("author"))


class ArticleRepository:
    """Fields by post; posts by kind, group and mark."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals
        self._posts = PostSeals(connection, seals)

    def put(self, post: Post, article: Article) -> None:
        """Keep the fields of a post, new or changed. The post must be stored."""
        holders = self._posts.holders(post)
        body = msgspec.json.encode(_Body(article.licence, article.details))
        row = {
            "post_id": post.id,
            "group_id": post.group_id,
            "author_id": post.author_id,
            "kind": article.kind,
            "body": None if holders else body.decode(),
            "sealed": self._closed(post, body, holders) if holders else None,
        }
        self._connection.execute(_PUT, row)
        self._connection.execute(_UNMARK, {"post": post.id})
        if not holders:
            self._mark(post.id, article)

    def drop(self, post_id: int) -> None:
        """The post is an ordinary one from now on."""
        self._connection.execute(_DROP, {"post": post_id})

    def seal(self, post: Post, holders: tuple[Holder, ...]) -> None:
        """Seal what stands open of a post that has become private."""
        row = self._connection.execute(_OPEN, {"post": post.id}).first()
        if row is not None and holders:
            sealed = self._closed(post, row.body.encode(), holders)
            values = {"kind": row.kind, "body": None, "sealed": sealed}
            self._connection.execute(articles.update().where(articles.c.post_id == post.id), values)
            self._connection.execute(_UNMARK, {"post": post.id})

    def of(self, post_ids: Collection[int]) -> dict[int, Article]:
        """The fields of those posts that have any. One query, and one for keys."""
        if not post_ids:
            return {}
        rows = self._connection.execute(_OF, {"posts": list(post_ids)}).all()
        opened = iter(
            self._seals.open_many(
                [
                    Sealed(row.sealed, PLACE, row.post_id, row.author_id)
                    for row in rows
                    if row.sealed is not None
                ]
            )
        )
        found = {}
        for row in rows:
            body = next(opened) if row.sealed is not None else (row.body or "").encode()
            if body:
                read = msgspec.json.decode(body, type=_Body)
                found[row.post_id] = Article(
                    kind=row.kind, details=read.details, licence=read.licence
                )
        return found

    def in_groups(
        self,
        kind: str,
        group_ids: Collection[int],
        limit: int,
        before: int | None = None,
        *,
        marks: Collection[str] = (),
        language: str | None = None,
        words: str = "",
    ) -> list[PostView]:
        """Live posts of a kind in these groups with their fields, newest first, below id `before`.
        With `marks` or `words` only those that stand open and have all of them."""
        if not group_ids:
            return []
        statement = _narrowed(_IN_GROUPS, marks, language, words)
        key = {"kind": kind, "groups": list(group_ids), "limit": limit}
        return self._views(statement, key | {"before": before or NEWEST})

    def among(
        self, kind: str, post_ids: Collection[int], group_ids: Collection[int]
    ) -> list[PostView]:
        """Those of the posts that are live, of this kind, and in one of these groups."""
        if not post_ids or not group_ids:
            return []
        key = {"kind": kind, "groups": list(group_ids), "posts": list(post_ids)}
        return self._views(_AMONG, key | {"limit": len(post_ids), "before": NEWEST})

    def by_author(
        self, kind: str, author_id: int, limit: int, before: int | None = None
    ) -> list[PostView]:
        """The author's live posts of a kind, wherever they stand, newest first."""
        key = {"kind": kind, "author": author_id, "limit": limit, "before": before or NEWEST}
        return self._views(_BY_AUTHOR, key)

    def _views(self, statement: Select[Any], parameters: dict[str, Any]) -> list[PostView]:
        rows = self._connection.execute(statement, parameters).all()
        opened = self._posts.opened([POST.read(row) for row in rows])
        fields = self.of([post.id for post in opened])
        return [
            PostView(
                post=post,
                author=shown_author(post, ACTOR.read_after(row, POST.width)),
                article=fields.get(post.id),
            )
            for row, post in zip(rows, opened, strict=True)
        ]

    def _mark(self, post_id: int, article: Article) -> None:
        marks = [{"mark": mark, "post_id": post_id} for mark in marks_of(article)]
        if marks:
            self._connection.execute(_MARK, marks)

    def _closed(self, post: Post, body: bytes, holders: tuple[Holder, ...]) -> bytes:
        return self._seals.seal(
            body, place=PLACE, row=post.id, author=post.author_id, holders=holders
        )


def marks_of(article: Article) -> list[str]:
    """By what an article can be found: its topics, what helped, its effort and its cost, as far as
    they are short lower-case names."""
    details = article.details
    named: list[tuple[str, object]] = [("topic", one) for one in _listed(details.get("topics"))]
    named += [("helped", one) for one in _listed(details.get("helped"))]
    named += [(name, details.get(name)) for name in ("effort", "cost")]
    found = {
        f"{kind}/{one}": None
        for kind, one in named
        if isinstance(one, str) and _SLUG.fullmatch(one)
    }
    return list(found)[:MOST_MARKS]


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else ()


def _narrowed(
    statement: Select[Any], marks: Collection[str], language: str | None, words: str
) -> Select[Any]:
    for mark in marks:
        statement = statement.where(
            exists().where(
                article_marks.c.post_id == articles.c.post_id, article_marks.c.mark == mark
            )
        )
    if language:
        statement = statement.where(posts.c.language == language)
    for word in words.lower().split()[:5]:
        title = func.lower(posts.c.title).contains(word, autoescape=True)
        body = func.lower(articles.c.body).contains(word, autoescape=True)
        statement = statement.where(articles.c.body.is_not(None), or_(title, body))
    return statement
