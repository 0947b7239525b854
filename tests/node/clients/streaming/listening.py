"""A client that listens, as real ones do: over a WebSocket, or to lines of server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientResponse, ClientWebSocketResponse, WSMsgType

from tests.node.clients.house import Client

STREAMING = "/api/v1/streaming"
SECONDS = 20


class Ear:
    """One open WebSocket."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket

    async def ask(self, kind: str, stream: str, **more: str) -> None:
        await self.socket.send_json({"type": kind, "stream": stream, **more})

    async def hear(self) -> Any:
        """The next message, its payload opened where it is JSON."""
        async with asyncio.timeout(SECONDS):
            message = await self.socket.receive()
        assert message.type is WSMsgType.TEXT, message
        said = json.loads(message.data)
        if said.get("event") in ("update", "status.update", "notification", "conversation"):
            said["payload"] = json.loads(said["payload"])
        return said

    async def end(self) -> int | None:
        """The code with which the other side closes."""
        async with asyncio.timeout(SECONDS):
            while True:
                message = await self.socket.receive()
                if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING):
                    return self.socket.close_code


@asynccontextmanager
async def ear(client: Client, *streams: str, query: str = "") -> AsyncIterator[Ear]:
    """A WebSocket of this app that hears these streams of its person."""
    headers = {"Authorization": f"Bearer {client.token}"}
    url = f"{client.house.origin}{STREAMING}{query}"
    async with client.house.http.ws_connect(url, headers=headers) as socket:
        one = Ear(socket)
        for stream in streams:
            await one.ask("subscribe", stream)
        if streams:
            await settle(one)
        yield one


async def settle(one: Ear) -> None:
    """All that was asked before is done: messages are dealt with in order."""
    await one.ask("subscribe", "no such stream")
    assert "error" in await one.hear()


@asynccontextmanager
async def lines(client: Client, path: str, **params: str) -> AsyncIterator[ClientResponse]:
    """A stream of lines, past its first one."""
    headers = {"Authorization": f"Bearer {client.token}"}
    url = f"{client.house.origin}{STREAMING}/{path}"
    async with client.house.http.get(url, headers=headers, params=params) as answer:
        assert answer.status == 200, await answer.text()
        assert answer.content_type == "text/event-stream"
        assert await answer.content.readuntil(b"\n\n") == b":)\n\n"
        yield answer


async def next_event(answer: ClientResponse) -> tuple[str, str]:
    """(event, data)"""
    async with asyncio.timeout(SECONDS):
        said = (await answer.content.readuntil(b"\n\n")).decode()
    head, data = said.strip().split("\n")
    return head.removeprefix("event: "), data.removeprefix("data: ")
