"""By which hashtags posts are found. Only posts whose words stand open have any here."""

from collections.abc import Iterable

from sqlalchemy import Connection, and_, bindparam, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.hashtags import tag_key, tag_names
from storage.post_record import Post
from storage.tables import groups, post_tags, posts

_INSERT = insert(post_tags).on_conflict_do_nothing()
_FORGET = post_tags.delete().where(post_tags.c.post_id == bindparam("post"))
_NEAR = (
    select(post_tags.c.tag, post_tags.c.post_id)
    .where(post_tags.c.tag >= bindparam("first"), post_tags.c.tag < bindparam("last"))
    .order_by(post_tags.c.tag, post_tags.c.post_id.desc())
    .limit(bindparam("looked_at"))
    .subquery()
)
_SEARCH = (
    select(_NEAR.c.tag)
    .join(posts, posts.c.id == _NEAR.c.post_id)
    .join(groups, groups.c.actor_id == posts.c.group_id)
    .where(
        or_(
            posts.c.audience == "public",
            and_(
                posts.c.audience == "group",
                groups.c.visibility.in_(bindparam("visibilities", expanding=True)),
            ),
        ),
        posts.c.deleted_at.is_(None),
        posts.c.removed_at.is_(None),
    )
    .group_by(_NEAR.c.tag)
    .order_by(_NEAR.c.tag)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_LOOKED_AT = 5000
"""Posts that are looked at for one search."""


class PostTags:
    """Kept up by `PostRepository` whenever words change."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, row: Post) -> None:
        """Keep the tags of a post as its row holds it: a sealed one has no word in the open."""
        names = tag_names(row.content, row.title)
        if names:
            self._connection.execute(
                _INSERT, [{"tag": tag_key(name), "post_id": row.id} for name in names]
            )

    def forget(self, post_id: int) -> None:
        """The post is found by no tag any more."""
        self._connection.execute(_FORGET, {"post": post_id})

    def search(
        self, prefix: str, visibilities: Iterable[str], limit: int, offset: int = 0
    ) -> list[str]:
        """Tags that begin so, by name, of posts in places of these visibilities."""
        key = tag_key(prefix)
        rows = self._connection.execute(
            _SEARCH,
            {
                "first": key,
                "last": key + "\U0010ffff",
                "visibilities": list(visibilities),
                "looked_at": _LOOKED_AT,
                "limit": limit,
                "offset": offset,
            },
        )
        return list(rows.scalars())
