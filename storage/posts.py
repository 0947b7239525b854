"""Threads and the replies below them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Executable, Row, Select

from storage import post_statements as sql
from storage.actors import ACTOR, Actor
from storage.events import notes_of
from storage.former_members import FORMER_MEMBER, shown_author
from storage.memo import memo_of
from storage.post_record import POST, Audience, Post, PostView, Whereabouts
from storage.sealed_posts import PostSeals
from storage.seals import Seals
from storage.shapes import NEWEST
from storage.tables import posts

__all__ = [
    "FORMER_MEMBER",
    "Audience",
    "Post",
    "PostRepository",
    "PostView",
    "Whereabouts",
    "shown_author",
]

Unseen = frozenset[int]
"""Authors whose posts are left out of what one reader sees."""


class PostRepository:
    """Posts by id and uri, threads of a group, replies of a thread."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._memo = memo_of(connection)
        self._seals = PostSeals(connection, seals)
        self._notes = notes_of(connection)

    def add(self, post: Post) -> None:
        """Stores the post. A live reply counts for its thread and brings it to the top.
        AlreadyThere when the uri is known, NotThere without its group, author, thread or parent."""
        self._connection.execute(posts.insert(), POST.values(self._seals.closed(post)))
        if post.deleted_at is not None or post.removed_at is not None:
            return
        self._notes.add("post", post.id, post.author_id, post.group_id)
        if post.parent_id is not None:
            key = {"thread": post.thread_id, "at": post.created_at}
            self._connection.execute(sql.COUNT_REPLY, key)

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
        """The author's live posts in public groups, newest first, those below id `before`."""
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

    def edit(
        self,
        post_id: int,
        *,
        title: str | None,
        content: str,
        source: str | None,
        content_warning: str | None,
        language: str | None,
        reply_wanted: str | None,
        edited_at: datetime,
    ) -> bool:
        """Replaces what the author wrote. False when the post is deleted or unknown."""
        post = self.get(post_id)
        if post is None:
            return False
        closed = self._seals.closed(
            replace(
                post,
                title=title,
                content=content,
                source=source,
                content_warning=content_warning,
                removal_reason=None,
            )
        )
        parameters = {"new_language": language, "new_reply_wanted": reply_wanted, "at": edited_at}
        self._notes.add("edit", post_id, post.author_id, post.group_id)
        return self._changes(sql.EDIT, _words_of(closed) | parameters)

    def tombstone(self, post_id: int, deleted_at: datetime) -> bool:
        """Deletes what was written and keeps the place: uri, author and position stay, so that
        replies still hang on something. False when it is deleted already, or unknown."""
        row = self._connection.execute(sql.TOMBSTONE, {"post": post_id, "at": deleted_at}).first()
        if row is not None and row.removed_at is None:
            self._gone(post_id, row)
        return row is not None

    def remove(self, post_id: int, by: int | None, reason: str | None, at: datetime) -> bool:
        """A moderator takes the post out of sight; `restore` brings it back. False when it is
        removed already, or unknown."""
        sealed, post = None, self.get(post_id)
        if reason is not None and post is not None and self._seals.is_private(post):
            sealed = self._seals.reason(post, by or 0, reason)
            reason = None
        row = self._connection.execute(
            sql.REMOVE,
            {"post": post_id, "by": by, "reason": reason, "sealed_why": sealed, "at": at},
        ).first()
        if row is not None and row.deleted_at is None:
            self._gone(post_id, row)
        return row is not None

    def restore(self, post_id: int) -> bool:
        """Undoes `remove`. False when the post is not removed."""
        row = self._connection.execute(sql.RESTORE, {"post": post_id}).first()
        if row is not None and row.deleted_at is None:
            self._notes.add("edit", post_id, row.author_id, row.group_id)
            if row.parent_id is not None:
                key = {"thread": row.thread_id, "at": row.created_at}
                self._connection.execute(sql.COUNT_REPLY, key)
        return row is not None

    def lock(self, post_id: int, at: datetime | None) -> bool:
        """Closes a thread to replies, or opens it again with None. False when it is unknown."""
        return self._changes(sql.LOCK, {"post": post_id, "at": at})

    def pin(self, post_id: int, at: datetime | None) -> bool:
        """Pins a thread to the top of its group, or lets it go with None."""
        return self._changes(sql.PIN, {"post": post_id, "at": at})

    def seal_threads(self, group_id: int, after: int, limit: int) -> int | None:
        """Seals what stands open in threads of a group that has become private: up to `limit`
        posts, in threads from the id `after` on. Answers where to go on, None at the end."""
        left = limit
        parameters = {"group": group_id, "after": after, "limit": limit}
        threads: list[int] = list(self._connection.execute(sql.THREADS_AFTER, parameters).scalars())
        for thread_id in threads:
            rows = self._connection.execute(
                sql.OPEN_IN_THREAD, {"thread": thread_id, "limit": left}
            ).all()
            for row in rows:
                self._seal(POST.read(row))
            left -= len(rows)
            if left == 0:
                return thread_id - 1
        return threads[-1] if len(threads) == limit else None

    def _seal(self, post: Post) -> None:
        closed = self._seals.closed(post)
        parameters = _words_of(closed) | {
            "reason": closed.removal_reason,
            "new_sealed_reason": closed.sealed_reason,
        }
        self._connection.execute(sql.SEAL, parameters)

    def _one(self, statement: Select[Any], parameters: dict[str, Any]) -> Post | None:
        row = self._memo.first(statement, parameters)
        return None if row is None else self._opened([row])[0]

    def _opened(self, rows: Iterable[Row[Any]]) -> list[Post]:
        return self._seals.opened([POST.read(row) for row in rows])

    def _gone(self, post_id: int, row: Row[Any]) -> None:
        self._notes.add("delete", post_id, row.author_id, row.group_id)
        if row.parent_id is not None:
            self._connection.execute(sql.UNCOUNT_REPLY, {"thread": row.thread_id})

    def _changes(self, statement: Executable, parameters: dict[str, Any]) -> bool:
        return self._connection.execute(statement, parameters).rowcount == 1

    def _seen(
        self, statement: Executable, parameters: dict[str, Any], without: Unseen
    ) -> list[PostView]:
        if without:
            parameters["without"] = list(without)
        return self._views(statement, parameters)

    def _views(self, statement: Executable, parameters: dict[str, Any]) -> list[PostView]:
        """Who wrote several of the posts is read from the first of them, and shared."""
        authors: dict[int, Actor] = {}
        found, writers = [], []
        for row in self._connection.execute(statement, parameters):
            author = authors.get(row[POST.width])
            if author is None:
                author = authors[row[POST.width]] = ACTOR.read_after(row, POST.width)
            found.append(POST.read(row))
            writers.append(author)
        return [
            PostView(post=post, author=shown_author(post, author))
            for post, author in zip(self._seals.opened(found), writers, strict=True)
        ]


def _words_of(post: Post) -> dict[str, Any]:
    """The parameters that change what a row says."""
    return {
        "post": post.id,
        "new_title": post.title,
        "new_content": post.content,
        "new_source": post.source,
        "new_content_warning": post.content_warning,
        "new_sealed": post.sealed,
    }
