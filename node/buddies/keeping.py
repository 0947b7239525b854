"""Being together: what each shows the other, the days they agreed on, going on, and parting."""

from dataclasses import replace
from datetime import datetime

from node.buddies import rules
from node.buddies.beginning import Beginning
from node.buddies.tools import Company, PairView
from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.messages.rules import is_here
from node.messages.writing import Letter
from storage.actors import Actor
from storage.buddy_record import Agreed, Pair, Side
from storage.check_ins import CheckIn
from storage.goals import Goal
from storage.messages import Message
from storage.unit_of_work import UnitOfWork

SHOWN = 30
"""Entries of a buddy that are shown."""


class Keeping(Beginning):
    """What buddies do while they are."""

    def company(self, uow: UnitOfWork, persona: Actor) -> Company:
        """All that concerns one persona, but nobody who is cut off from it."""
        now = self.now()
        pairs = uow.buddies.of_persona(persona.id)
        hidden = uow.blocks.hides(persona.id)
        people = uow.actors.get_many({pair.other(persona.id) for pair in pairs})
        there = {number: one for number, one in people.items() if number not in hidden}
        up = uow.buddy_moments.up([persona.id, *there], now)
        sides = uow.buddies.sides_of(persona.id)
        views = [
            _view(pair, persona, there[pair.other(persona.id)], sides[pair.id], up)
            for pair in pairs
            if is_here(there.get(pair.other(persona.id)))
        ]
        mine = [one for one in views if one.pair.state != "together"]
        return Company(
            together=[one for one in views if rules.is_together(one.pair, now)],
            asked=[one for one in mine if one.pair.asked_by == persona.id],
            asking=[
                one for one in mine if one.pair.asked_id == persona.id and one.pair.state == "asked"
            ],
            up_until=up.get(persona.id),
        )

    def one(self, uow: UnitOfWork, persona: Actor, pair_id: int) -> PairView:
        """A pair that is together. Raises NotFound."""
        pair = uow.buddies.get(persona.id, pair_id)
        if pair is None or not rules.is_together(pair, self.now()):
            raise NotFound
        other = uow.actors.get(pair.other(persona.id))
        if other is None or not is_here(other) or other.id in uow.blocks.hides(persona.id):
            raise NotFound
        up = uow.buddy_moments.up([other.id], self.now())
        return _view(pair, persona, other, uow.buddies.sides(pair.id), up)

    def shared_by(
        self, uow: UnitOfWork, persona: Actor, pair_id: int
    ) -> tuple[PairView, list[CheckIn], dict[int, Goal]]:
        """What the buddy shares with their buddies: entries, and those goals that they show."""
        view = self.one(uow, persona, pair_id)
        entries = uow.check_ins.shared_with_buddies(view.other.id, SHOWN)
        goals = {
            one.id: one
            for one in uow.goals.of_persona(view.other.id)
            if one.said.shared == "buddies"
        }
        return view, entries, goals

    def agree_days(
        self, uow: UnitOfWork, persona: Actor, pair_id: int, weekdays: frozenset[int]
    ) -> Pair:
        """On which days both write an entry; the other is told that this changed. Raises NotFound,
        Invalid."""
        if not weekdays <= frozenset(range(7)):
            raise Invalid("weekdays", N_("Choose days from the list."))
        pair, other = self.pair_together(uow, persona, pair_id)
        agreed = Agreed(pair.agreed.manner, tuple(sorted(weekdays)))
        if agreed == pair.agreed:
            return pair
        changed = replace(pair, agreed=agreed)
        uow.buddies.put(changed)
        self.set_clocks(uow, changed)
        self.notifying.tell_of_room(uow, "buddy-days", other, persona, pair.id)
        return changed

    def renew(self, uow: UnitOfWork, persona: Actor, pair_id: int) -> Pair:
        """Say that one would like to go on; when both did, four more weeks begin. Raises Refused,
        NotFound."""
        pair, other = self.pair_together(uow, persona, pair_id)
        now = self.now()
        state = rules.moved(pair, "renew", rules.role_of(pair, persona.id))
        if not rules.may_renew(pair, now):
            raise Refused(
                N_("There is time left. Two weeks before its end you can say it."), "early"
            )
        sides = {side.persona_id: side for side in uow.buddies.sides(pair.id)}
        if not sides[other.id].renews:
            if not sides[persona.id].renews:
                uow.buddies.put_side(replace(sides[persona.id], renews=True))
                self.notifying.tell_of_room(uow, "buddy-renewal", other, persona, pair.id)
            return pair
        longer = replace(pair, state=state, expires_at=(pair.expires_at or now) + rules.TERM)
        uow.buddies.put(longer)
        for side in sides.values():
            uow.buddies.put_side(replace(side, renews=False))
        self.set_clocks(uow, longer)
        self.notifying.tell_of_room(uow, "buddy-renewed", other, persona, pair.id)
        return longer

    def end(self, uow: UnitOfWork, persona: Actor, pair_id: int) -> None:
        """Part, without a reason. The other reads the same as if time had ended it. Raises
        NotFound."""
        pair, other = self.pair_together(uow, persona, pair_id)
        self.move(uow, pair, "end", persona)
        self.notifying.tell_of_room(uow, "buddy-ended", other, persona)

    def write(self, uow: UnitOfWork, persona: Actor, pair_id: int, text: str) -> Message:
        """A private message to the buddy. Raises Invalid, Refused, NotFound."""
        view = self.one(uow, persona, pair_id)
        return self.messages.start(uow, persona, Letter(to=view.other.handle, text=text))


def _view(
    pair: Pair, persona: Actor, other: Actor, sides: list[Side], up: dict[int, datetime]
) -> PairView:
    by_persona = {side.persona_id: side for side in sides}
    return PairView(
        pair=pair,
        other=other,
        side=by_persona[persona.id],
        others_side=by_persona[other.id],
        up_until=up.get(other.id) if pair.state == "together" else None,
    )
