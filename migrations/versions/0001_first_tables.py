"""The first tables."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("suspended_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email_key", name=op.f("uq_accounts_email_key")),
        sa.UniqueConstraint("name_key", name=op.f("uq_accounts_name_key")),
    )
    op.create_table(
        "actors",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("handle_key", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("summary_source", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("inbox", sa.Text(), nullable=False),
        sa.Column("shared_inbox", sa.Text(), nullable=True),
        sa.Column("outbox", sa.Text(), nullable=True),
        sa.Column("followers", sa.Text(), nullable=True),
        sa.Column("featured", sa.Text(), nullable=True),
        sa.Column("moderators", sa.Text(), nullable=True),
        sa.Column("icon_url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.Column("posting_restricted", sa.Boolean(), nullable=False),
        sa.Column("is_local", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("fetched_at", UtcTime(), nullable=True),
        sa.Column("updated_at", UtcTime(), nullable=True),
        sa.Column("gone_at", UtcTime(), nullable=True),
        sa.Column("suspended_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actors")),
        sa.UniqueConstraint("uri", name=op.f("uq_actors_uri")),
    )
    with op.batch_alter_table("actors", schema=None) as batch_op:
        batch_op.create_index(
            "ix_actors_authority_handle_key", ["authority", "handle_key"], unique=False
        )
        batch_op.create_index(
            "uq_actors_local_handle_key",
            ["handle_key"],
            unique=True,
            sqlite_where=sa.text("is_local"),
            postgresql_where=sa.text("is_local"),
        )

    op.create_table(
        "graves",
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("buried_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("uri", name=op.f("pk_graves")),
    )
    with op.batch_alter_table("graves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_graves_buried_at"), ["buried_at"], unique=False)

    op.create_table(
        "one_time_links",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("used_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_links")),
    )
    op.create_table(
        "peers",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("open_until", UtcTime(), nullable=True),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=True),
        sa.Column("last_success_at", UtcTime(), nullable=True),
        sa.Column("last_failure_at", UtcTime(), nullable=True),
        sa.Column("last_seen_at", UtcTime(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("software", sa.Text(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peers")),
        sa.UniqueConstraint("authority", name=op.f("uq_peers_authority")),
    )
    with op.batch_alter_table("peers", schema=None) as batch_op:
        batch_op.create_index("ix_peers_open_until", ["open_until"], unique=False)
        batch_op.create_index(
            "ix_peers_policy",
            ["policy"],
            unique=False,
            sqlite_where=sa.text("policy <> 'default'"),
            postgresql_where=sa.text("policy <> 'default'"),
        )

    op.create_table(
        "receipts",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("actor_uri", sa.Text(), nullable=False),
        sa.Column("activity_uri", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("ordering_key", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", UtcTime(), nullable=False),
        sa.Column("locked_until", UtcTime(), nullable=True),
        sa.Column("finished_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint(
            "actor_uri", "activity_uri", name=op.f("uq_receipts_actor_uri_activity_uri")
        ),
    )
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.create_index("ix_receipts_finished_at", ["finished_at"], unique=False)
        batch_op.create_index(
            "ix_receipts_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "ix_receipts_waiting_ordering_key",
            ["ordering_key", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "access_tokens",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("revoked_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_access_tokens_persona_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_tokens")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_tokens_token_hash")),
    )
    with op.batch_alter_table("access_tokens", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_access_tokens_persona_id_id"), ["persona_id", "id"], unique=False
        )

    op.create_table(
        "activities",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("actor_id", Id, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("object_uri", sa.Text(), nullable=True),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("cavage_digest", sa.Text(), nullable=False),
        sa.Column("content_digest", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_activities_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("uri", name=op.f("uq_activities_uri")),
    )
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activities_actor_id_id"), ["actor_id", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_activities_object_uri"), ["object_uri"], unique=False)
        batch_op.create_index(batch_op.f("ix_activities_created_at"), ["created_at"], unique=False)

    op.create_table(
        "groups",
        sa.Column("actor_id", Id, autoincrement=False, nullable=False),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("is_local", sa.Boolean(), nullable=False),
        sa.Column("guidelines", sa.Text(), nullable=False),
        sa.Column("created_by", Id, nullable=True),
        sa.Column("reply_policy", sa.Text(), nullable=False),
        sa.Column("posting_policy", sa.Text(), nullable=False),
        sa.Column("backfilled_at", UtcTime(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_groups_actor_id")),
        sa.ForeignKeyConstraint(["created_by"], ["actors.id"], name=op.f("fk_groups_created_by")),
        sa.PrimaryKeyConstraint("actor_id", name=op.f("pk_groups")),
    )
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_groups_created_by"), ["created_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_groups_is_local_actor_id"), ["is_local", "actor_id"], unique=False
        )

    op.create_table(
        "personas",
        sa.Column("actor_id", Id, autoincrement=False, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_personas_account_id")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_personas_actor_id")),
        sa.PrimaryKeyConstraint("actor_id", name=op.f("pk_personas")),
    )
    with op.batch_alter_table("personas", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_personas_account_id"), ["account_id"], unique=False)

    op.create_table(
        "private_keys",
        sa.Column("actor_id", Id, autoincrement=False, nullable=False),
        sa.Column("rsa_pem", sa.Text(), nullable=False),
        sa.Column("ed25519_pem", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_private_keys_actor_id")),
        sa.PrimaryKeyConstraint("actor_id", name=op.f("pk_private_keys")),
    )
    op.create_table(
        "public_keys",
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("actor_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("fetched_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_public_keys_actor_id")),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_public_keys")),
    )
    with op.batch_alter_table("public_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_public_keys_actor_id"), ["actor_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("csrf_token", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("last_seen_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sessions_account_id")
        ),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_sessions_persona_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sessions_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sessions_persona_id"), ["persona_id"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("activity_id", Id, nullable=False),
        sa.Column("peer_id", Id, nullable=False),
        sa.Column("inbox", sa.Text(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("object_uri", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", UtcTime(), nullable=False),
        sa.Column("locked_until", UtcTime(), nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("finished_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_deliveries_activity_id")
        ),
        sa.ForeignKeyConstraint(["peer_id"], ["peers.id"], name=op.f("fk_deliveries_peer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_deliveries_activity_id", ["activity_id"], unique=False)
        batch_op.create_index(
            "ix_deliveries_leased",
            ["peer_id", "locked_until"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting' AND locked_until IS NOT NULL"),
            postgresql_where=sa.text("state = 'waiting' AND locked_until IS NOT NULL"),
        )
        batch_op.create_index("ix_deliveries_object_uri", ["object_uri"], unique=False)
        batch_op.create_index("ix_deliveries_finished_at", ["finished_at"], unique=False)
        batch_op.create_index(
            "ix_deliveries_parked",
            ["peer_id"],
            unique=False,
            sqlite_where=sa.text("state = 'parked'"),
            postgresql_where=sa.text("state = 'parked'"),
        )
        batch_op.create_index(
            "ix_deliveries_waiting",
            ["peer_id", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "ix_deliveries_waiting_due",
            ["next_attempt_at"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "ix_deliveries_waiting_root",
            ["peer_id", "root", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "jobs",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("persona_id", Id, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", UtcTime(), nullable=False),
        sa.Column("locked_until", UtcTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.actor_id"], name=op.f("fk_jobs_group_id")),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_jobs_persona_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jobs_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_jobs_persona_id"), ["persona_id"], unique=False)
        batch_op.create_index(
            "ix_jobs_waiting_due",
            ["next_attempt_at"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "uq_jobs_waiting_kind_target",
            ["kind", "target"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "memberships",
        sa.Column("group_id", Id, autoincrement=False, nullable=False),
        sa.Column("actor_id", Id, autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("follow_uri", sa.Text(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_memberships_actor_id")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.actor_id"], name=op.f("fk_memberships_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "actor_id", name=op.f("pk_memberships")),
    )
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_memberships_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_memberships_follow_uri"), ["follow_uri"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_memberships_group_id_state_role"),
            ["group_id", "state", "role"],
            unique=False,
        )

    op.create_table(
        "posts",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("thread_id", Id, nullable=False),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("author_id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("content_warning", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("reply_wanted", sa.Text(), nullable=True),
        sa.Column("wire_type", sa.Text(), nullable=False),
        sa.Column("is_local", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("edited_at", UtcTime(), nullable=True),
        sa.Column("deleted_at", UtcTime(), nullable=True),
        sa.Column("removed_at", UtcTime(), nullable=True),
        sa.Column("removed_by", Id, nullable=True),
        sa.Column("removal_reason", sa.Text(), nullable=True),
        sa.Column("locked_at", UtcTime(), nullable=True),
        sa.Column("pinned_at", UtcTime(), nullable=True),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("reply_count", sa.Integer(), nullable=False),
        sa.Column("last_activity_at", UtcTime(), nullable=False),
        sa.Column("create_uri", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["actors.id"], name=op.f("fk_posts_author_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.actor_id"], name=op.f("fk_posts_group_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["posts.id"], name=op.f("fk_posts_parent_id")),
        sa.ForeignKeyConstraint(["removed_by"], ["actors.id"], name=op.f("fk_posts_removed_by")),
        sa.ForeignKeyConstraint(["thread_id"], ["posts.id"], name=op.f("fk_posts_thread_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint("uri", name=op.f("uq_posts_uri")),
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.create_index("ix_posts_author_id_id", ["author_id", "id"], unique=False)
        batch_op.create_index("ix_posts_create_uri", ["create_uri"], unique=False)
        batch_op.create_index("ix_posts_parent_id_id", ["parent_id", "id"], unique=False)
        batch_op.create_index(
            "ix_posts_pinned",
            ["group_id", "pinned_at"],
            unique=False,
            sqlite_where=sa.text("pinned_at IS NOT NULL"),
            postgresql_where=sa.text("pinned_at IS NOT NULL"),
        )
        batch_op.create_index("ix_posts_removed_by", ["removed_by"], unique=False)
        batch_op.create_index("ix_posts_thread_id_id", ["thread_id", "id"], unique=False)
        batch_op.create_index(
            "ix_posts_threads_by_activity",
            ["group_id", "last_activity_at", "id"],
            unique=False,
            sqlite_where=sa.text("parent_id IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL"),
        )
        batch_op.create_index(
            "ix_posts_threads_by_id",
            ["group_id", "id"],
            unique=False,
            sqlite_where=sa.text("parent_id IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL"),
        )

    op.create_table(
        "moderation_entries",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("moderator_id", Id, nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("post_id", Id, nullable=True),
        sa.Column("target_actor_id", Id, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.actor_id"], name=op.f("fk_moderation_entries_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["moderator_id"], ["actors.id"], name=op.f("fk_moderation_entries_moderator_id")
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_moderation_entries_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["target_actor_id"], ["actors.id"], name=op.f("fk_moderation_entries_target_actor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_entries")),
    )
    with op.batch_alter_table("moderation_entries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_moderation_entries_group_id_id"), ["group_id", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_moderation_entries_moderator_id"), ["moderator_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_moderation_entries_post_id"), ["post_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_moderation_entries_target_actor_id"), ["target_actor_id"], unique=False
        )

    op.create_table(
        "reactions",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("actor_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("uri", sa.Text(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_reactions_actor_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_reactions_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reactions")),
        sa.UniqueConstraint("post_id", "actor_id", name=op.f("uq_reactions_post_id_actor_id")),
    )
    with op.batch_alter_table("reactions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reactions_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reactions_uri"), ["uri"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("reactions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reactions_uri"))
        batch_op.drop_index(batch_op.f("ix_reactions_actor_id"))

    op.drop_table("reactions")
    with op.batch_alter_table("moderation_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_moderation_entries_target_actor_id"))
        batch_op.drop_index(batch_op.f("ix_moderation_entries_post_id"))
        batch_op.drop_index(batch_op.f("ix_moderation_entries_moderator_id"))
        batch_op.drop_index(batch_op.f("ix_moderation_entries_group_id_id"))

    op.drop_table("moderation_entries")
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_posts_threads_by_id",
            sqlite_where=sa.text("parent_id IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL"),
        )
        batch_op.drop_index(
            "ix_posts_threads_by_activity",
            sqlite_where=sa.text("parent_id IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL"),
        )
        batch_op.drop_index("ix_posts_thread_id_id")
        batch_op.drop_index("ix_posts_removed_by")
        batch_op.drop_index(
            "ix_posts_pinned",
            sqlite_where=sa.text("pinned_at IS NOT NULL"),
            postgresql_where=sa.text("pinned_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_posts_parent_id_id")
        batch_op.drop_index("ix_posts_create_uri")
        batch_op.drop_index("ix_posts_author_id_id")

    op.drop_table("posts")
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_memberships_group_id_state_role"))
        batch_op.drop_index(batch_op.f("ix_memberships_follow_uri"))
        batch_op.drop_index(batch_op.f("ix_memberships_actor_id"))

    op.drop_table("memberships")
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_jobs_waiting_kind_target",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(
            "ix_jobs_waiting_due",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_jobs_persona_id"))
        batch_op.drop_index(batch_op.f("ix_jobs_group_id"))

    op.drop_table("jobs")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_deliveries_waiting_root",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(
            "ix_deliveries_waiting_due",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(
            "ix_deliveries_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(
            "ix_deliveries_parked",
            sqlite_where=sa.text("state = 'parked'"),
            postgresql_where=sa.text("state = 'parked'"),
        )
        batch_op.drop_index("ix_deliveries_finished_at")
        batch_op.drop_index("ix_deliveries_object_uri")
        batch_op.drop_index(
            "ix_deliveries_leased",
            sqlite_where=sa.text("state = 'waiting' AND locked_until IS NOT NULL"),
            postgresql_where=sa.text("state = 'waiting' AND locked_until IS NOT NULL"),
        )
        batch_op.drop_index("ix_deliveries_activity_id")

    op.drop_table("deliveries")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_persona_id"))
        batch_op.drop_index(batch_op.f("ix_sessions_expires_at"))
        batch_op.drop_index(batch_op.f("ix_sessions_account_id"))

    op.drop_table("sessions")
    with op.batch_alter_table("public_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_public_keys_actor_id"))

    op.drop_table("public_keys")
    op.drop_table("private_keys")
    with op.batch_alter_table("personas", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_personas_account_id"))

    op.drop_table("personas")
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_groups_is_local_actor_id"))
        batch_op.drop_index(batch_op.f("ix_groups_created_by"))

    op.drop_table("groups")
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activities_created_at"))
        batch_op.drop_index(batch_op.f("ix_activities_object_uri"))
        batch_op.drop_index(batch_op.f("ix_activities_actor_id_id"))

    op.drop_table("activities")
    with op.batch_alter_table("access_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_tokens_persona_id_id"))

    op.drop_table("access_tokens")
    op.drop_table("settings")
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_receipts_waiting_ordering_key",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(
            "ix_receipts_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_receipts_finished_at")

    op.drop_table("receipts")
    with op.batch_alter_table("peers", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_peers_policy",
            sqlite_where=sa.text("policy <> 'default'"),
            postgresql_where=sa.text("policy <> 'default'"),
        )
        batch_op.drop_index("ix_peers_open_until")

    op.drop_table("peers")
    op.drop_table("one_time_links")
    with op.batch_alter_table("graves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_graves_buried_at"))

    op.drop_table("graves")
    with op.batch_alter_table("actors", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_actors_local_handle_key",
            sqlite_where=sa.text("is_local"),
            postgresql_where=sa.text("is_local"),
        )
        batch_op.drop_index("ix_actors_authority_handle_key")

    op.drop_table("actors")
    op.drop_table("accounts")
