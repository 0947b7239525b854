"""The programs that act for somebody: seen by them alone, and ended by them at any time.

Use cases of an open `uow`, on behalf of the account's owner.
"""

from dataclasses import dataclass
from datetime import datetime

from node.clients.oauth.words import in_words
from node.errors import NotFound
from storage.actors import Actor
from storage.tokens import AccessToken
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnApp:
    """One program: what a consent gave, or a token that was made on the command line."""

    key: str
    name: str
    website: str | None
    persona: Actor
    words: list[str]
    since: datetime
    used_at: datetime | None


def own_apps(uow: UnitOfWork, account_id: int, now: datetime) -> list[OwnApp]:
    """All of them, the newest first."""
    personas = uow.actors.get_many(uow.accounts.personas_of(account_id))
    tokens = uow.tokens.standing_of(list(personas))
    found = _granted(uow, personas, tokens)
    found += [
        OwnApp(
            key=f"token-{token.id}",
            name=token.label,
            website=None,
            persona=personas[token.persona_id],
            words=in_words(token.scopes.split()),
            since=token.created_at,
            used_at=token.used_at,
        )
        for token in tokens
        if token.grant_id is None
        and token.persona_id is not None
        and (token.expires_at is None or token.expires_at > now)
    ]
    return sorted(found, key=lambda one: one.since, reverse=True)


def _granted(
    uow: UnitOfWork, personas: dict[int, Actor], tokens: list[AccessToken]
) -> list[OwnApp]:
    """What consents gave; each was used when the last of its tokens was."""
    grants = uow.app_grants.of_personas(list(personas))
    apps = uow.client_apps.get_many([grant.app_id for grant in grants])
    used: dict[int, datetime] = {}
    for token in tokens:
        if token.grant_id is not None and token.used_at is not None:
            used[token.grant_id] = max(token.used_at, used.get(token.grant_id, token.used_at))
    return [
        OwnApp(
            key=f"grant-{grant.id}",
            name=apps[grant.app_id].name,
            website=apps[grant.app_id].website,
            persona=personas[grant.persona_id],
            words=in_words(grant.scopes.split()),
            since=grant.created_at,
            used_at=used.get(grant.id),
        )
        for grant in grants
    ]


def end_own(uow: UnitOfWork, account_id: int, key: str, now: datetime) -> None:
    """Sign one out. Raises NotFound unless it is the account's own."""
    for app in own_apps(uow, account_id, now):
        if app.key == key:
            kind, _, number = key.partition("-")
            if kind == "grant":
                uow.app_grants.end(int(number), now)
            else:
                uow.tokens.revoke(int(number), now)
            return
    raise NotFound
