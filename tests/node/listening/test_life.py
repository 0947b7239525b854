"""The life of a session as a machine: whatever order two people, time and the matching come in, it
goes only where the table leads, and nobody has more on their hands than they offered.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import ClassVar, TypeVar

from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import sampled_from
from sqlalchemy import Engine, create_engine

from node.errors import KithError
from node.listening.rules import OVER, SEEKING, TALKING, TRANSITIONS, Act
from node.listening.service import Listening
from node.listening.tools import ListeningLimits
from node.notifications.service import Notifying
from node.safety.newcomer_rules import NewcomerLimits
from node.safety.newcomers import Newcomers
from storage.actors import Actor
from storage.keyring import Keyring, NodeKey
from storage.listening_record import Intake, ListeningSession, Offering
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.storage.rows import an_account, an_actor

T = TypeVar("T")
PEOPLE = (1, 2, 3)
WHO = sampled_from(PEOPLE)
FREE = NewcomerLimits(
    days=0,
    threads_read=0,
    threads=9,
    replies=9,
    links=9,
    message_links=9,
    images=True,
    messages=True,
)
ACTS: dict[str, str] = {
    "accept": "accept",
    "decline": "decline",
    "begin": "begin",
    "turn_down": "turn-down",
    "withdraw": "withdraw",
    "pause": "pause",
    "go-on": "go-on",
    "end": "end",
}
SEEKERS_OWN = frozenset({"begin", "turn_down", "withdraw"})
HELPERS_OWN = frozenset({"accept", "decline"})


def nobody(_uow: UnitOfWork, _personas: frozenset[int]) -> frozenset[int]:
    return frozenset()


class Life(RuleBasedStateMachine):
    """The model is the table; the real service on a real database must follow it."""

    engine: ClassVar[Engine]

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.engine.connect()
        self.uow = UnitOfWork(self.connection, Keyring([NodeKey("life", bytes(32))]))
        self.clock, ids = Clock(), count(1000)
        self.new_id = lambda: next(ids)
        limits = ListeningLimits(needs_badge=False, text_days=30)
        now = self.clock.now
        self.listening = Listening(
            now,
            self.new_id,
            str,
            limits,
            Newcomers(now, FREE),
            Notifying(now, self.new_id),
            nobody,
        )
        self.people = {number: self._person(number) for number in PEOPLE}
        self.sessions: list[int] = []

    def teardown(self) -> None:
        self.connection.rollback()
        self.connection.close()

    def _person(self, number: int) -> Actor:
        actor = replace(an_actor(number), is_local=True)
        self.uow.accounts.add(an_account(number, created_at=self.clock.now()))
        self.uow.actors.add(actor)
        self.uow.accounts.add_persona(actor.id, number, self.clock.now())
        offering = Offering(topics=("sleep",), letters=1)
        self.listening.offer(self.uow, actor, offering, is_on=True)
        return actor

    def tried(self, act: Callable[[], T]) -> T | None:
        """What an act answers; None when it is refused."""
        try:
            return act()
        except KithError:
            return None

    def row(self, session_id: int) -> ListeningSession:
        found = self.uow.listening_sessions.get(session_id)
        assert found is not None
        return found

    @rule(who=WHO, minutes=sampled_from((0, 30)))
    def ask(self, who: int, minutes: int) -> None:
        has_one = any(
            one.seeker_id == who and one.state not in OVER for one in map(self.row, self.sessions)
        )
        intake = Intake(topics=("sleep",), minutes=minutes)
        made = self.tried(lambda: self.listening.ask(self.uow, self.people[who], intake, "Words"))
        assert (made is None) == has_one
        if made is not None:
            self.sessions.append(made.id)

    @rule(who=WHO, on=sampled_from((True, True, False)))
    def switch(self, who: int, on: bool) -> None:
        self.listening.switch(self.uow, self.people[who], on=on)

    @rule()
    def tick(self) -> None:
        for _ in range(20):
            if not self.listening.run_once(self.uow):
                return
        raise AssertionError("the matching never rests")

    @rule()
    def say_yes(self) -> None:
        """Whoever is asked says yes: what follows is seldom met by chance."""
        for one in map(self.row, self.sessions):
            if one.state == "offered" and one.helper_id is not None:
                self.listening.accept(self.uow, self.people[one.helper_id], one.id)
                self.listening.begin(self.uow, self.people[one.seeker_id], one.id)
                assert self.row(one.id).state == "running"

    @rule(minutes=sampled_from((1, 4, 20, 150, 60 * 30, 60 * 24 * 15)))
    def wait(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @rule(who=WHO, which=sampled_from(range(5)), act=sampled_from(sorted(ACTS)))
    def act(self, who: int, which: int, act: str) -> None:
        if which >= len(self.sessions):
            return
        before = self.row(self.sessions[which])
        said = self.tried(lambda: self._do(who, before.id, act))
        after = self.row(before.id)
        is_seeker, is_helper = who == before.seeker_id, who == before.helper_id
        may = is_seeker or is_helper
        may = may and not (act in SEEKERS_OWN and not is_seeker)
        may = may and not (act in HELPERS_OWN and not is_helper)
        leads = TRANSITIONS.get((before.state, _named(ACTS[act])))
        if may and leads is not None:
            assert said == "done"
            assert after.state == leads
        else:
            assert said is None
            assert after == before

    def _do(self, who: int, session_id: int, act: str) -> str:
        person = self.people[who]
        if act in SEEKERS_OWN | HELPERS_OWN:
            getattr(self.listening, act)(self.uow, person, session_id)
        else:
            self.listening.act(self.uow, person, session_id, _named(act))
        return "done"

    @rule(who=WHO, which=sampled_from(range(5)), text=sampled_from(("Hello", "send me a photo")))
    def say(self, who: int, which: int, text: str) -> None:
        if which >= len(self.sessions):
            return
        before = self.row(self.sessions[which])
        said = self.tried(
            lambda: (
                self.listening.say(self.uow, self.people[who], before.id, text, all_the_same=False),
            )
        )
        open_to = before.state == "running" and who in (before.seeker_id, before.helper_id)
        assert (said is not None) == open_to
        if said is not None and text != "Hello":
            assert said == (None,)
            assert self.row(before.id).state == "paused"

    @invariant()
    def nobody_carries_more_than_they_offered(self) -> None:
        rows = [self.row(one) for one in self.sessions]
        for who in PEOPLE:
            held = [one for one in rows if one.helper_id == who and one.state not in OVER]
            assert sum(one.state == "offered" for one in held) <= 1
            assert len(held) <= 2, "one to talk with and one letter"

    @invariant()
    def rows_say_what_their_state_says(self) -> None:
        for one in map(self.row, self.sessions):
            assert one.seeker_id != one.helper_id
            assert (one.helper_id is None) <= (one.state in {"waiting", "withdrawn", "expired"})
            assert (one.due_at is not None) == (one.state in SEEKING | TALKING)
            assert (one.ended_at is not None) == (one.state in OVER)
            assert (one.begun_at is not None) == (one.state in TALKING | {"ended"})


def _named(act: str) -> Act:
    for _, known in TRANSITIONS:
        if known == act:
            return known
    raise AssertionError(act)


def test_a_session_goes_only_where_the_table_leads(sqlite_url: str) -> None:
    Life.engine = create_engine(sqlite_url)
    run_state_machine_as_test(
        Life, settings=settings(max_examples=25, stateful_step_count=30, deadline=None)
    )
    Life.engine.dispose()
