"""The life of a reply session as a machine: in whatever order people come, go, ask for a thread and
answer, while time passes: no thread is ever in two pairs of hands, and of a session that is over
nobody's part in it is left.
"""

from collections.abc import AsyncIterator
from contextlib import suppress
from itertools import count
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import sampled_from
from sqlalchemy import Engine, create_engine

from node.config import Config
from node.errors import Refused
from node.groups.drafts import ReplyDraft, ThreadDraft
from node.groups.membership import new_membership
from node.rooms import Rooms, open_rooms
from node.welcoming.calling import SessionDraft
from node.welcoming.rules import LIFE, after
from storage.actors import Actor
from storage.database import Database
from storage.keyring import Keyring, NodeKey
from storage.reply_sessions import ReplySession
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.newcomers import NO_NEWCOMERS
from tests.node.web.house import keys
from tests.storage.rows import an_actor

KEYRING = Keyring([NodeKey("test", bytes(32))])
WHO = sampled_from(("ann", "bea", "eve"))


class Life(RuleBasedStateMachine):
    """The real use cases on a real database; the clock is turned by the machine."""

    engine: ClassVar[Engine]
    rooms: ClassVar[Rooms]
    clock: ClassVar[Clock]

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.engine.connect()
        self.uow = UnitOfWork(self.connection, KEYRING)
        self.uow.begin()
        self.people = {name: self._person(name) for name in ("ann", "bea", "eve", "joy")}
        self.group = self._group()
        self.seen = {"planned"}
        draft = SessionDraft(
            group_id=self.group, starts_at=self.clock.now(), minutes=60, invitation=""
        )
        self.number = self.rooms.welcoming.call(self.uow, self.people["ann"], draft).id

    def teardown(self) -> None:
        self.connection.rollback()
        self.connection.close()

    def _person(self, name: str) -> Actor:
        actor = an_actor(self.rooms.new_id(), is_local=True, handle=name)
        self.uow.actors.add(actor)
        return actor

    def _group(self) -> int:
        ann = self.people["ann"]
        made = self.rooms.groups.create(
            self.uow,
            handle="night",
            name="Night",
            visibility="local",
            founder=ann,
            keys=keys(),
            summary="",
            guidelines="",
        )
        for one in self.people.values():
            if one != ann:
                self.uow.memberships.put(new_membership(made.actor.id, one.id, self.clock.now()))
        for title in ("One", "Two"):
            draft = ThreadDraft(title=title, text="Words")
            self.rooms.groups.post_thread(self.uow, made.actor.id, self.people["joy"], draft)
        return made.actor.id

    @property
    def session(self) -> ReplySession:
        found = self.uow.reply_sessions.get(self.number)
        assert found is not None
        return found

    @rule(who=WHO)
    def come(self, who: str) -> None:
        with suppress(Refused):
            self.rooms.welcoming.come(self.uow, self.number, self.people[who])

    @rule(who=WHO)
    def leave(self, who: str) -> None:
        self.rooms.welcoming.leave(self.uow, self.number, self.people[who])

    @rule(who=WHO)
    def ask(self, who: str) -> None:
        with suppress(Refused):
            turn = self.rooms.welcoming.hand(self.uow, self.number, self.people[who])
            assert turn is None or turn.until > self.clock.now()

    @rule(who=WHO)
    def answer(self, who: str) -> None:
        for turn in self.uow.reply_sessions.turns(self.number):
            if turn.persona_id == self.people[who].id and turn.state == "handed":
                draft = ReplyDraft(text="I read you.")
                self.rooms.groups.reply(self.uow, turn.thread_id, self.people[who], draft)

    @rule(who=WHO)
    def end(self, who: str) -> None:
        before = self.session
        try:
            self.rooms.welcoming.end(self.uow, self.number, self.people[who], "Bye")
        except Refused:
            return
        assert who == "ann"
        assert before.state in ("planned", "open")

    @rule(who=WHO)
    def call_off(self, who: str) -> None:
        with suppress(Refused):
            self.rooms.welcoming.call_off(self.uow, self.number, self.people[who])
            assert who == "ann"

    @rule(minutes=sampled_from((1, 10, 16, 61)))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @rule()
    def work(self) -> None:
        self.rooms.welcoming.turn_sessions(self.uow)

    @invariant()
    def no_thread_is_in_two_pairs_of_hands(self) -> None:
        now = self.clock.now()
        held = [
            turn.thread_id
            for turn in self.uow.reply_sessions.turns(self.number)
            if turn.state == "handed" and turn.until > now
        ]
        assert len(held) == len(set(held))

    @invariant()
    def nobodys_part_is_left_once_it_is_over(self) -> None:
        session = self.session
        assert session.state in LIFE
        if session.state in ("ended", "called-off"):
            assert self.uow.reply_sessions.people(self.number) == []
            assert self.uow.reply_sessions.turns(self.number) == []
        assert (session.heard is not None) == (session.state == "ended")

    @invariant()
    def it_goes_only_where_the_table_leads(self) -> None:
        state = self.session.state
        reachable = set(self.seen)
        for _ in LIFE:
            reachable |= {
                following
                for one in tuple(reachable)
                for act in ("begin", "end", "call-off")
                if (following := after(one, act)) is not None  # type: ignore[arg-type]
            }
        assert state in reachable
        self.seen = {state}


@pytest.fixture
async def machine(sqlite_url: str) -> AsyncIterator[type[Life]]:
    """The machine on a fresh database."""
    ids = count(1_000_000)
    Life.clock = Clock()
    database = Database.open(sqlite_url, KEYRING)
    config = Config(node_name="Harbour", origin="http://localhost:8420", **NO_NEWCOMERS)
    Life.rooms = open_rooms(config, database, lambda: Life.clock.now(), lambda: next(ids))
    Life.engine = create_engine(sqlite_url)
    yield Life
    Life.engine.dispose()
    await Life.rooms.pictures.close()
    await database.close()


async def test_life_of_a_reply_session(machine: type[Life]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
