"""What several members reported while nobody was there to look: posts that are veiled, and people
whose writing waits. A row stays when somebody has looked, so that it happens once."""

from sqlalchemy import Column, ForeignKey, Table

from storage.tables.metadata import Id, UtcTime, metadata

veils = Table(
    "veils",
    metadata,
    Column("post_id", Id, ForeignKey("posts.id"), primary_key=True, autoincrement=False),
    Column("since", UtcTime, nullable=False),
    Column("lifted_at", UtcTime),
)

pauses = Table(
    "pauses",
    metadata,
    Column("persona_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("since", UtcTime, nullable=False),
    Column("lifted_at", UtcTime),
)
