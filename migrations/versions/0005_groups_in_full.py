"""Invitations, applications, and the life of a group."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_GROUP = "groups.actor_id"
_ACTOR = "actors.id"


def upgrade() -> None:
    _widen_groups()
    with op.batch_alter_table("memberships") as batch:
        batch.add_column(sa.Column("unlisted", sa.Boolean(), nullable=False, server_default="0"))
    with op.batch_alter_table("memberships") as batch:
        batch.alter_column("unlisted", server_default=None)
    with op.batch_alter_table("posts") as batch:
        batch.add_column(
            sa.Column("author_hidden", sa.Boolean(), nullable=False, server_default="0")
        )
    with op.batch_alter_table("posts") as batch:
        batch.alter_column("author_hidden", server_default=None)
    op.create_index("ix_posts_group_id_author_id_id", "posts", ["group_id", "author_id", "id"])
    _make_joining()
    _make_withdrawals()


def downgrade() -> None:
    for table in ("withdrawal_doors", "withdrawals", "group_bans", "applications"):
        op.drop_table(table)
    for table in ("group_questions", "invitations"):
        op.drop_table(table)
    op.drop_index("ix_posts_group_id_author_id_id", "posts")
    with op.batch_alter_table("posts") as batch:
        batch.drop_column("author_hidden")
    with op.batch_alter_table("memberships") as batch:
        batch.drop_column("unlisted")
    op.drop_index(op.f("ix_groups_host_id"), "groups")
    with op.batch_alter_table("groups") as batch:
        batch.drop_constraint(op.f("fk_groups_host_id"), type_="foreignkey")
        for column in ("left_public_at", "archived_at", "allows_anonymous", "join_policy"):
            batch.drop_column(column)
        batch.drop_column("host_id")


def _widen_groups() -> None:
    """Whoever founded a group hosts it; people come in as they did before."""
    with op.batch_alter_table("groups") as batch:
        batch.add_column(sa.Column("host_id", Id, nullable=True))
        batch.add_column(sa.Column("join_policy", sa.Text(), nullable=False, server_default="open"))
        batch.add_column(
            sa.Column("allows_anonymous", sa.Boolean(), nullable=False, server_default="0")
        )
        batch.add_column(sa.Column("archived_at", UtcTime(), nullable=True))
        batch.add_column(sa.Column("left_public_at", UtcTime(), nullable=True))
        batch.create_foreign_key(op.f("fk_groups_host_id"), "actors", ["host_id"], ["id"])
    with op.batch_alter_table("groups") as batch:
        batch.alter_column("join_policy", server_default=None)
        batch.alter_column("allows_anonymous", server_default=None)
    op.create_index(op.f("ix_groups_host_id"), "groups", ["host_id"])
    groups = sa.table(
        "groups",
        *(sa.column(name) for name in ("is_local", "created_by", "host_id", "visibility")),
        sa.column("join_policy"),
    )
    op.execute(groups.update().where(groups.c.is_local).values(host_id=groups.c.created_by))
    op.execute(
        groups.update().where(groups.c.visibility == "private").values(join_policy="invitation")
    )


def _make_joining() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("max_uses", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("revoked_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], [_GROUP], name=op.f("fk_invitations_group_id")),
        sa.ForeignKeyConstraint(["created_by"], [_ACTOR], name=op.f("fk_invitations_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitations_code_hash")),
    )
    op.create_index(op.f("ix_invitations_group_id_id"), "invitations", ["group_id", "id"])
    op.create_index(op.f("ix_invitations_created_by"), "invitations", ["created_by"])
    op.create_index(op.f("ix_invitations_expires_at"), "invitations", ["expires_at"])
    op.create_table(
        "group_questions",
        sa.Column("group_id", Id, autoincrement=False, nullable=False),
        sa.Column("questions", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], [_GROUP], name=op.f("fk_group_questions_group_id")),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_group_questions")),
    )
    op.create_table(
        "applications",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("actor_id", Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("reply", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], [_GROUP], name=op.f("fk_applications_group_id")),
        sa.ForeignKeyConstraint(["actor_id"], [_ACTOR], name=op.f("fk_applications_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
        sa.UniqueConstraint("group_id", "actor_id", name=op.f("uq_applications_group_id_actor_id")),
    )
    op.create_index(
        op.f("ix_applications_group_id_state_id"), "applications", ["group_id", "state", "id"]
    )
    op.create_index(op.f("ix_applications_actor_id"), "applications", ["actor_id"])
    op.create_index(op.f("ix_applications_decided_at"), "applications", ["decided_at"])
    op.create_table(
        "group_bans",
        sa.Column("group_id", Id, autoincrement=False, nullable=False),
        sa.Column("actor_id", Id, autoincrement=False, nullable=False),
        sa.Column("account_id", Id, nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], [_GROUP], name=op.f("fk_group_bans_group_id")),
        sa.ForeignKeyConstraint(["actor_id"], [_ACTOR], name=op.f("fk_group_bans_actor_id")),
        sa.PrimaryKeyConstraint("group_id", "actor_id", name=op.f("pk_group_bans")),
    )
    op.create_index(
        op.f("ix_group_bans_group_id_account_id"), "group_bans", ["group_id", "account_id"]
    )
    op.create_index(op.f("ix_group_bans_actor_id"), "group_bans", ["actor_id"])


def _make_withdrawals() -> None:
    op.create_table(
        "withdrawals",
        sa.Column("group_id", Id, autoincrement=False, nullable=False),
        sa.Column("last_author_id", Id, nullable=False),
        sa.Column("last_post_id", Id, nullable=False),
        sa.Column("posts_done", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("finished_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], [_GROUP], name=op.f("fk_withdrawals_group_id")),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_withdrawals")),
    )
    op.create_table(
        "withdrawal_doors",
        sa.Column("group_id", Id, autoincrement=False, nullable=False),
        sa.Column("inbox", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], [_GROUP], name=op.f("fk_withdrawal_doors_group_id")),
        sa.PrimaryKeyConstraint("group_id", "inbox", name=op.f("pk_withdrawal_doors")),
    )
