"""Telling the team that something waits: one neutral sentence, without who, where or what (safety
invariant 2)."""

from node.notifications.service import Notifying
from storage.actors import Actor
from storage.risk_signals import RiskSignal
from storage.unit_of_work import UnitOfWork


class Alerts:
    """Implements `node.safety.risk.Alert`."""

    def __init__(self, notifying: Notifying) -> None:
        self._notifying = notifying

    def tell(self, uow: UnitOfWork, signal: RiskSignal) -> None:
        """The staff under their first personas, and who moderates the group here; nobody about a
        post of their own."""
        account = uow.accounts.account_of(signal.author_id)
        own = set(uow.accounts.personas_of(account)) if account is not None else set()
        for persona in self._team(uow, signal):
            if persona.id not in own and persona.is_local:
                self._notifying.tell_of_room(uow, "team-look", persona, persona)

    def _team(self, uow: UnitOfWork, signal: RiskSignal) -> list[Actor]:
        firsts = [uow.personas.first(one.id) for one in uow.accounts.staff()]
        staff = uow.actors.get_many({first for first in firsts if first is not None})
        group = uow.memberships.moderators(signal.group_id) if signal.group_id else []
        return list({persona.id: persona for persona in (*staff.values(), *group)}.values())
