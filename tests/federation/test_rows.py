"""Rows of the attack table that stand between two guards, each beside what must still work."""

import resource
from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from storage.actors import Actor
from storage.database import Database
from tests.clock import Clock
from tests.federation.peer import Peer, Someone, rsa_key
from tests.federation.us import Us, us

NOTE = "https://us.example/posts/1"


async def stored(node: Us, who: Someone) -> Actor:
    actor = await node.db.read(lambda uow: uow.actors.by_uri(who.uri))
    assert actor is not None
    return actor


async def liked(node: Us, who: Someone, number: int = 1) -> int:
    message = who.post(who.says("Like", NOTE, number), node.clock.now())
    return (await node.inbox.receive(message)).status


async def test_sig_29_what_else_is_gone_at_a_host_erases_none_of_its_actors(
    node: Us, there: Peer
) -> None:
    victim, left, other = (there.someone(name, key=0) for name in ("victim", "left", "other"))
    for who in (victim, left, other):
        assert await liked(node, who) == 202
    there.documents["/notes/1"] = there.documents["/users/left"] = web.Response(status=410)
    forged = victim.says("Delete", victim.uri, 2)
    for key_id in (f"{there.origin}/notes/1", f"{there.origin}/notes/1#main-key", left.key_id):
        node.keys.forget((await stored(node, left)).id)
        message = victim.post(forged, node.clock.now(), key_id=key_id, key=rsa_key(1))
        assert (await node.inbox.receive(message)).status == 202
        assert (await stored(node, victim)).gone_at is None
    # The same words by one whose own document is gone are taken at their word.
    there.documents["/users/other"] = web.Response(status=410)
    message = other.post(other.says("Delete", other.uri, 2), node.clock.now(), key=rsa_key(1))
    assert (await node.inbox.receive(message)).status == 202
    assert (await stored(node, other)).gone_at is not None


async def test_dos_13_forgeries_in_a_peers_name_use_up_nothing_of_its_share(
    database: Database, clock: Clock, ids: Callable[[], int], there: Peer
) -> None:
    async with us(database, clock, ids, rate=2, burst=3) as node:
        ann = there.someone("ann")
        assert await liked(node, ann) == 202
        for number in range(10, 20):
            forged = ann.post(ann.says("Like", NOTE, number), clock.now(), key=rsa_key(1))
            assert (await node.inbox.receive(forged)).status == 401
        assert [await liked(node, ann, number) for number in (2, 3, 4)] == [202, 202, 429]


async def test_r_02_a_full_disk_is_503_and_the_same_request_is_kept_when_there_is_room(
    sqlite_url: str, clock: Clock, ids: Callable[[], int], there: Peer
) -> None:
    database = Database.open(sqlite_url)
    log = Path(sqlite_url.removeprefix("sqlite:///") + "-wal")
    async with us(database, clock, ids) as node:
        ann = there.someone("ann")
        assert await liked(node, ann) == 202
        big = ann.says("Like", NOTE, 2, content="x" * 100_000)
        message = ann.post(big, clock.now())
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, most))
        try:
            answer = await node.inbox.receive(message)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        assert (answer.status, answer.retry_after) == (503, 60)
        assert len(await node.receipts()) == 1
        assert (await node.inbox.receive(message)).status == 202
        assert len(await node.receipts()) == 2
    await database.close()
