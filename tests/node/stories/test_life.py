"""The life of a story as a machine: in whatever order it is written, offered, agreed to, changed,
removed, restored and taken back, it is read by others exactly while its author's yes stands and no
moderator has removed it; and it goes only where the table leads.
"""

from collections.abc import AsyncIterator, Callable
from itertools import count
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import booleans, sampled_from
from sqlalchemy import Engine, create_engine

from node.config import Config
from node.errors import NotFound, Refused
from node.groups.drafts import ThreadDraft
from node.groups.membership import new_membership
from node.rooms import Rooms, open_rooms
from node.stories.rules import LIFE, Standing
from node.viewer import Viewer
from storage.accounts import Account
from storage.actors import Actor
from storage.database import Database
from storage.keyring import Keyring, NodeKey
from storage.posts import Post
from storage.stories import StoryWords
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.newcomers import NO_NEWCOMERS
from tests.node.web.house import keys
from tests.storage.rows import an_account, an_actor

KEYRING = Keyring([NodeKey("test", bytes(32))])


def nobody(uow: UnitOfWork, group_id: int, draft: ThreadDraft) -> Post:
    raise AssertionError("told under a name")


class Life(RuleBasedStateMachine):
    """The real use cases on a real database."""

    engine: ClassVar[Engine]
    rooms: ClassVar[Rooms]

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.engine.connect()
        self.uow = UnitOfWork(self.connection, KEYRING)
        self.uow.begin()
        self.teller, self.account = self._person("ann")
        self.keeper, _ = self._person("joy")
        self.viewer = Viewer(account=self.account, persona=self.teller, via="session")
        self.group = self._group()
        words = StoryWords(title="One", text="It was dark at four.")
        self.number = self.rooms.stories.write(self.uow, self.viewer, self.group, words).id
        self.model: Standing | None = "draft"

    def teardown(self) -> None:
        self.connection.rollback()
        self.connection.close()

    def _person(self, name: str) -> tuple[Actor, Account]:
        actor = an_actor(self.rooms.new_id(), is_local=True, handle=name)
        account = an_account(self.rooms.new_id(), name=name, email=f"{name}@example.org")
        self.uow.actors.add(actor)
        self.uow.accounts.add(account)
        self.uow.accounts.add_persona(actor.id, account.id, self.rooms.now())
        return actor, account

    def _group(self) -> int:
        made = self.rooms.groups.create(
            self.uow,
            handle="night",
            name="Night",
            visibility="local",
            founder=self.keeper,
            keys=keys(),
            summary="",
            guidelines="",
        )
        member = new_membership(made.actor.id, self.teller.id, self.rooms.now())
        self.uow.memberships.put(member)
        return made.actor.id

    def _try(self, act: str) -> bool:
        """Whether the act may be done by the table; the model goes along."""
        allowed = self.model is not None and act in LIFE[self.model]
        if allowed and self.model is not None:
            self.model = LIFE[self.model][act]  # type: ignore[index]
        return allowed

    def _does(self, act: str, done: Callable[[], object]) -> None:
        """`done` runs; it is refused exactly where the table says so."""
        was = self.model
        allowed = self._try(act)
        try:
            done()
        except (Refused, NotFound):
            is_done = False
        else:
            is_done = True
        assert is_done == allowed, (was, act)

    @rule(text=sampled_from(("It was dark at four.", "It got lighter.")))
    def write(self, text: str) -> None:
        words = StoryWords(title="One", text=text)
        stories, number = self.rooms.stories, self.number
        self._does("write", lambda: stories.write(self.uow, self.viewer, self.group, words, number))

    @rule()
    def offer(self) -> None:
        self._does("offer", lambda: self.rooms.stories.offer(self.uow, self.viewer, self.number))

    @rule()
    def take_back(self) -> None:
        self._does(
            "take-back", lambda: self.rooms.stories.take_back(self.uow, self.viewer, self.number)
        )

    @rule()
    def consent(self) -> None:
        self._does(
            "consent",
            lambda: self.rooms.stories.consent(
                self.uow, self.viewer, self.number, str, agrees=True, tell_unnamed=nobody
            ),
        )

    @rule()
    def change(self) -> None:
        words = StoryWords(title="Two", text="It got lighter.")
        self._does(
            "change",
            lambda: self.rooms.stories.change(self.uow, self.viewer, self.number, words, str),
        )

    @rule(keep=booleans())
    def withdraw(self, keep: bool) -> None:
        self._does(
            "withdraw",
            lambda: self.rooms.stories.withdraw(
                self.uow, self.viewer, self.number, keep_draft=keep
            ),
        )

    @rule()
    def discard(self) -> None:
        self._does(
            "discard", lambda: self.rooms.stories.discard(self.uow, self.viewer, self.number)
        )

    @rule(restores=booleans())
    def moderate(self, restores: bool) -> None:
        story = self.uow.stories.get(self.account.id, self.number)
        if self.model not in ("published", "removed") or story is None or not story.post_id:
            return
        if restores and self._try("restore"):
            self.rooms.groups.restore(self.uow, story.post_id, self.keeper)
        elif not restores and self._try("remove"):
            self.rooms.groups.remove(self.uow, story.post_id, self.keeper, "It names a place.")

    @invariant()
    def it_stands_as_the_table_says(self) -> None:
        try:
            own = self.rooms.stories.own_story(self.uow, self.viewer, self.number)
        except NotFound:
            assert self.model is None
            return
        assert own.standing == self.model
        assert (own.story.words.text == "") == (self.model == "withdrawn")

    @invariant()
    def others_read_it_while_the_yes_stands(self) -> None:
        shown = self.rooms.stories.shelf(self.uow, self.keeper).stories
        assert len(shown) == (self.model == "published")

    @invariant()
    def the_ledger_says_the_same(self) -> None:
        acts = [
            one
            for one in self.uow.consents.of_account(self.account.id)
            if one.thing_id == self.number
        ]
        stands = bool(acts) and acts[-1].act == "given"
        assert stands == (self.model in ("published", "removed"))


@pytest.fixture
async def machine(sqlite_url: str) -> AsyncIterator[type[Life]]:
    """The machine on a fresh database."""
    ids = count(1_000_000)
    database = Database.open(sqlite_url, KEYRING)
    config = Config(node_name="Harbour", origin="http://localhost:8420", **NO_NEWCOMERS)
    Life.rooms = open_rooms(config, database, Clock().now, lambda: next(ids))
    Life.engine = create_engine(sqlite_url)
    yield Life
    Life.engine.dispose()
    await Life.rooms.pictures.close()
    await database.close()


async def test_life_of_a_story(machine: type[Life]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
