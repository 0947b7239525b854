"""What has just happened, for open streams, and where devices are told of news."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stream_events",
        sa.Column("id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object_id", Id, nullable=False),
        sa.Column("actor_id", Id, nullable=False),
        sa.Column("place_id", Id, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stream_events")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "push_subscriptions",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("token_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("alerts", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_push_subscriptions_persona_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscriptions")),
        sa.UniqueConstraint("token_id", name=op.f("uq_push_subscriptions_token_id")),
    )
    op.create_index(op.f("ix_push_subscriptions_persona_id"), "push_subscriptions", ["persona_id"])
    op.create_table(
        "push_deliveries",
        sa.Column("subscription_id", Id, nullable=False),
        sa.Column("notification_id", Id, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", UtcTime(), nullable=True),
        sa.Column("locked_until", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["push_subscriptions.id"],
            name=op.f("fk_push_deliveries_subscription_id"),
        ),
        sa.PrimaryKeyConstraint(
            "subscription_id", "notification_id", name=op.f("pk_push_deliveries")
        ),
    )
    op.create_index(
        op.f("ix_push_deliveries_next_attempt_at"), "push_deliveries", ["next_attempt_at"]
    )
    op.create_table(
        "push_choices",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("with_names", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_push_choices_persona_id")
        ),
        sa.PrimaryKeyConstraint("persona_id", name=op.f("pk_push_choices")),
    )


def downgrade() -> None:
    op.drop_table("push_choices")
    op.drop_table("push_deliveries")
    op.drop_table("push_subscriptions")
    op.drop_table("stream_events")
