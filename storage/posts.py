"""Threads and the replies below them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Executable, Row, Select

from storage import post_statements as sql
from storage.actors import ACTOR, Actor
from storage.former_members import FORMER_MEMBER, shown_author
from storage.memo import memo_of
from storage.post_changes import PostChanges
from storage.post_record import POST, Post, PostView, Whereabouts
from storage.seals import Seals
from storage.shapes import NEWEST

__all__ = ["FORMER_MEMBER", "Post", "PostRepository", "PostView", "Whereabouts", "shown_author"]

Unseen = frozenset[int]
"""Authors whose posts are left out of what one reader sees."""


class PostRepository(PostChanges):
    """Posts by id and uri, threads of a group, replies of a thread."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        super().__init__(connection, seals)
        self._memo = memo_of(connection)

    def group_of(self, post_id: int) -> int | None:
        """The group of a post, to be asked before its words are opened for anybody."""
        at = self.whereabouts(post_id)
        return None if at is None else at.group_id

    def whereabouts(self, post_id: int) -> Whereabouts | None:
        """Where a post stands, to be asked before its words are opened for anybody."""
        row = self._memo.first(sql.WHEREABOUTS, {"id": post_id})
        return None if row is None else Whereabouts(*tuple(row))

    def get(self, post_id: int) -> Post | None:
        return self._one(sql.BY_ID, {"id": post_id})

    def by_uri(self, uri: str) -> Post | None:
        return self._one(sql.BY_URI, {"uri": uri})

    def by_uris(self, uris: Iterable[str]) -> dict[str, Post]:
        """Those that are known, by uri."""
        rows = self._connection.execute(sql.BY_URIS, {"uris": list(uris)})
        return {post.uri: post for post in self._opened(rows)}

    def view(self, post_id: int) -> PostView | None:
        """The post with its author."""
        return next(iter(self._views(sql.VIEW, {"id": post_id})), None)

    def thread(
        self, thread_id: int, limit: int = 500, after: int = 0, without: Unseen = frozenset()
    ) -> list[PostView]:
        """The thread and its replies above the id `after` in the order in which they came, what is
        gone among them, what the authors `without` wrote left out."""
        parameters = {"thread": thread_id, "limit": limit, "after": after}
        return self._seen(sql.THREAD[bool(without)], parameters, without)

    def place_in_thread(self, thread_id: int, post_id: int) -> int:
        """How many posts of the thread came up to this one; 1 for the thread itself."""
        place = self._connection.execute(
            sql.PLACE_IN_THREAD, {"thread": thread_id, "post": post_id}
        )
        return int(place.scalar_one())

    def threads(
        self,
        group_id: int,
        limit: int,
        before: tuple[datetime, int] | None = None,
        *,
        with_gone: bool = False,
        without: Unseen = frozenset(),
    ) -> list[PostView]:
        """The group's threads, last active first, those before (last activity, id). Pinned ones
        are left to `pinned`, deleted and removed ones out unless `with_gone`, those of the authors
        `without` always."""
        parameters: dict[str, Any] = {"group": group_id, "limit": limit}
        kind = (with_gone, bool(without))
        if before is None:
            return self._seen(sql.THREADS[kind], parameters, without)
        parameters |= {"activity": before[0], "id": before[1]}
        return self._seen(sql.THREADS_BEFORE[kind], parameters, without)

    def pinned(
        self, group_id: int, limit: int = 50, without: Unseen = frozenset()
    ) -> list[PostView]:
        """The group's pinned threads, last pinned first, live ones only."""
        parameters = {"group": group_id, "limit": limit}
        return self._seen(sql.PINNED[bool(without)], parameters, without)

    def replies_by(self, thread_ids: Iterable[int], authors: Unseen) -> dict[int, int]:
        """How many of the live replies that a thread counts are by these authors."""
        key = {"threads": list(thread_ids), "authors": list(authors)}
        rows = self._connection.execute(sql.REPLIES_BY, key)
        return {thread_id: count for thread_id, count in rows}  # noqa: C416 a Row is no pair

    def replies_of(self, post_id: int, limit: int) -> list[Post]:
        """The direct replies, oldest first, what is gone among them."""
        rows = self._connection.execute(sql.REPLIES, {"post": post_id, "limit": limit})
        return self._opened(rows)

    def by_author(self, actor_id: int, limit: int, before: int | None = None) -> list[Post]:
        """The author's live posts for everybody, in public groups and on the profile, newest first,
        those below id `before`; none that they left without their name."""
        before = NEWEST if before is None else before
        rows = self._connection.execute(
            sql.BY_AUTHOR, {"author": actor_id, "limit": limit, "before": before}
        )
        return self._opened(rows)

    def left_by(self, actor_id: int, limit: int) -> list[Post]:
        """What the author wrote and has not deleted, wherever it stands."""
        rows = self._connection.execute(sql.LEFT_BY, {"author": actor_id, "limit": limit})
        return [POST.read(row) for row in rows]

    def of_author(self, actor_id: int, limit: int, after: int = 0) -> list[Post]:
        """All that the author wrote and did not delete, in every group, the oldest first, those
        above id `after`; what moderators removed among them."""
        key = {"author": actor_id, "limit": limit, "after": after}
        return self._opened(self._connection.execute(sql.OF_AUTHOR, key))

    def outbox_of_group(
        self, group_id: int, limit: int, before: int | None = None
    ) -> list[PostView]:
        """The group's live threads, newest first, those below id `before`."""
        before = NEWEST if before is None else before
        return self._views(sql.OUTBOX, {"group": group_id, "limit": limit, "before": before})

    def _one(self, statement: Select[Any], parameters: dict[str, Any]) -> Post | None:
        row = self._memo.first(statement, parameters)
        return None if row is None else self._opened([row])[0]

    def _opened(self, rows: Iterable[Row[Any]]) -> list[Post]:
        return self._seals.opened([POST.read(row) for row in rows])

    def _seen(
        self, statement: Executable, parameters: dict[str, Any], without: Unseen
    ) -> list[PostView]:
        if without:
            parameters["without"] = list(without)
        return self._views(statement, parameters)

    def _views(self, statement: Executable, parameters: dict[str, Any]) -> list[PostView]:
        return self.views_of(self._connection.execute(statement, parameters))

    def views_of(self, rows: Iterable[Row[Any]]) -> list[PostView]:
        """Rows that begin with a post and its author. Who wrote several of the posts is read from
        the first of them, and shared."""
        authors: dict[int, Actor] = {}
        found, writers = [], []
        for row in rows:
            author = authors.get(row[POST.width])
            if author is None:
                author = authors[row[POST.width]] = ACTOR.read_after(row, POST.width)
            found.append(POST.read(row))
            writers.append(author)
        return [
            PostView(post=post, author=shown_author(post, author))
            for post, author in zip(self._seals.opened(found), writers, strict=True)
        ]
