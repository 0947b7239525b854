"""How people sign in. Private for ever: nothing here appears in a URL, a page or an activity."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Text, bindparam, func, literal_column, select

from storage.shapes import Shape
from storage.tables import accounts, one_time_links, personas

Role = Literal["member", "moderator", "safety_lead", "administrator"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person's way in. `name` is what they type, and unique whatever its case. `agreed` names
    the words of the consent to taking part that stands, `leaving_at` when the account ends.
    `leaving_signs_out`: "Leave this site" signs out as well."""

    id: int
    email: str | None
    name: str
    password_hash: str
    role: Role
    created_at: datetime
    suspended_at: datetime | None = None
    agreed: str | None = None
    leaving_at: datetime | None = None
    leaving_signs_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeLink:
    """A link that does one thing once. Only a hash of its token is kept."""

    token_hash: bytes
    purpose: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


def fold(name: str) -> str:
    """The form in which two names are compared."""
    return name.strip().casefold()


_ACCOUNT = Shape(Account, accounts)
_LINK = Shape(OneTimeLink, one_time_links)

_SELECT = select(*_ACCOUNT.columns)
_BY_ID = _SELECT.where(accounts.c.id == bindparam("id"))
_BY_NAME = _SELECT.where(accounts.c.name_key == bindparam("key"))
_BY_EMAIL = _SELECT.where(accounts.c.email_key == bindparam("key"))
_COUNT = select(func.count()).select_from(accounts)
_SET_PASSWORD = (
    accounts.update()
    .where(accounts.c.id == bindparam("account"))
    .values(password_hash=bindparam("hash"))
)
_SET_ROLE = (
    accounts.update().where(accounts.c.id == bindparam("account")).values(role=bindparam("new"))
)
_SUSPEND = (
    accounts.update()
    .where(accounts.c.id == bindparam("account"))
    .values(suspended_at=bindparam("at"))
)
# Written into the statement: the planner must see the condition of the index.
_STAFF = _SELECT.where(accounts.c.role != literal_column("'member'", Text)).order_by(accounts.c.id)
_SET_AGREED = (
    accounts.update()
    .where(accounts.c.id == bindparam("account"))
    .values(agreed=bindparam("version"))
)
_SET_LEAVING = (
    accounts.update()
    .where(accounts.c.id == bindparam("account"))
    .values(leaving_signs_out=bindparam("signs_out"))
)
_LINK_BY_HASH = select(*_LINK.columns).where(one_time_links.c.token_hash == bindparam("hash"))
_LINK_USE = (
    one_time_links.update()
    .where(
        one_time_links.c.token_hash == bindparam("hash"),
        one_time_links.c.used_at.is_(None),
        one_time_links.c.expires_at > bindparam("now"),
    )
    .values(used_at=bindparam("now"))
)
_LINKS_PRUNE = one_time_links.delete().where(
    one_time_links.c.token_hash.in_(
        select(one_time_links.c.token_hash)
        .where(one_time_links.c.expires_at < bindparam("now"))
        .limit(bindparam("limit"))
    )
)
_PERSONAS_OF = (
    select(personas.c.actor_id)
    .where(personas.c.account_id == bindparam("account"))
    .order_by(personas.c.created_at, personas.c.actor_id)
)
_BEHIND = _SELECT.join_from(accounts, personas, personas.c.account_id == accounts.c.id).where(
    personas.c.actor_id == bindparam("actor")
)
_ACCOUNT_OF = select(personas.c.account_id).where(personas.c.actor_id == bindparam("actor"))


class AccountRepository:
    """Accounts, their personas, and links that work once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, account: Account) -> None:
        """AlreadyThere when the name or the e-mail address is taken."""
        keys = {
            "name_key": fold(account.name),
            "email_key": None if account.email is None else fold(account.email),
        }
        self._connection.execute(accounts.insert(), _ACCOUNT.values(account) | keys)

    def get(self, account_id: int) -> Account | None:
        row = self._connection.execute(_BY_ID, {"id": account_id}).first()
        return _ACCOUNT.maybe(row)

    def by_name(self, name: str) -> Account | None:
        row = self._connection.execute(_BY_NAME, {"key": fold(name)}).first()
        return _ACCOUNT.maybe(row)

    def by_email(self, email: str) -> Account | None:
        row = self._connection.execute(_BY_EMAIL, {"key": fold(email)}).first()
        return _ACCOUNT.maybe(row)

    def count(self) -> int:
        return int(self._connection.execute(_COUNT).scalar_one())

    def set_password(self, account_id: int, password_hash: str) -> None:
        self._connection.execute(_SET_PASSWORD, {"account": account_id, "hash": password_hash})

    def set_role(self, account_id: int, role: Role) -> None:
        self._connection.execute(_SET_ROLE, {"account": account_id, "new": role})

    def suspend(self, account_id: int, at: datetime | None) -> None:
        """The account opens nothing from now on; None restores it."""
        self._connection.execute(_SUSPEND, {"account": account_id, "at": at})

    def staff(self) -> list[Account]:
        """Everyone with a role of the node, oldest first. They are few."""
        return [_ACCOUNT.read(row) for row in self._connection.execute(_STAFF)]

    def set_agreed(self, account_id: int, version: str | None) -> None:
        """The consent to taking part that stands now, or None."""
        self._connection.execute(_SET_AGREED, {"account": account_id, "version": version})

    def set_leaving(self, account_id: int, *, signs_out: bool) -> None:
        """Whether "Leave this site" signs the browser out as well."""
        self._connection.execute(_SET_LEAVING, {"account": account_id, "signs_out": signs_out})

    def links_add(self, link: OneTimeLink) -> None:
        self._connection.execute(one_time_links.insert(), _LINK.values(link))

    def link(self, token_hash: bytes) -> OneTimeLink | None:
        row = self._connection.execute(_LINK_BY_HASH, {"hash": token_hash}).first()
        return _LINK.maybe(row)

    def link_use(self, token_hash: bytes, now: datetime) -> bool:
        """Uses the link up. False when it is unknown, used or expired: of two, one succeeds."""
        done = self._connection.execute(_LINK_USE, {"hash": token_hash, "now": now})
        return done.rowcount == 1

    def links_prune(self, now: datetime, limit: int) -> int:
        """Forgets up to `limit` links that have ended; how many."""
        return self._connection.execute(_LINKS_PRUNE, {"now": now, "limit": limit}).rowcount

    def add_persona(self, actor_id: int, account_id: int, created_at: datetime) -> None:
        """AlreadyThere when the actor is somebody's persona."""
        self._connection.execute(
            personas.insert(),
            {"actor_id": actor_id, "account_id": account_id, "created_at": created_at},
        )

    def personas_of(self, account_id: int) -> list[int]:
        """The actor ids of the account's personas, oldest first."""
        return list(self._connection.execute(_PERSONAS_OF, {"account": account_id}).scalars())

    def account_of(self, actor_id: int) -> int | None:
        """The account behind a persona. Never to be shown: asked by sign-in, by blocks and limits,
        which hold for all personas of a person, and by the safety lead."""
        found: int | None = self._connection.execute(_ACCOUNT_OF, {"actor": actor_id}).scalar()
        return found

    def behind(self, actor_id: int) -> Account | None:
        """The account behind a persona, itself; as little to be shown as `account_of`."""
        return _ACCOUNT.maybe(self._connection.execute(_BEHIND, {"actor": actor_id}).first())
