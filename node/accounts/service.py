"""Making accounts, with their persona, and the one-time link that makes the first administrator.

Use cases of an open `uow`. Hashing passwords is slow and happens before, in `passwords.py`;
`entrance.py` puts the two together. Sessions are in `sessions.py`, bearer tokens in `tokens.py`.
"""

from dataclasses import dataclass

from node.accounts import rules
from node.accounts.newborn import keep_with_keys, new_persona
from node.accounts.secret import digest, new_secret
from node.consents import HEALTH_DATA, PURPOSES
from node.errors import Invalid, NotFound
from node.handles import check_handle
from node.i18n import N_
from node.ports import Clock, NewId, PublicHalf
from storage.accounts import Account, OneTimeLink, Role
from storage.actors import Actor
from storage.consents import Consent
from storage.keys import PrivateKeys
from storage.unit_of_work import UnitOfWork

FIRST_ADMINISTRATOR = "first-administrator"
HAS_ADMINISTRATOR = "has-administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """What someone gives to get an account: a private name to sign in with, a public persona, and
    the consent to taking part. Without that, it is asked for at the first sign-in."""

    name: str
    handle: str
    display_name: str
    agrees: bool = False


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against."""

    account_id: int
    password_hash: str


def checked(newcomer: Newcomer) -> Newcomer:
    """The same, tidied. Raises Invalid for the first field that does not fit."""
    return Newcomer(
        name=rules.sign_in_name(newcomer.name),
        handle=check_handle(newcomer.handle),
        display_name=rules.display_name(newcomer.display_name),
        agrees=newcomer.agrees,
    )


class Accounts:
    """Use cases of people and the ways they sign in."""

    def __init__(
        self,
        now: Clock,
        new_id: NewId,
        origin: str,
        public_half: PublicHalf,
        *,
        ordered_id: NewId,
    ) -> None:
        """Accounts and personas get a `new_id`, which tells nothing; consents one in order."""
        self._now = now
        self._new_id = new_id
        self._ordered_id = ordered_id
        self._origin = origin
        self._public_half = public_half

    def sign_up(
        self,
        uow: UnitOfWork,
        newcomer: Newcomer,
        password_hash: str,
        keys: PrivateKeys,
        *,
        role: Role = "member",
    ) -> tuple[Account, Actor]:
        """A new account with its first persona; `keys` become the persona's. Raises Invalid for
        names that cannot be had, and storage's AlreadyThere when two want one at the same time."""
        newcomer = checked(newcomer)
        self._check_free(uow, newcomer)
        account = Account(
            id=self._new_id(),
            email=None,
            name=newcomer.name,
            password_hash=password_hash,
            role=role,
            created_at=self._now(),
            suspended_at=None,
            agreed=PURPOSES[HEALTH_DATA].version if newcomer.agrees else None,
        )
        persona = new_persona(
            self._origin, self._new_id(), newcomer.handle, newcomer.display_name, self._now()
        )
        uow.accounts.add(account)
        if account.agreed is not None:
            uow.consents.add(self._agreement(account.id, account.agreed))
        if role == "administrator":
            uow.settings.put(HAS_ADMINISTRATOR, "yes")
        keep_with_keys(uow, persona, keys, self._public_half)
        uow.accounts.add_persona(persona.id, account.id, self._now())
        return account, persona

    def sign_up_first_administrator(
        self,
        uow: UnitOfWork,
        token: str,
        newcomer: Newcomer,
        password_hash: str,
        keys: PrivateKeys,
    ) -> tuple[Account, Actor]:
        """The same by the one-time link, which this uses up. Raises NotFound when it is spent."""
        self.check_link(uow, token)
        made = self.sign_up(uow, newcomer, password_hash, keys, role="administrator")
        if not uow.accounts.link_use(digest(token), self._now()):
            raise NotFound
        return made

    def first_administrator_link(self, uow: UnitOfWork) -> str | None:
        """A fresh one-time address for the first administrator; None once there is one. Members
        may have signed up before."""
        if uow.settings.get(HAS_ADMINISTRATOR) is not None:
            return None
        token = new_secret()
        uow.accounts.links_add(
            OneTimeLink(
                token_hash=digest(token),
                purpose=FIRST_ADMINISTRATOR,
                created_at=self._now(),
                expires_at=self._now() + rules.LINK_LIFE,
                used_at=None,
            )
        )
        return f"{self._origin}/first-administrator?token={token}"

    def check_link(self, uow: UnitOfWork, token: str) -> None:
        """Raises NotFound unless the link is good for making the first administrator now."""
        link = uow.accounts.link(digest(token))
        if link is None or link.purpose != FIRST_ADMINISTRATOR:
            raise NotFound
        if link.used_at is not None or link.expires_at <= self._now():
            raise NotFound
        if uow.settings.get(HAS_ADMINISTRATOR) is not None:
            raise NotFound

    def credentials(self, uow: UnitOfWork, name: str) -> Credentials | None:
        """What a password for this sign-in name is checked against, if there is such a name."""
        account = uow.accounts.by_name(name.strip())
        return Credentials(account.id, account.password_hash) if account else None

    def credentials_of(self, uow: UnitOfWork, account_id: int) -> Credentials:
        """The same for an account that is signed in already."""
        account = uow.accounts.get(account_id)
        if account is None:
            raise NotFound
        return Credentials(account.id, account.password_hash)

    def set_password(self, uow: UnitOfWork, account_id: int, password_hash: str) -> None:
        uow.accounts.set_password(account_id, password_hash)

    def rename(self, uow: UnitOfWork, persona: Actor, display_name: str) -> None:
        """A new name to show. Raises Invalid."""
        uow.actors.update_profile(
            persona.id,
            name=rules.display_name(display_name),
            summary=persona.summary,
            summary_source=persona.summary_source,
            updated_at=self._now(),
        )

    def _agreement(self, account_id: int, version: str) -> Consent:
        return Consent(
            id=self._ordered_id(),
            account_id=account_id,
            purpose=HEALTH_DATA,
            version=version,
            act="given",
            created_at=self._now(),
        )

    def _check_free(self, uow: UnitOfWork, newcomer: Newcomer) -> None:
        if uow.accounts.by_name(newcomer.name) is not None:
            raise Invalid("name", N_("This sign-in name cannot be had. Choose another one."))
        if uow.actors.local_by_handle(newcomer.handle) is not None:
            raise Invalid("handle", N_("This handle is taken. Choose another one."))
