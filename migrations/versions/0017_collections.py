"""What people do and keep through ActivityPub's client-to-server side."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _acts()
    _collections()
    _items()


def downgrade() -> None:
    op.drop_table("client_collection_items")
    op.drop_table("client_collections")
    op.drop_table("client_acts")


def _acts() -> None:
    op.create_table(
        "client_acts",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("actor_id", Id, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("object_uri", sa.Text(), nullable=False),
        sa.Column("inner_type", sa.Text(), nullable=True),
        sa.Column("target_uri", sa.Text(), nullable=True),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_client_acts_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_acts")),
    )
    with op.batch_alter_table("client_acts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_client_acts_actor_id_id"), ["actor_id", "id"])
        batch_op.create_index(batch_op.f("ix_client_acts_created_at"), ["created_at"])


def _collections() -> None:
    op.create_table(
        "client_collections",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("ordered", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["actors.id"], name=op.f("fk_client_collections_owner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_collections")),
    )
    with op.batch_alter_table("client_collections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_client_collections_owner_id_id"), ["owner_id", "id"])


def _items() -> None:
    op.create_table(
        "client_collection_items",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("collection_id", Id, nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["client_collections.id"],
            name=op.f("fk_client_collection_items_collection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_collection_items")),
        sa.UniqueConstraint(
            "collection_id", "uri", name=op.f("uq_client_collection_items_collection_id_uri")
        ),
    )
    with op.batch_alter_table("client_collection_items", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_client_collection_items_collection_id_id"), ["collection_id", "id"]
        )
