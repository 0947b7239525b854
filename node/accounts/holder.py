"""Whether programs may act as a persona now: the one question behind every token, old or new."""

from dataclasses import dataclass

from node.consents import held
from storage.accounts import Account
from storage.actors import Actor
from storage.personas import Persona
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a token is of. The account, with the role that it really has, is never shown."""

    account: Account
    persona: Actor


def may_have_tokens(persona: Persona | None) -> bool:
    """Programs act neither as what is no persona, nor as a one-off or retired one."""
    if persona is None:
        return False
    return not persona.is_one_off and persona.retired_at is None


def holder_of(uow: UnitOfWork, persona_id: int) -> Holder | None:
    """Who stands behind a persona, unless it or its account is suspended, or about to end."""
    account = uow.accounts.behind(persona_id)
    persona = uow.actors.get(persona_id)
    if account is None or persona is None:
        return None
    if account.suspended_at is not None or persona.suspended_at is not None:
        return None
    if held(account) == "leaving":
        return None
    return Holder(account, persona)
