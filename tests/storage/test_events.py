"""Events: one for all that is committed, in the same transaction, and none for what is not."""

from datetime import timedelta

import pytest

from storage.database import Database, UnitOfWork
from storage.events import Event
from storage.notifications import Notification
from tests.storage.rows import NOW, a_reply, a_thread, an_actor, found_group

AUTHOR, OTHER, GROUP = 1, 2, 10
ROOT = a_thread(100, GROUP, AUTHOR)
REPLY = a_reply(101, ROOT, OTHER)


@pytest.fixture
async def place(database: Database) -> Database:
    def settle(uow: UnitOfWork) -> None:
        uow.actors.add(an_actor(AUTHOR))
        uow.actors.add(an_actor(OTHER))
        found_group(uow, GROUP)

    await database.write(settle)
    return database


async def events(database: Database) -> list[tuple[str, int, int, int]]:
    found = await database.read(lambda uow: uow.events.after(0, 100))
    assert [one.id for one in found] == sorted(one.id for one in found)
    return [(one.kind, one.object_id, one.actor_id, one.place_id) for one in found]


async def test_all_that_becomes_of_a_post_is_an_event(place: Database) -> None:
    await place.write(lambda uow: uow.posts.add(ROOT))
    await place.write(lambda uow: uow.posts.add(REPLY))
    await place.write(
        lambda uow: uow.posts.edit(
            101,
            title=None,
            content="<p>So</p>",
            source="So",
            content_warning=None,
            language=None,
            reply_wanted=None,
            edited_at=NOW,
        )
    )
    await place.write(lambda uow: uow.posts.remove(101, None, "unkind", NOW))
    await place.write(lambda uow: uow.posts.restore(101))
    await place.write(lambda uow: uow.posts.tombstone(100, NOW))
    await place.write(lambda uow: uow.posts.tombstone(100, NOW))
    assert await events(place) == [
        ("post", 100, AUTHOR, GROUP),
        ("post", 101, OTHER, GROUP),
        ("edit", 101, OTHER, GROUP),
        ("delete", 101, OTHER, GROUP),
        ("edit", 101, OTHER, GROUP),
        ("delete", 100, AUTHOR, GROUP),
    ]


async def test_what_is_rolled_back_never_happened(place: Database) -> None:
    def fail(uow: UnitOfWork) -> None:
        uow.posts.add(ROOT)
        raise LookupError

    with pytest.raises(LookupError):
        await place.write(fail)
    await place.write(lambda uow: uow.posts.add(ROOT))
    assert await events(place) == [("post", 100, AUTHOR, GROUP)]


async def test_the_commit_wakes_who_reads(place: Database) -> None:
    subscription = place.signals.subscribe("events")
    await subscription.wait(1)
    await place.write(lambda uow: uow.posts.add(ROOT))
    assert await subscription.wait(10)
    subscription.close()


async def test_news_that_is_told_twice_is_one_event(place: Database) -> None:
    def say(uow: UnitOfWork, number: int) -> None:
        uow.notifications.add(
            Notification(
                id=number,
                persona_id=AUTHOR,
                kind="reply",
                by_id=OTHER,
                post_id=100,
                created_at=NOW + timedelta(seconds=number),
            )
        )

    await place.write(lambda uow: uow.posts.add(ROOT))
    await place.write(lambda uow: say(uow, 500))
    await place.write(lambda uow: say(uow, 501))
    assert (await events(place))[1:] == [("notification", 500, AUTHOR, 0)]


async def test_numbers_are_never_used_again(place: Database) -> None:
    await place.write(lambda uow: uow.events.note("filters", AUTHOR, AUTHOR))
    newest = await place.read(lambda uow: uow.events.newest())
    assert await place.write(lambda uow: uow.events.drop(newest)) == 1
    await place.write(lambda uow: uow.events.note("filters", AUTHOR, AUTHOR))
    [event] = await place.read(lambda uow: uow.events.after(newest, 10))
    assert event == Event(
        id=event.id, kind="filters", object_id=AUTHOR, actor_id=AUTHOR, place_id=0
    )
    assert await place.read(lambda uow: uow.events.these([event.id])) == [event]
