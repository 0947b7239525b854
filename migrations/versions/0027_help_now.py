"""Helplines, risk signals, held deliveries, plans."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "helplines",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("call_as", sa.Text(), nullable=False),
        sa.Column("write_as", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("cost", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("shipped_as", sa.Text(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("verified_at", UtcTime(), nullable=True),
        sa.Column("confirmed_by", Id, nullable=True),
        sa.Column("retired_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helplines")),
        sa.UniqueConstraint("shipped_as", name=op.f("uq_helplines_shipped_as")),
    )
    op.create_index(op.f("ix_helplines_country_id"), "helplines", ["country", "id"], unique=False)
    op.create_table(
        "plans",
        sa.Column("account_id", Id, autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_plans_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_plans")),
    )
    op.create_table(
        "risk_notes",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["actors.id"], name=op.f("fk_risk_notes_by_id")),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_risk_notes_persona_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_notes")),
    )
    op.create_index(op.f("ix_risk_notes_by_id"), "risk_notes", ["by_id"], unique=False)
    op.create_index(op.f("ix_risk_notes_created_at"), "risk_notes", ["created_at"], unique=False)
    op.create_index(
        op.f("ix_risk_notes_persona_id_id"), "risk_notes", ["persona_id", "id"], unique=False
    )
    op.create_table(
        "delivery_holds",
        sa.Column("post_id", Id, autoincrement=False, nullable=False),
        sa.Column("author_id", Id, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("release_at", UtcTime(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["actors.id"], name=op.f("fk_delivery_holds_author_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_delivery_holds_post_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_delivery_holds")),
    )
    op.create_index(
        op.f("ix_delivery_holds_author_id"), "delivery_holds", ["author_id"], unique=False
    )
    op.create_index(
        "ix_delivery_holds_due",
        "delivery_holds",
        ["release_at"],
        unique=False,
        sqlite_where=sa.text("reason = 'pause'"),
        postgresql_where=sa.text("reason = 'pause'"),
    )
    op.create_index(
        "ix_delivery_holds_reason", "delivery_holds", ["reason", "created_at"], unique=False
    )
    op.create_table(
        "risk_signals",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("author_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("claimed_by", Id, nullable=True),
        sa.Column("claimed_until", UtcTime(), nullable=True),
        sa.Column("settled_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["actors.id"], name=op.f("fk_risk_signals_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.actor_id"], name=op.f("fk_risk_signals_group_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_risk_signals_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_signals")),
    )
    op.create_index(
        op.f("ix_risk_signals_author_id_id"), "risk_signals", ["author_id", "id"], unique=False
    )
    op.create_index(
        op.f("ix_risk_signals_created_at"), "risk_signals", ["created_at"], unique=False
    )
    op.create_index(op.f("ix_risk_signals_group_id"), "risk_signals", ["group_id"], unique=False)
    op.create_index(
        op.f("ix_risk_signals_post_id_id"), "risk_signals", ["post_id", "id"], unique=False
    )
    op.create_index(
        "ix_risk_signals_unsettled",
        "risk_signals",
        ["post_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'settled'"),
        postgresql_where=sa.text("state <> 'settled'"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_risk_signals_unsettled",
        table_name="risk_signals",
        sqlite_where=sa.text("state <> 'settled'"),
        postgresql_where=sa.text("state <> 'settled'"),
    )
    op.drop_index(op.f("ix_risk_signals_post_id_id"), table_name="risk_signals")
    op.drop_index(op.f("ix_risk_signals_group_id"), table_name="risk_signals")
    op.drop_index(op.f("ix_risk_signals_created_at"), table_name="risk_signals")
    op.drop_index(op.f("ix_risk_signals_author_id_id"), table_name="risk_signals")
    op.drop_table("risk_signals")
    op.drop_index("ix_delivery_holds_reason", table_name="delivery_holds")
    op.drop_index(
        "ix_delivery_holds_due",
        table_name="delivery_holds",
        sqlite_where=sa.text("reason = 'pause'"),
        postgresql_where=sa.text("reason = 'pause'"),
    )
    op.drop_index(op.f("ix_delivery_holds_author_id"), table_name="delivery_holds")
    op.drop_table("delivery_holds")
    op.drop_index(op.f("ix_risk_notes_persona_id_id"), table_name="risk_notes")
    op.drop_index(op.f("ix_risk_notes_created_at"), table_name="risk_notes")
    op.drop_index(op.f("ix_risk_notes_by_id"), table_name="risk_notes")
    op.drop_table("risk_notes")
    op.drop_table("plans")
    op.drop_index(op.f("ix_helplines_country_id"), table_name="helplines")
    op.drop_table("helplines")
