"""The hashtags of posts whose words stand open; those of sealed posts are kept nowhere."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from storage.tables.metadata import Id, metadata

post_tags = Table(
    "post_tags",
    metadata,
    Column("tag", Text, primary_key=True),
    Column("post_id", Id, ForeignKey("posts.id"), primary_key=True, autoincrement=False),
    Index(None, "post_id"),
)
