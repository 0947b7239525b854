"""Values by key, on both databases."""

from storage.database import Database


async def test_a_value_is_kept_and_replaced(database: Database) -> None:
    assert await database.read(lambda uow: uow.settings.get("node")) is None
    await database.write(lambda uow: uow.settings.put("node", "one"))
    assert await database.read(lambda uow: uow.settings.get("node")) == "one"
    await database.write(lambda uow: uow.settings.put("node", "two"))
    assert await database.read(lambda uow: uow.settings.get("node")) == "two"
