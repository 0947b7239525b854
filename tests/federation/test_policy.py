"""Open, allow-list, off: who may talk to us, and whom we never call."""

from collections.abc import Callable

import pytest

from federation.errors import Blocked
from federation.limits import FetchBudget
from federation.policy import FRESH, PeerPolicy
from storage.database import Database
from tests.clock import Clock
from tests.federation.peer import Peer, Someone, rsa_key
from tests.federation.us import Us, us

NOTE = "https://us.example/posts/1"


async def rule(node: Us, authority: str, policy: str) -> None:
    """As `kith peer allow` and `kith peer block` do it, from another process."""
    now = node.clock.now()
    await node.db.write(
        lambda uow: uow.peers.set_policy(authority, policy, now, node.new_id)  # type: ignore[arg-type]
    )
    node.clock.advance(seconds=FRESH.total_seconds())


async def like(node: Us, who: Someone, number: int = 1) -> int:
    message = who.post(who.says("Like", NOTE, number), node.clock.now())
    return (await node.inbox.receive(message)).status


async def test_sig_30_a_blocked_peer_is_403_and_nothing_is_fetched(node: Us, there: Peer) -> None:
    ann = there.someone("ann")
    await rule(node, there.authority, "block")
    assert await like(node, ann) == 403
    bad = ann.post(ann.says("Like", NOTE), node.clock.now(), key=rsa_key(1))
    assert (await node.inbox.receive(bad)).status == 403
    with pytest.raises(Blocked):
        await node.fetcher.actor(ann.uri, FetchBudget())
    assert there.total() == 0
    await rule(node, there.authority, "default")
    assert await like(node, ann) == 202


async def test_sig_30_with_an_allow_list_others_are_403_and_not_fetched(
    database: Database,
    clock: Clock,
    ids: Callable[[], int],
    there: Peer,
    elsewhere: Peer,
) -> None:
    async with us(database, clock, ids, mode="allow-list") as node:
        await rule(node, elsewhere.authority, "allow")
        assert await like(node, there.someone("ann")) == 403
        assert there.total() == 0
        assert await like(node, elsewhere.someone("bea")) == 202


async def test_sig_30_when_federation_is_off_everyone_is_403(
    database: Database, clock: Clock, ids: Callable[[], int], there: Peer
) -> None:
    async with us(database, clock, ids, mode="off") as node:
        await rule(node, there.authority, "allow")
        ann = there.someone("ann")
        assert await like(node, ann) == 403
        assert not ann.uri.startswith(NOTE)
        with pytest.raises(Blocked):
            await node.fetcher.document(ann.uri, FetchBudget())
        assert there.total() == 0
        assert await node.receipts() == []


async def test_a_block_covers_what_lies_below_unless_a_closer_rule_says_otherwise(
    database: Database, clock: Clock, ids: Callable[[], int]
) -> None:
    policy = PeerPolicy("open", database, clock.now)
    now = clock.now()
    await database.write(lambda uow: uow.peers.set_policy("bad.example", "block", now, ids))
    await database.write(lambda uow: uow.peers.set_policy("good.bad.example", "allow", now, ids))
    await policy.refresh()
    blocked = ("bad.example", "bad.example:8443", "a.bad.example", "a.b.bad.example:1")
    assert not any(policy.allows(name) for name in blocked)
    assert all(policy.allows(name) for name in ("good.bad.example", "notbad.example", "example"))


async def test_a_peer_that_posts_too_fast_is_429_and_others_are_not(
    database: Database, clock: Clock, ids: Callable[[], int], there: Peer, elsewhere: Peer
) -> None:
    async with us(database, clock, ids, rate=2, burst=3) as node:
        ann = there.someone("ann")
        assert [await like(node, ann, number) for number in range(4)] == [202, 202, 202, 429]
        message = ann.post(ann.says("Like", NOTE, 9), clock.now())
        assert (await node.inbox.receive(message)).retry_after == 1
        assert await like(node, elsewhere.someone("bea")) == 202
        clock.advance(seconds=1)
        assert [await like(node, ann, number) for number in (10, 11, 12)] == [202, 202, 429]
