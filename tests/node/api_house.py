"""One node behind its front door, for tests of the API: a database, people, and their tokens."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from federation.fetch import Fetcher
from migrations.upgrade import upgrade
from node.accounts.service import Newcomer
from node.config import Config
from node.database import open_database
from node.groups import keys
from node.groups.belonging import Visibility
from node.groups.look_up import LookUp
from node.rooms import Rooms, open_rooms
from node.site import open_clients
from node.web.i18n import Tongues
from node.web.shell import furnish
from storage.accounts import Role
from storage.actors import Actor
from storage.keys import PrivateKeys
from tests.newcomers import NO_NEWCOMERS

Client = TestClient[web.Request, web.Application]


class Answer(NamedTuple):
    """Status and JSON of an answer."""

    status: int
    body: Any


class Caller:
    """A program with a token, or a visitor without one."""

    def __init__(self, client: Client, token: str | None, persona: Actor | None) -> None:
        self._client = client
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._persona = persona

    @property
    def persona(self) -> Actor:
        assert self._persona is not None
        return self._persona

    async def __call__(self, method: str, path: str, body: object = None) -> Answer:
        sent = self._client.request(method, path, headers=self.headers, json=body)
        async with sent as response:
            value = None if response.status == 204 else await response.json()
            return Answer(response.status, value)


class House:
    """The node, and how tests make people and groups on it."""

    def __init__(self, rooms: Rooms, client: Client) -> None:
        self.rooms = rooms
        self.client = client
        self.visitor = Caller(client, None, None)

    async def person(
        self, handle: str, scopes: tuple[str, ...] = ("read", "write"), role: Role = "member"
    ) -> Caller:
        """A new account with its persona, as a program that holds its token."""
        newcomer = Newcomer(
            name=f"{handle}-signs-in", handle=handle, display_name=handle.title(), agrees=True
        )
        _, persona = await self.rooms.db.write(
            lambda uow: self.rooms.accounts.sign_up(uow, newcomer, "hash", spare_keys(), role=role)
        )
        issued = await self.rooms.db.write(
            lambda uow: self.rooms.tokens.issue(uow, handle, "test", scopes)
        )
        return Caller(self.client, issued.secret, persona)

    async def group(self, handle: str, founder: Caller, visibility: Visibility = "public") -> str:
        """A new group; answers its id."""
        new_keys = replace(spare_keys(), actor_id=self.rooms.new_id())
        made = await self.rooms.db.write(
            lambda uow: self.rooms.groups.create(
                uow,
                handle=handle,
                name=handle.title(),
                visibility=visibility,
                founder=founder.persona,
                keys=new_keys,
                guidelines="Be kind.",
            )
        )
        return str(made.actor.id)


@asynccontextmanager
async def open_house(path: Path) -> AsyncIterator[House]:
    """A node with an empty SQLite database below `path`."""
    config = Config(data=path, **NO_NEWCOMERS)
    upgrade(config.database_url)
    db = open_database(config)
    seconds, ids = itertools.count(), itertools.count(1_000_000)
    start = datetime(2026, 3, 5, 18, 20, tzinfo=UTC)
    rooms = open_rooms(
        config, db, lambda: start + timedelta(seconds=next(seconds)), lambda: next(ids)
    )
    app = web.Application()
    furnish(
        app,
        config=config,
        db=db,
        doorkeeper=rooms.sessions,
        now=rooms.now,
        tongues=Tongues.load(),
    )
    app[keys.GROUPS] = rooms.groups
    # Only handles of this node are looked up here; asking others is tested where the network is.
    look_up: keys.LookUp = LookUp(db, cast(Fetcher, None), rooms.now, config.authority)
    app[keys.LOOKUP] = look_up
    open_clients(app, rooms, None)
    try:
        async with TestClient(TestServer(app)) as client:
            yield House(rooms, client)
    finally:
        await db.close()


@cache
def _key_material() -> PrivateKeys:
    from federation.own_keys import OwnKeys

    return OwnKeys(lambda: datetime(2026, 3, 5, tzinfo=UTC)).generate()


def spare_keys() -> PrivateKeys:
    """Real keys, the same ones for everybody: making them takes long and tests nothing here."""
    return _key_material()
