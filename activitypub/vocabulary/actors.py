"""Actors: `Person`, `Group`, and the `Application` a node signs with."""

from datetime import datetime

import msgspec


class PublicKey(msgspec.Struct, frozen=True, kw_only=True):
    """An RSA key in the `publicKey` form of the security vocabulary."""

    id: str
    owner: str
    pem: str


class MultiKey(msgspec.Struct, frozen=True, kw_only=True):
    """An Ed25519 `assertionMethod` (FEP-521a). `multibase` starts with `z6Mk`."""

    id: str
    controller: str
    multibase: str


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Anyone who can act. `moderators` is the collection a Group names in `attributedTo`.

    `summary` is HTML as received; nothing here has been cleaned for display. `implements` is what
    its software declares that it can do (FEP-844e), as URLs of specifications.
    """

    id: str
    type: str
    preferred_username: str
    inbox: str
    outbox: str | None = None
    followers: str | None = None
    following: str | None = None
    featured: str | None = None
    moderators: str | None = None
    shared_inbox: str | None = None
    name: str | None = None
    summary: str | None = None
    summary_source: str | None = None
    url: str | None = None
    icon: str | None = None
    image: str | None = None
    public_keys: tuple[PublicKey, ...] = ()
    assertion_methods: tuple[MultiKey, ...] = ()
    language: str | None = None
    sensitive: bool = False
    posting_restricted_to_mods: bool = False
    manually_approves_followers: bool = False
    discoverable: bool | None = None
    webfinger: str | None = None
    implements: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
