"""Accounts, the personas they act through, and links that work once."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, LargeBinary, Table, Text, false, text

from storage.tables.metadata import Id, UtcTime, metadata

accounts = Table(
    "accounts",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("email", Text),
    Column("email_key", Text, unique=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("suspended_at", UtcTime),
    Column("agreed", Text),
    Column("leaving_at", UtcTime),
    Column("leaving_signs_out", Boolean, nullable=False, server_default=false()),
    Index(
        "ix_accounts_staff",
        "id",
        sqlite_where=text("role <> 'member'"),
        postgresql_where=text("role <> 'member'"),
    ),
)

personas = Table(
    "personas",
    metadata,
    Column("actor_id", Id, ForeignKey("actors.id"), primary_key=True, autoincrement=False),
    Column("account_id", Id, ForeignKey("accounts.id"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("is_one_off", Boolean, nullable=False, server_default=false()),
    Column("thread_id", Id, ForeignKey("posts.id")),
    Column("retired_at", UtcTime),
    Column("deletes_posts", Boolean, nullable=False, server_default=false()),
    Index(None, "account_id"),
    Index(None, "thread_id"),
    Index(None, "deletes_posts", "retired_at"),
)

one_time_links = Table(
    "one_time_links",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
)
