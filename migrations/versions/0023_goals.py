"""Goals and buddies: what people work towards, how it goes, and pairs who look after each other."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _goals()
    _check_ins()
    _buddy_pairs()
    _buddy_sides()
    _buddy_codes()
    _buddy_up()
    _hard_moments()


def _goals() -> None:
    op.create_table(
        "goals",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("remind_at", UtcTime(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_goals_persona_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
    )
    op.create_index(op.f("ix_goals_persona_id_id"), "goals", ["persona_id", "id"])
    op.create_index(op.f("ix_goals_remind_at"), "goals", ["remind_at"])


def _check_ins() -> None:
    op.create_table(
        "check_ins",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("goal_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("shared", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goals.id"], name=op.f("fk_check_ins_goal_id")),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_check_ins_persona_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
    )
    op.create_index(op.f("ix_check_ins_goal_id_id"), "check_ins", ["goal_id", "id"])
    op.create_index(
        op.f("ix_check_ins_persona_id_shared_id"), "check_ins", ["persona_id", "shared", "id"]
    )
    op.create_index(
        op.f("ix_check_ins_persona_id_created_at"), "check_ins", ["persona_id", "created_at"]
    )


def _buddy_pairs() -> None:
    op.create_table(
        "buddy_pairs",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("asked_by", Id, nullable=False),
        sa.Column("asked_id", Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("began_at", UtcTime(), nullable=True),
        sa.Column("expires_at", UtcTime(), nullable=True),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["actors.id"], name=op.f("fk_buddy_pairs_asked_by")),
        sa.ForeignKeyConstraint(["asked_id"], ["actors.id"], name=op.f("fk_buddy_pairs_asked_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buddy_pairs")),
    )
    op.create_index(
        op.f("ix_buddy_pairs_asked_by_created_at"), "buddy_pairs", ["asked_by", "created_at"]
    )
    op.create_index(op.f("ix_buddy_pairs_asked_id"), "buddy_pairs", ["asked_id"])
    op.create_index(op.f("ix_buddy_pairs_expires_at"), "buddy_pairs", ["expires_at"])
    op.create_index(op.f("ix_buddy_pairs_ended_at"), "buddy_pairs", ["ended_at"])


def _buddy_sides() -> None:
    op.create_table(
        "buddy_sides",
        sa.Column("pair_id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("other_id", Id, nullable=False),
        sa.Column("renews", sa.Boolean(), nullable=False),
        sa.Column("look_at", UtcTime(), nullable=True),
        sa.Column("ending_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["buddy_pairs.id"], name=op.f("fk_buddy_sides_pair_id")
        ),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_buddy_sides_persona_id")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["actors.id"], name=op.f("fk_buddy_sides_other_id")),
        sa.PrimaryKeyConstraint("pair_id", "persona_id", name=op.f("pk_buddy_sides")),
    )
    op.create_index(
        op.f("ix_buddy_sides_persona_id_other_id"), "buddy_sides", ["persona_id", "other_id"]
    )
    op.create_index(op.f("ix_buddy_sides_other_id"), "buddy_sides", ["other_id"])
    op.create_index(op.f("ix_buddy_sides_look_at"), "buddy_sides", ["look_at"])
    op.create_index(op.f("ix_buddy_sides_ending_at"), "buddy_sides", ["ending_at"])


def _buddy_codes() -> None:
    op.create_table(
        "buddy_codes",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_buddy_codes_persona_id")
        ),
        sa.UniqueConstraint("code_hash", name=op.f("uq_buddy_codes_code_hash")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buddy_codes")),
    )
    op.create_index(op.f("ix_buddy_codes_persona_id"), "buddy_codes", ["persona_id"])
    op.create_index(op.f("ix_buddy_codes_expires_at"), "buddy_codes", ["expires_at"])


def _buddy_up() -> None:
    op.create_table(
        "buddy_up",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_buddy_up_persona_id")),
        sa.PrimaryKeyConstraint("persona_id", name=op.f("pk_buddy_up")),
    )
    op.create_index(op.f("ix_buddy_up_until"), "buddy_up", ["until"])


def _hard_moments() -> None:
    op.create_table(
        "hard_moments",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_hard_moments_persona_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hard_moments")),
    )
    op.create_index(op.f("ix_hard_moments_persona_id_id"), "hard_moments", ["persona_id", "id"])
    op.create_index(op.f("ix_hard_moments_created_at"), "hard_moments", ["created_at"])


def downgrade() -> None:
    for name in (
        "hard_moments",
        "buddy_up",
        "buddy_codes",
        "buddy_sides",
        "buddy_pairs",
        "check_ins",
        "goals",
    ):
        op.drop_table(name)
