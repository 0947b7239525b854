"""Circles."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _circles()
    _people()
    _days_and_codes()
    op.create_table(
        "circle_scripts",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_scripts")),
    )


def _circles() -> None:
    op.create_table(
        "circles",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("host_id", Id, nullable=True),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_script", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", UtcTime(), nullable=True),
        sa.Column("paused_at", UtcTime(), nullable=True),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.Column("next_at", UtcTime(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["host_id"], ["actors.id"], name=op.f("fk_circles_host_id")),
        sa.ForeignKeyConstraint(["id"], ["groups.actor_id"], name=op.f("fk_circles_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circles")),
    )
    op.create_index(op.f("ix_circles_next_at"), "circles", ["next_at"])
    op.create_index(op.f("ix_circles_host_id"), "circles", ["host_id"])


def _people() -> None:
    op.create_table(
        "circle_members",
        sa.Column("circle_id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("wants_days", sa.Boolean(), nullable=False),
        sa.Column("wants_weeks", sa.Boolean(), nullable=False),
        sa.Column("weeks_told", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=True),
        sa.Column("said_farewell", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name=op.f("fk_circle_members_circle_id")
        ),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_circle_members_persona_id")
        ),
        sa.PrimaryKeyConstraint("circle_id", "persona_id", name=op.f("pk_circle_members")),
    )
    op.create_index(
        op.f("ix_circle_members_persona_id_circle_id"),
        "circle_members",
        ["persona_id", "circle_id"],
    )
    op.create_table(
        "circle_waiting",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.Column("rest_until", UtcTime(), nullable=True),
        sa.Column("circle_id", Id, nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name=op.f("fk_circle_waiting_circle_id")
        ),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_circle_waiting_persona_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_waiting")),
        sa.UniqueConstraint("persona_id", name=op.f("uq_circle_waiting_persona_id")),
    )
    op.create_index(op.f("ix_circle_waiting_circle_id"), "circle_waiting", ["circle_id"])
    op.create_index(op.f("ix_circle_waiting_since_id"), "circle_waiting", ["since", "id"])


def _days_and_codes() -> None:
    op.create_table(
        "circle_days",
        sa.Column("circle_id", Id, autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("posted_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name=op.f("fk_circle_days_circle_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_circle_days_post_id")),
        sa.PrimaryKeyConstraint("circle_id", "day", name=op.f("pk_circle_days")),
    )
    op.create_index(op.f("ix_circle_days_post_id"), "circle_days", ["post_id"])
    op.create_table(
        "circle_codes",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("circle_id", Id, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("max_uses", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name=op.f("fk_circle_codes_circle_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["actors.id"], name=op.f("fk_circle_codes_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_circle_codes_code_hash")),
    )
    op.create_index(op.f("ix_circle_codes_circle_id_id"), "circle_codes", ["circle_id", "id"])
    op.create_index(op.f("ix_circle_codes_created_by"), "circle_codes", ["created_by"])
    op.create_index(op.f("ix_circle_codes_expires_at"), "circle_codes", ["expires_at"])


def downgrade() -> None:
    for table in (
        "circle_scripts",
        "circle_codes",
        "circle_days",
        "circle_waiting",
        "circle_members",
        "circles",
    ):
        op.drop_table(table)
