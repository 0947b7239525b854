"""Posts whose words may tell a method: folded away until a person has looked."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0035"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "detail_folds",
        sa.Column("post_id", Id, autoincrement=False, nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("cleared_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_detail_folds_post_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_detail_folds")),
    )


def downgrade() -> None:
    op.drop_table("detail_folds")
