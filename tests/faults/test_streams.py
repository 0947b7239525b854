"""Streams across processes: what happens in one is heard in another, and nothing gets lost.

Two `kith serve` on one PostgreSQL. People write through the first and listen at the second, which
is killed, and comes back, while they do.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from node.demo.processes import free_port
from tests.faults.processes import Victim, beside

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]
SECONDS = 30


async def say(http: aiohttp.ClientSession, origin: str, token: str, group: str, title: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    path = f"{origin}/api/kith/v1/groups/{group}/threads"
    async with http.post(path, headers=headers, json={"title": title, "text": "So."}) as answer:
        assert answer.status < 300, await answer.text()


async def hear(socket: aiohttp.ClientWebSocketResponse) -> Any:
    said = json.loads(await socket.receive_str(timeout=SECONDS))
    return json.loads(said["payload"])["reblog"]["kith"]["title"]


async def test_what_happens_in_one_process_is_heard_in_another(
    on_postgresql: list[str], tmp_path: Path
) -> None:
    calm = {"KITH_NEWCOMER_DAYS": "0", "KITH_NEWCOMER_THREADS_READ": "0"}
    node = Victim("harbour", tmp_path, on_postgresql[0], **calm)
    [token] = await node.people("ann", group="grief")
    await node.start()
    port, auth = free_port(), {"Authorization": f"Bearer {token}"}
    other = f"http://127.0.0.1:{port}"
    socket_at = f"{other}/api/v1/streaming?stream=user"
    try:
        async with aiohttp.ClientSession() as http:
            found = f"{node.origin}/api/v1/accounts/lookup?acct=grief"
            async with http.get(found, headers=auth) as answer:
                group = (await answer.json())["id"]
            for word in ("First", "Second"):
                listen = ("serve", "--listen", f"127.0.0.1:{port}")
                async with (
                    beside(node, *listen),
                    http.ws_connect(socket_at, headers=auth) as socket,
                ):
                    titles = [f"{word} {number}" for number in range(20)]
                    await asyncio.gather(
                        *(say(http, node.origin, token, group, title) for title in titles)
                    )
                    heard = [await hear(socket) for _ in titles]
                    assert sorted(heard) == sorted(titles)
    finally:
        await node.end()
