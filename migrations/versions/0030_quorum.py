"""What waits because several members reported it."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _waits("veils", "post_id", "posts.id")
    _waits("pauses", "persona_id", "actors.id")


def downgrade() -> None:
    op.drop_table("pauses")
    op.drop_table("veils")


def _waits(table: str, column: str, refers_to: str) -> None:
    op.create_table(
        table,
        sa.Column(column, Id, autoincrement=False, nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("lifted_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint([column], [refers_to], name=op.f(f"fk_{table}_{column}")),
        sa.PrimaryKeyConstraint(column, name=op.f(f"pk_{table}")),
    )
