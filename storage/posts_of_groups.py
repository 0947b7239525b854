"""All posts of one group, or of one member there, a batch at a time: for what is done to many."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Connection, bindparam, select, tuple_

from storage.again import again
from storage.tables import posts

Place = tuple[int, int]
"""Where a batch starts: after (author, post)."""

BEGINNING: Place = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPost:
    """A post by its names alone, without a word of it. `root` is the URI of its thread."""

    id: int
    uri: str
    author_id: int
    is_local: bool
    created_at: datetime
    root: str


_thread = again(posts, "thread")
_OF_AUTHOR = (
    posts.c.group_id == bindparam("group"),
    posts.c.author_id == bindparam("author"),
)
_STANDING = (
    select(posts.c.id)
    .where(*_OF_AUTHOR, posts.c.deleted_at.is_(None))
    .order_by(posts.c.id)
    .limit(bindparam("limit"))
)
_SHOWN = _STANDING.where(posts.c.removed_at.is_(None))
_HIDE_AUTHOR = posts.update().where(*_OF_AUTHOR).values(author_hidden=True)
_TIMES = (posts.c.is_local, posts.c.created_at)
_NAMED = (
    select(posts.c.id, posts.c.uri, posts.c.author_id, *_TIMES, _thread.c.uri)
    .join_from(posts, _thread, _thread.c.id == posts.c.thread_id)
    .where(
        posts.c.group_id == bindparam("group"),
        tuple_(posts.c.author_id, posts.c.id)
        > tuple_(bindparam("author", type_=BigInteger()), bindparam("after", type_=BigInteger())),
    )
    .order_by(posts.c.author_id, posts.c.id)
    .limit(bindparam("limit"))
)


class PostsOfGroups:
    """Reads and changes in many posts at once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_member(
        self, group_id: int, author_id: int, limit: int, *, removed: bool = True
    ) -> list[int]:
        """The ids of what an author wrote in a group and did not delete, oldest first; what
        moderators removed among them unless `removed` is False."""
        statement = _STANDING if removed else _SHOWN
        key = {"group": group_id, "author": author_id, "limit": limit}
        return list(self._connection.execute(statement, key).scalars())

    def hide_author(self, group_id: int, author_id: int) -> int:
        """From now on nobody is shown who wrote these; how many there are."""
        key = {"group": group_id, "author": author_id}
        return self._connection.execute(_HIDE_AUTHOR, key).rowcount

    def named(self, group_id: int, limit: int, after: Place = BEGINNING) -> list[NamedPost]:
        """What was written in a group, what is gone among it, author by author."""
        key = {"group": group_id, "limit": limit, "author": after[0], "after": after[1]}
        return [
            NamedPost(id=number, uri=uri, author_id=author, is_local=ours, created_at=at, root=root)
            for number, uri, author, ours, at, root in self._connection.execute(_NAMED, key)
        ]
