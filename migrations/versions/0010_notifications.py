"""What a persona was told."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_UNREAD = sa.text("read_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "notifications",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("post_id", Id, nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("read_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["actors.id"], name=op.f("fk_notifications_by_id")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.actor_id"], name=op.f("fk_notifications_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_notifications_persona_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_notifications_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notifications")),
        sa.UniqueConstraint(
            "persona_id",
            "kind",
            "by_id",
            "post_id",
            name=op.f("uq_notifications_persona_id_kind_by_id_post_id"),
        ),
    )
    with op.batch_alter_table("notifications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notifications_by_id"), ["by_id"])
        batch_op.create_index(batch_op.f("ix_notifications_created_at"), ["created_at"])
        batch_op.create_index(batch_op.f("ix_notifications_group_id"), ["group_id"])
        batch_op.create_index(batch_op.f("ix_notifications_persona_id_id"), ["persona_id", "id"])
        batch_op.create_index(batch_op.f("ix_notifications_post_id"), ["post_id"])
        batch_op.create_index(
            "ix_notifications_unread",
            ["persona_id"],
            sqlite_where=_UNREAD,
            postgresql_where=_UNREAD,
        )


def downgrade() -> None:
    op.drop_table("notifications")
