"""Several processes on one database: each effect once, everything sent once, in order (R-16)."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import aiohttp
import pytest

from tests import lemmy
from tests.clock import Clock
from tests.faults.exchange import SEED, check_queues
from tests.faults.ledger import Ledger
from tests.faults.processes import Victim, beside
from tests.faults.rest import move_in, running, settled
from tests.faults.writers import Book, Writer, write_all
from tests.figures import Document, Figure
from tests.stranger import Stranger, open_stranger

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

POSTS = 100
ANSWERS = 40


async def test_r16_two_workers_beside_a_server(tmp_path: Path, on_postgresql: list[str]) -> None:
    """Members here write while one elsewhere answers; the other node gets each activity once."""
    node = Victim("harbour", tmp_path, on_postgresql[0], KITH_RUN_WORKERS="false")
    ledger = Ledger(node.database_url)
    book = Book(POSTS, lambda: None)
    async with open_stranger("good", Clock(datetime.now(UTC))) as good:
        await node.trust(good.authority)
        async with running([node]) as session, beside(node, "work"), beside(node, "work"):
            await talk(node, session, good, book, ledger)
    posts = ledger.posts()
    assert {said.uri for said in book.said.values()} <= set(posts)
    assert len(posts) == book.promised + ANSWERS
    check_queues([ledger])
    check_what_came(good, ledger)


async def talk(
    node: Victim, session: aiohttp.ClientSession, good: Stranger, book: Book, ledger: Ledger
) -> None:
    """Members of the node write, and one elsewhere answers meanwhile."""
    members = await move_in(session, node)
    zoe = good.person("zoe")
    group = f"{node.origin}/groups/grief"
    await good.send(zoe.seal(f"{node.origin}/inbox", lemmy.follow(zoe, group)))
    await settled([ledger])
    writers = [
        Writer(f"w{number}", node, api, here, book, Random(SEED + number))
        for number, (_, api, here) in enumerate(members * 3)
    ]
    answers = [lemmy.create(zoe, lemmy.page(zoe, group, str(n))) for n in range(ANSWERS)]
    await asyncio.gather(write_all(writers), tell_twice(good, zoe, node, answers))
    await settled([ledger])


async def tell_twice(good: Stranger, zoe: Figure, node: Victim, activities: list[Document]) -> None:
    """Each activity by two requests at once, as a peer does that lost our answer."""
    letters = [zoe.seal(f"{node.origin}/inbox", one) for one in activities for _ in range(2)]
    assert await asyncio.gather(*map(good.send, letters)) == [202] * len(letters)


def check_what_came(good: Stranger, ledger: Ledger) -> None:
    """Each activity came once, and all about one post in the order in which it was done."""
    times = Counter(str(one["id"]) for one in good.received)
    assert set(times.values()) == {1}
    assert sum(times.values()) == ledger.queues().deliveries["sent"]
    editions: dict[str, list[tuple[str, str]]] = {}
    for announce in good.got("Announce"):
        inner = announce["object"]
        if isinstance(inner, dict) and inner["type"] in ("Create", "Update"):
            post = inner["object"]
            editions.setdefault(post["id"], []).append((inner["type"], post.get("updated", "")))
    for said in editions.values():
        assert said[0][0] == "Create"
        assert said == sorted(said)
