"""Other nodes and what we said to the world, on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database import Database, UnitOfWork
from storage.errors import AlreadyThere
from storage.peers import PeerUpdate
from tests.storage.rows import NOW, a_peer, an_activity, an_actor, each

LATER = NOW + timedelta(minutes=1)
Ids = Callable[[], int]


async def test_a_peer_is_met_once(database: Database, ids: Ids) -> None:
    def meet(uow: UnitOfWork) -> None:
        first = uow.peers.ensure("Peer1.Example:8443", NOW, ids)
        assert first == a_peer(1, authority="peer1.example:8443")
        assert uow.peers.ensure("peer1.example:8443", LATER, ids) == first
        both = uow.peers.ensure_many(["new.example", "PEER1.example:8443"], LATER, ids)
        assert both["peer1.example:8443"] == first
        assert both["new.example"].created_at == LATER
        assert uow.peers.ensure_many([], NOW, ids) == {}
        assert uow.peers.get(first.id) == first
        assert uow.peers.by_authority("PEER1.EXAMPLE:8443") == first
        assert uow.peers.by_authority("nobody.example") is None
        assert [peer.authority for peer in uow.peers.list()] == ["new.example", first.authority]
        assert len(uow.peers.list(limit=1)) == 1

    await database.write(meet)


async def test_a_policy_holds_for_peers_known_and_unknown(database: Database, ids: Ids) -> None:
    def decide(uow: UnitOfWork) -> None:
        peer = uow.peers.ensure("peer.example", NOW, ids)
        uow.peers.set_policy("Peer.Example", "allow", LATER, ids)
        uow.peers.set_policy("bad.example", "block", LATER, ids)
        assert uow.peers.get(peer.id) == replace(peer, policy="allow")
        assert uow.peers.policies() == {"peer.example": "allow", "bad.example": "block"}
        uow.peers.set_policy("bad.example", "default", LATER, ids)
        assert uow.peers.policies() == {"peer.example": "allow"}

    await database.write(decide)


async def test_what_sending_taught_us_is_stored_for_many_peers(
    database: Database, ids: Ids
) -> None:
    def learn(uow: UnitOfWork) -> None:
        known = uow.peers.ensure_many(["a.example", "b.example", "c.example"], NOW, ids)
        a, b, c = (known[f"{name}.example"] for name in "abc")
        uow.peers.set_policy("b.example", "block", NOW, ids)
        failing = PeerUpdate(
            id=b.id, state="open", failures=5, open_until=LATER, window=1, profile="rfc9421",
            last_success_at=None, last_failure_at=NOW, last_error="timed out",
        )  # fmt: skip
        healthy = PeerUpdate(
            id=a.id, state="up", failures=0, open_until=None, window=8, profile="cavage",
            last_success_at=NOW, last_failure_at=None, last_error=None,
        )  # fmt: skip
        uow.peers.record([failing, healthy])
        uow.peers.record([])
        assert uow.peers.get(b.id) == replace(
            b, policy="block", state="open", failures=5, open_until=LATER, window=1,
            profile="rfc9421", last_failure_at=NOW, last_error="timed out",
        )  # fmt: skip
        assert uow.peers.get(a.id) == replace(a, window=8, profile="cavage", last_success_at=NOW)
        assert uow.peers.get(c.id) == c

    await database.write(learn)


async def test_a_peer_was_seen_when_it_was_seen_last(database: Database, ids: Ids) -> None:
    def see(uow: UnitOfWork) -> None:
        peer = uow.peers.ensure("peer.example", NOW, ids)
        uow.peers.seen("Peer.example", LATER)
        uow.peers.seen("peer.example", NOW)
        uow.peers.seen("nobody.example", NOW)
        uow.peers.set_software("peer.example", "lemmy 0.19")
        seen = replace(peer, last_seen_at=LATER, software="lemmy 0.19")
        assert uow.peers.list() == [seen]

    await database.write(see)


async def test_activities_are_found_by_id_uri_and_actor(database: Database) -> None:
    said = [
        an_activity(1, 1),
        an_activity(2, 1, public=False, object_uri="https://here.example/posts/1"),
        an_activity(3, 2),
    ]

    def say(uow: UnitOfWork) -> None:
        each(uow.actors.add, [an_actor(1), an_actor(2)])
        each(uow.activities.add, said)
        assert uow.activities.get(2) == said[1]
        assert uow.activities.get(9) is None
        assert uow.activities.get_many([1, 3, 9]) == {1: said[0], 3: said[2]}
        assert uow.activities.by_uri(said[2].uri) == said[2]
        assert uow.activities.by_uri("x") is None
        assert uow.activities.of_actor(1, 9) == [said[1], said[0]]
        assert uow.activities.of_actor(1, 1) == [said[1]]
        assert uow.activities.of_actor(1, 9, 2) == [said[0]]

    await database.write(say)
    with pytest.raises(AlreadyThere):
        await database.write(lambda uow: uow.activities.add(replace(said[0], id=4)))
