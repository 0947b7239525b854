"""What a reader does not want to come upon, and where a post met it."""

from msgspec import Struct


class FilterKeyword(Struct, frozen=True, kw_only=True):
    """A word or phrase of a filter."""

    id: str
    keyword: str
    whole_word: bool


class FilterStatus(Struct, frozen=True, kw_only=True):
    """A post that a filter names."""

    id: str
    status_id: str


class Filter(Struct, frozen=True, kw_only=True):
    """A filter, complete, or without its words where it stands in a post's `filtered`."""

    id: str
    title: str
    context: list[str]
    expires_at: str | None
    filter_action: str
    keywords: list[FilterKeyword] = []
    statuses: list[FilterStatus] = []


class FilterResult(Struct, frozen=True, kw_only=True):
    """A filter that a post met, and what in the post met it."""

    filter: Filter
    keyword_matches: list[str] | None = None
    status_matches: list[str] | None = None
