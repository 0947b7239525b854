"""A question with answers to choose from."""

from msgspec import Struct

from node.clients.mastodon.entities.emoji import CustomEmoji


class PollOption(Struct, frozen=True, kw_only=True):
    """One answer; its count is None while counts are hidden."""

    title: str
    votes_count: int | None


class Poll(Struct, frozen=True, kw_only=True):
    """As one reader sees it. `own_votes` are places in `options`."""

    id: str
    expires_at: str | None
    expired: bool
    multiple: bool
    votes_count: int
    voters_count: int | None
    options: list[PollOption]
    emojis: list[CustomEmoji] = []
    voted: bool | None = False
    own_votes: list[int] | None = []
