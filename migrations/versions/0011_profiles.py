"""Profiles: what a persona writes outside groups, who follows it, and what was shared."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_BIT = 1 << 13
"""An id is a time, a process and a count within a millisecond. The highest bit of the count is not
reached in practice, so the id with that bit turned over is nobody else's and lies in the same
millisecond: the share of a thread stands where the thread does."""

_posts = sa.table(
    "posts",
    sa.column("id", Id),
    sa.column("group_id", Id),
    sa.column("parent_id", Id),
    sa.column("created_at", UtcTime()),
)
_shares = sa.table(
    "shares",
    *(sa.column(name) for name in ("id", "actor_id", "post_id", "created_at")),
)
_groups = sa.table("groups", sa.column("actor_id", Id), sa.column("kind", sa.Text))
# Neither database has an exclusive or under the same name.
_SHARE_ID = (_posts.c.id.op("|")(_BIT)) - (_posts.c.id.op("&")(_BIT))


def upgrade() -> None:
    with op.batch_alter_table("groups") as batch:
        batch.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default="group"))
        batch.add_column(
            sa.Column("locked", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.drop_index(batch.f("ix_groups_is_local_actor_id"))
        batch.create_index(
            batch.f("ix_groups_kind_is_local_actor_id"), ["kind", "is_local", "actor_id"]
        )
    with op.batch_alter_table("posts") as batch:
        batch.add_column(sa.Column("audience", sa.Text(), nullable=False, server_default="group"))
    _create_shares()
    _create_mentions()
    threads = sa.select(_SHARE_ID, _posts.c.group_id, _posts.c.id, _posts.c.created_at).where(
        _posts.c.parent_id.is_(None)
    )
    op.execute(_shares.insert().from_select(list(_shares.c.keys()), threads))


def _create_shares() -> None:
    op.create_table(
        "shares",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("actor_id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("uri", sa.Text(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_shares_actor_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_shares_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shares")),
        sa.UniqueConstraint("actor_id", "post_id", name=op.f("uq_shares_actor_id_post_id")),
    )
    with op.batch_alter_table("shares") as batch:
        batch.create_index(batch.f("ix_shares_actor_id_id"), ["actor_id", "id"])
        batch.create_index(batch.f("ix_shares_post_id_id"), ["post_id", "id"])
        batch.create_index(batch.f("ix_shares_uri"), ["uri"])


def _create_mentions() -> None:
    op.create_table(
        "mentions",
        sa.Column("post_id", Id, autoincrement=False, nullable=False),
        sa.Column("actor_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_mentions_post_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_mentions_actor_id")),
        sa.PrimaryKeyConstraint("post_id", "actor_id", name=op.f("pk_mentions")),
    )
    with op.batch_alter_table("mentions") as batch:
        batch.create_index(batch.f("ix_mentions_actor_id_post_id"), ["actor_id", "post_id"])


def downgrade() -> None:
    """What stood on profiles has no place before this revision, so it goes."""
    profiles = sa.select(_groups.c.actor_id).where(_groups.c.kind == "profile")
    posts = sa.select(_posts.c.id).where(_posts.c.group_id.in_(profiles))
    op.drop_table("mentions")
    op.drop_table("shares")
    for name in ("reactions", "notifications"):
        table = sa.table(name, sa.column("post_id", Id))
        op.execute(table.delete().where(table.c.post_id.in_(posts)))
    for name in ("moderation_entries", "reports", "statements"):
        table = sa.table(name, sa.column("post_id", Id))
        op.execute(table.update().where(table.c.post_id.in_(posts)).values(post_id=None))
    for name in ("posts", "memberships"):
        table = sa.table(name, sa.column("group_id", Id))
        op.execute(table.delete().where(table.c.group_id.in_(profiles)))
    op.execute(_groups.delete().where(_groups.c.kind == "profile"))
    with op.batch_alter_table("posts") as batch:
        batch.drop_column("audience")
    with op.batch_alter_table("groups") as batch:
        batch.drop_index(batch.f("ix_groups_kind_is_local_actor_id"))
        batch.create_index(batch.f("ix_groups_is_local_actor_id"), ["is_local", "actor_id"])
        batch.drop_column("locked")
        batch.drop_column("kind")
