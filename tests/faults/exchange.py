"""Many posts between two nodes while one of them is broken off now and then, and what must be true
of them afterwards."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from time import monotonic

from tests.faults.ledger import Kept, Ledger
from tests.faults.processes import Victim
from tests.faults.rest import move_in, running, settled
from tests.faults.writers import Book, Said, Writer, write_all

SEED = int(os.environ.get("KITH_TEST_SEED") or Random().randrange(10**6))

Break = Callable[[Victim], Awaitable[None]]


@dataclass
class Nemesis:
    """Breaks a node off, by turns, at each of some moments: after so many writes were begun."""

    nodes: Sequence[Victim]
    moments: list[int]
    break_off: Break
    begun: int = 0
    done: int = 0
    _queue: asyncio.Queue[Victim] = field(default_factory=asyncio.Queue)

    def tick(self) -> None:
        """A client begins to write."""
        self.begun += 1
        if self.moments and self.begun >= self.moments[0]:
            self.moments.pop(0)
            self._queue.put_nowait(self.nodes[len(self.moments) % len(self.nodes)])

    async def rage(self) -> None:
        """Break off and start again, for ever."""
        while True:
            node = await self._queue.get()
            await self.break_off(node)
            await node.start()
            self.done += 1
            self._queue.task_done()

    async def is_over(self) -> None:
        await self._queue.join()
        assert self.moments == []


async def exchange(nodes: Sequence[Victim], posts: int, breaks: int, break_off: Break) -> None:
    """`posts` posts between the two nodes, and everything that was promised is there."""
    print(f"KITH_TEST_SEED={SEED}")
    random = Random(SEED)
    moments = sorted(random.sample(range(posts // 20, posts * 4 // 5), breaks))
    nemesis = Nemesis(nodes, moments, break_off)
    book = Book(posts, nemesis.tick)
    ledgers = [Ledger(node.database_url) for node in nodes]
    began = monotonic()
    for node in nodes:
        await node.trust(*(one.authority for one in nodes if one is not node))
    async with running(nodes) as session:
        members = await move_in(session, *nodes)
        writers = [
            Writer(f"w{number}", node, api, group, book, Random(random.random()))
            for number, (node, api, group) in enumerate(members * 2)
        ]
        async with asyncio.TaskGroup() as group:
            raging = group.create_task(nemesis.rage())
            await write_all(writers)
            await nemesis.is_over()
            raging.cancel()
        wrote = monotonic()
        await settled(ledgers)
    print(
        f"{book.promised} posts, {nemesis.done} times broken off, {book.cut} requests cut off; "
        f"written in {wrote - began:.0f} s, settled {monotonic() - wrote:.0f} s later"
    )
    assert nemesis.done == breaks
    assert book.promised >= posts
    harbour, meadow = (ledger.posts() for ledger in ledgers)
    check_posts(harbour, meadow, book.said)
    check_queues(ledgers)
    for node in nodes:
        assert "Traceback" not in node.log.read_text()


def check_posts(harbour: dict[str, Kept], meadow: dict[str, Kept], book: dict[str, Said]) -> None:
    """Every promised post is on both sides, once, in its last words; and nobody else's is."""
    assert harbour == meadow, "the two sides differ"
    marks: dict[str, list[str]] = {}
    for post in harbour.values():
        marks.setdefault(_words(post).rpartition(" v")[0], []).append(post.uri)
    assert [uris for uris in marks.values() if len(uris) > 1] == [], "something is there twice"
    assert set(marks) <= set(book), "nobody wrote this"
    for said in book.values():
        if said.uri is not None:
            assert marks.get(said.mark) == [said.uri], f"lost: {said}"
        if said.mark in marks:
            assert _words(harbour[marks[said.mark][0]]) in said.words, f"other words: {said}"


def check_queues(ledgers: Sequence[Ledger]) -> None:
    """Nothing was refused, set aside or announced twice; the databases are sound."""
    for ledger in ledgers:
        assert ledger.faults() == []
        assert set(ledger.queues().deliveries) == {"sent"}
        assert {state for state, _ in ledger.reasons()} <= {"done", "ignored"}, ledger.reasons()
        assert [uri for uri, times in ledger.handed_on().items() if times > 1] == []


def _words(post: Kept) -> str:
    return post.content.strip().removeprefix("<p>").removesuffix("</p>")
