"""A node behind its front door, and people who call it with apps: real HTTP, real tokens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from multidict import CIMultiDictProxy

from node.accounts.service import Newcomer
from storage.accounts import Role
from storage.actors import Actor
from storage.groups import GroupWithActor
from tests.clock import Clock
from tests.world import House, Visibility, next_keys, open_house

EVERYTHING = "read write follow push profile"


class Answer(NamedTuple):
    """Status, JSON (or None) and headers of an answer."""

    status: int
    body: Any
    headers: CIMultiDictProxy[str]
    text: str


class Client:
    """An app with a token, or a visitor without one."""

    def __init__(self, house: House, token: str | None, persona: Actor | None) -> None:
        self.house = house
        self.token = token
        self._persona = persona

    @property
    def persona(self) -> Actor:
        assert self._persona is not None
        return self._persona

    @property
    def id(self) -> str:
        """The persona's id, as the API writes it."""
        return str(self.persona.id)

    async def call(self, method: str, path: str, **options: Any) -> Answer:
        """One call; `options` are aiohttp's: params, json, data, headers."""
        headers = dict(options.pop("headers", None) or {})
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        url = path if path.startswith("http") else self.house.origin + path
        async with self.house.http.request(
            method, url, headers=headers, allow_redirects=False, **options
        ) as answer:
            text = await answer.text()
            is_json = "json" in answer.content_type and text
            return Answer(
                answer.status,
                await answer.json(content_type=None) if is_json else None,
                answer.headers,
                text,
            )

    async def get(self, path: str, **params: Any) -> Answer:
        """GET with a query; a list is sent as `name[]`, once for each item."""
        return await self.call("GET", path, params=_pairs(params))

    async def post(self, path: str, **options: Any) -> Answer:
        return await self.call("POST", path, **options)

    async def put(self, path: str, **options: Any) -> Answer:
        return await self.call("PUT", path, **options)

    async def patch(self, path: str, **options: Any) -> Answer:
        return await self.call("PATCH", path, **options)

    async def delete(self, path: str, **options: Any) -> Answer:
        return await self.call("DELETE", path, **options)

    async def ok(self, method: str, path: str, **options: Any) -> Any:
        """The JSON of a call that must succeed."""
        answer = await self.call(method, path, **options)
        assert answer.status < 300, (method, path, answer.status, answer.text)
        return answer.body


class ClientHouse:
    """The node and how tests bring people, groups and apps to it."""

    def __init__(self, house: House, clock: Clock) -> None:
        self.house = house
        self.clock = clock
        self.visitor = Client(house, None, None)

    @property
    def rooms(self) -> Any:
        return self.house.node.rooms

    @property
    def origin(self) -> str:
        return self.house.origin

    async def person(self, handle: str, scopes: str = EVERYTHING, role: Role = "member") -> Client:
        """A new account with its persona, as an app that holds its token."""
        rooms = self.house.node.rooms
        newcomer = Newcomer(
            name=f"{handle}-name", handle=handle, display_name=handle.title(), agrees=True
        )
        _, persona = await rooms.db.write(
            lambda uow: rooms.accounts.sign_up(uow, newcomer, "-", next_keys(), role=role)
        )
        return await self.app_of(persona, scopes)

    async def app_of(self, persona: Actor, scopes: str = EVERYTHING) -> Client:
        """Another app of the same persona."""
        rooms, wanted = self.house.node.rooms, tuple(scopes.split())
        issued = await rooms.db.write(
            lambda uow: rooms.tokens.issue(uow, persona.handle, "test", wanted)
        )
        return Client(self.house, issued.secret, persona)

    async def group(
        self, handle: str, founder: Client, visibility: Visibility = "public"
    ) -> GroupWithActor:
        """A group that `founder` moderates."""
        return await self.house.group(handle, founder.persona, visibility)

    async def settle(self) -> None:
        """Turn the node's background work until nothing is left to do."""
        for _ in range(200):
            if await self.house.turn() == 0:
                return
        raise AssertionError("the node does not come to rest")


@asynccontextmanager
async def open_client_house(
    data: Path, database_url: str, clock: Clock | None = None, **settings: Any
) -> AsyncIterator[ClientHouse]:
    """A node on the migrated database at `database_url`; of SQLite that is `kith.sqlite3` in the
    folder `data`."""
    clock, numbers = clock or Clock(), count(1_000_000)
    async with open_house(
        "harbour", data, database_url, clock, lambda: next(numbers), **settings
    ) as house:
        yield ClientHouse(house, clock)


def _pairs(params: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in params.items():
        if isinstance(value, list | tuple):
            found.extend((f"{name}[]", str(one)) for one in value)
        elif isinstance(value, bool):
            found.append((name, "true" if value else "false"))
        else:
            found.append((name, str(value)))
    return found
