"""What somebody set for their own reading: lists, how far they have read, tags on a profile, and
filters as older apps know them.
"""

from msgspec import Struct


class List(Struct, frozen=True, kw_only=True):
    """A list of people and groups."""

    id: str
    title: str
    replies_policy: str
    exclusive: bool


class Marker(Struct, frozen=True, kw_only=True):
    """How far somebody has read. `version` counts the changes."""

    last_read_id: str
    version: int
    updated_at: str


class FeaturedTag(Struct, frozen=True, kw_only=True):
    """A hashtag that somebody shows on their profile. How often they used it is told nobody."""

    id: str
    name: str
    url: str
    statuses_count: str = "0"
    last_status_at: str | None = None


class V1Filter(Struct, frozen=True, kw_only=True):
    """One word of a filter, as apps of the first version know it: its id is the word's."""

    id: str
    phrase: str
    context: list[str]
    whole_word: bool
    expires_at: str | None
    irreversible: bool
