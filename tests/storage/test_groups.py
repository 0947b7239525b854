"""Groups and memberships, on both databases."""

from dataclasses import replace

import pytest

from storage.database import Database, UnitOfWork
from storage.errors import AlreadyThere, NotThere
from storage.groups import GroupWithActor, Visibility
from storage.memberships import Membership
from tests.storage.rows import NOW, a_group, a_membership, an_actor, found_group

PERSONA, STRANGER, FAR = 1, 2, 3


def settle(uow: UnitOfWork) -> None:
    """Groups 10 public, 11 local, 12 private (ours), 20 followed from here, 21 merely known."""
    uow.actors.add(an_actor(PERSONA))
    uow.actors.add(an_actor(STRANGER))
    uow.actors.add(an_actor(FAR, host="there.example"))
    found_group(uow, 10)
    found_group(uow, 11, visibility="local")
    found_group(uow, 12, visibility="private")
    found_group(uow, 20, host="there.example")
    found_group(uow, 21, host="there.example")
    uow.memberships.put(a_membership(12, PERSONA))
    uow.memberships.put(a_membership(20, STRANGER))
    uow.memberships.put(a_membership(21, PERSONA, state="pending"))
    uow.memberships.put(a_membership(21, FAR))


def ids(found: list[GroupWithActor]) -> list[int]:
    return [each.group.actor_id for each in found]


async def test_a_group_is_found_by_id_uri_and_handle(database: Database) -> None:
    await database.write(settle)

    def find(uow: UnitOfWork) -> None:
        found = uow.groups.get(20)
        assert found is not None
        assert found.group == a_group(20, is_local=False)
        assert found.actor.uri == "https://there.example/actors/20"
        assert uow.groups.by_uri(found.actor.uri) == found
        assert uow.groups.by_handle("Group20", "THERE.example") == found
        assert uow.groups.get(PERSONA) is None
        assert uow.groups.by_handle("group20", "here.example") is None

    await database.read(find)


async def test_a_group_needs_its_actor_and_is_founded_once(database: Database) -> None:
    with pytest.raises(NotThere):
        await database.write(lambda uow: uow.groups.add(a_group(10)))
    await database.write(lambda uow: found_group(uow, 10))
    with pytest.raises(AlreadyThere):
        await database.write(lambda uow: uow.groups.add(a_group(10)))


async def test_everyone_is_shown_the_groups_they_may_see(database: Database) -> None:
    await database.write(settle)

    async def shown_to(persona: int | None) -> list[int]:
        listed = await database.read(lambda uow: uow.groups.list_for(persona, 50))
        return ids(listed)

    assert await shown_to(None) == [10, 20]
    assert await shown_to(STRANGER) == [10, 11, 20]
    assert await shown_to(PERSONA) == [10, 11, 12, 20]
    await database.write(lambda uow: uow.memberships.set_state(12, PERSONA, "rejected", NOW))
    assert await shown_to(PERSONA) == [10, 11, 20]


async def test_lists_are_bounded_and_name_what_they_show(database: Database) -> None:
    await database.write(settle)

    everything: tuple[Visibility, ...] = ("public", "local", "private")

    def lists(uow: UnitOfWork) -> None:
        assert ids(uow.groups.local_list(10)) == [10]
        assert ids(uow.groups.local_list(10, visibilities=everything)) == [12, 11, 10]
        assert ids(uow.groups.local_list(2, visibilities=everything)) == [12, 11]
        assert ids(uow.groups.local_list(10, 12, visibilities=everything)) == [11, 10]
        assert ids(uow.groups.known_remote(10)) == [21, 20]
        assert len(uow.groups.known_remote(1)) == 1
        assert len(uow.groups.list_for(PERSONA, 2)) == 2

    await database.read(lists)


async def test_a_group_changes_in_what_may_change(database: Database) -> None:
    await database.write(settle)
    await database.write(
        lambda uow: uow.groups.update(10, guidelines="Be kind.", posting_policy="moderators")
    )
    await database.write(lambda uow: uow.groups.set_backfilled(20, NOW))
    changed = await database.read(lambda uow: uow.groups.get(10))
    filled = await database.read(lambda uow: uow.groups.get(20))
    assert changed is not None
    assert changed.group == a_group(10, guidelines="Be kind.", posting_policy="moderators")
    assert filled is not None
    assert filled.group.backfilled_at == NOW
    with pytest.raises(ValueError, match="is_local"):
        await database.write(lambda uow: uow.groups.update(10, is_local=False))


