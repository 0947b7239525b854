"""The audit log: a chain that shows what was changed, and appends that take turns."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from storage.audit import START, AuditEntry, Subject, link
from storage.database import Database
from storage.seals import Holder
from storage.unit_of_work import UnitOfWork
from tests.storage.rows import NOW

ASKED = Subject("persona", 7)
Add = Callable[..., Awaitable[AuditEntry]]


@pytest.fixture
def add(database: Database) -> Add:
    """Writes one entry in a transaction of its own."""

    async def write(act: str = "role", **other: Any) -> AuditEntry:
        given: dict[str, Any] = {"at": NOW, "by": 1} | other
        return await database.write(lambda uow: uow.audit.add(act, ASKED, **given))

    return write


async def entries(database: Database) -> list[AuditEntry]:
    return await database.read(lambda uow: uow.audit.walk(0, 100))


async def test_each_entry_follows_from_the_one_before(database: Database, add: Add) -> None:
    for act in ("one", "two", "three"):
        await add(act, detail="x > y", reason="because")
    found = await entries(database)
    assert [(one.seq, one.act) for one in found] == [(1, "one"), (2, "two"), (3, "three")]
    previous = START
    for one in found:
        assert one.hash == link(previous, one)
        previous = one.hash
    ends = await database.read(lambda uow: uow.audit.chain())
    assert (ends.base_seq, ends.head_seq, ends.head_hash) == (0, 3, previous)


async def test_every_field_is_part_of_the_hash(database: Database, add: Add) -> None:
    entry = await add(reason="because")
    changes: list[dict[str, Any]] = [
        {"seq": 2},
        {"at": NOW + timedelta(microseconds=1)},
        {"act": "other"},
        {"by_account": 2},
        {"by_account": None},
        {"subject_kind": "post"},
        {"subject_id": 8},
        {"detail": "more"},
        {"sealed": None},
    ]
    fields = {name: getattr(entry, name) for name in AuditEntry.__slots__}
    assert link(START, AuditEntry(**fields)) == entry.hash
    for change in changes:
        assert link(START, AuditEntry(**fields | change)) != entry.hash
    assert link(entry.hash, entry) != entry.hash


async def test_appends_at_the_same_time_take_turns(database: Database, add: Add) -> None:
    await asyncio.gather(*(add(f"act {number}") for number in range(20)))
    found = await entries(database)
    assert [one.seq for one in found] == list(range(1, 21))
    previous = START
    for one in found:
        assert one.hash == link(previous, one)
        previous = one.hash


async def test_a_transaction_that_fails_leaves_no_entry_and_no_gap(
    database: Database, add: Add
) -> None:
    await add()

    def fail(uow: UnitOfWork) -> None:
        uow.audit.add("never", ASKED, at=NOW, by=1)
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(fail)
    await add("after")
    assert [(one.seq, one.act) for one in await entries(database)] == [(1, "role"), (2, "after")]


async def test_a_reason_is_sealed_and_goes_with_the_account(database: Database, add: Add) -> None:
    entry = await add(reason="Because of Tuesday")
    stored = await database.read(
        lambda uow: uow.connection.execute(text("SELECT sealed FROM audit_entries")).scalar_one()
    )
    assert b"Tuesday" not in bytes(stored)
    assert await database.read(lambda uow: uow.audit.reasons([entry])) == {1: "Because of Tuesday"}
    await database.write(lambda uow: uow.seals.destroy(Holder("account", 1)))
    assert await database.read(lambda uow: uow.audit.reasons([entry])) == {}
    [kept] = await entries(database)
    assert link(START, kept) == kept.hash


async def test_a_reason_needs_an_account(add: Add) -> None:
    with pytest.raises(ValueError, match="account"):
        await add(by=None, reason="because")
    assert (await add(by=None)).by_account is None


async def test_old_entries_go_and_the_rest_can_still_be_checked(
    database: Database, add: Add
) -> None:
    for day in range(6):
        await add(at=NOW + timedelta(days=day))
    before = NOW + timedelta(days=4)
    assert await database.write(lambda uow: uow.audit.forget(before, 3)) == 3
    assert await database.write(lambda uow: uow.audit.forget(before, 3)) == 1
    assert await database.write(lambda uow: uow.audit.forget(before, 3)) == 0
    found = await entries(database)
    ends = await database.read(lambda uow: uow.audit.chain())
    assert [one.seq for one in found] == [5, 6]
    assert (ends.base_seq, ends.head_seq) == (4, 6)
    assert link(ends.base_hash, found[0]) == found[0].hash
    assert (await add()).seq == 7


async def test_all_entries_may_go(database: Database, add: Add) -> None:
    await add()
    later = NOW + timedelta(days=1)
    assert await database.write(lambda uow: uow.audit.forget(later, 100)) == 1
    ends = await database.read(lambda uow: uow.audit.chain())
    entry = await add("next")
    assert (entry.seq, entry.hash) == (2, link(ends.head_hash, entry))


async def test_entries_of_a_subject_and_pages_of_the_log(database: Database, add: Add) -> None:
    for act in ("one", "two", "three"):
        await add(act)
    await database.write(lambda uow: uow.audit.add("x", Subject("post", 7), at=NOW, by=1))

    def read(uow: UnitOfWork) -> tuple[list[str], list[int]]:
        of_persona = uow.audit.of_subjects("persona", [7, 8], 2)
        return [one.act for one in of_persona], [one.seq for one in uow.audit.newest(2, before=4)]

    assert await database.read(read) == (["three", "two"], [3, 2])
