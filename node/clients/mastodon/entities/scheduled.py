"""A post that waits for its time."""

from msgspec import Struct

from node.clients.mastodon.entities.media import MediaAttachment


class ScheduledPoll(Struct, frozen=True, kw_only=True):
    """The poll that will open with it; `expires_in` is in seconds."""

    options: list[str]
    expires_in: int
    multiple: bool
    hide_totals: bool


class ScheduledParams(Struct, frozen=True, kw_only=True):
    """What was sent."""

    text: str
    poll: ScheduledPoll | None
    media_ids: list[str] | None
    sensitive: bool | None
    spoiler_text: str | None
    visibility: str | None
    in_reply_to_id: str | None
    language: str | None
    scheduled_at: str | None
    application_id: int = 0
    idempotency: str | None = None
    with_rate_limit: bool = False
    quoted_status_id: str | None = None
    quote_approval_policy: str | None = None


class ScheduledStatus(Struct, frozen=True, kw_only=True):
    """`refused_at` is ours: it was due then and could not be posted."""

    id: str
    scheduled_at: str
    params: ScheduledParams
    media_attachments: list[MediaAttachment] = []
    refused_at: str | None = None
