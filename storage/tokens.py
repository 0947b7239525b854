"""Bearer tokens of client programs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select

from storage.app_grants import AppGrantRepository
from storage.events import notes_of
from storage.shapes import Shape
from storage.tables import access_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """What a client program may do as one persona, or on its own behalf where that is None.
    `scopes` are separated by spaces. `grant_id` is the consent that it came of; a token that was
    made on the command line has neither app nor grant. `used_at` is exact to a day or so."""

    id: int
    token_hash: bytes
    persona_id: int | None
    scopes: str
    label: str
    created_at: datetime
    revoked_at: datetime | None = None
    app_id: int | None = None
    grant_id: int | None = None
    expires_at: datetime | None = None
    used_at: datetime | None = None


_TOKEN = Shape(AccessToken, access_tokens)
_SELECT = select(*_TOKEN.columns)
_GET = _SELECT.where(access_tokens.c.id == bindparam("token"))
_BY_HASH = _SELECT.where(access_tokens.c.token_hash == bindparam("hash"))
_OF_PERSONA = (
    _SELECT.where(access_tokens.c.persona_id == bindparam("persona"))
    .order_by(access_tokens.c.id.desc())
    .limit(bindparam("limit"))
)
_REVOKE = (
    access_tokens.update()
    .where(access_tokens.c.id == bindparam("token"), access_tokens.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("now"))
)
_USED = (
    access_tokens.update()
    .where(access_tokens.c.id == bindparam("token"))
    .values(used_at=bindparam("now"))
)
_OF_PERSONAS = (
    _SELECT.where(
        access_tokens.c.persona_id.in_(bindparam("personas", expanding=True)),
        access_tokens.c.revoked_at.is_(None),
    )
    .order_by(access_tokens.c.id.desc())
    .limit(bindparam("limit"))
)
_PRUNE_REVOKED = access_tokens.delete().where(
    access_tokens.c.id.in_(
        select(access_tokens.c.id)
        .where(
            or_(
                access_tokens.c.revoked_at < bindparam("before"),
                access_tokens.c.expires_at < bindparam("before"),
            )
        )
        .limit(bindparam("limit"))
    )
)
_REVOKE_ALL = (
    access_tokens.update()
    .where(access_tokens.c.persona_id == bindparam("persona"), access_tokens.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("now"))
)


class TokenRepository:
    """Access tokens, found by the hash of what the client presents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, token: AccessToken) -> None:
        self._connection.execute(access_tokens.insert(), _TOKEN.values(token))

    def get(self, token_id: int) -> AccessToken | None:
        """The token, revoked or not."""
        return _TOKEN.maybe(self._connection.execute(_GET, {"token": token_id}).first())

    def by_hash(self, token_hash: bytes) -> AccessToken | None:
        """The token, revoked or not."""
        row = self._connection.execute(_BY_HASH, {"hash": token_hash}).first()
        return _TOKEN.maybe(row)

    def revoke(self, token_id: int, now: datetime) -> bool:
        """False when it was revoked before, or never was."""
        notes_of(self._connection).add("token", token_id)
        return self._connection.execute(_REVOKE, {"token": token_id, "now": now}).rowcount == 1

    def revoke_all(self, persona_id: int, now: datetime) -> int:
        """No program acts as the persona any more: its tokens, what was granted in its name, and
        the ways to new ones all end. How many access tokens that were."""
        notes_of(self._connection).add("token", 0, persona_id)
        AppGrantRepository(self._connection).end_all(persona_id, now)
        return self._connection.execute(_REVOKE_ALL, {"persona": persona_id, "now": now}).rowcount

    def note_use(self, token_id: int, now: datetime) -> None:
        """Remember that the token was used just now."""
        self._connection.execute(_USED, {"token": token_id, "now": now})

    def standing_of(self, persona_ids: list[int], limit: int = 500) -> list[AccessToken]:
        """Tokens of these personas that were not revoked, newest first."""
        key = {"personas": persona_ids, "limit": limit}
        return [_TOKEN.read(row) for row in self._connection.execute(_OF_PERSONAS, key)]

    def of_persona(self, persona_id: int, limit: int = 100) -> list[AccessToken]:
        """The persona's tokens, newest first, revoked ones among them."""
        rows = self._connection.execute(_OF_PERSONA, {"persona": persona_id, "limit": limit})
        return [_TOKEN.read(row) for row in rows]

    def prune_revoked(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` that were revoked, or ended by themselves, before then; how
        many."""
        return self._connection.execute(_PRUNE_REVOKED, {"before": before, "limit": limit}).rowcount
