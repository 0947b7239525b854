"""The life of a goal as a machine: in whatever order its owner pauses it, ends it, takes it up
again, writes and has setbacks, while time passes, it goes only where the table leads, and what was
lived never gets less.
"""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from hypothesis.stateful import invariant, rule
from hypothesis.strategies import booleans, integers, sampled_from

from node.errors import Refused
from node.goals.rules import ENTRIES_A_DAY, TAKES_ENTRIES, TRANSITIONS, EntryDraft, GoalDraft
from node.goals.service import GoalView
from node.local_time import today
from tests.node.goals.living import Ground, on_a_fresh_database, run

ZONE = "America/St_Johns"


class Life(Ground):
    """Ann's goal."""

    def __init__(self) -> None:
        super().__init__()
        self.ann = self.people["ann"]
        day = today(self.clock.now(), ZONE) - timedelta(days=20)
        draft = GoalDraft(words="No drink", began=day.isoformat(), zone=ZONE)
        self.number = self.rooms.goals.make(self.uow, self.ann, draft).id
        self.most = 0
        self.written = 0

    @property
    def view(self) -> GoalView:
        return self.rooms.goals.view(self.uow, self.ann, self.number)

    @rule(act=sampled_from(("pause", "resume", "end", "reopen")))
    def move(self, act: str) -> None:
        before = self.view.goal.state
        expected = next(
            (
                after
                for (state, known), after in TRANSITIONS.items()
                if (state, known) == (before, act)
            ),
            None,
        )
        try:
            after = self.rooms.goals.move(self.uow, self.ann, self.number, act).state
        except Refused:
            after = None
        assert after == expected

    @rule(is_setback=booleans(), back=integers(0, 15))
    def write(self, is_setback: bool, back: int) -> None:
        before = self.view
        day = (before.day - timedelta(days=back)).isoformat()
        draft = EntryDraft(mood="3", day=day)
        kind = "setback" if is_setback else "check-in"
        try:
            self.rooms.goals.write(
                self.uow, self.ann, self.number, draft, "setback" if is_setback else "check-in"
            )
        except Refused:
            assert before.goal.state not in TAKES_ENTRIES or self.written >= ENTRIES_A_DAY
            return
        self.written += 1
        after = self.view
        assert after.lived.total == before.lived.total
        assert after.lived.run <= after.lived.total
        assert kind in {one.said.kind for one in after.entries}

    @rule(hours=sampled_from((1, 11, 24, 100)))
    def time_passes(self, hours: int) -> None:
        self.clock.advance(hours=hours)

    @invariant()
    def what_was_lived_stays(self) -> None:
        view = self.view
        assert view.lived.total >= self.most
        assert len(view.entries) == self.written
        self.most = view.lived.total


@pytest.fixture
async def machine(sqlite_url: str) -> AsyncIterator[type[Life]]:
    """The machine on a fresh database."""
    async with on_a_fresh_database(Life, sqlite_url) as ready:
        yield ready


async def test_life_of_a_goal(machine: type[Life]) -> None:
    run(machine)
