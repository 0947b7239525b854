"""What a node tells of itself, in both versions of the Mastodon API."""

from typing import Any

from msgspec import Struct

from node.clients.mastodon.entities.account import Account


class Rule(Struct, frozen=True, kw_only=True):
    """A rule of the node."""

    id: str
    text: str
    hint: str = ""
    translations: dict[str, Any] = {}


class Page(Struct, frozen=True, kw_only=True):
    """A page of text as clean HTML, such as the privacy policy."""

    updated_at: str
    content: str


class Stats(Struct, frozen=True, kw_only=True):
    """Counts of the node, which it does not tell."""

    user_count: int = 0
    status_count: int = 0
    domain_count: int = 0


class InstanceV1(Struct, frozen=True, kw_only=True):
    """GET /api/v1/instance"""

    uri: str
    title: str
    short_description: str
    description: str
    email: str
    version: str
    urls: dict[str, str]
    stats: Stats = Stats()
    thumbnail: str | None
    languages: list[str]
    registrations: bool
    approval_required: bool = False
    invites_enabled: bool = False
    configuration: dict[str, Any]
    contact_account: Account | None = None
    rules: list[Rule]
    max_toot_chars: int


class InstanceV2(Struct, frozen=True, kw_only=True):
    """GET /api/v2/instance"""

    domain: str
    title: str
    version: str
    source_url: str
    description: str
    usage: dict[str, Any]
    thumbnail: dict[str, Any]
    icon: list[dict[str, str]]
    languages: list[str]
    configuration: dict[str, Any]
    registrations: dict[str, Any]
    api_versions: dict[str, int]
    contact: dict[str, Any]
    rules: list[Rule]
