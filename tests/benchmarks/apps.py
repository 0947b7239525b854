"""(e) Client apps: what a member's app asks for all day, against a bare handler with one query.

A member of five groups, among 40 people, with 400 threads; a thread with 50 replies; news. The
bare handler is a process of its own, as the node is, and answers the very bytes of the node.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp

from federation.own_keys import OwnKeys
from node.accounts.service import Newcomer
from node.demo.processes import free_port
from node.groups.drafts import ReplyDraft, ThreadDraft
from node.groups.membership import new_membership
from node.rooms import Rooms
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.subject import Subject

GROUPS, PEOPLE, THREADS, REPLIES = 5, 40, 400, 50
REQUESTS = 200
AT_ONCE = 8
SECONDS = 3.0
TEXT = "A paragraph about an ordinary day, with some *emphasis* and a #tag.\n\n"


async def measure_apps(folder: Path) -> list[Figure]:
    """Figure (e): p50 and p99 in milliseconds, and calls per second at 8 connections."""
    subject = Subject(folder)
    token, group_id, thread_id = await subject.prepare(_seed)
    await subject.start()
    figures = []
    headers = {"Authorization": f"Bearer {token}"}
    calls = {
        "home, 20": "/api/v1/timelines/home?limit=20",
        "a group's statuses, 20": f"/api/v1/accounts/{group_id}/statuses?limit=20",
        "context of a thread with 50 replies": f"/api/v1/statuses/{thread_id}/context",
        "notifications, 40": "/api/v1/notifications?limit=40",
    }
    try:
        async with bare(folder) as limit, aiohttp.ClientSession(headers=headers) as http:
            for what, path in calls.items():
                figures += await _compare(http, what, subject.origin + path, limit)
    finally:
        await subject.stop()
    return figures


@asynccontextmanager
async def bare(folder: Path) -> AsyncIterator[str]:
    """The bare server on the node's own database; its address."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.bare", str(port)),
        str(folder / "subject" / "kith.sqlite3"),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        await process.wait()


async def _compare(http: aiohttp.ClientSession, what: str, url: str, limit: str) -> list[Figure]:
    async with http.get(url) as answer:
        body = await answer.read()
        assert answer.status == 200, (url, answer.status, body[:300])
        assert len(body) > 1000, (url, body)
    async with http.put(f"{limit}/", data=body) as answer:
        assert answer.status == 200
    ours, theirs = await _times(http, url), await _times(http, f"{limit}/")
    rate, most = await _rate(http, url), await _rate(http, f"{limit}/")
    named = f"(e) {what}"
    return [
        Figure(f"{named}: p50", percentile(ours, 0.5), "ms", percentile(theirs, 0.5)),
        Figure(f"{named}: p99", percentile(ours, 0.99), "ms", percentile(theirs, 0.99)),
        Figure(f"{named}: at 8 connections", rate, "/s", most),
    ]


async def _times(http: aiohttp.ClientSession, url: str) -> list[float]:
    taken = []
    for number in range(REQUESTS + 20):
        start = time.perf_counter()
        async with http.get(url) as answer:
            await answer.read()
            assert answer.status == 200, (url, answer.status)
        if number >= 20:
            taken.append((time.perf_counter() - start) * 1000)
    return taken


async def _rate(http: aiohttp.ClientSession, url: str) -> float:
    done, until = 0, time.perf_counter() + SECONDS

    async def ask() -> None:
        nonlocal done
        while time.perf_counter() < until:
            async with http.get(url) as answer:
                await answer.read()
                assert answer.status == 200, (url, answer.status)
            done += 1

    start = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    return done / (time.perf_counter() - start)


def people(uow: UnitOfWork, rooms: Rooms, count: int) -> list[Actor]:
    """So many personas of this node. They share their keys, which takes no time to make."""
    keys = OwnKeys(rooms.now).generate()
    found = []
    for number in range(count):
        name = f"person{number}"
        newcomer = Newcomer(name=f"{name}-name", handle=name, display_name=name, agrees=True)
        found.append(rooms.accounts.sign_up(uow, newcomer, "-", keys)[1])
    return found


def _seed(uow: UnitOfWork, rooms: Rooms) -> tuple[str, int, int]:
    everybody, keys = people(uow, rooms, PEOPLE), OwnKeys(rooms.now).generate()
    me, groups = everybody[0], []
    for number in range(GROUPS):
        made = rooms.groups.create(
            uow,
            handle=f"group{number}",
            name=f"Group {number}",
            visibility="public",
            founder=me,
            keys=replace(keys, actor_id=rooms.new_id()),
        )
        groups.append(made)
        for one in everybody[1:]:
            uow.memberships.put(new_membership(made.actor.id, one.id, rooms.now()))
        for one in everybody:
            rooms.groups.agree_to_share(uow, made, one, agrees=True)
    last = 0
    for number in range(THREADS):
        who, draft = everybody[number % PEOPLE], ThreadDraft(title=f"Thread {number}", text=TEXT)
        last = rooms.groups.post_thread(uow, groups[number % GROUPS].actor.id, who, draft).id
    own = rooms.groups.post_thread(
        uow, groups[0].actor.id, me, ThreadDraft(title="Mine", text=TEXT)
    )
    for number in range(REPLIES):
        rooms.groups.reply(uow, own.id, everybody[number % PEOPLE], ReplyDraft(text=TEXT))
    assert last
    token = rooms.tokens.issue(uow, me.handle, "benchmark").secret
    return token, groups[0].actor.id, own.id
