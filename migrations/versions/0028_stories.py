"""Stories."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story_collections",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.actor_id"], name=op.f("fk_story_collections_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_collections")),
    )
    op.create_index(
        op.f("ix_story_collections_group_id_id"),
        "story_collections",
        ["group_id", "id"],
        unique=False,
    )
    op.create_table(
        "story_keepers",
        sa.Column("group_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.actor_id"], name=op.f("fk_story_keepers_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["persona_id"], ["actors.id"], name=op.f("fk_story_keepers_persona_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "persona_id", name=op.f("pk_story_keepers")),
    )
    op.create_index(
        op.f("ix_story_keepers_persona_id"), "story_keepers", ["persona_id"], unique=False
    )
    op.create_table(
        "stories",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("post_id", Id, nullable=True),
        sa.Column("consented_at", UtcTime(), nullable=True),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_stories_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.actor_id"], name=op.f("fk_stories_group_id")
        ),
        sa.ForeignKeyConstraint(["persona_id"], ["actors.id"], name=op.f("fk_stories_persona_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_stories_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        sa.UniqueConstraint("post_id", name=op.f("uq_stories_post_id")),
    )
    op.create_index(op.f("ix_stories_account_id_id"), "stories", ["account_id", "id"], unique=False)
    op.create_index(op.f("ix_stories_changed_at"), "stories", ["changed_at"], unique=False)
    op.create_index(op.f("ix_stories_group_id"), "stories", ["group_id"], unique=False)
    op.create_index(op.f("ix_stories_persona_id"), "stories", ["persona_id"], unique=False)
    op.create_table(
        "story_collection_items",
        sa.Column("collection_id", Id, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["story_collections.id"],
            name=op.f("fk_story_collection_items_collection_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_story_collection_items_post_id")
        ),
        sa.PrimaryKeyConstraint("collection_id", "post_id", name=op.f("pk_story_collection_items")),
    )
    op.create_index(
        op.f("ix_story_collection_items_post_id"),
        "story_collection_items",
        ["post_id"],
        unique=False,
    )
    op.add_column("consents", sa.Column("thing_id", Id, nullable=True))


def downgrade() -> None:
    op.drop_column("consents", "thing_id")
    op.drop_index(op.f("ix_story_collection_items_post_id"), table_name="story_collection_items")
    op.drop_table("story_collection_items")
    op.drop_index(op.f("ix_stories_persona_id"), table_name="stories")
    op.drop_index(op.f("ix_stories_group_id"), table_name="stories")
    op.drop_index(op.f("ix_stories_changed_at"), table_name="stories")
    op.drop_index(op.f("ix_stories_account_id_id"), table_name="stories")
    op.drop_table("stories")
    op.drop_index(op.f("ix_story_keepers_persona_id"), table_name="story_keepers")
    op.drop_table("story_keepers")
    op.drop_index(op.f("ix_story_collections_group_id_id"), table_name="story_collections")
    op.drop_table("story_collections")
