"""What a persona would rather not meet while reading: its words are sealed with everything else
that a filter says, so that a row tells neither what hurts somebody nor how many words it takes."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

filters = Table(
    "filters",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("action", Text, nullable=False),
    Column("contexts", Text, nullable=False),
    Column("expires_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "persona_id", "id"),
)
