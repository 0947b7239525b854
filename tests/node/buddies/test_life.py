"""The life of a buddy pair as a machine: in whatever order three people ask, answer, use codes,
renew, part and block, while time passes: every pair goes only where the table leads, and two people
are buddies only while both want it.
"""

from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from hypothesis.stateful import invariant, rule
from hypothesis.strategies import sampled_from

from node.buddies.rules import TRANSITIONS, Act
from node.errors import Invalid, NotFound, Refused
from storage.buddy_record import Agreed, Pair, PairState
from tests.node.goals.living import Ground, on_a_fresh_database, run

WHO = sampled_from(("ann", "bea", "eve"))
EDGES = {(before, after) for (before, _), (after, _) in TRANSITIONS.items()}
ANSWERS: tuple[Act, ...] = ("accept", "decline", "withdraw")


class Life(Ground):
    """Three people and all their pairs."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[int, PairState] = {}
        self.blocked: set[frozenset[str]] = set()

    def pairs(self) -> list[Pair]:
        found = {
            pair.id: pair
            for one in self.people.values()
            for pair in self.uow.buddies.all_of(one.id, 999)
        }
        return list(found.values())

    @rule(who=WHO, other=WHO)
    def ask(self, who: str, other: str) -> None:
        with suppress(Refused, Invalid):
            self.rooms.buddies.ask(self.uow, self.people[who], other, Agreed("both", (0, 4)))
            assert who != other
            assert frozenset((who, other)) not in self.blocked

    @rule(who=WHO, act=sampled_from(ANSWERS))
    def answer(self, who: str, act: Act) -> None:
        for pair in self.pairs():
            before = pair.state
            try:
                self.rooms.buddies.answer(self.uow, self.people[who], pair.id, act)
            except (Refused, NotFound):
                continue
            assert (before, act) in TRANSITIONS
            role = "asker" if pair.asked_by == self.people[who].id else "asked"
            assert role in TRANSITIONS[before, act][1]

    @rule(who=WHO, other=WHO)
    def use_a_code(self, who: str, other: str) -> None:
        with suppress(Refused, Invalid):
            code = self.rooms.buddies.make_code(self.uow, self.people[who])
            self.rooms.buddies.join(self.uow, self.people[other], code, Agreed())
            assert frozenset((who, other)) not in self.blocked
            with pytest.raises((Invalid, Refused)):
                self.rooms.buddies.join(self.uow, self.people[other], code, Agreed())

    @rule(who=WHO)
    def renew(self, who: str) -> None:
        for pair in self.pairs():
            with suppress(Refused, NotFound):
                self.rooms.buddies.renew(self.uow, self.people[who], pair.id)

    @rule(who=WHO)
    def part(self, who: str) -> None:
        for pair in self.pairs()[:1]:
            with suppress(Refused, NotFound):
                self.rooms.buddies.end(self.uow, self.people[who], pair.id)

    @rule(who=WHO, other=WHO)
    def block(self, who: str, other: str) -> None:
        # Rarely: nothing comes after a block between two people.
        if who != other and len(self.pairs()) > 4:
            self.rooms.safety.block(self.uow, self.people[who], self.people[other].id)
            self.blocked.add(frozenset((who, other)))

    @rule(hours=sampled_from((1, 30, 24 * 8, 24 * 20)))
    def time_passes(self, hours: int) -> None:
        self.clock.advance(hours=hours)

    @rule()
    def work(self) -> None:
        while self.rooms.buddies.run_due(self.uow):
            pass
        now = self.clock.now()
        assert all(one.expires_at is None or one.expires_at > now for one in self.pairs())

    @invariant()
    def every_pair_goes_where_the_table_leads(self) -> None:
        for pair in self.pairs():
            before = self.seen.get(pair.id, "asked")
            # One step of the machine may be two of a pair: asked and answered by a code.
            middle = {state for first, state in EDGES if first == before} | {before}
            assert pair.state == before or any((one, pair.state) in EDGES for one in middle)
            self.seen[pair.id] = pair.state
            if pair.state == "ended":
                assert pair.expires_at is None
                assert all(
                    side.look_at is side.ending_at is None and not side.renews
                    for side in self.uow.buddies.sides(pair.id)
                )

    @invariant()
    def two_people_are_one_pair_at_most_and_none_across_a_block(self) -> None:
        living = [
            frozenset((one.asked_by, one.asked_id))
            for one in self.pairs()
            if one.state in ("asked", "together")
        ]
        together = {
            frozenset((one.asked_by, one.asked_id))
            for one in self.pairs()
            if one.state == "together"
        }
        assert len(together) == sum(1 for one in self.pairs() if one.state == "together")
        blocked = {frozenset(self.people[name].id for name in pair) for pair in self.blocked}
        assert not blocked & set(living)
        for one in self.people.values():
            for other in self.people.values():
                are = self.uow.buddies.are_buddies(one.id, other.id)
                assert are == (frozenset((one.id, other.id)) in together and one != other)


@pytest.fixture
async def machine(sqlite_url: str) -> AsyncIterator[type[Life]]:
    """The machine on a fresh database."""
    async with on_a_fresh_database(Life, sqlite_url) as ready:
        yield ready


async def test_life_of_a_pair(machine: type[Life]) -> None:
    run(machine)
