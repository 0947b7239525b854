"""Reports, the audit log, and how a link of personas is revealed."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_chain",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("base_seq", Id, nullable=False),
        sa.Column("base_hash", sa.LargeBinary(), nullable=False),
        sa.Column("head_seq", Id, nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_chain")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("seq", Id, autoincrement=False, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("by_account", Id, nullable=True),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", Id, nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_at"), ["at"], unique=False)
        batch_op.create_index(
            "ix_audit_entries_subject", ["subject_kind", "subject_id", "seq"], unique=False
        )

    op.create_table(
        "reveals",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("asked_by", Id, nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("answered_by", Id, nullable=True),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_reveals_persona_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveals")),
    )
    with op.batch_alter_table("reveals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reveals_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_reveals_persona_id"), ["persona_id"], unique=False)

    op.create_table(
        "reports",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reporter_id", Id, nullable=False),
        sa.Column("subject_id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=True),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("shows_reporter", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("claimed_by", Id, nullable=True),
        sa.Column("claimed_until", UtcTime(), nullable=True),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.Column("decided_by", Id, nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decision_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_forgotten", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.actor_id"], name=op.f("fk_reports_group_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_reports_post_id")),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["actors.id"], name=op.f("fk_reports_reporter_id")
        ),
        sa.ForeignKeyConstraint(["subject_id"], ["actors.id"], name=op.f("fk_reports_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reports_decided",
            ["decided_at"],
            unique=False,
            sqlite_where=sa.text("NOT is_forgotten"),
            postgresql_where=sa.text("NOT is_forgotten"),
        )
        batch_op.create_index("ix_reports_group", ["group_id", "id"], unique=False)
        batch_op.create_index(
            "ix_reports_kept",
            ["created_at"],
            unique=False,
            sqlite_where=sa.text("NOT is_forgotten"),
            postgresql_where=sa.text("NOT is_forgotten"),
        )
        batch_op.create_index(
            "ix_reports_open",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(batch_op.f("ix_reports_post_id"), ["post_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_reports_reporter_id_id"), ["reporter_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_reports_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "statements",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("is_suspension", sa.Boolean(), nullable=False),
        sa.Column("post_id", Id, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_statements_persona_id")
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_statements_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
    )
    with op.batch_alter_table("statements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_statements_persona_id_id"), ["persona_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_statements_post_id"), ["post_id"], unique=False)
        batch_op.create_index(
            "ix_statements_suspensions",
            ["id"],
            unique=False,
            sqlite_where=sa.text("is_suspension AND ended_at IS NULL"),
            postgresql_where=sa.text("is_suspension AND ended_at IS NULL"),
        )

    op.create_table(
        "report_excerpts",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("report_id", Id, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_id", Id, nullable=False),
        sa.Column("author_id", Id, nullable=False),
        sa.Column("said_at", UtcTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["actors.id"], name=op.f("fk_report_excerpts_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_report_excerpts_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_excerpts")),
    )
    with op.batch_alter_table("report_excerpts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_report_excerpts_author_id"), ["author_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_report_excerpts_report_id"), ["report_id"], unique=False
        )

    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_accounts_staff",
            ["id"],
            unique=False,
            sqlite_where=sa.text("role <> 'member'"),
            postgresql_where=sa.text("role <> 'member'"),
        )


def downgrade() -> None:
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_index("ix_accounts_staff")
    for table in (
        "report_excerpts",
        "statements",
        "reports",
        "reveals",
        "audit_entries",
        "audit_chain",
    ):
        op.drop_table(table)
