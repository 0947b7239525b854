"""A hashtag. How often it is used is told nobody: `history` is empty."""

from msgspec import Struct


class StatusTag(Struct, frozen=True, kw_only=True):
    """A hashtag of one post."""

    name: str
    url: str


class TagHistory(Struct, frozen=True, kw_only=True):
    """How often a hashtag was used on one day."""

    day: str
    uses: str
    accounts: str


class Tag(Struct, frozen=True, kw_only=True):
    """A hashtag by itself. Its name in lower case is its id as well."""

    id: str
    name: str
    url: str
    history: list[TagHistory] = []
    following: bool | None = False
    featuring: bool | None = False
