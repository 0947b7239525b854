"""What every use case of buddies holds, the views of a pair, and the steps that many share."""

from dataclasses import dataclass, replace
from datetime import datetime

from node.buddies import rules
from node.buddies.rules import Act
from node.errors import NotFound, Refused
from node.messages.service import Messages
from node.notifications.service import Notifying
from node.ports import Clock, NewId
from node.safety.newcomers import Newcomers
from storage.actors import Actor
from storage.buddy_record import Pair, Side
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """A pair as one of the two sees it. `up_until` is what the other said of being up."""

    pair: Pair
    other: Actor
    side: Side
    others_side: Side
    up_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A persona's buddies, what it asked and what it is asked; `up_until` is its own."""

    together: list[PairView]
    asked: list[PairView]
    asking: list[PairView]
    up_until: datetime | None


class Tools:
    """Built once by `node/support.py`."""

    def __init__(
        self,
        now: Clock,
        new_id: NewId,
        notifying: Notifying,
        newcomers: Newcomers,
        messages: Messages,
        home_zone: str = "UTC",
    ) -> None:
        self.home_zone = home_zone
        self.now = now
        self.new_id = new_id
        self.notifying = notifying
        self.newcomers = newcomers
        self.messages = messages

    def insist_room(self, uow: UnitOfWork, persona: Actor, other: Actor) -> None:
        if uow.buddies.count(persona.id) >= rules.MOST:
            raise Refused(rules.FULL, "full")
        if uow.buddies.count(other.id) >= rules.MOST:
            raise Refused(rules.THEY_ARE_FULL, "they-are-full")

    def move(self, uow: UnitOfWork, pair: Pair, act: Act, persona: Actor) -> Pair:
        state = rules.moved(pair, act, rules.role_of(pair, persona.id))
        if state == "ended":
            return uow.buddies.end(pair, self.now())
        moved = replace(pair, state=state)
        uow.buddies.put(moved)
        return moved

    def set_clocks(self, uow: UnitOfWork, pair: Pair) -> None:
        """When each of the two is to be prompted, by the clock where they live."""
        for side in uow.buddies.sides(pair.id):
            zone = self.zone_of(uow, side.persona_id)
            ends = rules.ending_at(pair.expires_at, zone) if pair.expires_at else None
            clocks = replace(
                side,
                look_at=rules.next_look(pair.agreed.weekdays, zone, self.now()),
                ending_at=ends if ends and ends > self.now() else None,
            )
            uow.buddies.put_side(clocks)
        uow.wake("buddies")

    def pair(self, uow: UnitOfWork, persona: Actor, pair_id: int) -> tuple[Pair, Actor]:
        """A pair to change, with the other one. Raises NotFound."""
        if uow.buddies.get(persona.id, pair_id) is None:
            raise NotFound
        pair = uow.buddies.get_to_change(persona.id, pair_id)
        other = uow.actors.get(pair.other(persona.id)) if pair else None
        if pair is None or other is None or other.id in uow.blocks.hides(persona.id):
            raise NotFound
        return pair, other

    def pair_together(self, uow: UnitOfWork, persona: Actor, pair_id: int) -> tuple[Pair, Actor]:
        pair, other = self.pair(uow, persona, pair_id)
        if not rules.is_together(pair, self.now()):
            raise NotFound
        return pair, other

    def zone_of(self, uow: UnitOfWork, persona_id: int) -> str:
        """Where somebody lives, as their newest goal says; else where the node is at home."""
        newest = uow.goals.newest(persona_id)
        return newest.said.zone if newest else self.home_zone
