"""Bookmarks, pins, quiet threads, drafts for later and earlier wordings."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TABLES = (
    "follow_options",
    "preferences",
    "sent_keys",
    "wordings",
    "scheduled_posts",
    "quiet_threads",
    "pins",
    "bookmarks",
)


def upgrade() -> None:
    with op.batch_alter_table("posts") as batch:
        batch.add_column(
            sa.Column("sensitive", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    for name in ("bookmarks", "pins"):
        _create_marks(name)
    _create_quiet_threads()
    _create_scheduled_posts()
    _create_wordings()
    _create_sent_keys()
    _create_preferences()
    _create_follow_options()


def _actor(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["actors.id"], name=op.f(f"fk_{table}_{column}"))


def _post(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["posts.id"], name=op.f(f"fk_{table}_{column}"))


def _create_marks(name: str) -> None:
    op.create_table(
        name,
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        _actor(name, "persona_id"),
        _post(name, "post_id"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("persona_id", "post_id", name=op.f(f"uq_{name}_persona_id_post_id")),
    )
    op.create_index(op.f(f"ix_{name}_persona_id_id"), name, ["persona_id", "id"])
    op.create_index(op.f(f"ix_{name}_post_id"), name, ["post_id"])


def _create_quiet_threads() -> None:
    op.create_table(
        "quiet_threads",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("thread_id", Id, autoincrement=False, nullable=False),
        _actor("quiet_threads", "persona_id"),
        _post("quiet_threads", "thread_id"),
        sa.PrimaryKeyConstraint("persona_id", "thread_id", name=op.f("pk_quiet_threads")),
    )
    op.create_index(op.f("ix_quiet_threads_thread_id"), "quiet_threads", ["thread_id"])


def _create_scheduled_posts() -> None:
    name = "scheduled_posts"
    op.create_table(
        name,
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("refused_at", UtcTime(), nullable=True),
        _actor(name, "persona_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_posts")),
    )
    op.create_index(op.f("ix_scheduled_posts_persona_id_id"), name, ["persona_id", "id"])
    op.create_index(op.f("ix_scheduled_posts_refused_at_due_at"), name, ["refused_at", "due_at"])


def _create_wordings() -> None:
    op.create_table(
        "wordings",
        sa.Column("post_id", Id, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_warning", sa.Text(), nullable=True),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("written_at", UtcTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        _post("wordings", "post_id"),
        sa.PrimaryKeyConstraint("post_id", "number", name=op.f("pk_wordings")),
    )


def _create_sent_keys() -> None:
    op.create_table(
        "sent_keys",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("made_id", Id, nullable=False),
        sa.Column("is_scheduled", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        _actor("sent_keys", "persona_id"),
        sa.PrimaryKeyConstraint("persona_id", "key_hash", name=op.f("pk_sent_keys")),
    )
    op.create_index(op.f("ix_sent_keys_created_at"), "sent_keys", ["created_at"])


def _create_preferences() -> None:
    op.create_table(
        "preferences",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("visibility", sa.Text(), nullable=True),
        *_flags("sensitive"),
        sa.Column("language", sa.Text(), nullable=True),
        *_flags("is_bot", "discoverable", "indexable", "hides_collections"),
        sa.Column("fields", sa.Text(), nullable=False, server_default="[]"),
        _actor("preferences", "persona_id"),
        sa.PrimaryKeyConstraint("persona_id", name=op.f("pk_preferences")),
    )


def _flags(*names: str) -> list[sa.Column[bool]]:
    return [
        sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()) for name in names
    ]


def _create_follow_options() -> None:
    name = "follow_options"
    op.create_table(
        name,
        sa.Column("follower_id", Id, autoincrement=False, nullable=False),
        sa.Column("followed_id", Id, autoincrement=False, nullable=False),
        sa.Column("with_shares", sa.Boolean(), nullable=False),
        sa.Column("notifies", sa.Boolean(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        _actor(name, "follower_id"),
        _actor(name, "followed_id"),
        sa.PrimaryKeyConstraint("follower_id", "followed_id", name=op.f("pk_follow_options")),
    )
    op.create_index(op.f("ix_follow_options_followed_id"), name, ["followed_id"])


def downgrade() -> None:
    for name in _TABLES:
        op.drop_table(name)
    with op.batch_alter_table("posts") as batch:
        batch.drop_column("sensitive")
