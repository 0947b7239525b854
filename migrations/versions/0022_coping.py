"""Coping cards, and the structure of posts that have one."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id, UtcTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _articles()
    _own_cards()
    _what_is_said_of_cards()
    _collections()


def downgrade() -> None:
    for table in ("card_collection_items", "card_collections", "toolkit_items"):
        op.drop_table(table)
    for table in ("card_experiences", "card_checks", "coping_cards"):
        op.drop_table(table)
    op.drop_table("article_marks")
    op.drop_table("articles")


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("post_id", Id, autoincrement=False, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("author_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_articles_post_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["actors.id"], name=op.f("fk_articles_group_id")),
        sa.ForeignKeyConstraint(["author_id"], ["actors.id"], name=op.f("fk_articles_author_id")),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_articles")),
    )
    for owner in ("group_id", "author_id"):
        op.create_index(
            op.f(f"ix_articles_{owner}_kind_post_id"), "articles", [owner, "kind", "post_id"]
        )
    op.create_table(
        "article_marks",
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("post_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["articles.post_id"],
            name=op.f("fk_article_marks_post_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("mark", "post_id", name=op.f("pk_article_marks")),
    )
    op.create_index(op.f("ix_article_marks_post_id"), "article_marks", ["post_id"])


def _own_cards() -> None:
    op.create_table(
        "coping_cards",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        _of_actor("coping_cards", "persona_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coping_cards")),
    )
    op.create_index(op.f("ix_coping_cards_persona_id_id"), "coping_cards", ["persona_id", "id"])
    op.create_table(
        "toolkit_items",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        _of_actor("toolkit_items", "persona_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_toolkit_items")),
    )
    op.create_index(op.f("ix_toolkit_items_persona_id_id"), "toolkit_items", ["persona_id", "id"])


def _what_is_said_of_cards() -> None:
    op.create_table(
        "card_checks",
        sa.Column("post_id", Id, autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("changed_at", UtcTime(), nullable=False),
        _of_post("card_checks"),
        _of_actor("card_checks", "by_id"),
        sa.PrimaryKeyConstraint("post_id", name=op.f("pk_card_checks")),
    )
    op.create_index(op.f("ix_card_checks_by_id"), "card_checks", ["by_id"])
    op.create_table(
        "card_experiences",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("post_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        _of_post("card_experiences"),
        _of_actor("card_experiences", "persona_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_experiences")),
        sa.UniqueConstraint(
            "post_id", "persona_id", name=op.f("uq_card_experiences_post_id_persona_id")
        ),
    )
    op.create_index(
        op.f("ix_card_experiences_persona_id_id"), "card_experiences", ["persona_id", "id"]
    )


def _collections() -> None:
    op.create_table(
        "card_collections",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("persona_id", Id, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        _of_actor("card_collections", "group_id"),
        _of_actor("card_collections", "persona_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_collections")),
    )
    for owner in ("group_id", "persona_id"):
        op.create_index(op.f(f"ix_card_collections_{owner}_id"), "card_collections", [owner, "id"])
    op.create_table(
        "card_collection_items",
        sa.Column("collection_id", Id, autoincrement=False, nullable=False),
        sa.Column("post_id", Id, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["card_collections.id"],
            name=op.f("fk_card_collection_items_collection_id"),
            ondelete="CASCADE",
        ),
        _of_post("card_collection_items"),
        sa.PrimaryKeyConstraint("collection_id", "post_id", name=op.f("pk_card_collection_items")),
    )
    op.create_index(op.f("ix_card_collection_items_post_id"), "card_collection_items", ["post_id"])


def _of_actor(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], ["actors.id"], name=name)


def _of_post(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_post_id")
    return sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=name, ondelete="CASCADE")
