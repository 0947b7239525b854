"""Keeping one's own plan. It belongs to the account, is sealed under it, and is shown to nobody
else: not to the team, not to a buddy, not to an app. Nothing of it ever leaves this node."""

import msgspec

from node.plan import rules
from node.plan.rules import Plan
from node.ports import Clock
from storage.unit_of_work import UnitOfWork


class Plans:
    """Use cases of one's own plan."""

    def __init__(self, now: Clock) -> None:
        self._now = now

    def of(self, uow: UnitOfWork, account_id: int) -> Plan:
        """The plan, empty where there is none yet."""
        kept = uow.plans.get(account_id)
        return {} if kept is None else msgspec.json.decode(kept[0], type=dict[str, str])

    def keep(self, uow: UnitOfWork, account_id: int, typed: Plan) -> None:
        """Keep what was typed; without a word in it there is no plan. Raises Invalid."""
        plan = rules.checked(typed)
        if plan:
            uow.plans.put(account_id, msgspec.json.encode(plan), self._now())
        else:
            uow.plans.drop(account_id)

    def add_step(self, uow: UnitOfWork, account_id: int, step: str) -> None:
        """One more small step."""
        self.keep(uow, account_id, rules.with_step(self.of(uow, account_id), step))

    def drop(self, uow: UnitOfWork, account_id: int) -> None:
        """There is no plan any more."""
        uow.plans.drop(account_id)
