"""How posts come to be and change: kept, edited, taken back, removed, sealed. What a post said
before an edit is kept with it, whoever edits and by whatever way.
"""

from abc import abstractmethod
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Executable, Row

from storage import post_statements as sql
from storage.articles import ArticleRepository
from storage.events import notes_of
from storage.post_record import POST, Post
from storage.post_tags import PostTags
from storage.sealed_posts import PostSeals
from storage.seals import Seals
from storage.tables import posts
from storage.wordings import WordingRepository


class PostChanges:
    """The writing half of `PostRepository`."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = PostSeals(connection, seals)
        self._notes = notes_of(connection)
        self._wordings = WordingRepository(connection, seals)
        self._tags = PostTags(connection)
        self._articles = ArticleRepository(connection, seals)

    @abstractmethod
    def get(self, post_id: int) -> Post | None: ...

    def add(self, post: Post) -> None:
        """Stores the post. A live reply counts for its thread and brings it to the top.
        AlreadyThere when the uri is known, NotThere without its group, author, thread or parent."""
        closed = self._seals.closed(post)
        if post.parent_id is None:
            row = POST.values(closed) | {"opened_by": post.author_id}
            self._connection.execute(sql.ADD_THREAD, row)
        else:
            self._connection.execute(posts.insert(), POST.values(closed))
        if post.deleted_at is not None or post.removed_at is not None:
            return
        self._tags.note(closed)
        self._notes.add("post", post.id, post.author_id, post.group_id)
        if post.parent_id is not None:
            self._connection.execute(
                sql.COUNT_REPLY, {"thread": post.thread_id, "at": post.created_at}
            )

    def set_create_uri(self, post_id: int, uri: str) -> None:
        """Other nodes have been told of the post, by this activity."""
        self._connection.execute(sql.SET_CREATE_URI, {"post": post_id, "new_uri": uri})

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
        sensitive: bool = False,
        edited_at: datetime,
    ) -> bool:
        """Replaces what the author wrote, and keeps how it read before. False when the post is
        deleted or unknown."""
        post = self.get(post_id)
        if post is None:
            return False
        changed = replace(
            post,
            title=title,
            content=content,
            source=source,
            content_warning=content_warning,
            sensitive=sensitive,
            removal_reason=None,
        )
        if post.deleted_at is None and _reads(changed) != _reads(post):
            self._wordings.keep(post, self._seals.holders(post))
        more = {"language": language, "reply_wanted": reply_wanted, "sensitive": sensitive}
        parameters = {f"new_{name}": value for name, value in more.items()} | {"at": edited_at}
        self._notes.add("edit", post_id, post.author_id, post.group_id)
        closed = self._retagged(changed)
        return self._changes(sql.EDIT, _words_of(closed) | parameters)

    def _retagged(self, changed: Post) -> Post:
        """The post as its row holds it, found by the tags that it has now."""
        closed = self._seals.closed(changed)
        self._tags.forget(changed.id)
        if changed.deleted_at is None:
            self._tags.note(closed)
        return closed

    def tombstone(self, post_id: int, deleted_at: datetime) -> bool:
        """Deletes what was written, and what hung on it, and keeps the place: uri, author and
        position stay, so that replies still have one. False when it is deleted already, or
        unknown."""
        row = self._connection.execute(sql.TOMBSTONE, {"post": post_id, "at": deleted_at}).first()
        if row is not None:
            self._wordings.drop(post_id)
            self._tags.forget(post_id)
            for statement in sql.DROP_ATTACHED:
                self._connection.execute(statement, {"post": post_id})
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
        if row is not None and row.deleted_at is None and row.parent_id is not None:
            self._connection.execute(
                sql.COUNT_REPLY, {"thread": row.thread_id, "at": row.created_at}
            )
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
        holders = self._seals.holders(post)
        self._wordings.seal(post, holders)
        self._articles.seal(post, holders)
        closed = self._seals.closed(post)
        parameters = _words_of(closed) | {
            "reason": closed.removal_reason,
            "new_sealed_reason": closed.sealed_reason,
        }
        self._connection.execute(sql.SEAL, parameters)
        self._tags.forget(post.id)

    def _gone(self, post_id: int, row: Row[Any]) -> None:
        self._notes.add("delete", post_id, row.author_id, row.group_id)
        if row.parent_id is not None:
            self._connection.execute(sql.UNCOUNT_REPLY, {"thread": row.thread_id})

    def _changes(self, statement: Executable, parameters: dict[str, Any]) -> bool:
        return self._connection.execute(statement, parameters).rowcount == 1


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


def _reads(post: Post) -> tuple[object, ...]:
    """What a reader sees of a post that its author can change."""
    return post.title, post.content, post.content_warning, post.sensitive
