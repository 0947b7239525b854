"""Somebody, or a group, as the Mastodon client API shows them.

No count of followers is told of anybody: the fields are there because clients need them, and say 0.
"""

from msgspec import Struct

from node.clients.mastodon.entities.emoji import CustomEmoji


class Field(Struct, frozen=True, kw_only=True):
    """A line of a profile. `value` is clean HTML."""

    name: str
    value: str
    verified_at: str | None = None


class AccountRole(Struct, frozen=True, kw_only=True):
    """A role that shows beside a name. We give none."""

    id: str
    name: str
    color: str


class Account(Struct, kw_only=True):
    """`acct` is the handle of who is here, `handle@host` of who is elsewhere. A group is an account
    with `group`, and no robot."""

    id: str
    username: str
    acct: str
    url: str
    uri: str
    display_name: str
    note: str
    avatar: str
    avatar_static: str
    header: str
    header_static: str
    avatar_description: str = ""
    header_description: str = ""
    locked: bool
    bot: bool
    group: bool
    discoverable: bool | None
    indexable: bool = False
    noindex: bool | None
    hide_collections: bool | None = True
    created_at: str
    last_status_at: str | None = None
    followers_count: int = 0
    following_count: int = 0
    statuses_count: int = 0
    fields: list[Field] = []
    emojis: list[CustomEmoji] = []
    roles: list[AccountRole] = []
    moved: None = None
    suspended: bool | None = False
    limited: bool | None = False
    memorial: bool | None = None


class Source(Struct, frozen=True, kw_only=True):
    """What its owner typed, and how new posts start. `note` is Markdown."""

    privacy: str
    sensitive: bool
    language: str | None
    note: str
    fields: list[Field] = []
    follow_requests_count: int = 0
    hide_collections: bool | None = True
    discoverable: bool | None = False
    indexable: bool = False
    quote_policy: str = "nobody"


class Role(Struct, frozen=True, kw_only=True):
    """What its owner may do on this node, as far as this API goes: nothing that needs a role."""

    id: str = "-99"
    name: str = ""
    permissions: str = "0"
    color: str = ""
    highlighted: bool = False


class CredentialAccount(Account, kw_only=True):
    """One's own account."""

    source: Source
    role: Role = Role()
