"""Bearer tokens of client programs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.events import notes_of
from storage.shapes import Shape
from storage.tables import access_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """What a client program may do as one persona. `scopes` are separated by spaces."""

    id: int
    token_hash: bytes
    persona_id: int
    scopes: str
    label: str
    created_at: datetime
    revoked_at: datetime | None = None


_TOKEN = Shape(AccessToken, access_tokens)
_SELECT = select(*_TOKEN.columns)
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
_PRUNE_REVOKED = access_tokens.delete().where(
    access_tokens.c.id.in_(
        select(access_tokens.c.id)
        .where(access_tokens.c.revoked_at < bindparam("before"))
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

    def by_hash(self, token_hash: bytes) -> AccessToken | None:
        """The token, revoked or not."""
        row = self._connection.execute(_BY_HASH, {"hash": token_hash}).first()
        return _TOKEN.maybe(row)

    def revoke(self, token_id: int, now: datetime) -> bool:
        """False when it was revoked before, or never was."""
        notes_of(self._connection).add("token", token_id)
        return self._connection.execute(_REVOKE, {"token": token_id, "now": now}).rowcount == 1

    def revoke_all(self, persona_id: int, now: datetime) -> int:
        """Every token of the persona opens nothing any more; how many that ended."""
        notes_of(self._connection).add("token", 0, persona_id)
        return self._connection.execute(_REVOKE_ALL, {"persona": persona_id, "now": now}).rowcount

    def of_persona(self, persona_id: int, limit: int = 100) -> list[AccessToken]:
        """The persona's tokens, newest first, revoked ones among them."""
        rows = self._connection.execute(_OF_PERSONA, {"persona": persona_id, "limit": limit})
        return [_TOKEN.read(row) for row in rows]

    def prune_revoked(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` that were revoked before then; how many."""
        return self._connection.execute(_PRUNE_REVOKED, {"before": before, "limit": limit}).rowcount
