"""Keys of private text."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "node_keys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_node_keys")),
    )
    op.create_table(
        "data_keys",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("holder_id", Id, autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("node_key_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["node_key_id"], ["node_keys.id"], name=op.f("fk_data_keys_node_key_id")
        ),
        sa.PrimaryKeyConstraint("kind", "holder_id", name=op.f("pk_data_keys")),
    )
    with op.batch_alter_table("data_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_data_keys_node_key_id"), ["node_key_id"], unique=False)
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("sealed_reason", sa.LargeBinary(), nullable=True))
    with op.batch_alter_table("moderation_entries", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sealed_reason", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("moderation_entries", schema=None) as batch_op:
        batch_op.drop_column("sealed_reason")
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_column("sealed_reason")
        batch_op.drop_column("sealed")
    op.drop_table("data_keys")
    op.drop_table("node_keys")
