"""Client apps and what people granted them."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_apps()
    _make_codes()
    _make_refresh_tokens()
    with op.batch_alter_table("access_tokens", schema=None) as batch_op:
        batch_op.alter_column("persona_id", existing_type=Id, nullable=True)
        batch_op.add_column(sa.Column("app_id", Id, nullable=True))
        batch_op.add_column(sa.Column("grant_id", Id, nullable=True))
        batch_op.add_column(sa.Column("expires_at", UtcTime(), nullable=True))
        batch_op.add_column(sa.Column("used_at", UtcTime(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_access_tokens_app_id"), "client_apps", ["app_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_access_tokens_grant_id"), "app_grants", ["grant_id"], ["id"]
        )
        for column in ("app_id", "grant_id", "expires_at"):
            batch_op.create_index(batch_op.f(f"ix_access_tokens_{column}"), [column])


def _make_apps() -> None:
    op.create_table(
        "client_apps",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("redirect_uris", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("grant_types", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("fetched_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_apps")),
        sa.UniqueConstraint("client_id", name=op.f("uq_client_apps_client_id")),
    )
    op.create_index(op.f("ix_client_apps_created_at"), "client_apps", ["created_at"])
    op.create_table(
        "app_grants",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("app_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["app_id"], ["client_apps.id"], name=op.f("fk_app_grants_app_id")),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_app_grants_persona_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_grants")),
    )
    op.create_index(op.f("ix_app_grants_persona_id_id"), "app_grants", ["persona_id", "id"])
    op.create_index(op.f("ix_app_grants_app_id"), "app_grants", ["app_id"])
    op.create_index(op.f("ix_app_grants_ended_at"), "app_grants", ["ended_at"])


def _make_codes() -> None:
    op.create_table(
        "grant_codes",
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("app_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("redirect_uri", sa.Text(), nullable=False),
        sa.Column("challenge", sa.Text(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("grant_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["app_id"], ["client_apps.id"], name=op.f("fk_grant_codes_app_id")),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["app_grants.id"], name=op.f("fk_grant_codes_grant_id")
        ),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_grant_codes_persona_id")
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_grant_codes")),
    )
    for column in ("app_id", "persona_id", "expires_at", "grant_id"):
        op.create_index(op.f(f"ix_grant_codes_{column}"), "grant_codes", [column])


def _make_refresh_tokens() -> None:
    op.create_table(
        "refresh_tokens",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("grant_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("used_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["app_grants.id"], name=op.f("fk_refresh_tokens_grant_id")
        ),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_refresh_tokens_persona_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_refresh_tokens")),
    )
    for column in ("grant_id", "persona_id", "expires_at"):
        op.create_index(op.f(f"ix_refresh_tokens_{column}"), "refresh_tokens", [column])


def downgrade() -> None:
    # A token of an app itself is of no persona, and the older schema knows no such thing.
    op.execute("DELETE FROM access_tokens WHERE persona_id IS NULL")
    with op.batch_alter_table("access_tokens", schema=None) as batch_op:
        for column in ("app_id", "grant_id", "expires_at"):
            batch_op.drop_index(batch_op.f(f"ix_access_tokens_{column}"))
        batch_op.drop_constraint(batch_op.f("fk_access_tokens_app_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_access_tokens_grant_id"), type_="foreignkey")
        for column in ("app_id", "grant_id", "expires_at", "used_at"):
            batch_op.drop_column(column)
        batch_op.alter_column("persona_id", existing_type=Id, nullable=False)
    for table in ("refresh_tokens", "grant_codes", "app_grants", "client_apps"):
        op.drop_table(table)
