"""kill -9 while two nodes talk: all that was promised is there, once, on both, and in order."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from tests import lemmy
from tests.clock import Clock
from tests.faults.exchange import check_posts, exchange
from tests.faults.ledger import Kept, Ledger
from tests.faults.processes import Victim
from tests.faults.rest import running, settled
from tests.faults.writers import Said
from tests.figures import Letter
from tests.stranger import Stranger, open_stranger

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]


async def test_r01_nodes_are_killed_while_they_talk(tmp_path: Path) -> None:
    nodes = [Victim(name, tmp_path) for name in ("harbour", "meadow")]
    await exchange(nodes, posts=500, breaks=8, break_off=Victim.kill)


async def test_r01_and_so_with_postgresql(tmp_path: Path, on_postgresql: list[str]) -> None:
    """Here a lease has to run out before another process takes up what it covers."""
    names = zip(("harbour", "meadow"), on_postgresql, strict=True)
    nodes = [Victim(name, tmp_path, url) for name, url in names]
    await exchange(nodes, posts=200, breaks=6, break_off=Victim.kill)


async def test_r02_a_202_is_durable(tmp_path: Path) -> None:
    """The node is killed with its first answer; what it has answered is there, and takes effect."""
    node = Victim("harbour", tmp_path)
    ledger = Ledger(node.database_url)
    answered: set[str] = set()
    async with open_stranger("good", Clock(datetime.now(UTC))) as good:
        await node.trust(good.authority)
        async with running([node]):
            await node.people("ann", group="grief")
            for number in range(3):
                answered |= await _answered_until_the_first(node, good, number)
                assert answered <= ledger.receipt_ids()
                await node.start()
            await settled([ledger])
    assert len(answered) >= 3
    assert ledger.reasons() == {("done", "joined"): len(ledger.receipt_ids())}


async def _answered_until_the_first(node: Victim, good: Stranger, number: int) -> set[str]:
    """Send several Follows at once, kill the node at the first 202; the ids that were answered."""
    url, group = f"{node.origin}/inbox", f"{node.origin}/groups/grief"
    figures = [good.person(f"zoe{number}{one}") for one in range(8)]
    follows = [lemmy.follow(figure, group) for figure in figures]
    answered: set[str] = set()

    async def send(letter: Letter, uri: str) -> None:
        try:
            status = await good.send(letter)
        except aiohttp.ClientError:
            return
        assert status == 202
        answered.add(uri)
        if len(answered) == 1:
            await node.kill()

    pairs = zip(figures, follows, strict=True)
    sends = [send(figure.seal(url, follow), follow["id"]) for figure, follow in pairs]
    await asyncio.gather(*sends)
    return answered


def kept(uri: str, words: str) -> dict[str, Kept]:
    return {uri: Kept(uri, None, f"<p>{words}</p>\n")}


def test_the_check_sees_what_is_wrong() -> None:
    """Lost, doubled, of older words, on one side only: each is refused, what is right is not."""
    said = Said("w1-1", {"w1-1 v2", "w1-1 v3"}, "/1")
    book, right = {"w1-1": said}, kept("/1", "w1-1 v2")
    check_posts(right, right, book)
    check_posts(right, right, {**book, "w1-2": replace(said, mark="w1-2", uri=None)})
    for harbour, meadow, wrong in (
        (right, {}, "the two sides differ"),
        (right, kept("/1", "w1-1 v3"), "the two sides differ"),
        ({}, {}, "lost"),
        (kept("/1", "w1-1 v1"), kept("/1", "w1-1 v1"), "other words"),
        (right | kept("/2", "w1-1 v2"), right | kept("/2", "w1-1 v2"), "twice"),
        (right | kept("/2", "w9-9 v1"), right | kept("/2", "w9-9 v1"), "nobody wrote this"),
    ):
        with pytest.raises(AssertionError, match=wrong):
            check_posts(harbour, meadow, book)
