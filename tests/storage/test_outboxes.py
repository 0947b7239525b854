"""What outboxes show, and what is remembered of what is gone, on both databases."""

from datetime import timedelta
from typing import Any

from storage.activities import OutboxActivity
from storage.database import Database, UnitOfWork
from storage.outboxes import OutboxReader
from tests.storage.rows import NOW, a_reply, a_thread, an_activity, an_actor, each, found_group

LATER = NOW + timedelta(minutes=1)
URI = "https://here.example/posts/100"


async def test_what_is_gone_is_remembered_for_a_while(database: Database) -> None:
    def bury(uow: UnitOfWork) -> None:
        uow.graves.add("a", NOW)
        uow.graves.add("b", LATER)
        uow.graves.add("a", LATER)
        assert uow.graves.has("a")
        assert not uow.graves.has("c")
        assert uow.graves.prune(LATER) == 1
        assert not uow.graves.has("a")
        assert uow.graves.has("b")

    await database.write(bury)


async def test_the_time_of_what_is_remembered_can_be_renewed(database: Database) -> None:
    def remember(uow: UnitOfWork) -> None:
        assert uow.graves.when("a") is None
        uow.graves.renew("a", LATER)
        assert uow.graves.when("a") == LATER
        uow.graves.renew("a", NOW)
        assert uow.graves.when("a") == NOW
        uow.graves.add("b", NOW)
        uow.graves.remove("a")
        assert uow.graves.when("a") is None
        assert uow.graves.has("b")

    await database.write(remember)


async def test_a_groups_first_public_announce_of_a_thread_is_found(database: Database) -> None:
    def announce(actor: int, id: int, **other: Any) -> OutboxActivity:
        return an_activity(id, actor, **{"type": "Announce", "object_uri": URI} | other)

    said = [
        announce(10, 1, public=False),
        announce(10, 2, type="Create"),
        announce(11, 3),
        announce(10, 4),
        announce(10, 5),
        announce(10, 6, object_uri="other"),
    ]

    def run(uow: UnitOfWork) -> None:
        each(uow.actors.add, [an_actor(10), an_actor(11)])
        each(uow.activities.add, said)
        outboxes = OutboxReader(uow.connection)
        assert outboxes.first_announces(10, [URI, "none"]) == {URI: said[3]}
        assert outboxes.first_announces(10, []) == {}

    await database.write(run)


async def test_only_live_posts_are_counted_and_of_an_author_public_ones(
    database: Database,
) -> None:
    thread = a_thread(100, 10, 1)

    def run(uow: UnitOfWork) -> None:
        uow.actors.add(an_actor(1))
        found_group(uow, 10)
        found_group(uow, 11, visibility="local")
        posts = [
            thread,
            a_reply(101, thread, 1),
            a_thread(102, 10, 1, deleted_at=NOW),
            a_thread(103, 10, 1, removed_at=NOW),
            a_thread(104, 11, 1),
        ]
        each(uow.posts.add, posts)
        outboxes = OutboxReader(uow.connection)
        assert outboxes.count_threads(10) == 1
        assert outboxes.count_by_author(1) == 2

    await database.write(run)
