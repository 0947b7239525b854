"""How the reader stands to somebody."""

from msgspec import Struct


class Relationship(Struct, frozen=True, kw_only=True):
    """All from the reader's side. Who blocked the reader is told nobody: `blocked_by` is False.
    `note` is the reader's own."""

    id: str
    following: bool = False
    showing_reblogs: bool = False
    notifying: bool = False
    languages: list[str] | None = None
    followed_by: bool = False
    blocking: bool = False
    blocked_by: bool = False
    muting: bool = False
    muting_notifications: bool = False
    muting_expires_at: str | None = None
    requested: bool = False
    requested_by: bool = False
    domain_blocking: bool = False
    endorsed: bool = False
    note: str = ""
