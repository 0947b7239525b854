"""Pictures and polls of posts, and the wide picture at the top of a profile."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _post_media()
    _polls()
    _ballots()
    op.create_table(
        "headers",
        sa.Column("persona_id", Id, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed_print", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_headers_persona_id")),
        sa.PrimaryKeyConstraint("persona_id", name=op.f("pk_headers")),
        sa.UniqueConstraint("name", name=op.f("uq_headers_name")),
    )
    op.add_column("actors", sa.Column("header_url", sa.Text(), nullable=True))


def _post_media() -> None:
    op.create_table(
        "post_media",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("remote_url", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("small_width", sa.Integer(), nullable=False),
        sa.Column("small_height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("focus_x", sa.Float(), nullable=False),
        sa.Column("focus_y", sa.Float(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("kept_until", UtcTime(), nullable=True),
        sa.Column("fetched_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["actors.id"], name=op.f("fk_post_media_owner_id")),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_post_media_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_media")),
        sa.UniqueConstraint("name", name=op.f("uq_post_media_name")),
    )
    for columns in (["post_id", "position"], ["owner_id", "id"]):
        op.create_index(op.f("ix_post_media_" + "_".join(columns)), "post_media", columns)
    _partial("ix_post_media_waiting", "post_media", "kept_until", "post_id IS NULL")
    _partial("ix_post_media_copies", "post_media", "fetched_at", "fetched_at IS NOT NULL")


def _polls() -> None:
    op.create_table(
        "polls",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("multiple", sa.Boolean(), nullable=False),
        sa.Column("hide_totals", sa.Boolean(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=True),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.Column("tally", sa.Text(), nullable=True),
        sa.Column("voters", sa.Integer(), nullable=True),
        sa.Column("told_at", UtcTime(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["actors.id"], name=op.f("fk_polls_owner_id")),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_polls_post_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        sa.UniqueConstraint("post_id", name=op.f("uq_polls_post_id")),
    )
    op.create_index(op.f("ix_polls_owner_id"), "polls", ["owner_id"])
    _partial("ix_polls_untold", "polls", "expires_at", "told_at IS NULL")


def _ballots() -> None:
    op.create_table(
        "poll_ballots",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("poll_id", Id, nullable=False),
        sa.Column("actor_id", Id, nullable=False),
        sa.Column("choices", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_poll_ballots_actor_id")),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["polls.id"], name=op.f("fk_poll_ballots_poll_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_ballots")),
        sa.UniqueConstraint("poll_id", "actor_id", name=op.f("uq_poll_ballots_poll_id_actor_id")),
    )
    op.create_index(op.f("ix_poll_ballots_actor_id"), "poll_ballots", ["actor_id"])


def _partial(name: str, table: str, column: str, where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, [column], sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    op.drop_column("actors", "header_url")
    for table in ("headers", "poll_ballots", "polls", "post_media"):
        op.drop_table(table)
