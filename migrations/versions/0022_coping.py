"""Coping cards, and the structure of posts that have one."""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import Id

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _articles()


def downgrade() -> None:
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
