"""What a person set for its own reading: filters, lists, mutes, markers, tags, and what its news
may bring."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_FILTERED = sa.text("filtered")


def upgrade() -> None:
    _filters_and_lists()
    _tags()
    _distance()
    _news()


def _filters_and_lists() -> None:
    op.create_table(
        "filters",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("contexts", sa.Text(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_filters_persona_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filters")),
    )
    op.create_index(op.f("ix_filters_persona_id_id"), "filters", ["persona_id", "id"])
    op.create_table(
        "lists",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("sealed_title", sa.LargeBinary(), nullable=False),
        sa.Column("replies_policy", sa.Text(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_lists_persona_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lists")),
    )
    op.create_index(op.f("ix_lists_persona_id_id"), "lists", ["persona_id", "id"])
    op.create_table(
        "list_accounts",
        sa.Column("list_id", Id, autoincrement=False, nullable=False),
        sa.Column("actor_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["actors.id"], name=op.f("fk_list_accounts_actor_id")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["lists.id"], name=op.f("fk_list_accounts_list_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("list_id", "actor_id", name=op.f("pk_list_accounts")),
    )
    op.create_index(op.f("ix_list_accounts_actor_id"), "list_accounts", ["actor_id"])
    op.create_table(
        "markers",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("timeline", sa.Text(), nullable=False),
        sa.Column("last_read_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_markers_persona_id")),
        sa.PrimaryKeyConstraint("persona_id", "timeline", name=op.f("pk_markers")),
    )


def _tags() -> None:
    op.create_table(
        "followed_tags",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_followed_tags_persona_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followed_tags")),
        sa.UniqueConstraint("persona_id", "name", name=op.f("uq_followed_tags_persona_id_name")),
    )
    op.create_index(op.f("ix_followed_tags_persona_id_id"), "followed_tags", ["persona_id", "id"])
    op.create_table(
        "featured_tags",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_featured_tags_persona_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_featured_tags")),
        sa.UniqueConstraint("persona_id", "name", name=op.f("uq_featured_tags_persona_id_name")),
    )
    op.create_index(op.f("ix_featured_tags_persona_id_id"), "featured_tags", ["persona_id", "id"])


def _distance() -> None:
    op.create_table(
        "mutes",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("muted_id", Id, nullable=False),
        sa.Column("notifications", sa.Boolean(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["muted_id"], ["actors.id"], name=op.f("fk_mutes_muted_id")),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_mutes_persona_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mutes")),
        sa.UniqueConstraint("persona_id", "muted_id", name=op.f("uq_mutes_persona_id_muted_id")),
    )
    op.create_index(op.f("ix_mutes_expires_at"), "mutes", ["expires_at"])
    op.create_index(op.f("ix_mutes_muted_id"), "mutes", ["muted_id"])
    op.create_index(op.f("ix_mutes_persona_id_id"), "mutes", ["persona_id", "id"])
    op.create_table(
        "muted_nodes",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_muted_nodes_persona_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_muted_nodes")),
        sa.UniqueConstraint(
            "persona_id", "authority", name=op.f("uq_muted_nodes_persona_id_authority")
        ),
    )
    op.create_index(op.f("ix_muted_nodes_persona_id_id"), "muted_nodes", ["persona_id", "id"])
    op.create_table(
        "person_notes",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("about_id", Id, autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["about_id"], ["actors.id"], name=op.f("fk_person_notes_about_id")),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_person_notes_persona_id")
        ),
        sa.PrimaryKeyConstraint("persona_id", "about_id", name=op.f("pk_person_notes")),
    )
    op.create_index(op.f("ix_person_notes_about_id"), "person_notes", ["about_id"])


def _news() -> None:
    op.create_table(
        "notification_policies",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("not_following", sa.Text(), nullable=False),
        sa.Column("not_followers", sa.Text(), nullable=False),
        sa.Column("new_accounts", sa.Text(), nullable=False),
        sa.Column("private_mentions", sa.Text(), nullable=False),
        sa.Column("limited_accounts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_notification_policies_persona_id")
        ),
        sa.PrimaryKeyConstraint("persona_id", name=op.f("pk_notification_policies")),
    )
    op.create_table(
        "notification_permissions",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("by_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["actors.id"], name=op.f("fk_notification_permissions_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_notification_permissions_persona_id")
        ),
        sa.PrimaryKeyConstraint("persona_id", "by_id", name=op.f("pk_notification_permissions")),
    )
    op.create_index(
        op.f("ix_notification_permissions_by_id"), "notification_permissions", ["by_id"]
    )
    op.add_column("notifications", sa.Column("message_id", Id, nullable=True))
    op.add_column(
        "notifications",
        sa.Column("filtered", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_index(
        "ix_notifications_filtered",
        "notifications",
        ["persona_id", "by_id"],
        sqlite_where=_FILTERED,
        postgresql_where=_FILTERED,
    )


def downgrade() -> None:
    op.drop_index("ix_notifications_filtered", table_name="notifications")
    with op.batch_alter_table("notifications") as batch_op:
        batch_op.drop_column("filtered")
        batch_op.drop_column("message_id")
    for table in (
        "notification_permissions",
        "notification_policies",
        "person_notes",
        "muted_nodes",
        "mutes",
        "featured_tags",
        "followed_tags",
        "markers",
        "list_accounts",
        "lists",
        "filters",
    ):
        op.drop_table(table)
