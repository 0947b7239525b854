"""The life of a service as a machine, against the real room on a real database: whatever order its
source and staff come in, it stands where the table says, and a search finds what the table lets it.
"""

from itertools import count
from typing import Any, ClassVar, TypeVar, cast

import pytest
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import sampled_from
from sqlalchemy import Engine, create_engine

from node.config import Config
from node.directory.import_run import ImportRun
from node.directory.importing import prepare
from node.directory.rules import FOUND, READABLE, TRANSITIONS, Event, imported
from node.directory.searching import Query
from node.errors import NotFound, Refused
from node.rooms import open_rooms
from storage.keyring import Keyring, NodeKey
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.newcomers import NO_NEWCOMERS
from tests.node.directory.town import ABOUT, as_json, service, uuid

T = TypeVar("T")
OWN = uuid("Near Group")


class Life(RuleBasedStateMachine):
    """One service, its source, and staff."""

    engine: ClassVar[Engine]

    def __init__(self) -> None:
        super().__init__()
        self.clock, ids = Clock(), count(1_000)
        config = Config(node_name="Harbour", origin="http://localhost:8420", **NO_NEWCOMERS)
        rooms = open_rooms(config, cast(Any, None), self.clock.now, lambda: next(ids))
        self.directory = rooms.directory
        self.connection = self.engine.connect()
        self.transaction = self.connection.begin()
        self.uow = UnitOfWork(self.connection, Keyring([NodeKey("house", bytes(32))]))
        self.state = "draft"
        self.is_known = False

    def teardown(self) -> None:
        self.transaction.rollback()
        self.connection.close()

    @rule(says=sampled_from(("active", "defunct", "temporarily closed", None)))
    def is_imported(self, says: str | None) -> None:
        """Its source says so, or has it no more."""
        others = [service("Other")]
        if says is not None:
            others.append(service("Near Group", status=says))
        for step in ImportRun(self.directory.importing, ABOUT, prepare(as_json(*others))):
            step(self.uow)
        while self.directory.importing.clear(self.uow):
            pass
        if says is None and not self.is_known:
            return
        self.is_known = True
        word = "gone" if says is None else "open" if says == "active" else "closed"
        self.state = imported(self.state, word) or self.state

    @rule(event=sampled_from(("doubt", "confirm", "withdraw", "restore", "publish", "gone")))
    def staff_decides(self, event: Event) -> None:
        try:
            self.directory.keeping.decide(self.uow, OWN, event)
        except NotFound:
            assert not self.is_known
        except Refused:
            is_staffs = event in ("doubt", "confirm", "withdraw", "restore")
            assert not is_staffs or not any(
                (known, one) == (self.state, event) for known, one in TRANSITIONS
            )
        else:
            self.state = next(
                after
                for (known, one), after in TRANSITIONS.items()
                if (known, one) == (self.state, event)
            )

    @invariant()
    def stands_where_the_table_says(self) -> None:
        listing = self.uow.listings.by_public(OWN)
        assert (listing.state if listing else "draft") == self.state
        found = self.directory.searching.find(self.uow, Query(words="near"), self.clock.now())
        assert bool(found.answers) == (self.state in FOUND)
        served = self.uow.services.by_public(self.uow.directory_sets.live(), [OWN])
        assert len(served) == self.is_known
        assert (self.state in READABLE) == (self.state not in ("draft", "withdrawn"))


def test_a_service_lives_as_the_table_says(sqlite_url: str) -> None:
    Life.engine = create_engine(sqlite_url)
    try:
        run_state_machine_as_test(
            Life, settings=settings(max_examples=12, stateful_step_count=12, deadline=None)
        )
    finally:
        Life.engine.dispose()


def test_every_state_can_be_left_and_none_leads_nowhere() -> None:
    states = {known for known, _ in TRANSITIONS}
    assert set(TRANSITIONS.values()) <= states
    with pytest.raises(KeyError):
        TRANSITIONS["withdrawn", "back"]
