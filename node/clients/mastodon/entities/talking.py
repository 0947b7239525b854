"""Private conversations, and what was reported."""

from msgspec import Struct

from node.clients.mastodon.entities.account import Account
from node.clients.mastodon.entities.status import Status


class Conversation(Struct, frozen=True, kw_only=True):
    """A private conversation, with everybody in it but its reader."""

    id: str
    unread: bool
    accounts: list[Account]
    last_status: Status | None = None


class Report(Struct, frozen=True, kw_only=True):
    """What somebody told the staff."""

    id: str
    action_taken: bool
    action_taken_at: str | None
    category: str
    comment: str
    forwarded: bool
    created_at: str
    status_ids: list[str] | None
    rule_ids: list[str] | None
    target_account: Account
