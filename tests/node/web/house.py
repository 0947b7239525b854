"""One node behind its front door, for tests of pages: database, people, a clock turned by hand."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache

from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from federation.own_keys import OwnKeys
from node.accounts.passwords import Cost, Hasher
from node.accounts.service import Newcomer
from node.accounts.throttle import Throttle
from node.config import Config
from node.errors import NotFound
from node.groups.belonging import Visibility
from node.groups.drafts import ThreadDraft
from node.groups.pages import group_page
from node.profiles.pages import person_page, post_page
from node.rooms import Rooms, open_rooms
from node.site import Outside, furnish_rooms
from node.web.i18n import Tongues
from storage.accounts import Role
from storage.actors import Actor
from storage.database import Database
from storage.groups import GroupWithActor
from storage.keyring import Keyring, NodeKey
from storage.keys import PrivateKeys
from tests.clock import Clock
from tests.newcomers import NO_NEWCOMERS
from tests.node.web.visitor import Visitor

PASSWORD = "a quiet walk by the river"
CHEAP = Cost(memory=64, passes=1, lanes=1)

Client = TestClient[web.Request, web.Application]


class WebHouse:
    """The node, and how tests bring people and groups to it."""

    def __init__(self, rooms: Rooms, server: TestServer, hasher: Hasher, clock: Clock) -> None:
        self.rooms = rooms
        self.hasher = hasher
        self.clock = clock
        self._server = server
        self._clients: list[Client] = []

    @property
    def app(self) -> web.Application:
        return self._server.app

    @property
    def db(self) -> Database:
        return self.rooms.db

    def visitor(self) -> Visitor:
        """A fresh browser, signed in nowhere."""
        client: Client = TestClient(self._server, cookie_jar=CookieJar(unsafe=True))
        self._clients.append(client)
        return Visitor(client, self.rooms.config.origin)

    async def account(self, handle: str, role: Role = "member") -> Actor:
        """An account `<handle>-private` with PASSWORD; its persona."""
        newcomer = Newcomer(
            name=f"{handle}-private", handle=handle, display_name=handle.title(), agrees=True
        )
        password_hash = self.hasher.hash_now(PASSWORD)
        _, persona = await self.db.write(
            lambda uow: self.rooms.accounts.sign_up(uow, newcomer, password_hash, keys(), role=role)
        )
        return persona

    async def member(self, handle: str, role: Role = "member") -> Visitor:
        """A browser in which a new person has signed in."""
        persona = await self.account(handle, role)
        visitor = self.visitor()
        await visitor.sign_in(f"{handle}-private", PASSWORD)
        visitor.persona = persona
        return visitor

    async def group(
        self, handle: str, founder: Visitor, visibility: Visibility = "public"
    ) -> GroupWithActor:
        """A new group that `founder` moderates."""
        assert founder.persona is not None
        return await self.db.write(
            lambda uow: self.rooms.groups.create(
                uow,
                handle=handle,
                name=handle.title(),
                visibility=visibility,
                founder=founder.persona,
                keys=replace(keys(), actor_id=self.rooms.new_id()),
                summary="For people who lie awake.",
                guidelines="Be kind. *Listen* first.",
            )
        )

    @staticmethod
    def thread_draft(title: str) -> ThreadDraft:
        return ThreadDraft(title=title, text="Some words.")

    async def close(self) -> None:
        for client in self._clients:
            await client.close()


@asynccontextmanager
async def open_web_house(
    url: str,
    *,
    config: Config | None = None,
    tongues: Tongues | None = None,
    port: int | None = None,
    change: Callable[[Rooms], Rooms] = lambda rooms: rooms,
) -> AsyncIterator[WebHouse]:
    """A node on the empty database at `url`. With `port` a real browser can use it as well."""
    origin = f"http://127.0.0.1:{port}" if port else "http://localhost:8420"
    config = config or Config(node_name="Harbour", origin=origin, **NO_NEWCOMERS)
    clock, ids = Clock(), itertools.count(1_000_000)
    db = Database.open(url, Keyring([NodeKey("house", bytes(32))]))
    rooms = change(open_rooms(config, db, clock.now, lambda: next(ids)))
    hasher = Hasher(CHEAP)
    app = _site(rooms, hasher, tongues or Tongues.load())
    server = TestServer(app, port=port)
    house = WebHouse(rooms, server, hasher, clock)
    try:
        await server.start_server()
        yield house
    finally:
        await house.close()
        await server.close()
        await rooms.pictures.close()
        hasher.close()
        await db.close()


def _site(rooms: Rooms, hasher: Hasher, tongues: Tongues) -> web.Application:
    """The real site. The pages that share their addresses with the wire stand alone here."""

    async def new_keys() -> PrivateKeys:
        return keys()

    outside = Outside(
        hasher=hasher,
        throttle=Throttle(rooms.now),
        new_keys=new_keys,
        look_up=_look_up(rooms),
        find_actor=_find_actor(rooms),
        http=None,
    )
    app = furnish_rooms(rooms, outside, tongues)
    app.router.add_get("/personas/{handle}", person_page)
    app.router.add_get("/groups/{handle}", group_page)
    app.router.add_get("/posts/{id}", post_page)
    return app


def _find_actor(rooms: Rooms) -> Callable[[str], Awaitable[int]]:
    """Finds the people who are known here; asking other nodes is tested where the network is."""

    async def find_actor(text: str) -> int:
        name, _, authority = text.removeprefix("@").partition("@")
        authority = authority or rooms.config.authority
        found = await rooms.db.read(lambda uow: uow.actors.by_handle(name, authority))
        if found is None:
            raise NotFound
        return found.id

    return find_actor


def _look_up(rooms: Rooms) -> Callable[[str], Awaitable[int]]:
    """Finds the groups that are known here; asking other nodes is tested where the network is."""

    async def look_up(handle: str) -> int:
        name, _, authority = handle.removeprefix("!").partition("@")
        authority = authority or rooms.config.authority
        found = await rooms.db.read(lambda uow: uow.groups.by_handle(name, authority))
        if found is None:
            raise NotFound
        return found.actor.id

    return look_up


@cache
def keys() -> PrivateKeys:
    """Real keys, the same ones for everybody: making them takes long and tests nothing here."""
    return OwnKeys(Clock().now).generate()
