"""What people granted to programs: one row for each time that somebody agreed, the code by which
the program fetches its first token, and the tokens by which it gets new ones.

A grant is a family: everything that came from one consent ends with it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Connection, bindparam, select

from storage.events import notes_of
from storage.shapes import Shape
from storage.tables import access_tokens, app_grants, grant_codes, refresh_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class AppGrant:
    """An app may act as a persona, within `scopes`, until `ended_at`."""

    id: int
    app_id: int
    persona_id: int
    scopes: str
    created_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantCode:
    """A code that is good once; `grant_id` is what came of it. `challenge` is of PKCE S256."""

    code_hash: bytes
    app_id: int
    persona_id: int
    scopes: str
    redirect_uri: str
    challenge: str | None
    created_at: datetime
    expires_at: datetime
    grant_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshToken:
    """A token that is good once, for a new pair."""

    token_hash: bytes
    grant_id: int
    persona_id: int
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


_GRANT = Shape(AppGrant, app_grants)
_CODE = Shape(GrantCode, grant_codes)
_REFRESH = Shape(RefreshToken, refresh_tokens)

_GET = select(*_GRANT.columns).where(app_grants.c.id == bindparam("grant"))
_OF_PERSONAS = (
    select(*_GRANT.columns)
    .where(
        app_grants.c.persona_id.in_(bindparam("personas", expanding=True)),
        app_grants.c.ended_at.is_(None),
    )
    .order_by(app_grants.c.id.desc())
    .limit(bindparam("limit"))
)
# Locked, so that of two that present the same one the second sees what the first has done.
_CODE_BY_HASH = (
    select(*_CODE.columns).where(grant_codes.c.code_hash == bindparam("hash")).with_for_update()
)
_REFRESH_BY_HASH = (
    select(*_REFRESH.columns)
    .where(refresh_tokens.c.token_hash == bindparam("hash"))
    .with_for_update()
)
_SPEND_CODE = (
    grant_codes.update()
    .where(grant_codes.c.code_hash == bindparam("hash"))
    .values(grant_id=bindparam("grant"))
)
_SPEND_REFRESH = (
    refresh_tokens.update()
    .where(refresh_tokens.c.token_hash == bindparam("hash"))
    .values(used_at=bindparam("now"))
)
_END = (
    app_grants.update()
    .where(app_grants.c.id == bindparam("grant"), app_grants.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_OF_GRANT = (access_tokens.c.grant_id == bindparam("grant"), access_tokens.c.revoked_at.is_(None))
_TOKENS_OF = select(access_tokens.c.id).where(*_OF_GRANT)
_END_TOKENS = access_tokens.update().where(*_OF_GRANT).values(revoked_at=bindparam("now"))
_DROP_REFRESH = refresh_tokens.delete().where(refresh_tokens.c.grant_id == bindparam("grant"))
_END_OF_PERSONA = (
    app_grants.update()
    .where(app_grants.c.persona_id == bindparam("persona"), app_grants.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_DROP_REFRESH_OF_PERSONA = refresh_tokens.delete().where(
    refresh_tokens.c.persona_id == bindparam("persona")
)
_DROP_CODES_OF_PERSONA = grant_codes.delete().where(
    grant_codes.c.persona_id == bindparam("persona")
)
_PRUNE_CODES = grant_codes.delete().where(
    grant_codes.c.code_hash.in_(
        select(grant_codes.c.code_hash)
        .where(grant_codes.c.expires_at < bindparam("before"))
        .limit(bindparam("limit"))
    )
)
_PRUNE_REFRESH = refresh_tokens.delete().where(
    refresh_tokens.c.token_hash.in_(
        select(refresh_tokens.c.token_hash)
        .where(refresh_tokens.c.expires_at < bindparam("before"))
        .limit(bindparam("limit"))
    )
)
_OVER = (select(app_grants.c.id).where(app_grants.c.ended_at < bindparam("before"))).limit(
    bindparam("limit")
)
_IDS: BindParameter[int] = bindparam("grants", expanding=True)
_PRUNE_OF = (
    refresh_tokens.delete().where(refresh_tokens.c.grant_id.in_(_IDS)),
    grant_codes.delete().where(grant_codes.c.grant_id.in_(_IDS)),
    access_tokens.delete().where(access_tokens.c.grant_id.in_(_IDS)),
    app_grants.delete().where(app_grants.c.id.in_(_IDS)),
)


class AppGrantRepository:
    """Grants with their codes and refresh tokens. Access tokens are found in `tokens`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, grant: AppGrant) -> None:
        self._connection.execute(app_grants.insert(), _GRANT.values(grant))

    def get(self, grant_id: int) -> AppGrant | None:
        """The grant, ended or not."""
        return _GRANT.maybe(self._connection.execute(_GET, {"grant": grant_id}).first())

    def of_personas(self, persona_ids: list[int], limit: int = 200) -> list[AppGrant]:
        """What stands for these personas, the newest first."""
        key = {"personas": persona_ids, "limit": limit}
        return [_GRANT.read(row) for row in self._connection.execute(_OF_PERSONAS, key)]

    def add_code(self, code: GrantCode) -> None:
        self._connection.execute(grant_codes.insert(), _CODE.values(code))

    def code(self, code_hash: bytes) -> GrantCode | None:
        """The code, spent or not; nobody else spends it until this transaction is over."""
        return _CODE.maybe(self._connection.execute(_CODE_BY_HASH, {"hash": code_hash}).first())

    def spend_code(self, code_hash: bytes, grant_id: int) -> None:
        self._connection.execute(_SPEND_CODE, {"hash": code_hash, "grant": grant_id})

    def add_refresh(self, token: RefreshToken) -> None:
        self._connection.execute(refresh_tokens.insert(), _REFRESH.values(token))

    def refresh(self, token_hash: bytes) -> RefreshToken | None:
        """The token, used or not; nobody else uses it until this transaction is over."""
        row = self._connection.execute(_REFRESH_BY_HASH, {"hash": token_hash}).first()
        return _REFRESH.maybe(row)

    def spend_refresh(self, token_hash: bytes, now: datetime) -> None:
        self._connection.execute(_SPEND_REFRESH, {"hash": token_hash, "now": now})

    def end_tokens(self, grant_id: int, now: datetime) -> None:
        """The access tokens of the grant open nothing any more; the grant stands."""
        for token_id in self._connection.execute(_TOKENS_OF, {"grant": grant_id}).scalars():
            notes_of(self._connection).add("token", token_id)
        self._connection.execute(_END_TOKENS, {"grant": grant_id, "now": now})

    def end(self, grant_id: int, now: datetime) -> None:
        """The whole family opens nothing any more."""
        self._connection.execute(_END, {"grant": grant_id, "now": now})
        self.end_tokens(grant_id, now)
        self._connection.execute(_DROP_REFRESH, {"grant": grant_id})

    def end_all(self, persona_id: int, now: datetime) -> None:
        """All grants of a persona, and codes that were not fetched yet. `tokens.revoke_all` ends
        the access tokens."""
        self._connection.execute(_END_OF_PERSONA, {"persona": persona_id, "now": now})
        self._connection.execute(_DROP_REFRESH_OF_PERSONA, {"persona": persona_id})
        self._connection.execute(_DROP_CODES_OF_PERSONA, {"persona": persona_id})

    def prune_codes(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` codes that ended before then; how many."""
        key = {"before": before, "limit": limit}
        return self._connection.execute(_PRUNE_CODES, key).rowcount

    def prune_refresh(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` refresh tokens that ended before then; how many."""
        key = {"before": before, "limit": limit}
        return self._connection.execute(_PRUNE_REFRESH, key).rowcount

    def prune(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` grants that were ended before then, with all that came of them;
        how many."""
        rows = self._connection.execute(_OVER, {"before": before, "limit": limit})
        grants = [row[0] for row in rows]
        if grants:
            for statement in _PRUNE_OF:
                self._connection.execute(statement, {"grants": grants})
        return len(grants)
