"""What holds for every database: errors, times, snapshots, refusals."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from storage.database import Database, UnitOfWork
from storage.errors import AlreadyThere, NotStorable, StorageError
from tests.storage.rows import NOW, a_receipt, an_account, an_actor


async def test_a_read_is_refused_when_it_writes(database: Database) -> None:
    with pytest.raises(StorageError):
        await database.read(lambda uow: uow.settings.put("k", "v"))
    await database.write(lambda uow: uow.settings.put("k", "w"))
    assert await database.read(lambda uow: uow.settings.get("k")) == "w"


async def test_a_read_sees_one_moment(database: Database) -> None:
    def look_twice(uow: UnitOfWork) -> tuple[str | None, str | None]:
        before = uow.settings.get("k")
        database.write_now(lambda other: other.settings.put("k", "new"))
        return before, uow.settings.get("k")

    await database.write(lambda uow: uow.settings.put("k", "old"))
    assert await database.read(look_twice) == ("old", "old")
    assert await database.read(lambda uow: uow.settings.get("k")) == "new"


async def test_an_error_of_the_function_is_its_callers_and_undoes_all(database: Database) -> None:
    def fail(uow: UnitOfWork) -> None:
        uow.settings.put("k", "v")
        raise LookupError("not here")

    with pytest.raises(LookupError, match="not here"):
        await database.write(fail)
    with pytest.raises(LookupError, match="not here"):
        database.write_now(fail)
    assert await database.read(lambda uow: uow.settings.get("k")) is None


async def test_what_is_there_already_undoes_all_of_the_write(database: Database) -> None:
    await database.write(lambda uow: uow.accounts.add(an_account(1)))

    def add_again(uow: UnitOfWork) -> None:
        uow.settings.put("k", "v")
        uow.accounts.add(an_account(2, name="person1"))

    with pytest.raises(AlreadyThere) as raised:
        await database.write(add_again)
    assert await database.read(lambda uow: uow.settings.get("k")) is None
    assert "person1" not in str(raised.value)
    assert "person1" not in str(raised.value.__cause__)


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=5, minutes=45))])
@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 29, 1, 30, 0, 999999),
        datetime(1969, 12, 31, 23, 59, 59, 1),
        datetime(9998, 1, 1),
    ],
)
async def test_a_time_comes_back_in_utc_to_the_microsecond(
    database: Database, moment: datetime, zone: timezone
) -> None:
    aware = moment.replace(tzinfo=zone)
    await database.write(lambda uow: uow.actors.add(an_actor(1, created_at=aware)))
    actor = await database.read(lambda uow: uow.actors.get(1))
    assert actor is not None
    assert actor.created_at == aware
    assert actor.created_at.tzinfo is UTC


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    actor = an_actor(1, created_at=NOW.replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        await database.write(lambda uow: uow.actors.add(actor))


@pytest.mark.parametrize("id", [2**63, -(2**63) - 1])
async def test_an_id_of_more_than_64_bits_cannot_be_stored(database: Database, id: int) -> None:
    with pytest.raises(NotStorable):
        await database.write(lambda uow: uow.accounts.add(an_account(id)))
    await database.write(lambda uow: uow.accounts.add(an_account(2**63 - 1)))


async def test_half_a_character_cannot_be_stored(database: Database) -> None:
    with pytest.raises(NotStorable):
        await database.write(lambda uow: uow.settings.put("k", "\ud800"))
    await database.write(lambda uow: uow.settings.put("k", "\U0001f600"))
    assert await database.read(lambda uow: uow.settings.get("k")) == "\U0001f600"


async def test_postgresql_refuses_a_nul_and_an_endless_uri(postgresql_url: str) -> None:
    endless = "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(256))
    database = Database.open(postgresql_url)
    with pytest.raises(NotStorable):
        await database.write(lambda uow: uow.settings.put("k", "a\0b"))
    with pytest.raises(NotStorable):
        await database.write(
            lambda uow: uow.receipts.keep(replace(a_receipt(1), actor_uri=endless))
        )
    await database.write(lambda uow: uow.settings.put("k", endless))
    await database.close()


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "mysql://host/name", "nonsense", "", "://"]
)
def test_only_a_file_or_postgresql_is_opened(url: str) -> None:
    with pytest.raises(StorageError):
        Database.open(url)


async def test_a_file_that_cannot_be_opened_fails_each_write(tmp_path: object) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/missing/kith.sqlite3")
    for _ in range(2):
        with pytest.raises(StorageError, match="unable to open"):
            await database.write(lambda uow: uow.settings.put("k", "v"))
        with pytest.raises(StorageError, match="unable to open"):
            await database.read(lambda uow: uow.settings.get("k"))
    await database.close()
