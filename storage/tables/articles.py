"""Posts with a structure: a coping card, a story. What is said in the fields stands beside the text
of the post, open where the post is open and sealed where it is sealed."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, Text

from storage.tables.metadata import Id, metadata

articles = Table(
    "articles",
    metadata,
    Column(
        "post_id",
        Id,
        ForeignKey("posts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("group_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("author_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", Text),
    Column("sealed", LargeBinary),
    Index(None, "group_id", "kind", "post_id"),
    Index(None, "author_id", "kind", "post_id"),
)

# By what an article is found: "topic/sleep", "effort/little". Only those that stand open are.
article_marks = Table(
    "article_marks",
    metadata,
    Column("mark", Text, primary_key=True),
    Column(
        "post_id",
        Id,
        ForeignKey("articles.post_id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Index(None, "post_id"),
)
