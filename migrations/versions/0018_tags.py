"""Tags of posts.

The newest posts that stand open are read through for tags; older ones are found by them no more
than they were before.
"""

import sqlalchemy as sa
from alembic import op

from storage.hashtags import tag_key, tag_names
from storage.tables.metadata import Id

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_LOOKED_AT = 20_000
_AT_ONCE = 500


def upgrade() -> None:
    op.create_table(
        "post_tags",
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("post_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_tags_post_id")),
        sa.PrimaryKeyConstraint("tag", "post_id", name=op.f("pk_post_tags")),
    )
    op.create_index(op.f("ix_post_tags_post_id"), "post_tags", ["post_id"])
    _fill()


def downgrade() -> None:
    op.drop_table("post_tags")


def _fill() -> None:
    """Newest first, a batch at a time."""
    connection, below = op.get_bind(), 2**63 - 1
    for _ in range(_LOOKED_AT // _AT_ONCE):
        rows = connection.execute(_OPEN, {"below": below, "limit": _AT_ONCE}).all()
        if not rows:
            return
        below = rows[-1].id
        tags = [
            {"tag": tag_key(name), "post_id": row.id}
            for row in rows
            for name in tag_names(row.content, row.title)
        ]
        if tags:
            connection.execute(_TAGS.insert(), tags)


_TAGS = sa.table("post_tags", sa.column("tag", sa.Text), sa.column("post_id", sa.BigInteger))
_OPEN = sa.text(
    "SELECT id, title, content FROM posts WHERE id < :below AND sealed IS NULL"
    " AND deleted_at IS NULL AND (content LIKE '%#%' OR title LIKE '%#%')"
    " ORDER BY id DESC LIMIT :limit"
)
