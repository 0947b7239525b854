"""Roles: who looks after this node.

A role belongs to an account and is given, and shown, under the first persona of that account, the
one it signed up with. Another persona of somebody is answered as one that is not there: or a list
of staff would show which personas belong together.
"""

from dataclasses import dataclass

from node.errors import NotFound, Refused
from node.i18n import N_
from node.moderation.rules import insist_administrator
from node.ports import Clock
from storage.accounts import Account, Role
from storage.actors import Actor
from storage.audit import Subject
from storage.unit_of_work import UnitOfWork

NO_SUCH_PERSON = N_("There is nobody here by this handle who could hold a role.")


@dataclass(frozen=True, slots=True)
class Staffer:
    """Someone with a role, under the persona that everybody may know it by."""

    persona: Actor
    role: Role


class Staff:
    """Use cases of roles."""

    def __init__(self, now: Clock) -> None:
        self._now = now

    def everyone(self, uow: UnitOfWork) -> list[Staffer]:
        """Who has a role, longest here first."""
        accounts = uow.accounts.staff()
        firsts = {one.id: self.first_persona(uow, one.id) for one in accounts}
        return [
            Staffer(persona, one.role)
            for one in accounts
            if (persona := firsts[one.id]) is not None
        ]

    def give(self, uow: UnitOfWork, by_id: int, handle: str, role: Role) -> Actor:
        """An administrator gives a role, or takes one away with "member". Raises NotFound for a
        handle that nobody signed up with, and Refused for the last administrator."""
        by = uow.accounts.get(by_id)
        if by is None:
            raise NotFound
        insist_administrator(by)
        persona = uow.actors.local_by_handle(handle.strip().lstrip("@"))
        account = self._behind(uow, persona) if persona else None
        if persona is None or account is None:
            raise NotFound(NO_SUCH_PERSON)
        self._set(uow, account, persona, role, by.id)
        return persona

    def give_by_name(self, uow: UnitOfWork, name: str, role: Role) -> Actor:
        """The same for whoever owns the machine, by the name to sign in with."""
        account = uow.accounts.by_name(name)
        persona = self.first_persona(uow, account.id) if account else None
        if account is None or persona is None:
            raise NotFound(N_("There is no account with this sign-in name."))
        self._set(uow, account, persona, role, None)
        return persona

    def first_persona(self, uow: UnitOfWork, account_id: int) -> Actor | None:
        """The persona that an account signed up with, or its oldest one that is not retired."""
        first = uow.personas.first(account_id)
        return uow.actors.get(first) if first is not None else None

    def _behind(self, uow: UnitOfWork, persona: Actor) -> Account | None:
        account_id = uow.accounts.account_of(persona.id)
        if account_id is None or uow.personas.first(account_id) != persona.id:
            return None
        return uow.accounts.get(account_id)

    def _set(
        self, uow: UnitOfWork, account: Account, persona: Actor, role: Role, by: int | None
    ) -> None:
        if account.role == role:
            return
        if account.role == "administrator" and self._is_last_administrator(uow):
            raise Refused(N_("A node needs at least one administrator."), "last-administrator")
        uow.accounts.set_role(account.id, role)
        uow.audit.add(
            "role",
            Subject("persona", persona.id),
            at=self._now(),
            by=by,
            detail=f"{account.role} > {role}",
        )

    def _is_last_administrator(self, uow: UnitOfWork) -> bool:
        return sum(one.role == "administrator" for one in uow.accounts.staff()) == 1
