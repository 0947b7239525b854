"""Consents, exports, and the end of an account."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deletions",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("account_id", Id, nullable=True),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("finished_at", UtcTime(), nullable=True),
        sa.Column("expires_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_deletions_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletions")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_deletions_code_hash")),
    )
    op.create_index(op.f("ix_deletions_account_id"), "deletions", ["account_id"], unique=False)
    op.create_index(op.f("ix_deletions_expires_at"), "deletions", ["expires_at"], unique=False)
    op.create_table(
        "exports",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_exports_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
        sa.UniqueConstraint("account_id", name=op.f("uq_exports_account_id")),
    )
    op.create_index(op.f("ix_exports_expires_at"), "exports", ["expires_at"], unique=False)
    op.create_table(
        "consents",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("persona_id", Id, nullable=True),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_consents_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.actor_id"], name=op.f("fk_consents_group_id")
        ),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_consents_persona_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_account_id_id", "consents", ["account_id", "id"], unique=False)
    op.create_index(op.f("ix_consents_group_id"), "consents", ["group_id"], unique=False)
    op.create_index(
        "ix_consents_persona_id_group_id_id",
        "consents",
        ["persona_id", "group_id", "id"],
        unique=False,
    )
    op.create_table(
        "deletion_personas",
        sa.Column("deletion_id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deletion_id"], ["deletions.id"], name=op.f("fk_deletion_personas_deletion_id")
        ),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_deletion_personas_persona_id")
        ),
        sa.PrimaryKeyConstraint("deletion_id", "persona_id", name=op.f("pk_deletion_personas")),
    )
    op.create_index(
        op.f("ix_deletion_personas_persona_id"), "deletion_personas", ["persona_id"], unique=False
    )
    op.create_table(
        "export_chunks",
        sa.Column("export_id", Id, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["export_id"], ["exports.id"], name=op.f("fk_export_chunks_export_id")
        ),
        sa.PrimaryKeyConstraint("export_id", "number", name=op.f("pk_export_chunks")),
    )
    op.create_table(
        "deletion_deliveries",
        sa.Column("deletion_id", Id, autoincrement=False, nullable=False),
        sa.Column("delivery_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["deletion_id"], ["deletions.id"], name=op.f("fk_deletion_deliveries_deletion_id")
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name=op.f("fk_deletion_deliveries_delivery_id")
        ),
        sa.PrimaryKeyConstraint("deletion_id", "delivery_id", name=op.f("pk_deletion_deliveries")),
    )
    op.create_index(
        op.f("ix_deletion_deliveries_delivery_id"),
        "deletion_deliveries",
        ["delivery_id"],
        unique=False,
    )
    op.add_column("accounts", sa.Column("agreed", sa.Text(), nullable=True))
    op.add_column("accounts", sa.Column("leaving_at", UtcTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("accounts", "leaving_at")
    op.drop_column("accounts", "agreed")
    op.drop_index(op.f("ix_deletion_deliveries_delivery_id"), table_name="deletion_deliveries")
    op.drop_table("deletion_deliveries")
    op.drop_table("export_chunks")
    op.drop_index(op.f("ix_deletion_personas_persona_id"), table_name="deletion_personas")
    op.drop_table("deletion_personas")
    op.drop_index("ix_consents_persona_id_group_id_id", table_name="consents")
    op.drop_index(op.f("ix_consents_group_id"), table_name="consents")
    op.drop_index("ix_consents_account_id_id", table_name="consents")
    op.drop_table("consents")
    op.drop_index(op.f("ix_exports_expires_at"), table_name="exports")
    op.drop_table("exports")
    op.drop_index(op.f("ix_deletions_expires_at"), table_name="deletions")
    op.drop_index(op.f("ix_deletions_account_id"), table_name="deletions")
    op.drop_table("deletions")
