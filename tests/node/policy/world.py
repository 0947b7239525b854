"""The world that the sweep asks: one node, a person in each role, and a stranger's signed actor.

The rooms' files put their things into it (`Thing.build`), with the people who are here.
"""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy.engine import make_url

from storage import tables
from storage.accounts import Account
from storage.accounts import Role as AccountRole
from storage.actors import Actor
from storage.sessions import Session
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.figures import Figure
from tests.stranger import open_stranger
from tests.world import House, open_house

T = TypeVar("T")
Here = Literal[
    "outsider",
    "member",
    "author",
    "pending",
    "blocked",
    "ex_member",
    "suspended",
    "moderator",
    "administrator",
]
PEOPLE: tuple[Here, ...] = (
    "outsider",
    "member",
    "author",
    "pending",
    "blocked",
    "ex_member",
    "suspended",
    "moderator",
    "administrator",
)


@dataclass(frozen=True)
class Person:
    """Someone of this node: the session of a browser, and a token for the API."""

    account: Account
    persona: Actor
    cookie: str
    session: Session
    token: str


@dataclass
class World:
    """A node with `people` by role, and zoe, who lives elsewhere."""

    house: House
    clock: Clock
    zoe: Figure
    people: dict[str, Person]
    path: Path | None
    """The SQLite file, if it is one."""

    async def read(self, fn: Callable[[UnitOfWork], T]) -> T:
        return await self.house.node.rooms.db.read(fn)

    async def write(self, fn: Callable[[UnitOfWork], T]) -> T:
        return await self.house.node.rooms.db.write(fn)

    def persona(self, role: Here) -> Actor:
        """The persona of the person in a role."""
        return self.people[role].persona


async def settle_in(house: House, role: Here) -> Person:
    """An account and a persona called as the role, signed in."""
    rooms = house.node.rooms
    account_role: AccountRole = "administrator" if role == "administrator" else "member"
    persona = await house.persona(f"{role}_", account_role)

    def enter(uow: UnitOfWork) -> Person:
        account_id = uow.accounts.account_of(persona.id)
        account = uow.accounts.get(account_id or 0)
        assert account is not None
        opened = rooms.sessions.open(uow, account.id, "a browser")
        token = house.tokens[f"{role}_"]
        for one in uow.tokens.of_persona(persona.id):
            # That a token is in use is written down once a day, which is no answer's doing.
            uow.tokens.note_use(one.id, rooms.now())
        return Person(account, persona, opened.token, opened.session, token)

    return await rooms.db.write(enter)


async def suspend(world: World) -> None:
    """The last act of the set-up: until then the one to be suspended takes part."""
    account = world.people["suspended"].account
    change = tables.accounts.update().where(tables.accounts.c.id == account.id)
    values = change.values(suspended_at=world.clock.now())
    await world.write(lambda uow: uow.connection.execute(values))


@asynccontextmanager
async def open_policy_world(data: Path, url: str) -> AsyncIterator[World]:
    """A node on the migrated database at `url`, without any things yet."""
    clock, ids = Clock(), count(5_000_000)
    settings: dict[str, Any] = {"open_signup": True, "client_calls": 0}
    path = make_url(url).database if url.startswith("sqlite") else None
    async with AsyncExitStack() as stack:
        house = await stack.enter_async_context(
            open_house("harbour", data, url, clock, lambda: next(ids), **settings)
        )
        stranger = await stack.enter_async_context(open_stranger("good", clock))
        people: dict[str, Person] = {role: await settle_in(house, role) for role in PEOPLE}
        yield World(house, clock, stranger.person("zoe"), people, Path(path) if path else None)
        assert stranger.faults == []


Rows = dict[str, list[Any]]


class Snapshot:
    """The SQLite database as it was, to compare with and to go back to."""

    def __init__(self, path: Path) -> None:
        self._kept = path.with_suffix(".kept")
        self._live = sqlite3.connect(path, timeout=10, isolation_level=None)
        with closing(sqlite3.connect(self._kept)) as kept:
            self._live.backup(kept)
        self._version = self._now()
        self._rows = self.rows()

    def is_touched(self) -> bool:
        """Whether anything was committed since the last look."""
        return self._now() != self._version

    def changed(self) -> list[str]:
        """The tables whose rows are not what they were."""
        if not self.is_touched():
            return []
        now = self.rows()
        return [name for name, rows in self._rows.items() if rows != now.get(name)]

    def put_back(self) -> None:
        """Everything as it was."""
        if self.is_touched():
            with closing(sqlite3.connect(self._kept)) as kept:
                kept.backup(self._live)
        self._version = self._now()

    def close(self) -> None:
        self._live.close()

    def _now(self) -> int:
        return int(self._live.execute("PRAGMA data_version").fetchone()[0])

    def rows(self) -> Rows:
        """Every row of every table."""
        names = self._live.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: self._live.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
            for (name,) in names
        }


def fresh_sqlite(template: Path, folder: Path) -> str:
    """The URL of a copy of a migrated database."""
    path = folder / "kith.sqlite3"
    shutil.copyfile(template, path)
    return f"sqlite:///{path}"
