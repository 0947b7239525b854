"""Conversations and private messages."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("pair_key", sa.Text(), nullable=True),
        sa.Column("sealed_title", sa.LargeBinary(), nullable=True),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["actors.id"], name=op.f("fk_conversations_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
        sa.UniqueConstraint("pair_key", name=op.f("uq_conversations_pair_key")),
    )
    with op.batch_alter_table("conversations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conversations_created_by"), ["created_by"], unique=False
        )

    op.create_table(
        "message_choices",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("who_may_ask", sa.Text(), nullable=False),
        sa.Column("shows_read", sa.Boolean(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_message_choices_persona_id")
        ),
        sa.PrimaryKeyConstraint("persona_id", name=op.f("pk_message_choices")),
    )
    op.create_table(
        "message_drafts",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("conversation_id", Id, autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_message_drafts_persona_id")
        ),
        sa.PrimaryKeyConstraint("persona_id", "conversation_id", name=op.f("pk_message_drafts")),
    )
    with op.batch_alter_table("message_drafts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_message_drafts_conversation_id"), ["conversation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_message_drafts_updated_at"), ["updated_at"], unique=False
        )

    op.create_table(
        "message_requests",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("from_id", Id, nullable=False),
        sa.Column("to_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["from_id"], ["actors.id"], name=op.f("fk_message_requests_from_id")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["actors.id"], name=op.f("fk_message_requests_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_requests")),
    )
    with op.batch_alter_table("message_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_message_requests_created_at"), ["created_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_message_requests_from_id_created_at"),
            ["from_id", "created_at"],
            unique=False,
        )
        batch_op.create_index(
            "ix_message_requests_open",
            ["to_id", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(batch_op.f("ix_message_requests_to_id"), ["to_id"], unique=False)

    op.create_table(
        "conversation_people",
        sa.Column("conversation_id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("joined_at", UtcTime(), nullable=False),
        sa.Column("left_at", UtcTime(), nullable=True),
        sa.Column("newest_id", Id, nullable=False),
        sa.Column("read_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_conversation_people_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_conversation_people_persona_id")
        ),
        sa.PrimaryKeyConstraint(
            "conversation_id", "persona_id", name=op.f("pk_conversation_people")
        ),
    )
    with op.batch_alter_table("conversation_people", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_conversation_people_persona_id_newest_id"),
            ["persona_id", "newest_id"],
            unique=False,
        )

    op.create_table(
        "messages",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("author_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("edited_at", UtcTime(), nullable=True),
        sa.Column("deleted_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["actors.id"], name=op.f("fk_messages_author_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_messages_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_messages_author_id_id"), ["author_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_messages_conversation_id_id"), ["conversation_id", "id"], unique=False
        )

    op.create_table(
        "message_copies",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("message_id", Id, autoincrement=False, nullable=False),
        sa.Column("conversation_id", Id, nullable=False),
        sa.Column("sent_at", UtcTime(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_message_copies_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_message_copies_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_message_copies_persona_id")
        ),
        sa.PrimaryKeyConstraint("persona_id", "message_id", name=op.f("pk_message_copies")),
    )
    with op.batch_alter_table("message_copies", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_message_copies_conversation_id"), ["conversation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_message_copies_keep_days_sent_at"),
            ["keep_days", "sent_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_message_copies_message_id"), ["message_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_message_copies_persona_id_conversation_id_message_id"),
            ["persona_id", "conversation_id", "message_id"],
            unique=False,
        )


def downgrade() -> None:
    op.drop_table("message_copies")
    op.drop_table("messages")
    op.drop_table("conversation_people")
    op.drop_table("message_requests")
    op.drop_table("message_drafts")
    op.drop_table("message_choices")
    op.drop_table("conversations")
