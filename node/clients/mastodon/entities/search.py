"""What a search found."""

from msgspec import Struct

from node.clients.mastodon.entities.account import Account
from node.clients.mastodon.entities.status import Status
from node.clients.mastodon.entities.tag import Tag


class Search(Struct, frozen=True, kw_only=True):
    """GET /api/v2/search"""

    accounts: list[Account]
    statuses: list[Status]
    hashtags: list[Tag]


class SearchV1(Struct, frozen=True, kw_only=True):
    """GET /api/v1/search: hashtags by name."""

    accounts: list[Account]
    statuses: list[Status]
    hashtags: list[str]
