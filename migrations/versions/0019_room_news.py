"""News of rooms that hold no posts."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("notifications", sa.Column("about", sa.Text(), nullable=True))
    op.add_column("notifications", sa.Column("thing_id", Id, nullable=True))


def downgrade() -> None:
    op.drop_column("notifications", "thing_id")
    op.drop_column("notifications", "about")
