"""From a person's consent to tokens, and the end of them.

    consent -> code --(once, within minutes)--> grant: access token + refresh token
                 `--(again)--> the grant ends     `--(refresh, once)--> a new pair
                                                  `--(an old one again)--> the grant ends

Use cases of an open `uow`. What is refused is handed back, not raised, where a refusal changes
something: a code that comes twice was stolen, so what it gave ends, and that must be kept.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from node.accounts.holder import Holder, holder_of
from node.accounts.secret import digest, new_secret
from node.clients.oauth import rules
from node.clients.oauth.apps import REFRESH
from node.clients.oauth.problems import OAuthProblem, invalid_grant
from node.ports import Clock, NewId
from storage.actors import Actor
from storage.app_grants import AppGrant, GrantCode, RefreshToken
from storage.client_apps import ClientApp
from storage.tokens import AccessToken
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """New tokens: shown once. `life` is None for one that lasts until it is ended; `persona` is
    None for a token of the app itself."""

    access: str
    scopes: str
    created_at: datetime
    life: timedelta | None
    refresh: str | None = None
    persona: Actor | None = None


class Granting:
    """Use cases of codes and tokens of client apps."""

    def __init__(self, now: Clock, new_id: NewId) -> None:
        self._now = now
        self._new_id = new_id

    def code(
        self,
        uow: UnitOfWork,
        app: ClientApp,
        persona: Actor,
        *,
        scopes: tuple[str, ...],
        redirect_uri: str,
        challenge: str | None,
    ) -> str:
        """A code with which the app fetches its tokens: once, and soon."""
        secret, now = new_secret(), self._now()
        uow.app_grants.add_code(
            GrantCode(
                code_hash=digest(secret),
                app_id=app.id,
                persona_id=persona.id,
                scopes=" ".join(scopes),
                redirect_uri=redirect_uri,
                challenge=challenge,
                created_at=now,
                expires_at=now + rules.CODE_LIFE,
            )
        )
        return secret

    def redeem(
        self,
        uow: UnitOfWork,
        app: ClientApp,
        code: str,
        *,
        redirect_uri: str | None,
        verifier: str | None,
    ) -> Issued | OAuthProblem:
        """Tokens for a code (RFC 6749 section 4.1.3, RFC 7636). A second time ends the grant."""
        found = uow.app_grants.code(digest(code))
        if found is None or found.app_id != app.id:
            return invalid_grant()
        if found.grant_id is not None:
            uow.app_grants.end(found.grant_id, self._now())
            return invalid_grant()
        # With PKCE the address need not be named again (OAuth 2.1); a named one must be the same.
        named = redirect_uri or (found.redirect_uri if found.challenge else None)
        holder = holder_of(uow, found.persona_id)
        if (
            found.expires_at <= self._now()
            or named != found.redirect_uri
            or not rules.verifier_fits(found.challenge, verifier)
            or holder is None
        ):
            return invalid_grant()
        grant = self._grant(uow, app, holder.persona, found.scopes)
        uow.app_grants.spend_code(found.code_hash, grant.id)
        return self._issue(uow, app, grant, holder.persona)

    def refresh(
        self, uow: UnitOfWork, app: ClientApp, token: str, scope: str | None
    ) -> Issued | OAuthProblem:
        """A new pair for a refresh token, which is good once. One that comes again was stolen from
        somebody: nobody knows from whom, so the grant ends (RFC 9700 section 4.14.2)."""
        found, now = uow.app_grants.refresh(digest(token)), self._now()
        grant = uow.app_grants.get(found.grant_id) if found else None
        if found is None or grant is None or grant.app_id != app.id or grant.ended_at is not None:
            return invalid_grant()
        if found.used_at is not None:
            uow.app_grants.end(grant.id, now)
            return invalid_grant()
        holder = holder_of(uow, grant.persona_id)
        if found.expires_at <= now or holder is None:
            return invalid_grant()
        try:
            scopes = rules.within(grant.scopes, rules.scopes_of(scope, grant.scopes))
        except OAuthProblem as problem:
            return problem
        uow.app_grants.spend_refresh(found.token_hash, now)
        uow.app_grants.end_tokens(grant.id, now)
        return self._issue(uow, app, grant, holder.persona, " ".join(scopes))

    def for_app(self, uow: UnitOfWork, app: ClientApp, scopes: tuple[str, ...]) -> Issued:
        """A token of the app itself (RFC 6749 section 4.4): it is nobody and reads what all may."""
        return self._token(uow, app, " ".join(scopes), rules.APP_TOKEN_LIFE)

    def for_persona(
        self, uow: UnitOfWork, app: ClientApp, holder: Holder, scopes: tuple[str, ...]
    ) -> Issued:
        """Tokens of a persona whose owner has just shown who they are, by other means than a
        code."""
        grant = self._grant(uow, app, holder.persona, " ".join(scopes))
        return self._issue(uow, app, grant, holder.persona)

    def revoke(self, uow: UnitOfWork, app: ClientApp, token: str) -> OAuthProblem | None:
        """Ends what an access or refresh token came of (RFC 7009). An unknown one is fine."""
        hashed, now = digest(token), self._now()
        access = uow.tokens.by_hash(hashed)
        if access is not None:
            if access.app_id != app.id:
                return _not_of_client()
            if access.grant_id is not None:
                uow.app_grants.end(access.grant_id, now)
            uow.tokens.revoke(access.id, now)
            return None
        refresh = uow.app_grants.refresh(hashed)
        grant = uow.app_grants.get(refresh.grant_id) if refresh else None
        if grant is not None:
            if grant.app_id != app.id:
                return _not_of_client()
            uow.app_grants.end(grant.id, now)
        return None

    def _grant(self, uow: UnitOfWork, app: ClientApp, persona: Actor, scopes: str) -> AppGrant:
        grant = AppGrant(
            id=self._new_id(),
            app_id=app.id,
            persona_id=persona.id,
            scopes=scopes,
            created_at=self._now(),
        )
        uow.app_grants.add(grant)
        return grant

    def _issue(
        self,
        uow: UnitOfWork,
        app: ClientApp,
        grant: AppGrant,
        persona: Actor,
        scopes: str | None = None,
    ) -> Issued:
        """A pair. Most programs know no refresh, so only of those that said so the access token is
        short-lived."""
        life = rules.ACCESS_LIFE if REFRESH in app.grant_types.split() else None
        secret, now = new_secret(), self._now()
        uow.app_grants.add_refresh(
            RefreshToken(
                token_hash=digest(secret),
                grant_id=grant.id,
                persona_id=persona.id,
                created_at=now,
                expires_at=now + rules.REFRESH_LIFE,
            )
        )
        return self._token(uow, app, scopes or grant.scopes, life, grant, persona, secret)

    def _token(
        self,
        uow: UnitOfWork,
        app: ClientApp,
        scopes: str,
        life: timedelta | None,
        grant: AppGrant | None = None,
        persona: Actor | None = None,
        refresh: str | None = None,
    ) -> Issued:
        secret, now = new_secret(), self._now()
        uow.tokens.add(
            AccessToken(
                id=self._new_id(),
                token_hash=digest(secret),
                persona_id=persona.id if persona else None,
                scopes=scopes,
                label=app.name[:100],
                created_at=now,
                app_id=app.id,
                grant_id=grant.id if grant else None,
                expires_at=now + life if life else None,
            )
        )
        return Issued(
            access=secret,
            scopes=scopes,
            created_at=now,
            life=life,
            refresh=refresh,
            persona=persona,
        )


def _not_of_client() -> OAuthProblem:
    return OAuthProblem("unauthorized_client", "This token was not given to this client")
