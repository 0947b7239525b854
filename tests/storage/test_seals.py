"""Sealed text opens where it belongs, under the right keys, and nowhere else."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from storage.database import Database
from storage.errors import Erased, NoNodeKey, NotOpened, WrongNodeKey
from storage.keyring import Keyring, NodeKey
from storage.seals import Holder, Sealed, Seals
from storage.tables import data_keys
from storage.unit_of_work import UnitOfWork

TALK, ANN, BEN = Holder("conversation", 7), Holder("persona", 1), Holder("persona", 2)
TEXT = b"the evenings are long"


async def sealed(database: Database, *holders: Holder, text: bytes = TEXT) -> bytes:
    def seal(uow: UnitOfWork) -> bytes:
        return uow.seals.seal(text, place="messages.sealed", row=10, author=1, holders=holders)

    return await database.write(seal)


async def opened(database: Database, what: bytes, **other: int | str) -> bytes | None:
    where = {"place": "messages.sealed", "row": 10, "author": 1} | other
    return await database.read(lambda uow: uow.seals.open(what, **where))  # type: ignore[arg-type]


async def test_what_is_sealed_opens_and_shows_nothing(database: Database) -> None:
    one, two = await sealed(database, TALK, ANN), await sealed(database, TALK, ANN)
    assert one != two
    assert TEXT not in one
    assert await opened(database, one) == TEXT
    assert await opened(database, two) == TEXT


@pytest.mark.parametrize("other", [{"row": 11}, {"author": 2}, {"place": "drafts.sealed"}])
async def test_it_opens_in_no_other_row_author_or_column(
    database: Database, other: dict[str, int | str]
) -> None:
    what = await sealed(database, TALK, ANN)
    with pytest.raises(NotOpened):
        await opened(database, what, **other)


async def test_a_changed_byte_anywhere_is_noticed(database: Database) -> None:
    what = await sealed(database, TALK, ANN)
    for place in range(len(what)):
        changed = bytearray(what)
        changed[place] ^= 1
        try:
            assert await opened(database, bytes(changed)) is None  # a holder that never was
        except NotOpened:
            continue


@given(st.binary(max_size=80))
def test_no_bytes_raise_anything_else(junk: bytes) -> None:
    """Read before any key is looked for."""
    seals = Seals.__new__(Seals)
    seals.keys = _NoKeys()  # type: ignore[assignment]
    with suppress(NotOpened):
        assert seals.open_many([Sealed(junk, "x.y", 1, 1)]) == [None]


class _NoKeys:
    def find(self, _names: object) -> dict[object, bytes]:
        return {}


async def test_whose_key_is_destroyed_can_never_be_read_again(database: Database) -> None:
    """One of the holders is enough; what others hold without them is still there."""
    with_ann, with_ben = await sealed(database, TALK, ANN), await sealed(database, TALK, BEN)
    await database.write(lambda uow: uow.seals.destroy(ANN))
    assert await opened(database, with_ann) is None
    assert await opened(database, with_ben) == TEXT
    with pytest.raises(Erased):
        await sealed(database, ANN)
    await database.write(lambda uow: uow.seals.destroy(TALK))
    assert await opened(database, with_ben) is None


async def test_one_query_brings_the_keys_of_many(
    database: Database, statements: Callable[[], int]
) -> None:
    many = [await sealed(database, TALK, Holder("persona", n)) for n in range(30)]

    def read(uow: UnitOfWork) -> list[bytes | None]:
        before = statements()
        texts = uow.seals.open_many([Sealed(one, "messages.sealed", 10, 1) for one in many])
        assert statements() == before + 1
        return texts

    assert await database.read(read) == [TEXT] * 30


@pytest.fixture
def statements(database: Database) -> Callable[[], int]:
    """How many statements were executed."""
    from sqlalchemy import event

    count = [0]

    def note(*_: object) -> None:
        count[0] += 1

    for engine in {database._engine, database._reading_engine}:
        event.listen(engine, "before_cursor_execute", note)
    return lambda: count[0]


async def test_without_the_key_or_with_another_one_it_is_refused(
    database: Database, database_url: str
) -> None:
    what = await sealed(database, TALK)
    for keyring, error in (
        (None, NoNodeKey),
        (Keyring([NodeKey("test", b"x" * 32)]), WrongNodeKey),
        (Keyring([NodeKey("other", b"x" * 32)]), WrongNodeKey),
    ):
        other = Database.open(database_url, keyring)
        with pytest.raises(error):
            await other.read(lambda uow: uow.seals.keys.check())
        with pytest.raises(error):
            await opened(other, what)
        with pytest.raises(error):
            await sealed(other, Holder("account", 5))
        await other.close()
    assert await opened(database, what) == TEXT


async def test_a_key_is_wrapped_anew_and_the_old_node_key_goes(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    keyring = Keyring.create(tmp_path / "node.keys")
    used = Database.open(f"{database_url}", keyring)
    many = [await sealed(used, Holder("persona", n)) for n in range(5)]
    old, new = keyring.current, keyring.add()
    await used.write(lambda uow: uow.seals.keys.adopt(new))
    assert await used.write(lambda uow: uow.seals.keys.rewrap(old.id, new, 3)) == 3
    assert not await used.write(lambda uow: uow.seals.keys.retire(old.id))
    assert [await opened(used, one) for one in many] == [TEXT] * 5
    assert await used.write(lambda uow: uow.seals.keys.rewrap(old.id, new, 3)) == 2
    assert await used.write(lambda uow: uow.seals.keys.retire(old.id))
    keyring.drop(old.id)
    await used.close()
    again = Database.open(database_url, Keyring.open(tmp_path / "node.keys"))
    await again.read(lambda uow: uow.seals.keys.check())
    assert [await opened(again, one) for one in many] == [TEXT] * 5
    await again.close()


async def test_another_process_notices_that_the_key_was_exchanged(
    database_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "node.keys"
    ours, theirs = Keyring.create(path), Keyring.open(path)
    here, there = Database.open(database_url, ours), Database.open(database_url, theirs)
    await sealed(there, ANN)
    old, new = ours.current, ours.add()

    def exchange(uow: UnitOfWork) -> bool:
        uow.seals.keys.adopt(new)
        uow.seals.keys.rewrap(old.id, new, 10)
        return uow.seals.keys.retire(old.id)

    assert await here.write(exchange)
    what = await sealed(there, BEN)
    assert await opened(here, what) == TEXT
    rows = await here.read(
        lambda uow: uow.connection.execute(select(data_keys.c.node_key_id)).scalars().all()
    )
    assert set(rows) == {new.id}
    await here.close()
    await there.close()
