"""(f) Streams: one thread in a group, to the open WebSockets of its 1,000 members.

The limit is a bare server that makes one query and sends the same bytes to as many sockets, one
after the other. Both are read by the same client, which is a good part of the work on this machine.
"""

import asyncio
import resource
import time
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import aiohttp

from federation.own_keys import OwnKeys
from node.groups.membership import new_membership
from node.rooms import Rooms
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.apps import bare, people
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.subject import Subject

LISTENERS = 1000
ROUNDS = 5
_PATH = "/api/v1/streaming?stream=user"
_FILES = 4096


class Ears:
    """Many open sockets, and when each heard."""

    def __init__(self, sockets: list[aiohttp.ClientWebSocketResponse]) -> None:
        self._sockets = sockets
        self.last: bytes = b""

    async def heard(self, start: float) -> list[float]:
        """Seconds from `start` until each of them heard the next thing."""
        return list(await asyncio.gather(*(self._one(socket, start) for socket in self._sockets)))

    async def _one(self, socket: aiohttp.ClientWebSocketResponse, start: float) -> float:
        self.last = (await socket.receive_str(timeout=120)).encode()
        return time.perf_counter() - start


async def measure_streams(folder: Path) -> list[Figure]:
    """Figure (f), the median of five rounds, and how long the posting itself waits."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, _FILES), most))
    subject = Subject(folder)
    group_id, tokens = await subject.prepare(_seed)
    await subject.start()
    try:
        async with bare(folder) as limit, AsyncExitStack() as stack:
            connector = aiohttp.TCPConnector(limit=0)
            http = await stack.enter_async_context(aiohttp.ClientSession(connector=connector))
            before = subject.pss_mib
            ours = await _open(http, stack, subject.origin + _PATH, tokens)
            memory = (subject.pss_mib - before) * 1024 / LISTENERS
            rounds = [
                await _post(http, ours, subject.origin, group_id, tokens[0]) for _ in range(ROUNDS)
            ]
            theirs = await _open(http, stack, f"{limit}/socket", tokens)
            bare_rounds = [await _tell(http, theirs, limit, ours.last) for _ in range(ROUNDS)]
    finally:
        await subject.stop()
    all_of, least = (
        _median([max(one) for one in rounds]),
        _median([max(one) for one in bare_rounds]),
    )
    half = _median([percentile(one, 0.5) for one in rounds])
    half_bare = _median([percentile(one, 0.5) for one in bare_rounds])
    return [
        Figure("(f) a thread to 1,000 streams", LISTENERS / all_of, "/s", LISTENERS / least),
        Figure("(f) from posting to the last one", all_of * 1000, "ms", least * 1000),
        Figure("(f) from posting to the middle one", half * 1000, "ms", half_bare * 1000),
        Figure("(f) memory of an open stream", memory, "KiB"),
    ]


def _median(values: list[float]) -> float:
    return percentile(values, 0.5)


async def _open(
    http: aiohttp.ClientSession, stack: AsyncExitStack, url: str, tokens: list[str]
) -> Ears:
    sockets = []
    for token in tokens:
        headers = {"Authorization": f"Bearer {token}"}
        opening = http.ws_connect(url, headers=headers, max_msg_size=0)
        sockets.append(await stack.enter_async_context(opening))
    return Ears(sockets)


async def _post(
    http: aiohttp.ClientSession, ears: Ears, origin: str, group_id: int, token: str
) -> list[float]:
    start = time.perf_counter()
    hearing = asyncio.create_task(ears.heard(start))
    body = {"title": "A thread", "text": "For everybody who is awake."}
    headers = {"Authorization": f"Bearer {token}"}
    path = f"{origin}/api/kith/v1/groups/{group_id}/threads"
    async with http.post(path, json=body, headers=headers) as answer:
        assert answer.status < 300, await answer.text()
    return await hearing


async def _tell(http: aiohttp.ClientSession, ears: Ears, limit: str, body: bytes) -> list[float]:
    start = time.perf_counter()
    hearing = asyncio.create_task(ears.heard(start))
    async with http.post(f"{limit}/socket", data=body) as answer:
        assert int(await answer.text()) == LISTENERS
    return await hearing


def _seed(uow: UnitOfWork, rooms: Rooms) -> tuple[int, list[str]]:
    everybody, keys = people(uow, rooms, LISTENERS), OwnKeys(rooms.now).generate()
    group = rooms.groups.create(
        uow,
        handle="group",
        name="Group",
        visibility="public",
        founder=everybody[0],
        keys=replace(keys, actor_id=rooms.new_id()),
    )
    for one in everybody[1:]:
        uow.memberships.put(new_membership(group.actor.id, one.id, rooms.now()))
    rooms.groups.agree_to_share(uow, group, everybody[0], agrees=True)
    tokens = [rooms.tokens.issue(uow, one.handle, "benchmark").secret for one in everybody]
    return group.actor.id, tokens
