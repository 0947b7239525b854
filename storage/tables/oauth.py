"""Programs that people let act for them: what they are, what they were granted, and by which codes.

The access tokens themselves are in `tokens.py`. Of every secret only the SHA-256 is kept.
"""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, Text

from storage.tables.metadata import Id, UtcTime, metadata

client_apps = Table(
    "client_apps",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("client_id", Text, nullable=False, unique=True),
    Column("secret_hash", LargeBinary),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("website", Text),
    Column("redirect_uris", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("grant_types", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("fetched_at", UtcTime),
    Index(None, "created_at"),
)

app_grants = Table(
    "app_grants",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("app_id", Id, ForeignKey("client_apps.id"), nullable=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("scopes", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Index("ix_app_grants_persona_id_id", "persona_id", "id"),
    Index(None, "app_id"),
    Index(None, "ended_at"),
)

grant_codes = Table(
    "grant_codes",
    metadata,
    Column("code_hash", LargeBinary, primary_key=True),
    Column("app_id", Id, ForeignKey("client_apps.id"), nullable=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("scopes", Text, nullable=False),
    Column("redirect_uri", Text, nullable=False),
    Column("challenge", Text),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("grant_id", Id, ForeignKey("app_grants.id")),
    Index(None, "app_id"),
    Index(None, "persona_id"),
    Index(None, "expires_at"),
    Index(None, "grant_id"),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("grant_id", Id, ForeignKey("app_grants.id"), nullable=False),
    Column("persona_id", Id, ForeignKey("actors.id"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    Index(None, "grant_id"),
    Index(None, "persona_id"),
    Index(None, "expires_at"),
)
