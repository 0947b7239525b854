"""(a) The inbox: signed activities accepted, and processed, per second, over real HTTP.

The limit is a bare loop in one process: read the JSON, verify the RSA signature, insert 50 rows in
one commit. It speaks no HTTP, looks up no key, decides nothing and stores no post.
"""

import asyncio
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import msgspec
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from activitypub.signatures import HttpMessage, read_signature, sign_cavage, verify
from node.groups.drafts import ThreadDraft
from node.rooms import Rooms
from node.sources import system_now
from storage.keys import PublicKeyRecord
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.subject import Subject, body_of, remote_actor, settle_in, trust

ACTORS = 50
ACTIVITIES = 3000
IN_FLIGHT = 32
PEER = "peer.test"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


@dataclass(frozen=True, slots=True)
class Ready:
    """A signed request, ready to be sent or verified."""

    message: HttpMessage
    headers: dict[str, str]
    body: bytes


async def measure_inbox(folder: Path) -> list[Figure]:
    """Figures (a) and (d)."""
    subject = Subject(folder)
    keys = [rsa.generate_private_key(65537, 2048) for _ in range(ACTORS)]
    group_uri, thread_uri = await subject.prepare(lambda uow, rooms: _seed(uow, rooms, keys))
    requests = [
        _request(subject, number, keys[number % ACTORS], group_uri, thread_uri)
        for number in range(ACTIVITIES)
    ]
    limit, bare_cpu = _bare(folder, requests, keys)
    await subject.start()
    try:
        idle, cpu = subject.pss_mib, subject.cpu_seconds
        accepted, processed, waits = await _send_all(subject, requests)
        loaded, cpu = subject.pss_mib, subject.cpu_seconds - cpu
    finally:
        await subject.stop()
    return [
        Figure("(a) inbox: accepted and durable", ACTIVITIES / accepted, "/s", limit),
        Figure("(a) inbox: processed to a reply", ACTIVITIES / processed, "/s", limit),
        Figure(
            "(a) inbox: processed per CPU-second", ACTIVITIES / cpu, "/s", ACTIVITIES / bare_cpu
        ),
        Figure("(a) time to 202, p50", percentile(waits, 0.5) * 1000, "ms"),
        Figure("(a) time to 202, p99", percentile(waits, 0.99) * 1000, "ms"),
        Figure("(d) memory idle, PSS", idle, "MiB"),
        Figure("(d) memory after (a), PSS", loaded, "MiB"),
    ]


def _seed(uow: UnitOfWork, rooms: Rooms, keys: list[rsa.RSAPrivateKey]) -> tuple[str, str]:
    persona, group, _ = settle_in(uow, rooms)
    trust(uow, rooms, PEER)
    for number, key in enumerate(keys):
        actor = remote_actor(rooms, PEER, f"actor{number}")
        uow.actors.add(actor)
        pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        record = PublicKeyRecord(
            key_id=f"{actor.uri}#main-key",
            actor_id=actor.id,
            kind="rsa",
            material=pem.decode(),
            fetched_at=rooms.now(),
        )
        uow.keys.put_public([record], actor.id)
    draft = ThreadDraft(title="What helps you on bad days?", text="Small things count.")
    thread = rooms.groups.post_thread(uow, group.actor.id, persona, draft)
    return group.actor.uri, thread.uri


def _request(
    subject: Subject, number: int, key: rsa.RSAPrivateKey, group: str, thread: str
) -> Ready:
    actor = f"http://{PEER}/users/actor{number % ACTORS}"
    note = {
        "id": f"http://{PEER}/notes/{number}",
        "type": "Note",
        "attributedTo": actor,
        "to": [PUBLIC],
        "cc": [group],
        "audience": group,
        "inReplyTo": thread,
        "content": "<p>" + "I walk to the sea and back, whatever the weather. " * 20 + "</p>",
        "published": "2026-11-01T12:00:00Z",
    }
    body = body_of(
        {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": f"http://{PEER}/activities/{number}",
            "type": "Create",
            "actor": actor,
            "to": [PUBLIC],
            "cc": [group],
            "audience": group,
            "object": note,
        }
    )
    plain = (("Content-Type", "application/activity+json"),)
    message = HttpMessage("POST", "http", subject.authority, "/inbox", plain, body)
    signed = sign_cavage(message, f"{actor}#main-key", key, system_now())
    headers = {**dict(plain), **signed}
    complete = HttpMessage(
        "POST", "http", subject.authority, "/inbox", tuple(headers.items()), body
    )
    return Ready(complete, headers, body)


def _bare(
    folder: Path, requests: list[Ready], keys: list[rsa.RSAPrivateKey]
) -> tuple[float, float]:
    """Read, verify, insert: nothing else, one process, 50 rows a commit."""
    database = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE kept (id TEXT PRIMARY KEY, body BLOB)")
    public = [key.public_key() for key in keys]
    start, cpu = time.perf_counter(), time.process_time()
    for first in range(0, len(requests), 50):
        rows = []
        for number, ready in enumerate(requests[first : first + 50], first):
            document = msgspec.json.decode(ready.body)
            verify(read_signature(ready.message), ready.message, public[number % ACTORS])
            rows.append((document["id"], ready.body))
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO kept VALUES (?, ?)", rows)
        database.execute("COMMIT")
    taken, cpu = time.perf_counter() - start, time.process_time() - cpu
    database.close()
    return len(requests) / taken, cpu


async def _send_all(subject: Subject, requests: list[Ready]) -> tuple[float, float, list[float]]:
    """Seconds until all were accepted, until all were processed, and each one's time to 202."""
    waits: list[float] = []
    queue = iter(requests)

    async def sender(http: aiohttp.ClientSession) -> None:
        for ready in queue:
            begun = time.perf_counter()
            url = f"{subject.origin}/inbox"
            async with http.post(url, data=ready.body, headers=ready.headers) as answer:
                assert answer.status == 202, (answer.status, await answer.text())
            waits.append(time.perf_counter() - begun)

    start = time.perf_counter()
    async with aiohttp.ClientSession() as http:
        await asyncio.gather(*(sender(http) for _ in range(IN_FLIGHT)))
    accepted = time.perf_counter() - start
    deadline = start + 300
    while await subject.look(lambda uow, _: uow.receipts.waiting_count()):
        assert time.perf_counter() < deadline, "receipts are not processed within five minutes"
        await asyncio.sleep(0.05)
    processed = time.perf_counter() - start
    return accepted, processed, waits
