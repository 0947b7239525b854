"""What somebody was told, one by one and together, and what is held back."""

from msgspec import UNSET, Struct, UnsetType

from node.clients.mastodon.entities.account import Account
from node.clients.mastodon.entities.status import Status


class Notification(Struct, kw_only=True):
    """One thing that somebody did."""

    id: str
    type: str
    created_at: str
    group_key: str
    account: Account
    status: Status | UnsetType | None = UNSET
    filtered: bool | UnsetType = UNSET


class NotificationGroup(Struct, frozen=True, kw_only=True):
    """Alike things that several people did."""

    group_key: str
    notifications_count: int
    type: str
    most_recent_notification_id: int
    page_min_id: str | None
    page_max_id: str | None
    latest_page_notification_at: str | None
    sample_account_ids: list[str]
    status_id: str | None = None


class GroupedNotifications(Struct, frozen=True, kw_only=True):
    """A page of groups, and everybody and every post that they speak of, once."""

    accounts: list[Account]
    statuses: list[Status]
    notification_groups: list[NotificationGroup]


class Count(Struct, frozen=True, kw_only=True):
    """How many."""

    count: int


class PolicySummary(Struct, frozen=True, kw_only=True):
    """How much is held back, and of how many."""

    pending_requests_count: int
    pending_notifications_count: int


class NotificationPolicy(Struct, frozen=True, kw_only=True):
    """Whose news is told at once ("accept"), asked about ("filter") or not told ("drop")."""

    for_not_following: str
    for_not_followers: str
    for_new_accounts: str
    for_private_mentions: str
    for_limited_accounts: str
    summary: PolicySummary


class V1NotificationPolicy(Struct, frozen=True, kw_only=True):
    """The same as apps of the first version know it."""

    filter_not_following: bool
    filter_not_followers: bool
    filter_new_accounts: bool
    filter_private_mentions: bool
    summary: PolicySummary


class NotificationRequest(Struct, frozen=True, kw_only=True):
    """All that is held back of one account; its id is the account's."""

    id: str
    created_at: str
    updated_at: str
    account: Account
    notifications_count: str
    last_status: Status | None = None
