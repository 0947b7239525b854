"""The life of a poll, whatever happens in whatever order: one ballot for each voter, none of its
author, none after the end, and numbers that add up and never come back once they are hidden."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from node.errors import Invalid
from node.polls import rules
from node.polls.rules import PollDraft, PollLimits
from node.polls.service import poll_view
from storage.actors import Actor
from storage.polls import Poll

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
AUTHOR = 1


def someone(number: int) -> Actor:
    return Actor(
        id=number,
        uri=f"https://kith.example/personas/{number}",
        type="Person",
        handle=f"p{number}",
        authority="kith.example",
        name="",
        summary="",
        inbox="",
        is_local=True,
        created_at=START,
    )


class LifeOfAPoll(RuleBasedStateMachine):
    """Votes, time and looks at one poll, beside the plainest record of what should be true."""

    @initialize(options=st.integers(2, 5), multiple=st.booleans(), hides=st.booleans())
    def begin(self, options: int, multiple: bool, hides: bool) -> None:
        self.now = START
        self.ballots: dict[int, frozenset[int]] = {}
        self.poll = Poll(
            id=1,
            post_id=2,
            owner_id=AUTHOR,
            options=tuple(f"option {number}" for number in range(options)),
            multiple=multiple,
            hide_totals=hides,
            expires_at=START + timedelta(hours=5),
            created_at=START,
        )

    def seen(self) -> Poll:
        counts = [0] * len(self.poll.options)
        for ballot in self.ballots.values():
            for choice in ballot:
                counts[choice] += 1
        return Poll(
            **{name: getattr(self.poll, name) for name in ("id", "post_id", "owner_id", "options")},
            multiple=self.poll.multiple,
            hide_totals=self.poll.hide_totals,
            expires_at=self.poll.expires_at,
            created_at=START,
            counts=tuple(counts),
            voters=len(self.ballots),
        )

    @rule(minutes=st.integers(1, 200))
    def time_goes_on(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(voter=st.integers(1, 6), choices=st.lists(st.integers(-1, 6), max_size=4))
    def votes(self, voter: int, choices: list[int]) -> None:
        poll, cast = self.seen(), self.ballots.get(voter, frozenset())
        standing = rules.standing_of(poll, voter, sorted(cast))
        may = (
            voter != AUTHOR
            and not cast
            and self.now < START + timedelta(hours=5)
            and bool(choices)
            and all(0 <= choice < len(poll.options) for choice in choices)
            and (poll.multiple or len(set(choices)) == 1)
        )
        if may:
            rules.insist_vote(poll, standing, choices, self.now)
            self.ballots[voter] = frozenset(choices)
        else:
            with pytest.raises(Invalid):
                rules.insist_vote(poll, standing, choices, self.now)

    @invariant()
    def hidden_numbers_show_at_the_end_alone(self) -> None:
        if not hasattr(self, "poll"):
            return
        poll, ended = self.seen(), self.now >= START + timedelta(hours=5)
        for number in range(AUTHOR, 8):
            view = poll_view(
                poll, someone(number), tuple(sorted(self.ballots.get(number, ()))), self.now
            )
            assert view.has_ended == ended
            assert (view.counts is None) == (poll.hide_totals and not ended)
            if view.counts is not None:
                assert sum(view.counts) == sum(len(one) for one in self.ballots.values())
                assert all(0 <= view.percent(place) <= 100 for place in range(len(poll.options)))


TestLifeOfAPoll = LifeOfAPoll.TestCase


@given(
    options=st.lists(st.text(max_size=120), max_size=12).map(tuple),
    minutes=st.integers(-10, 60 * 24 * 70),
)
def test_a_draft_is_whole_or_refused(options: tuple[str, ...], minutes: int) -> None:
    draft = PollDraft(options=options, closes_at=START + timedelta(minutes=minutes))
    kept = _checked(draft)
    if kept is None:
        return
    assert 2 <= len(kept.options) <= 8
    assert all(0 < len(option) <= rules.OPTION_LIMIT for option in kept.options)
    assert len({option.casefold() for option in kept.options}) == len(kept.options)
    assert rules.SHORTEST - timedelta(minutes=1) <= kept.closes_at - START <= rules.LONGEST


def _checked(draft: PollDraft) -> PollDraft | None:
    """The draft as it would be kept, None when it is refused."""
    try:
        return rules.checked(draft, PollLimits(options_most=8), START)
    except Invalid:
        return None
