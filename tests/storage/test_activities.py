"""Activities pass; those that others may still ask for stay."""

from datetime import timedelta

from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.rows import NOW, a_delivery, an_activity, an_actor

OLD = NOW - timedelta(days=100)
THREAD, REPLY = "https://here.example/posts/1", "https://here.example/posts/2"


async def test_passing_activities_are_forgotten_and_lasting_ones_stay(database: Database) -> None:
    def fill(uow: UnitOfWork) -> None:
        uow.actors.add(an_actor(1))
        uow.peers.ensure_many({"there.example"}, NOW, lambda: 1)
        for number, kind, item, created in (
            (1, "Create", REPLY, OLD),
            (2, "Announce", THREAD, OLD),
            (3, "Announce", REPLY, OLD),
            (4, "Like", REPLY, OLD),
            (5, "Like", REPLY, NOW),
            (6, "Lock", THREAD, OLD),
        ):
            uow.activities.add(
                an_activity(number, 1, type=kind, object_uri=item, root=THREAD, created_at=created)
            )
        uow.deliveries.add_many([a_delivery(1, 6, 1)])

    await database.write(fill)
    before = NOW - timedelta(days=90)
    assert await database.write(lambda uow: uow.activities.prune(before, 10)) == 2
    kept = await database.read(lambda uow: uow.activities.get_many(range(1, 7)))
    assert set(kept) == {1, 2, 5, 6}
