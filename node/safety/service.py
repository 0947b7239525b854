"""Blocking and lifting a block. Nobody is told, and no word of it leaves this node; but follows
between the two end, as does being buddies, and for somebody elsewhere their node learns that much.
"""

from collections.abc import Callable
from typing import Final

from node.errors import NotFound
from node.ports import Clock
from node.safety.rules import BLOCKS_MOST, check_block
from node.visibility import may_see_persona
from storage.actors import Actor
from storage.blocks import Block, Blocked
from storage.unit_of_work import UnitOfWork

Part = Callable[[UnitOfWork, Actor, Actor], None]
"""Ends every follow between two people, in both directions."""

NOBODY: Final = 0
"""An id that nobody has."""


class Safety:
    """Use cases of those who want to be left in peace."""

    def __init__(self, now: Clock, part: Part) -> None:
        self._now = now
        self._part = part

    def seen(self, uow: UnitOfWork, persona: Actor, other: Actor | None) -> Actor:
        """Somebody whom `persona` sees, or has blocked. Raises NotFound, and takes as long for
        those who are not there at all."""
        blocked = uow.blocks.get(persona.id, other.id if other else NOBODY) is not None
        hidden = uow.blocks.hides(persona.id)
        if other is None or not (blocked or may_see_persona(other, hidden)):
            raise NotFound
        return other

    def block(self, uow: UnitOfWork, persona: Actor, other_id: int) -> None:
        """Cut off everything between `persona` and the account behind the other, or somebody of
        another node. A second time changes nothing. Raises NotFound and Invalid."""
        other = self.seen(uow, persona, uow.actors.get(other_id))
        if uow.blocks.get(persona.id, other.id) is not None:
            return
        account_id = uow.accounts.account_of(persona.id)
        own = uow.accounts.personas_of(account_id) if account_id is not None else [persona.id]
        check_block(other, frozenset(own), uow.blocks.count(persona.id))
        uow.blocks.add(
            Block(
                persona_id=persona.id,
                named_id=other.id,
                account_id=uow.accounts.account_of(other.id),
                created_at=self._now(),
            )
        )
        self._part(uow, persona, other)
        hidden = uow.blocks.hides(persona.id)
        for pair in uow.buddies.of_persona(persona.id):
            if pair.other(persona.id) in hidden:
                uow.buddies.end(pair, self._now())

    def lift(self, uow: UnitOfWork, persona: Actor, other_id: int) -> None:
        """Take a block back. Where there is none, nothing changes."""
        uow.blocks.lift(persona.id, other_id)

    def blocked_by(self, uow: UnitOfWork, persona: Actor) -> list[Blocked]:
        """The persona's own list, the latest first."""
        return uow.blocks.listed(persona.id, BLOCKS_MOST)
