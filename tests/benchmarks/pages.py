"""(c) Pages: a group with 50 threads and a thread with 200 replies, against an empty handler.

The empty handler is an aiohttp application that answers one line; the same client asks both, one
request at a time.
"""

import time
from pathlib import Path

import aiohttp
from aiohttp import web

from node.groups.drafts import ReplyDraft, ThreadDraft
from node.rooms import Rooms
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.subject import Subject, settle_in

THREADS = 50
REPLIES = 200
REQUESTS = 300


async def measure_pages(folder: Path) -> list[Figure]:
    """Figure (c): p50 and p99 in milliseconds."""
    subject = Subject(folder)
    thread_id = await subject.prepare(_seed)
    await subject.start()
    empty, base = await _empty()
    try:
        async with aiohttp.ClientSession(headers={"Accept": "text/html"}) as http:
            floor = await _times(http, f"{base}/")
            group = await _times(http, f"{subject.origin}/groups/group")
            thread = await _times(http, f"{subject.origin}/threads/{thread_id}")
    finally:
        await subject.stop()
        await empty.cleanup()
    figures = []
    for what, times in (("group page, 50 threads", group), ("thread page, 200 replies", thread)):
        for name, share in (("p50", 0.5), ("p99", 0.99)):
            limit = percentile(floor, share)
            figures.append(Figure(f"(c) {what}, {name}", percentile(times, share), "ms", limit))
    return figures


def _seed(uow: UnitOfWork, rooms: Rooms) -> int:
    persona, group, _ = settle_in(uow, rooms)
    text = "A paragraph about an ordinary day, with some *emphasis* and a [link](https://kith.test/).\n\n"
    first = 0
    for number in range(THREADS):
        draft = ThreadDraft(title=f"Thread {number}", text=text * 3)
        post = rooms.groups.post_thread(uow, group.actor.id, persona, draft)
        first = first or post.id
    parent = first
    for number in range(REPLIES):
        post = rooms.groups.reply(uow, parent, persona, ReplyDraft(text=text))
        parent = post.id if number % 4 else first
    return first


async def _empty() -> tuple[web.AppRunner, str]:
    async def nothing(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_get("/", nothing)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    return runner, f"http://{host}:{port}"


async def _times(http: aiohttp.ClientSession, url: str) -> list[float]:
    taken = []
    for number in range(REQUESTS + 20):
        start = time.perf_counter()
        async with http.get(url) as answer:
            body = await answer.read()
            assert answer.status == 200, (url, answer.status, body[:500])
        if number >= 20:
            taken.append((time.perf_counter() - start) * 1000)
    return taken
