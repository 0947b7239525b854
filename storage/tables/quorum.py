"""What is out of sight until somebody has looked. Several members reported it while nobody was
there: posts that are veiled, people whose writing waits; such a row stays afterwards, so that it
happens once. And posts whose words may tell a method: folded away again when other words do."""

from sqlalchemy import Column, ForeignKey, Table

from storage.tables.metadata import Id, UtcTime, metadata

veils = Table(
    "veils",
    metadata,
    Column("post_id", Id, ForeignKey("posts.id"), primary_key=True, autoincrement=False),
    Column("since", UtcTime, nullable=False),
    Column("lifted_at", UtcTime),
)

detail_folds = Table(
    "detail_folds",
    metadata,
    Column("post_id", Id, ForeignKey("posts.id"), primary_key=True, autoincrement=False),
    Column("since", UtcTime, nullable=False),
    Column("cleared_at", UtcTime),
)

pauses = Table(
    "pauses",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("since", UtcTime, nullable=False),
    Column("lifted_at", UtcTime),
)
