"""Nobody goes unanswered: who waits for an answer is found by an index, whoever they wait for."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_WAITS = sa.text(
    "repliers < 2 AND audience = 'group' AND wire_type <> 'Article'"
    " AND deleted_at IS NULL AND removed_at IS NULL AND locked_at IS NULL AND pinned_at IS NULL"
)
_COLUMNS = ("group_id", "is_first", "created_at", "id", "author_id", "repliers", "reply_wanted")
_REPLIERS = """
    UPDATE posts SET repliers = (
        SELECT COUNT(DISTINCT replies.author_id) FROM posts AS replies
        WHERE replies.thread_id = posts.id AND replies.parent_id IS NOT NULL
        AND replies.author_id <> posts.author_id
        AND replies.deleted_at IS NULL AND replies.removed_at IS NULL
    ) WHERE parent_id IS NULL
"""
_FIRST = """
    UPDATE posts SET is_first = true WHERE parent_id IS NULL AND NOT EXISTS (
        SELECT 1 FROM posts AS earlier WHERE earlier.author_id = posts.author_id
        AND earlier.parent_id IS NULL AND earlier.id < posts.id
    )
"""


def upgrade() -> None:
    op.add_column("posts", sa.Column("repliers", sa.Integer(), nullable=False, server_default="2"))
    op.add_column(
        "posts", sa.Column("is_first", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(_REPLIERS)
    op.execute(_FIRST)
    op.create_index(
        "ix_posts_waiting",
        "posts",
        list(_COLUMNS),
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    )
    _passed()
    _helpers()
    _helped()


def downgrade() -> None:
    for table in ("helped", "helpers", "passed_threads"):
        op.drop_table(table)
    op.drop_index("ix_posts_waiting", "posts")
    op.drop_column("posts", "is_first")
    op.drop_column("posts", "repliers")


def _passed() -> None:
    op.create_table(
        "passed_threads",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("thread_id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_passed_threads_persona_id")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["posts.id"], name=op.f("fk_passed_threads_thread_id")
        ),
        sa.PrimaryKeyConstraint("persona_id", "thread_id", name=op.f("pk_passed_threads")),
    )
    op.create_index(op.f("ix_passed_threads_thread_id"), "passed_threads", ["thread_id"])
    op.create_index(op.f("ix_passed_threads_created_at"), "passed_threads", ["created_at"])


def _helpers() -> None:
    op.create_table(
        "helpers",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_helpers_persona_id")),
        sa.PrimaryKeyConstraint("persona_id", name=op.f("pk_helpers")),
    )


def _helped() -> None:
    op.create_table(
        "helped",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("holder_id", Id, nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["actors.id"], name=op.f("fk_helped_holder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helped")),
    )
    op.create_index(op.f("ix_helped_holder_id_side_id"), "helped", ["holder_id", "side", "id"])
