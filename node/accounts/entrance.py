"""Coming in: the slow and watched part of signing in and signing up.

The order is always: throttle, look up in a read, hash in its own threads, write in one transaction.
A wrong password and an unknown name are answered alike, at the same cost (WEB-02).
"""

from collections.abc import Callable
from typing import TypeVar

from node.accounts import rules
from node.accounts.passwords import Hasher
from node.accounts.service import Accounts, Credentials, Newcomer
from node.accounts.sessions import OpenedSession, Sessions
from node.accounts.throttle import Throttle
from node.errors import Invalid, Refused
from node.handles import check_handle
from node.i18n import N_
from node.ports import NewKeys
from node.viewer import Viewer
from storage.actors import Actor
from storage.database import Database
from storage.errors import AlreadyThere
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")


def faults(newcomer: Newcomer, password: str) -> list[Invalid]:
    """All that is wrong with what a newcomer gave, one for each field at most."""
    names = (newcomer.name, newcomer.handle, newcomer.display_name)
    checks: tuple[Callable[[], object], ...] = (
        lambda: rules.sign_in_name(newcomer.name),
        lambda: rules.new_password(password, *names),
        lambda: rules.display_name(newcomer.display_name),
        lambda: check_handle(newcomer.handle),
        lambda: rules.agreement(newcomer.agrees),
    )
    found = []
    for check in checks:
        try:
            check()
        except Invalid as error:
            found.append(error)
    return found


class Entrance:
    """The doors of the node: sign in, sign up, change the password, sign out."""

    def __init__(
        self,
        db: Database,
        accounts: Accounts,
        sessions: Sessions,
        hasher: Hasher,
        throttle: Throttle,
        new_keys: NewKeys,
    ) -> None:
        self._db = db
        self._accounts = accounts
        self._sessions = sessions
        self._hasher = hasher
        self._throttle = throttle
        self._new_keys = new_keys

    async def sign_in(
        self, name: str, password: str, *, network: str, label: str, replaces: str | None
    ) -> OpenedSession:
        """A session, or Refused: "wrong" (name or password), "slow-down", "busy", "suspended"."""
        self._throttle.try_name(name.strip(), network)
        found = await self._db.read(lambda uow: self._accounts.credentials(uow, name))
        if not await self._opens(found, password) or found is None:
            raise Refused(N_("The sign-in name or the password is not right."), "wrong")
        self._throttle.succeeded(name.strip(), network)
        renewed = await self._renewed_hash(found, password)

        def open_session(uow: UnitOfWork) -> OpenedSession:
            if renewed:
                self._accounts.set_password(uow, found.account_id, renewed)
            return self._sessions.open(uow, found.account_id, label, replaces)

        return await self._db.write(open_session)

    async def check(self, name: str, password: str, *, network: str) -> int:
        """The account of somebody who knows its password, suspended or not, without signing in.
        Raises Refused as `sign_in` does."""
        self._throttle.try_name(name.strip(), network)
        found = await self._db.read(lambda uow: self._accounts.credentials(uow, name))
        if not await self._opens(found, password) or found is None:
            raise Refused(N_("The sign-in name or the password is not right."), "wrong")
        self._throttle.succeeded(name.strip(), network)
        return found.account_id

    async def sign_up(
        self, newcomer: Newcomer, password: str, *, network: str, label: str, replaces: str | None
    ) -> OpenedSession:
        """An account and its first session. Raises Invalid, naming the field, and Refused."""
        self._throttle.try_network(network)
        password_hash = await self._hash_new(newcomer, password)
        keys = await self._new_keys()

        def enter(uow: UnitOfWork) -> OpenedSession:
            account, _ = self._accounts.sign_up(uow, newcomer, password_hash, keys)
            return self._sessions.open(uow, account.id, label, replaces)

        return await self._enter(enter)

    async def register(
        self, newcomer: Newcomer, password: str, enter: Callable[[UnitOfWork, Actor], T]
    ) -> T:
        """An account without a session, and what `enter` makes of its persona in the same
        transaction. Raises Invalid, naming the field."""
        password_hash = await self._hash_new(newcomer, password)
        keys = await self._new_keys()

        def sign_up(uow: UnitOfWork) -> T:
            _, persona = self._accounts.sign_up(uow, newcomer, password_hash, keys)
            return enter(uow, persona)

        return await self._enter(sign_up)

    async def sign_up_first_administrator(
        self, link: str, newcomer: Newcomer, password: str, *, network: str, label: str
    ) -> OpenedSession:
        """The same by the one-time link of a new node. Raises NotFound when the link is spent."""
        self._throttle.try_network(network)
        await self._db.read(lambda uow: self._accounts.check_link(uow, link))
        password_hash = await self._hash_new(newcomer, password)
        keys = await self._new_keys()

        def enter(uow: UnitOfWork) -> OpenedSession:
            account, _ = self._accounts.sign_up_first_administrator(
                uow, link, newcomer, password_hash, keys
            )
            return self._sessions.open(uow, account.id, label)

        return await self._enter(enter)

    async def change_password(
        self, viewer: Viewer, current: str, password: str, *, network: str, label: str
    ) -> OpenedSession:
        """Set a new password, end every session and open a fresh one. Raises Invalid for "current"
        and "password", and Refused."""
        await self.confirm(viewer, current, network=network)
        account = viewer.account
        rules.new_password(password, account.name, viewer.persona.handle)
        password_hash = await self._hasher.hash(password)

        def change(uow: UnitOfWork) -> OpenedSession:
            self._accounts.set_password(uow, account.id, password_hash)
            self._sessions.end_all(uow, account.id)
            persona_id = viewer.persona.id
            return self._sessions.open(uow, account.id, label, persona_id=persona_id)

        return await self._db.write(change)

    async def confirm(self, viewer: Viewer, current: str, *, network: str) -> None:
        """Ask once more for the password before something that cannot be undone or that shows
        everything. Raises Invalid for "current", and Refused."""
        account = viewer.account
        if not current:
            raise Invalid("current", N_("Give your password, so that nobody else can do this."))
        self._throttle.try_name(account.name, network)
        found = await self._db.read(lambda uow: self._accounts.credentials_of(uow, account.id))
        if not await self._opens(found, current):
            raise Invalid("current", N_("This is not your current password."))
        self._throttle.succeeded(account.name, network)

    async def _enter(self, enter: Callable[[UnitOfWork], T]) -> T:
        try:
            return await self._db.write(enter)
        except AlreadyThere as error:
            raise Invalid("handle", N_("Someone was quicker. Choose another name.")) from error

    async def _opens(self, found: Credentials | None, password: str) -> bool:
        kept = found.password_hash if found else None
        return await self._hasher.verify(kept, password[: rules.PASSWORD_MOST + 1])

    async def _hash_new(self, newcomer: Newcomer, password: str) -> str:
        """Look at everything that needs no database before the slow work."""
        for fault in faults(newcomer, password):
            raise fault
        return await self._hasher.hash(password)

    async def _renewed_hash(self, found: Credentials, password: str) -> str | None:
        if not self._hasher.is_dated(found.password_hash):
            return None
        return await self._hasher.hash(password)
