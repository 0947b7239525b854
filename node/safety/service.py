"""Blocking and lifting a block. Nobody is told, and nothing leaves this node."""

from node.ports import Clock
from node.safety.rules import BLOCKS_MOST, check_block
from storage.actors import Actor
from storage.blocks import Block, Blocked
from storage.unit_of_work import UnitOfWork


class Safety:
    """Use cases of those who want to be left in peace."""

    def __init__(self, now: Clock) -> None:
        self._now = now

    def block(self, uow: UnitOfWork, persona: Actor, other_id: int) -> None:
        """Cut off everything between `persona` and the account behind the other, or somebody of
        another node. A second time changes nothing. Raises NotFound and Invalid."""
        if uow.blocks.get(persona.id, other_id) is not None:
            return
        account_id = uow.accounts.account_of(persona.id)
        own = uow.accounts.personas_of(account_id) if account_id is not None else [persona.id]
        other = check_block(
            persona,
            uow.actors.get(other_id),
            frozenset(own),
            uow.blocks.hides(persona.id),
            uow.blocks.count(persona.id),
        )
        uow.blocks.add(
            Block(
                persona_id=persona.id,
                named_id=other.id,
                account_id=uow.accounts.account_of(other.id),
                created_at=self._now(),
            )
        )

    def lift(self, uow: UnitOfWork, persona: Actor, other_id: int) -> None:
        """Take a block back. Where there is none, nothing changes."""
        uow.blocks.lift(persona.id, other_id)

    def blocked_by(self, uow: UnitOfWork, persona: Actor) -> list[Blocked]:
        """The persona's own list, the latest first."""
        return uow.blocks.listed(persona.id, BLOCKS_MOST)
