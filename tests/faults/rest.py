"""Nodes that run while a test needs them, people who move in, and waiting until all is said.

Real processes are looked at again and again, each time within a deadline.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from time import monotonic

import aiohttp

from node.demo.client import Api
from tests.faults.ledger import Ledger, Queues
from tests.faults.processes import Victim

LOOK_AGAIN = 0.1
"""Seconds between two looks."""
DEADLINE = 150.0
"""Seconds in which nodes must have told each other everything, on a busy machine too."""

Member = tuple[Victim, Api, str]
"""A node, one of its people, and the id there of the group that they belong to."""


@asynccontextmanager
async def running(nodes: Sequence[Victim]) -> AsyncIterator[aiohttp.ClientSession]:
    """The nodes, started, until the block ends; and a session to talk to them."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        try:
            await asyncio.gather(*(node.start() for node in nodes))
            yield session
        finally:
            await asyncio.gather(*(node.stop() for node in nodes))


async def settled(ledgers: Sequence[Ledger]) -> None:
    """Until nobody has anything left to do, and nothing moved while we looked."""
    end = monotonic() + DEADLINE
    last: list[Queues] = []
    now = [ledger.queues() for ledger in ledgers]
    while now != last or not all(one.resting for one in now):
        assert monotonic() < end, [ledger.unfinished() for ledger in ledgers]
        await asyncio.sleep(LOOK_AGAIN)
        last, now = now, [ledger.queues() for ledger in ledgers]


async def move_in(session: aiohttp.ClientSession, harbour: Victim, *others: Victim) -> list[Member]:
    """Two people on each node, all of them members of harbour's group."""
    names = [("ann", "abe"), ("bea", "ben")]
    tokens = await asyncio.gather(
        harbour.people(*names[0], group="grief"),
        *(node.people(*pair) for node, pair in zip(others, names[1:], strict=False)),
    )
    members = [
        await _joined(session, node, token, f"!grief@{harbour.authority}")
        for node, mine in zip((harbour, *others), tokens, strict=True)
        for token in mine
    ]
    for _, api, group in members:
        await _accepted(api, group)
    return members


async def _joined(session: aiohttp.ClientSession, node: Victim, token: str, handle: str) -> Member:
    api = Api(session, node.origin, token)
    group: str = (await api.post("/api/kith/v1/groups/look-up", {"handle": handle}))["id"]
    await api.post(f"/api/kith/v1/groups/{group}/join")
    return node, api, group


async def _accepted(api: Api, group: str) -> None:
    end = monotonic() + DEADLINE
    while (await api.get(f"/api/kith/v1/groups/{group}"))["membership"]["state"] != "accepted":
        assert monotonic() < end, "nobody answered the Follow"
        await asyncio.sleep(LOOK_AGAIN)
