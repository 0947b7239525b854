"""Welcome threads, greeters, weekly threads, reply sessions."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "greeters",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("from_hour", sa.Integer(), nullable=False),
        sa.Column("to_hour", sa.Integer(), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("away_until", UtcTime(), nullable=True),
        sa.Column("look_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.actor_id"], name=op.f("fk_greeters_group_id")
        ),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_greeters_persona_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_greeters")),
    )
    op.create_index(op.f("ix_greeters_group_id_id"), "greeters", ["group_id", "id"], unique=False)
    op.create_index(op.f("ix_greeters_look_at"), "greeters", ["look_at"], unique=False)
    op.create_index(
        op.f("ix_greeters_persona_id_id"), "greeters", ["persona_id", "id"], unique=False
    )
    op.create_table(
        "reply_sessions",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("caller_id", Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("starts_at", UtcTime(), nullable=False),
        sa.Column("ends_at", UtcTime(), nullable=False),
        sa.Column("heard", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["caller_id"], ["actors.id"], name=op.f("fk_reply_sessions_caller_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.actor_id"], name=op.f("fk_reply_sessions_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_sessions")),
    )
    op.create_index(
        op.f("ix_reply_sessions_caller_id"), "reply_sessions", ["caller_id"], unique=False
    )
    op.create_index(op.f("ix_reply_sessions_ends_at"), "reply_sessions", ["ends_at"], unique=False)
    op.create_index(
        op.f("ix_reply_sessions_group_id"), "reply_sessions", ["group_id"], unique=False
    )
    op.create_index(
        op.f("ix_reply_sessions_state_starts_at"),
        "reply_sessions",
        ["state", "starts_at"],
        unique=False,
    )
    op.create_table(
        "weekly_threads",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcTime(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.actor_id"], name=op.f("fk_weekly_threads_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_weekly_threads_persona_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weekly_threads")),
    )
    op.create_index(
        op.f("ix_weekly_threads_group_id_id"), "weekly_threads", ["group_id", "id"], unique=False
    )
    op.create_index(op.f("ix_weekly_threads_next_at"), "weekly_threads", ["next_at"], unique=False)
    op.create_index(
        op.f("ix_weekly_threads_persona_id"), "weekly_threads", ["persona_id"], unique=False
    )
    op.create_table(
        "reply_session_people",
        sa.Column("session_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_reply_session_people_persona_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["reply_sessions.id"],
            name=op.f("fk_reply_session_people_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "persona_id", name=op.f("pk_reply_session_people")),
    )
    op.create_index(
        op.f("ix_reply_session_people_persona_id"),
        "reply_session_people",
        ["persona_id"],
        unique=False,
    )
    op.create_table(
        "reply_session_turns",
        sa.Column("session_id", Id, nullable=False),
        sa.Column("thread_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("handed_at", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_reply_session_turns_persona_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["reply_sessions.id"],
            name=op.f("fk_reply_session_turns_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["posts.id"], name=op.f("fk_reply_session_turns_thread_id")
        ),
        sa.PrimaryKeyConstraint(
            "session_id", "thread_id", "persona_id", name=op.f("pk_reply_session_turns")
        ),
    )
    op.create_index(
        op.f("ix_reply_session_turns_persona_id"),
        "reply_session_turns",
        ["persona_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_reply_session_turns_thread_id"), "reply_session_turns", ["thread_id"], unique=False
    )
    op.create_table(
        "weekly_posts",
        sa.Column("weekly_id", Id, nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("post_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_weekly_posts_post_id")),
        sa.ForeignKeyConstraint(
            ["weekly_id"],
            ["weekly_threads.id"],
            name=op.f("fk_weekly_posts_weekly_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("weekly_id", "due_at", name=op.f("pk_weekly_posts")),
    )
    op.create_index(op.f("ix_weekly_posts_due_at"), "weekly_posts", ["due_at"], unique=False)
    op.create_index(op.f("ix_weekly_posts_post_id"), "weekly_posts", ["post_id"], unique=False)
    op.create_table(
        "welcomes",
        sa.Column("group_id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("every", sa.Text(), nullable=False),
        sa.Column("thread_id", Id, nullable=True),
        sa.Column("next_at", UtcTime(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.actor_id"], name=op.f("fk_welcomes_group_id")
        ),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_welcomes_persona_id")),
        sa.ForeignKeyConstraint(["thread_id"], ["posts.id"], name=op.f("fk_welcomes_thread_id")),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_welcomes")),
    )
    op.create_index(op.f("ix_welcomes_next_at"), "welcomes", ["next_at"], unique=False)
    op.create_index(op.f("ix_welcomes_persona_id"), "welcomes", ["persona_id"], unique=False)
    op.create_index(op.f("ix_welcomes_thread_id"), "welcomes", ["thread_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_welcomes_thread_id"), table_name="welcomes")
    op.drop_index(op.f("ix_welcomes_persona_id"), table_name="welcomes")
    op.drop_index(op.f("ix_welcomes_next_at"), table_name="welcomes")
    op.drop_table("welcomes")
    op.drop_index(op.f("ix_weekly_posts_post_id"), table_name="weekly_posts")
    op.drop_index(op.f("ix_weekly_posts_due_at"), table_name="weekly_posts")
    op.drop_table("weekly_posts")
    op.drop_index(op.f("ix_reply_session_turns_thread_id"), table_name="reply_session_turns")
    op.drop_index(op.f("ix_reply_session_turns_persona_id"), table_name="reply_session_turns")
    op.drop_table("reply_session_turns")
    op.drop_index(op.f("ix_reply_session_people_persona_id"), table_name="reply_session_people")
    op.drop_table("reply_session_people")
    op.drop_index(op.f("ix_weekly_threads_persona_id"), table_name="weekly_threads")
    op.drop_index(op.f("ix_weekly_threads_next_at"), table_name="weekly_threads")
    op.drop_index(op.f("ix_weekly_threads_group_id_id"), table_name="weekly_threads")
    op.drop_table("weekly_threads")
    op.drop_index(op.f("ix_reply_sessions_state_starts_at"), table_name="reply_sessions")
    op.drop_index(op.f("ix_reply_sessions_group_id"), table_name="reply_sessions")
    op.drop_index(op.f("ix_reply_sessions_ends_at"), table_name="reply_sessions")
    op.drop_index(op.f("ix_reply_sessions_caller_id"), table_name="reply_sessions")
    op.drop_table("reply_sessions")
    op.drop_index(op.f("ix_greeters_persona_id_id"), table_name="greeters")
    op.drop_index(op.f("ix_greeters_look_at"), table_name="greeters")
    op.drop_index(op.f("ix_greeters_group_id_id"), table_name="greeters")
    op.drop_table("greeters")
