"""Actors and their keys, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database import Database, UnitOfWork
from storage.errors import AlreadyThere
from storage.keys import PrivateKeys, PublicKeyRecord
from tests.storage.rows import NOW, an_actor, each


async def test_an_actor_is_found_by_id_uri_and_handle(database: Database) -> None:
    ours = an_actor(1, handle="Kim", sensitive=True, fetched_at=NOW)
    theirs = an_actor(2, host="there.example", handle="Kim")
    await database.write(lambda uow: each(uow.actors.add, (ours, theirs)))

    def find(uow: UnitOfWork) -> None:
        assert uow.actors.get(1) == ours
        assert uow.actors.by_uri(theirs.uri) == theirs
        assert uow.actors.get_many([1, 2, 3]) == {1: ours, 2: theirs}
        assert uow.actors.get_many([]) == {}
        assert uow.actors.by_uris([ours.uri, "https://nobody.example/"]) == {ours.uri: ours}
        assert uow.actors.local_by_handle("KIM") == ours
        assert uow.actors.by_handle("kIM", "There.Example") == theirs
        assert uow.actors.by_handle("kim", "nowhere.example") is None
        assert uow.actors.get(3) is None

    await database.read(find)


async def test_a_local_handle_is_taken_once_a_remote_one_as_often_as_nodes_like(
    database: Database,
) -> None:
    await database.write(lambda uow: uow.actors.add(an_actor(1, handle="kim")))
    with pytest.raises(AlreadyThere):
        await database.write(lambda uow: uow.actors.add(an_actor(2, handle="KIM")))
    theirs = [an_actor(number, host="there.example", handle="kim") for number in (3, 4)]
    await database.write(lambda uow: each(uow.actors.add, theirs))


async def test_of_two_with_one_handle_the_living_one_is_found(database: Database) -> None:
    def settle(uow: UnitOfWork) -> None:
        for number in (1, 2, 3):
            uow.actors.add(an_actor(number, host="there.example", handle="kim"))
        uow.actors.mark_gone(3, NOW)

    await database.write(settle)
    found = await database.read(lambda uow: uow.actors.by_handle("kim", "there.example"))
    assert found is not None
    assert found.id == 2


async def test_what_another_node_says_updates_its_actor_and_keeps_our_view(
    database: Database,
) -> None:
    first = an_actor(1, host="there.example", suspended_at=NOW)
    later = NOW + timedelta(days=1)
    said = replace(first, id=7, name="New", created_at=later, fetched_at=later, suspended_at=None)
    await database.write(lambda uow: uow.actors.upsert_remote(first))
    stored = await database.write(lambda uow: uow.actors.upsert_remote(said))
    assert stored == replace(first, name="New", fetched_at=later)
    assert await database.read(lambda uow: uow.actors.get(1)) == stored
    assert await database.read(lambda uow: uow.actors.get(7)) is None


async def test_what_another_node_says_never_changes_an_actor_of_ours(database: Database) -> None:
    ours = an_actor(1)
    await database.write(lambda uow: uow.actors.add(ours))
    claim = replace(ours, id=2, name="Stolen", is_local=False)
    assert await database.write(lambda uow: uow.actors.upsert_remote(claim)) == ours
    assert await database.read(lambda uow: uow.actors.by_uri(ours.uri)) == ours


async def test_an_actor_goes_once_and_comes_back_with_news_of_it(database: Database) -> None:
    theirs = an_actor(1, host="there.example")
    await database.write(lambda uow: uow.actors.add(theirs))
    assert await database.write(lambda uow: uow.actors.mark_gone(1, NOW))
    assert not await database.write(lambda uow: uow.actors.mark_gone(1, NOW + timedelta(days=1)))
    gone = await database.read(lambda uow: uow.actors.get(1))
    assert gone == replace(theirs, gone_at=NOW)
    assert await database.write(lambda uow: uow.actors.upsert_remote(theirs)) == theirs


async def test_a_profile_is_rewritten(database: Database) -> None:
    ours = an_actor(1)

    def rewrite(uow: UnitOfWork) -> None:
        uow.actors.add(ours)
        uow.actors.add(an_actor(2))
        uow.actors.update_profile(
            1, name="N", summary="<p>S</p>", summary_source="S", updated_at=NOW
        )

    await database.write(rewrite)
    changed = replace(ours, name="N", summary="<p>S</p>", summary_source="S", updated_at=NOW)
    both = await database.read(lambda uow: uow.actors.get_many([1, 2]))
    assert both == {1: changed, 2: an_actor(2)}


def a_key(key_id: str, actor_id: int, material: str = "PEM") -> PublicKeyRecord:
    return PublicKeyRecord(
        key_id=key_id, actor_id=actor_id, kind="rsa", material=material, fetched_at=NOW
    )


async def test_public_keys_of_an_actor_are_replaced_together(database: Database) -> None:
    def publish(uow: UnitOfWork) -> None:
        uow.actors.add(an_actor(1))
        uow.actors.add(an_actor(2))
        uow.keys.put_public([a_key("k1", 1), a_key("k2", 1)], 1)
        uow.keys.put_public([a_key("k3", 2)], 2)
        uow.keys.put_public([a_key("k2", 1, "new")], 1)

    await database.write(publish)

    def find(uow: UnitOfWork) -> None:
        assert uow.keys.public("k1") is None
        assert uow.keys.public("k2") == (a_key("k2", 1, "new"), an_actor(1))
        assert uow.keys.of_actor(2) == [a_key("k3", 2)]

    await database.read(find)
    await database.write(lambda uow: uow.keys.put_public([], 2))
    assert await database.read(lambda uow: uow.keys.of_actor(2)) == []


async def test_a_key_of_another_actor_is_not_stored(database: Database) -> None:
    await database.write(lambda uow: each(uow.actors.add, (an_actor(1), an_actor(2))))
    with pytest.raises(ValueError, match="another actor"):
        await database.write(lambda uow: uow.keys.put_public([a_key("k", 1)], 2))
    assert await database.read(lambda uow: uow.keys.public("k")) is None


async def test_private_keys_are_made_once(database: Database) -> None:
    keys = PrivateKeys(actor_id=1, rsa_pem="R", ed25519_pem="E", created_at=NOW)
    await database.write(lambda uow: uow.actors.add(an_actor(1)))
    await database.write(lambda uow: uow.keys.add_private(keys))
    assert await database.read(lambda uow: uow.keys.private(1)) == keys
    assert await database.read(lambda uow: uow.keys.private(2)) is None
    with pytest.raises(AlreadyThere):
        await database.write(lambda uow: uow.keys.add_private(keys))
