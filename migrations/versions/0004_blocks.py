"""Blocks, and what newcomers may not do yet."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blocks",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("named_id", Id, autoincrement=False, nullable=False),
        sa.Column("account_id", Id, nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_blocks_account_id")),
        sa.ForeignKeyConstraint(["named_id"], ["actors.id"], name=op.f("fk_blocks_named_id")),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_blocks_persona_id")),
        sa.PrimaryKeyConstraint("persona_id", "named_id", name=op.f("pk_blocks")),
    )
    with op.batch_alter_table("blocks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_blocks_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_blocks_named_id"), ["named_id"], unique=False)

    op.create_table(
        "newcomers",
        sa.Column("account_id", Id, autoincrement=False, nullable=False),
        sa.Column("threads_read", sa.Integer(), nullable=False),
        sa.Column("counted_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_newcomers_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_newcomers")),
    )
    op.create_table(
        "vouches",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["actors.id"], name=op.f("fk_vouches_by_id")),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_vouches_persona_id")),
        sa.PrimaryKeyConstraint("persona_id", name=op.f("pk_vouches")),
    )
    with op.batch_alter_table("vouches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vouches_by_id"), ["by_id"], unique=False)


def downgrade() -> None:
    op.drop_table("vouches")
    op.drop_table("newcomers")
    op.drop_table("blocks")
