"""Who waits is found by the index of what waits, whatever else is there, without statistics."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event

from storage.database import Database
from storage.keyring import Keyring
from storage.unit_of_work import UnitOfWork
from storage.waiting import Wanted

WANTED = Wanted(persona_id=1, since=datetime(2026, 1, 1, tzinfo=UTC))


async def test_the_queue_reads_what_waits_and_nothing_else(
    sqlite_url: str, keyring: Keyring
) -> None:
    database = Database.open(sqlite_url, keyring)

    def read(uow: UnitOfWork) -> list[str]:
        plans: list[str] = []

        def explain(_connection: Any, cursor: Any, text: str, values: Any, *_: Any) -> None:
            rows = cursor.execute("EXPLAIN QUERY PLAN " + text, values).fetchall()
            plans.append("\n".join(row[3] for row in rows))

        event.listen(uow.connection, "before_cursor_execute", explain)
        uow.waiting.listed(WANTED, 10)
        uow.waiting.any_for(WANTED)
        uow.unanswered.of_members(WANTED, WANTED.since, 10, 10)
        event.remove(uow.connection, "before_cursor_execute", explain)
        return plans

    plans = await database.read(read)
    await database.close()
    assert len(plans) == 4
    for plan in plans[:3]:
        assert "USING INDEX ix_posts_waiting (group_id=?)" in plan
    assert all("SCAN posts" not in plan and "parent_id" not in plan for plan in plans)
