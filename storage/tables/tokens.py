"""Bearer tokens of client programs: each for one persona, or for the program itself."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

access_tokens = Table(
    "access_tokens",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("persona_id", Id, ForeignKey("actors.id")),
    Column("scopes", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
    Column("app_id", Id, ForeignKey("client_apps.id")),
    Column("grant_id", Id, ForeignKey("app_grants.id")),
    Column("expires_at", UtcTime),
    Column("used_at", UtcTime),
    Index(None, "persona_id", "id"),
    Index(None, "app_id"),
    Index(None, "grant_id"),
    Index(None, "expires_at"),
)
