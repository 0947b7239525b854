"""Days to remember, and being noticed."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "accounts",
        sa.Column("leaving_signs_out", sa.Boolean(), nullable=False, server_default=sa.false()),
    )

    _days()
    _watches()


def _days() -> None:
    op.create_table(
        "special_days",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_special_days_persona_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_days")),
    )
    op.create_index(op.f("ix_special_days_due_at"), "special_days", ["due_at"])
    op.create_index(op.f("ix_special_days_persona_id_id"), "special_days", ["persona_id", "id"])


def _watches() -> None:
    op.create_table(
        "quiet_watches",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("after_days", sa.Integer(), nullable=False),
        sa.Column("tells_buddies", sa.Boolean(), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.Column("look_at", UtcTime(), nullable=False),
        sa.Column("told_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_quiet_watches_persona_id")
        ),
        sa.PrimaryKeyConstraint("persona_id", name=op.f("pk_quiet_watches")),
    )
    op.create_index(op.f("ix_quiet_watches_look_at"), "quiet_watches", ["look_at"])


def downgrade() -> None:
    op.drop_table("quiet_watches")
    op.drop_table("special_days")
    op.drop_column("accounts", "leaving_signs_out")
