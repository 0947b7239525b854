"""Signed-in browsers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.shapes import Shape
from storage.tables import sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser, signed in as one persona of an account. `label` says which device it is."""

    token_hash: bytes
    account_id: int
    persona_id: int
    csrf_token: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    label: str


_SESSION = Shape(Session, sessions)
_SELECT = select(*_SESSION.columns)
_GET = _SELECT.where(sessions.c.token_hash == bindparam("hash"))
_OF_ACCOUNT = (
    _SELECT.where(sessions.c.account_id == bindparam("account"))
    .order_by(sessions.c.last_seen_at.desc())
    .limit(bindparam("limit"))
)
_TOUCH = (
    sessions.update()
    .where(sessions.c.token_hash == bindparam("hash"))
    .values(last_seen_at=bindparam("now"))
)
_ACT_AS = (
    sessions.update()
    .where(sessions.c.token_hash == bindparam("hash"))
    .values(persona_id=bindparam("persona"), csrf_token=bindparam("csrf"))
)
_LEAVE = (
    sessions.update()
    .where(sessions.c.persona_id == bindparam("persona"))
    .values(persona_id=bindparam("instead"))
)
_DELETE = sessions.delete().where(sessions.c.token_hash == bindparam("hash"))
_DELETE_ALL = sessions.delete().where(sessions.c.account_id == bindparam("account"))
_DELETE_IDLE = sessions.delete().where(
    sessions.c.token_hash.in_(
        select(sessions.c.token_hash)
        .where(sessions.c.last_seen_at < bindparam("before"))
        .limit(bindparam("limit"))
    )
)
_DELETE_OF_PERSONA = sessions.delete().where(sessions.c.persona_id == bindparam("persona"))
_DELETE_EXPIRED = sessions.delete().where(sessions.c.expires_at <= bindparam("now"))


class SessionRepository:
    """Sessions, found by the hash of their cookie."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, session: Session) -> None:
        self._connection.execute(sessions.insert(), _SESSION.values(session))

    def get(self, token_hash: bytes) -> Session | None:
        """The session, expired or not."""
        row = self._connection.execute(_GET, {"hash": token_hash}).first()
        return _SESSION.maybe(row)

    def touch(self, token_hash: bytes, now: datetime) -> None:
        self._connection.execute(_TOUCH, {"hash": token_hash, "now": now})

    def act_as(self, token_hash: bytes, persona_id: int, csrf_token: str) -> None:
        """The browser acts as another persona of its account from now on; forms that it has open
        for the one before no longer count."""
        self._connection.execute(
            _ACT_AS, {"hash": token_hash, "persona": persona_id, "csrf": csrf_token}
        )

    def leave_persona(self, persona_id: int, instead: int) -> None:
        """All browsers that act as one persona act as another."""
        self._connection.execute(_LEAVE, {"persona": persona_id, "instead": instead})

    def delete(self, token_hash: bytes) -> None:
        self._connection.execute(_DELETE, {"hash": token_hash})

    def delete_all(self, account_id: int) -> int:
        """Signs the account out everywhere; how many sessions that ended."""
        return self._connection.execute(_DELETE_ALL, {"account": account_id}).rowcount

    def delete_of_persona(self, persona_id: int) -> int:
        """Ends every session that acts as this persona; how many that were."""
        return self._connection.execute(_DELETE_OF_PERSONA, {"persona": persona_id}).rowcount

    def of_account(self, account_id: int, limit: int = 100) -> list[Session]:
        """The account's sessions, last used first."""
        rows = self._connection.execute(_OF_ACCOUNT, {"account": account_id, "limit": limit})
        return [_SESSION.read(row) for row in rows]

    def delete_expired(self, now: datetime) -> int:
        return self._connection.execute(_DELETE_EXPIRED, {"now": now}).rowcount

    def delete_idle(self, before: datetime, limit: int) -> int:
        """Ends up to `limit` that were last used before then; how many."""
        return self._connection.execute(_DELETE_IDLE, {"before": before, "limit": limit}).rowcount
