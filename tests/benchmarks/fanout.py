"""(b) Fan-out: one reply in a group, to 1,000 peers.

Each peer is an address of its own in 127.0.0.0/8, all answered by one small process. The limit is a
bare loop in one process with the same client and the same threads: sign, POST, next.
"""

import asyncio
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import aiohttp
from cryptography.hazmat.primitives.asymmetric import rsa

from activitypub.signatures import HttpMessage, cavage_digest, sign_cavage
from federation.addresses import AddressPolicy
from federation.http import AiohttpClient
from federation.resolver import Names
from federation.tls import peer_tls
from node.demo.processes import free_port
from node.groups.drafts import ThreadDraft
from node.groups.membership import new_membership
from node.rooms import Rooms
from node.sources import system_now
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.figures import Figure
from tests.benchmarks.subject import Subject, remote_actor, settle_in, trust

PEERS = 1000
ROUNDS = 3
IN_FLIGHT = 256


async def measure_fanout(folder: Path) -> list[Figure]:
    """Figure (b), the median of three rounds after one that opens the connections."""
    port = free_port()
    hosts = [f"127.1.{number // 250}.{number % 250 + 1}:{port}" for number in range(PEERS)]
    sink = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.sink", str(port), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert sink.stdout is not None
        await sink.stdout.readline()
        limits = await _bare(hosts)
        rates = await _measured(folder, hosts, port)
    finally:
        sink.terminate()
        await sink.wait()
    limit, rate = sorted(limits)[len(limits) // 2], sorted(rates)[len(rates) // 2]
    return [Figure("(b) fan-out of one reply to 1,000 peers", rate, "/s", limit)]


async def _measured(folder: Path, hosts: list[str], port: int) -> list[float]:
    subject = Subject(folder)
    thread_id, token = await subject.prepare(lambda uow, rooms: _seed(uow, rooms, hosts))
    await subject.start()
    headers = {"Authorization": f"Bearer {token}"}
    rates = []
    try:
        async with aiohttp.ClientSession(headers=headers) as http:
            expected = await _arrived(http, port)
            for _ in range(ROUNDS + 1):
                expected += PEERS
                start = time.perf_counter()
                path = f"{subject.origin}/api/kith/v1/posts/{thread_id}/replies"
                async with http.post(path, json={"text": "Thinking of you."}) as answer:
                    assert answer.status < 300, await answer.text()
                while await _arrived(http, port) < expected:
                    assert time.perf_counter() - start < 120, "the fan-out does not end"
                    await asyncio.sleep(0.01)
                rates.append(PEERS / (time.perf_counter() - start))
    finally:
        await subject.stop()
    return rates[1:]


def _seed(uow: UnitOfWork, rooms: Rooms, hosts: list[str]) -> tuple[int, str]:
    persona, group, token = settle_in(uow, rooms)
    trust(uow, rooms, *hosts)
    draft = ThreadDraft(title="A thread", text="Before anyone followed.")
    thread = rooms.groups.post_thread(uow, group.actor.id, persona, draft)
    for number, host in enumerate(hosts):
        actor = remote_actor(rooms, host, f"member{number}")
        uow.actors.add(actor)
        uow.memberships.put(new_membership(group.actor.id, actor.id, rooms.now()))
    return thread.id, token


async def _arrived(http: aiohttp.ClientSession, port: int) -> int:
    async with http.get(f"http://127.0.0.1:{port}/count") as answer:
        return int(await answer.text())


async def _bare(hosts: list[str]) -> list[float]:
    key = rsa.generate_private_key(65537, 2048)
    names = Names()
    client = AiohttpClient(
        AddressPolicy(("127.0.0.0/8",)), user_agent="bench", tls=peer_tls(), names=names
    )
    body = b'{"type":"Announce","object":"' + b"x" * 2500 + b'"}'
    digest, loop = cavage_digest(body), asyncio.get_running_loop()
    plain = (("Content-Type", "application/activity+json"),)
    with ThreadPoolExecutor(2) as threads:

        async def one(host: str) -> None:
            message = HttpMessage("POST", "http", host, "/inbox", plain, body)
            signed = await loop.run_in_executor(
                threads, sign_cavage, message, "http://a/b#main-key", key, system_now(), digest
            )
            headers = {"Content-Type": "application/activity+json", **signed}
            answer = await client.post(f"http://{host}/inbox", body, headers)
            assert answer.status == 202

        async def sender(queue: "list[str]") -> None:
            while queue:
                await one(queue.pop())

        rates = []
        for _ in range(ROUNDS + 1):
            queue = list(hosts)
            start = time.perf_counter()
            await asyncio.gather(*(sender(queue) for _ in range(IN_FLIGHT)))
            rates.append(PEERS / (time.perf_counter() - start))
    await client.close()
    names.close()
    return rates[1:]
