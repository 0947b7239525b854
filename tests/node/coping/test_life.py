"""The life of a card as a machine, against the real room on a real database: whatever order its
writer and the moderators come in, it stands where the table says, and what the table does not have
is refused."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any, ClassVar, TypeVar, cast

import pytest
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import booleans, sampled_from
from sqlalchemy import Engine, create_engine

from node.config import Config
from node.coping.rules import LIVE, OWN, TRANSITIONS, Event, State, next_state
from node.coping.service import Coping
from node.errors import KithError
from node.groups.membership import new_membership
from node.rooms import open_rooms
from storage.actors import Actor
from storage.keyring import Keyring, NodeKey
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.newcomers import NO_NEWCOMERS
from tests.node.coping.cards import CARD
from tests.storage.rows import a_group, an_account, an_actor

T = TypeVar("T")
GROUP, ANN, HOST = 1, 2, 3
PLAIN, MEDICAL = CARD, replace(CARD, medical=True)


class Life(RuleBasedStateMachine):
    """One card of ann's, in a local group that the host moderates."""

    engine: ClassVar[Engine]

    def __init__(self) -> None:
        super().__init__()
        self.clock, ids = Clock(), count(1_000)
        config = Config(node_name="Harbour", origin="http://localhost:8420", **NO_NEWCOMERS)
        rooms = open_rooms(config, cast(Any, None), self.clock.now, lambda: next(ids))
        self.coping: Coping = rooms.coping
        self.connection = self.engine.connect()
        self.transaction = self.connection.begin()
        self.uow = UnitOfWork(self.connection, Keyring([NodeKey("house", bytes(32))]))
        self.state: State = "draft"
        self.own_id = self.post_id = 0

    def teardown(self) -> None:
        self.transaction.rollback()
        self.connection.close()

    @initialize()
    def begins(self) -> None:
        now = self.clock.now()
        self.uow.actors.add(an_actor(GROUP, type="Group", is_local=True))
        self.uow.groups.add(a_group(GROUP, visibility="local", is_local=True))
        for number in (ANN, HOST):
            self.uow.actors.add(an_actor(number, is_local=True))
            self.uow.accounts.add(an_account(number + 100))
            self.uow.accounts.add_persona(number, number + 100, now)
        self.uow.memberships.put(new_membership(GROUP, ANN, now))
        self.uow.memberships.put(new_membership(GROUP, HOST, now, role="moderator"))
        self.own_id = self.coping.begin(self.uow, self.who(ANN), PLAIN).id

    def who(self, number: int) -> Actor:
        found = self.uow.actors.get(number)
        assert found is not None
        return found

    def tries(self, event: Event, do: Callable[[], object]) -> bool:
        """Does it; whether it happened is what the table says."""
        self.clock.advance(seconds=1)
        after = next_state(self.state, event)
        try:
            do()
        except KithError:
            assert after is None, (self.state, event)
            return False
        assert after is not None, (self.state, event)
        self.state = after
        return True

    @rule(card=sampled_from((PLAIN, MEDICAL)))
    def writes(self, card: Any) -> None:
        self.tries("write", lambda: self.coping.write(self.uow, self.who(ANN), self.own_id, card))

    @rule()
    def drops(self) -> None:
        self.tries("drop", lambda: self.coping.drop(self.uow, self.who(ANN), self.own_id))

    @precondition(lambda self: self.state == "draft")
    @rule()
    def keeps(self) -> None:
        self.tries("keep", lambda: self.coping.keep(self.uow, self.who(ANN), self.own_id))

    @precondition(lambda self: self.state in OWN)
    @rule()
    def publishes(self) -> None:
        _, card = self.coping.own_card(self.uow, self.who(ANN), self.own_id)

        def publish() -> None:
            made = self.coping.publish(self.uow, self.who(ANN), self.own_id, GROUP)
            self.post_id = made.id

        self.tries("publish-medical" if card.medical else "publish", publish)

    @precondition(lambda self: self.post_id)
    @rule(medical=booleans())
    def edits(self, medical: bool) -> None:
        card = MEDICAL if medical else PLAIN
        event: Event = "edit-medical" if medical else "edit"
        ann = self.who(ANN)
        self.tries(event, lambda: self.coping.edit(self.uow, ann, self.post_id, card))

    @precondition(lambda self: self.post_id)
    @rule(verdict=sampled_from(("ask", "check", "ask-change")))
    def finds(self, verdict: Event) -> None:
        host = self.who(HOST)
        self.tries(
            verdict, lambda: self.coping.find(self.uow, host, self.post_id, verdict, "Ask first.")
        )

    @precondition(lambda self: self.post_id)
    @rule()
    def withdraws(self) -> None:
        self.tries("withdraw", lambda: self.coping.withdraw(self.uow, self.who(ANN), self.post_id))

    @invariant()
    def stands_where_the_table_says(self) -> None:
        if not self.own_id:
            return
        ann, host = self.who(ANN), self.who(HOST)
        own = self.uow.own_cards.get(ANN, self.own_id)
        assert (own is not None) == (self.state in OWN)
        if own is not None:
            assert own.state == self.state
            assert self.uow.own_cards.get(HOST, self.own_id) is None
        for reader in (ann, host):
            if self.state in LIVE:
                assert self.coping.shown(self.uow, self.post_id, reader).state == self.state
            elif self.post_id:
                with pytest.raises(KithError):
                    self.coping.shown(self.uow, self.post_id, reader)


def test_a_card_lives_as_its_table_says(sqlite_url: str) -> None:
    Life.engine = create_engine(sqlite_url)
    run_state_machine_as_test(
        Life, settings=settings(max_examples=30, stateful_step_count=15, deadline=None)
    )
    Life.engine.dispose()


def test_every_event_is_somewhere_in_the_table() -> None:
    assert {event for _, event in TRANSITIONS} == set(Event.__args__)  # type: ignore[attr-defined]