async def test_a_membership_is_asked_for_answered_and_ended(database: Database) -> None:
    await database.write(settle)
    asked = a_membership(10, FAR, state="pending", follow_uri="https://there.example/f/1")

    def run(uow: UnitOfWork) -> Membership | None:
        uow.memberships.put(asked)
        assert uow.memberships.by_follow_uri("https://there.example/f/1") == asked
        assert uow.memberships.count(10) == 0
        assert uow.memberships.set_state(10, FAR, "accepted", NOW)
        assert uow.memberships.set_role(10, FAR, "moderator", NOW)
        assert not uow.memberships.set_state(10, 99, "accepted", NOW)
        assert not uow.memberships.set_role(10, 99, "moderator", NOW)
        return uow.memberships.get(10, FAR)

    assert await database.write(run) == replace(asked, state="accepted", role="moderator")
    assert await database.write(lambda uow: uow.memberships.remove(10, FAR))
    assert not await database.write(lambda uow: uow.memberships.remove(10, FAR))
    assert await database.read(lambda uow: uow.memberships.get(10, FAR)) is None


async def test_a_second_request_replaces_the_first_but_for_its_age(database: Database) -> None:
    await database.write(settle)
    later = NOW.replace(year=2027)
    await database.write(
        lambda uow: uow.memberships.put(
            a_membership(12, PERSONA, state="pending", created_at=later)
        )
    )
    stored = await database.read(lambda uow: uow.memberships.get(12, PERSONA))
    assert stored == a_membership(12, PERSONA, state="pending")


async def test_an_actor_that_is_gone_leaves_every_group(database: Database) -> None:
    await database.write(settle)
    await database.write(lambda uow: uow.memberships.put(a_membership(10, FAR)))
    assert await database.write(lambda uow: uow.memberships.remove_all(FAR)) == 2
    assert await database.write(lambda uow: uow.memberships.remove_all(FAR)) == 0
    assert await database.read(lambda uow: uow.memberships.count(20)) == 1


async def test_members_moderators_and_followers_are_the_accepted_ones(database: Database) -> None:
    await database.write(settle)

    def join(uow: UnitOfWork) -> None:
        uow.memberships.put(a_membership(10, PERSONA, role="moderator"))
        uow.memberships.put(a_membership(10, STRANGER, role="moderator", state="pending"))
        uow.memberships.put(a_membership(10, FAR))

    await database.write(join)

    def look(uow: UnitOfWork) -> None:
        assert [actor.id for actor in uow.memberships.moderators(10)] == [PERSONA]
        assert [actor.id for actor in uow.memberships.members(10, 10)] == [PERSONA, FAR]
        assert [actor.id for actor in uow.memberships.members(10, 1)] == [PERSONA]
        assert uow.memberships.count(10) == 2
        assert uow.memberships.local_followers(10) == 1
        assert uow.memberships.local_followers(21) == 0

    await database.read(look)


async def test_an_actors_groups_say_how_it_belongs_to_them(database: Database) -> None:
    await database.write(settle)
    joined = await database.read(lambda uow: uow.memberships.groups_of(PERSONA))
    assert [(one.group.actor_id, one.state, one.role) for one in joined] == [
        (12, "accepted", "member"),
        (21, "pending", "member"),
    ]
    assert joined[0].actor.handle == "group12"


async def test_each_inbox_of_the_followers_is_named_once(database: Database) -> None:
    shared = "https://big.example/inbox"

    def join(uow: UnitOfWork) -> None:
        settle(uow)
        for number in (31, 32, 33, 34):
            host = "big.example" if number < 34 else "small.example"
            uow.actors.add(
                an_actor(number, host=host, shared_inbox=shared if number < 33 else None)
            )
            uow.memberships.put(a_membership(10, number))
        uow.actors.add(an_actor(35, host="asking.example"))
        uow.memberships.put(a_membership(10, 35, state="pending"))
        uow.actors.add(an_actor(36, host="gone.example", gone_at=NOW))
        uow.memberships.put(a_membership(10, 36))
        uow.actors.add(an_actor(37, host="suspended.example", suspended_at=NOW))
        uow.memberships.put(a_membership(10, 37))
        uow.memberships.put(a_membership(10, PERSONA))

    await database.write(join)
    inboxes = await database.read(lambda uow: uow.memberships.follower_inboxes(10))
    assert sorted(inboxes) == [
        ("big.example", "https://big.example/actors/33/inbox"),
        ("big.example", shared),
        ("small.example", "https://small.example/actors/34/inbox"),
    ]
