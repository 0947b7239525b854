"""A small world of nodes in one process: real databases, real HTTP between them on loopback.

The clock stands still until a test turns it, and workers run when a test says so: `settle` turns
them all until nobody has anything left to do.
"""

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Literal

import aiohttp
from aiohttp import web

from federation.own_keys import OwnKeys
from node.accounts.service import Newcomer
from node.app import Node, open_node
from node.config import Config
from node.site import make_site
from node.sources import Sources
from node.wire.connections import connection_options
from storage.accounts import Role
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.keys import PrivateKeys
from storage.memberships import Membership
from storage.posts import Post
from tests.clock import Clock
from tests.newcomers import NO_NEWCOMERS

Visibility = Literal["public", "local", "private"]
TURNS = 200
"""Rounds after which a world that never comes to rest is a failure."""


@cache
def spare_keys(number: int) -> PrivateKeys:
    """Key pairs made once per process: making them takes longer than most tests."""
    return OwnKeys(Clock().now).generate()


_numbers = count()


def next_keys() -> PrivateKeys:
    """One of eight spare key pairs; actors of a test rarely need more different ones."""
    return spare_keys(next(_numbers) % 8)


@dataclass
class House:
    """One running node and the people in it."""

    name: str
    node: Node
    http: aiohttp.ClientSession
    app: web.Application
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return self.node.config.origin

    @property
    def authority(self) -> str:
        return self.node.config.authority

    async def persona(self, handle: str, role: Role = "member") -> Actor:
        """A person with an account, a persona and a token for `api`."""
        rooms = self.node.rooms
        newcomer = Newcomer(
            name=f"{handle}-name", handle=handle, display_name=handle.title(), agrees=True
        )
        _, actor = await rooms.db.write(
            lambda uow: rooms.accounts.sign_up(uow, newcomer, "-", next_keys(), role=role)
        )
        issued = await rooms.db.write(lambda uow: rooms.tokens.issue(uow, handle, "test"))
        self.tokens[handle] = issued.secret
        return actor

    async def group(
        self, handle: str, founder: Actor | None, visibility: Visibility = "public"
    ) -> GroupWithActor:
        """A group of this node."""
        rooms = self.node.rooms
        return await rooms.db.write(
            lambda uow: rooms.groups.create(
                uow,
                handle=handle,
                name=handle.title(),
                visibility=visibility,
                founder=founder,
                keys=next_keys(),
            )
        )

    async def api(
        self, method: str, path: str, as_: str | None = None, json: Any = None
    ) -> tuple[int, Any]:
        """A call of the JSON API as one of the people here; (status, body)."""
        headers = {"Authorization": f"Bearer {self.tokens[as_]}"} if as_ else {}
        async with self.http.request(
            method, self.origin + path, json=json, headers=headers
        ) as answer:
            return answer.status, await answer.json() if answer.status != 204 else None

    async def ok(self, method: str, path: str, as_: str | None = None, json: Any = None) -> Any:
        """The body of a call that must succeed."""
        status, body = await self.api(method, path, as_, json)
        assert status < 300, (method, path, status, body)
        return body

    async def look_up(self, handle: str, as_: str) -> str:
        """The id, here, of a group wherever it lives."""
        found = await self.ok("POST", "/api/kith/v1/groups/look-up", as_, {"handle": handle})
        group_id: str = found["id"]
        return group_id

    async def join(self, handle: str, as_: str) -> str:
        """Look a group up and ask to join it; its id here."""
        group_id = await self.look_up(handle, as_)
        await self.ok("POST", f"/api/kith/v1/groups/{group_id}/join", as_)
        return group_id

    async def post(self, uri: str) -> Post | None:
        """The post with this URI, as this node keeps it."""
        return await self.node.rooms.db.read(lambda uow: uow.posts.by_uri(uri))

    async def membership(self, group_uri: str, actor_uri: str) -> Membership | None:
        """What an actor is to a group, as this node keeps it."""

        def read(uow: Any) -> Membership | None:
            group, actor = uow.actors.by_uri(group_uri), uow.actors.by_uri(actor_uri)
            if group is None or actor is None:
                return None
            found: Membership | None = uow.memberships.get(group.id, actor.id)
            return found

        return await self.node.rooms.db.read(read)

    async def turn(self) -> int:
        """Let each kind of background work run once; how much was done."""
        network, rooms = self.node.network, self.node.rooms
        await network.contacts.settle()
        done = await network.processor.run_once()
        done += await network.backfill.run_once()
        done += await self.node.chores.run_once()
        done += await self.node.rights_work.run_once()
        done += await self.node.scheduling.run_once()
        done += await rooms.db.write(rooms.sending.let_go_due)
        done += await self.node.push.run_once()
        return done + await network.deliverer.run_once()


@dataclass
class World:
    """Nodes that can reach each other, and the clock they share."""

    clock: Clock
    houses: list[House]

    def __iter__(self) -> Iterator[House]:
        return iter(self.houses)

    async def settle(self) -> None:
        """Turn every node's workers until nothing is left to do at this moment."""
        for _ in range(TURNS):
            if sum([await house.turn() for house in self.houses]) == 0:
                return
        raise AssertionError("the world does not come to rest")


def make_config(origin: str, data: Path, database_url: str, **settings: Any) -> Config:
    """The configuration of a test node."""
    database = database_url.replace("postgresql+psycopg", "postgresql")
    config = Config(
        origin=origin,
        listen=origin.removeprefix("http://"),
        data=data,
        database=database if database.startswith("postgresql") else "",
        allowed_test_networks=("127.0.0.0/8",),
        run_workers=False,
        **NO_NEWCOMERS,
    )
    return replace(config, **settings)


@asynccontextmanager
async def open_house(
    name: str, data: Path, database_url: str, clock: Clock, ids: Any, **settings: Any
) -> AsyncIterator[House]:
    """A node that listens on a free port of 127.0.0.1. Its database is migrated already."""
    listener = socket.create_server(("127.0.0.1", 0))
    origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config = make_config(origin, data, database_url, **settings)
    node = await open_node(config, Sources(clock.now, ids, Random(7).random))
    app = make_site(node)
    runner = web.AppRunner(app, access_log=None, **connection_options())
    await runner.setup()
    await web.SockSite(runner, listener).start()
    async with aiohttp.ClientSession() as http:
        try:
            yield House(name, node, http, app)
        finally:
            await runner.cleanup()
            await node.close()


@asynccontextmanager
async def open_world(
    data: Path, database_urls: dict[str, str], clock: Clock, ids: Any, **settings: Any
) -> AsyncIterator[World]:
    """One node for each name in `database_urls`. SQLite nodes keep their file in `data/<name>`."""
    async with AsyncExitStack() as stack:
        houses = [
            await stack.enter_async_context(
                open_house(name, data / name, url, clock, ids, **settings)
            )
            for name, url in database_urls.items()
        ]
        yield World(clock, houses)
