"""The life of a circle as a machine: whatever order people and days come in, the circle is where
the table says, its members are exactly those of its place, and no day has two questions.
"""

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any, ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, create_engine, text

from node.circles.rules import ALIVE, MOVES
from node.circles.scripts import shipped
from node.circles.service import Circles
from node.config import Config
from node.errors import Invalid, NotFound, Refused
from node.groups.drafts import ReplyDraft
from node.rooms import open_rooms
from storage.actors import Actor
from storage.circles import CircleState
from storage.database import Database
from storage.keyring import Keyring, NodeKey
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.newcomers import NO_NEWCOMERS
from tests.node.circles.ring import DRAFT
from tests.storage.rows import an_account, an_actor

WHO = st.integers(0, 4)
HOURS = st.sampled_from((1, 9, 24, 72, 24 * 8))
NEXT: dict[CircleState, set[CircleState]] = {}
for (_before, _event), _after in MOVES.items():
    NEXT.setdefault(_before, set()).add(_after)


class Life(RuleBasedStateMachine):
    """Five people, one circle at a time, on a real database whose transaction is rolled back."""

    engine: ClassVar[Engine]
    circles: ClassVar[Circles]
    clock: ClassVar[Clock]
    seen: ClassVar[set[CircleState]]

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.engine.connect()
        self.transaction = self.connection.begin()
        self.uow = UnitOfWork(self.connection, KEYS)
        self.uow.begin()
        self.people = [self._person(number) for number in range(5)]
        self.circle_id = 0
        self.state: CircleState = "given-up"
        self.members: set[int] = set()
        self.start()

    def _person(self, number: int) -> Actor:
        now, actor_id = self.clock.now(), 500 + number
        actor = an_actor(
            id=actor_id,
            handle=f"person{number}",
            authority="localhost:8420",
            uri=f"http://localhost:8420/personas/person{number}",
            is_local=True,
        )
        self.uow.actors.add(actor)
        self.uow.accounts.add(an_account(id=900 + number, name=f"person{number}-private"))
        self.uow.accounts.add_persona(actor_id, 900 + number, now)
        return actor

    def teardown(self) -> None:
        self.transaction.rollback()
        self.connection.close()

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Whether the circle let it happen."""
        try:
            act()
        except (Refused, NotFound, Invalid):
            return False
        return True

    @precondition(lambda self: self.state in ("closed", "given-up"))
    @rule()
    def start_again(self) -> None:
        self.start()

    def start(self) -> None:
        """A circle with four people in it, so that most lives go somewhere."""
        made = self.circles.start(self.uow, self.people[0], DRAFT, shipped()[0])
        self.circle_id, self.state = made.id, "gathering"
        self.members = {self.people[0].id}
        for who in (1, 2, 3):
            self.come_in(who)

    @precondition(lambda self: self.state == "gathering")
    @rule(who=WHO)
    def come(self, who: int) -> None:
        self.come_in(who)

    def come_in(self, who: int) -> None:
        opener = self.people[0]
        persona = self.people[who]

        def let_in() -> None:
            code = self.circles.invite(self.uow, self.circle_id, opener, 1)
            self.circles.ask(self.uow, code, persona)
            self.circles.let_in(self.uow, self.circle_id, opener, persona.id)

        if self.attempt(let_in):
            self.members.add(persona.id)

    @precondition(lambda self: self.state == "gathering")
    @rule()
    def begin(self) -> None:
        done = self.attempt(lambda: self.circles.begin(self.uow, self.circle_id, self.people[0]))
        assert done == (self.people[0].id in self.members and len(self.members) >= 3)
        self._see()

    @precondition(lambda self: self.state in ALIVE | {"gathering"})
    @rule(who=WHO, takes=st.booleans())
    def leave(self, who: int, takes: bool) -> None:
        persona = self.people[who]
        done = self.attempt(
            lambda: self.circles.leave(self.uow, self.circle_id, persona, takes_words=takes)
        )
        if persona.id in self.members:
            assert done, "everybody may go at any time"
        self.members.discard(persona.id)
        self._see()

    @precondition(lambda self: self.state in ("running", "paused"))
    @rule()
    def pause_or_go_on(self) -> None:
        does = self.circles.pause if self.state == "running" else self.circles.resume
        for persona in self.people:  # until one who may is found
            if self.attempt(partial(does, self.uow, self.circle_id, persona)):
                break
        self._see()

    @precondition(lambda self: self.state == "asking")
    @rule(who=WHO, voice=st.sampled_from(("go-on", "merge", "close", "shout")))
    def speak_up(self, who: int, voice: str) -> None:
        self.attempt(lambda: self.circles.voice(self.uow, self.circle_id, self.people[who], voice))
        self._see()

    @precondition(lambda self: self.state == "asking")
    @rule(voice=st.sampled_from(("merge", "close")))
    def agree_on(self, voice: str) -> None:
        for persona in self.people:
            if persona.id in self.members:
                self.circles.voice(self.uow, self.circle_id, persona, voice)
        self._see()
        assert self.state == "closing"

    @rule(who=WHO)
    def talk(self, who: int) -> None:
        persona = self.people[who]
        done = self.attempt(
            lambda: self.circles.say(self.uow, self.circle_id, persona, "Hello", "words")
        )
        is_open = self.state in ALIVE | {"gathering"}
        assert done == (persona.id in self.members and is_open)
        for day in self.uow.circle_days.newest(self.circle_id, 1):
            answer = ReplyDraft(text="an answer")
            reply = partial(self.circles.groups.reply, self.uow, day.post_id, persona, answer)
            replied = self.attempt(reply)
            assert replied == (persona.id in self.members and is_open)

    @rule(hours=HOURS)
    def time_passes(self, hours: int) -> None:
        self.clock.advance(hours=hours)
        for _ in range(2):  # the second worker finds nothing to do
            for circle in self.uow.circles.due(self.clock.now(), 20):
                if circle.state not in ("closed", "given-up"):
                    self.circles.look_after(self.uow, circle.id)
            self._see()

    @rule()
    def time_alone(self) -> None:
        """Nobody does anything any more: it comes to its end all the same."""
        for _ in range(20):
            if self.state not in ("closed", "given-up"):
                self.time_passes(24 * 6)
        assert self.state in ("closed", "given-up")
        assert not self.uow.circles.members(self.circle_id, ["waiting", "asked", "agreed"])

    @precondition(lambda self: self.state in ALIVE | {"gathering"})
    @rule(who=WHO)
    def end_of_a_persona(self, who: int) -> None:
        self.uow.circles.part(self.people[who].id, self.clock.now())
        self.members.discard(self.people[who].id)
        self.time_passes(0)

    @invariant()
    def the_place_has_exactly_its_members(self) -> None:
        there = {one.id for one in self.uow.memberships.members(self.circle_id, 99)}
        assert there == self.members
        known = {one.actor.id for one in self.circles.members_of(self.uow, self.circle_id)}
        assert known == self.members

    @invariant()
    def a_question_was_asked_once_a_day(self) -> None:
        asked = self.connection.execute(
            text("SELECT count(*), count(DISTINCT d.day) FROM circle_days d WHERE circle_id = :c"),
            {"c": self.circle_id},
        ).one()
        threads = self.connection.execute(
            text("SELECT count(*) FROM posts WHERE group_id = :c AND author_id = :c"),
            {"c": self.circle_id},
        ).scalar_one()
        assert asked[0] == asked[1] == threads

    def _see(self) -> None:
        """Where the circle is now must be reachable from where it was."""
        circle = self.uow.circles.get(self.circle_id)
        assert circle is not None
        reachable, edge = {self.state}, {self.state}
        while edge:
            edge = {after for one in edge for after in NEXT.get(one, set())} - reachable
            reachable |= edge
        assert circle.state in reachable, f"{self.state} became {circle.state}"
        archived = self.uow.groups.place(self.circle_id)
        assert archived is not None
        is_over = circle.state in ("closed", "given-up")
        assert (archived.group.archived_at is not None) == is_over
        self.state = circle.state
        self.seen.add(circle.state)


KEYS = Keyring([NodeKey("house", bytes(32))])


async def test_the_life_of_a_circle(database_url: str) -> None:
    clock, ids = Clock(), count(10_000)
    config = Config(origin="http://localhost:8420", circle_least=3, circle_small=3, **NO_NEWCOMERS)
    db = Database.open(database_url, KEYS)
    rooms = open_rooms(config, db, clock.now, lambda: next(ids))
    Life.clock, Life.circles, Life.seen = clock, rooms.circles, set()
    Life.engine = create_engine(database_url)
    try:
        run_state_machine_as_test(
            Life,
            settings=settings(
                max_examples=25, stateful_step_count=30, deadline=None, derandomize=True
            ),
        )
        assert Life.seen >= {"running", "asking", "paused", "closing", "closed"}
    finally:
        Life.engine.dispose()
        await rooms.pictures.close()
        await db.close()
