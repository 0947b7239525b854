"""A ground for machines: the real use cases on a real database, in a transaction that is taken
back, with a clock that the machine turns."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import ClassVar, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy import Engine, create_engine

from node.config import Config
from node.groups.membership import new_membership
from node.rooms import Rooms, open_rooms
from storage.actors import Actor
from storage.database import Database
from storage.keyring import Keyring, NodeKey
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.newcomers import NO_NEWCOMERS
from tests.node.web.house import keys
from tests.storage.rows import an_actor

KEYRING = Keyring([NodeKey("test", bytes(32))])


class Ground(RuleBasedStateMachine):
    """Ann, Bea and Eve, who share a group."""

    engine: ClassVar[Engine]
    rooms: ClassVar[Rooms]
    clock: ClassVar[Clock]

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.engine.connect()
        self.uow = UnitOfWork(self.connection, KEYRING)
        self.uow.begin()
        self.people = {name: self._person(name) for name in ("ann", "bea", "eve")}
        made = self.rooms.groups.create(
            self.uow,
            handle="night",
            name="Night",
            visibility="local",
            founder=self.people["ann"],
            keys=keys(),
        )
        for name in ("bea", "eve"):
            membership = new_membership(made.actor.id, self.people[name].id, self.clock.now())
            self.uow.memberships.put(membership)

    def teardown(self) -> None:
        self.connection.rollback()
        self.connection.close()

    def _person(self, name: str) -> Actor:
        authority = self.rooms.config.authority
        actor = an_actor(self.rooms.new_id(), is_local=True, handle=name, authority=authority)
        self.uow.actors.add(actor)
        return actor


G = TypeVar("G", bound=Ground)


@asynccontextmanager
async def on_a_fresh_database(machine: type[G], url: str) -> AsyncIterator[type[G]]:
    """The machine, ready to run."""
    ids = count(1_000_000)
    machine.clock = Clock()
    database = Database.open(url, KEYRING)
    config = Config(node_name="Harbour", origin="http://localhost:8420", **NO_NEWCOMERS)
    machine.rooms = open_rooms(config, database, lambda: machine.clock.now(), lambda: next(ids))
    machine.engine = create_engine(url)
    yield machine
    machine.engine.dispose()
    await machine.rooms.pictures.close()
    await database.close()


def run(machine: type[Ground]) -> None:
    """A few lives of many steps: the machine is small, and two processors are shared by all."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
