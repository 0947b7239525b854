"""Several personas of one account: one-off ones, and retired ones."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("personas") as batch:
        batch.add_column(
            sa.Column("is_one_off", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("thread_id", Id, nullable=True))
        batch.add_column(sa.Column("retired_at", UtcTime(), nullable=True))
        batch.add_column(
            sa.Column("deletes_posts", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.create_foreign_key(op.f("fk_personas_thread_id"), "posts", ["thread_id"], ["id"])
        batch.create_index(op.f("ix_personas_thread_id"), ["thread_id"])
        batch.create_index(
            op.f("ix_personas_deletes_posts_retired_at"), ["deletes_posts", "retired_at"]
        )


def downgrade() -> None:
    with op.batch_alter_table("personas") as batch:
        batch.drop_index(op.f("ix_personas_deletes_posts_retired_at"))
        batch.drop_index(op.f("ix_personas_thread_id"))
        batch.drop_constraint(op.f("fk_personas_thread_id"), type_="foreignkey")
        batch.drop_column("deletes_posts")
        batch.drop_column("retired_at")
        batch.drop_column("thread_id")
        batch.drop_column("is_one_off")
