"""What is kept of newcomers: a number, and who vouched."""

from datetime import timedelta

from storage.database import Database
from storage.newcomers import Standing
from storage.unit_of_work import UnitOfWork
from tests.storage.rows import NOW, an_account, an_actor

ANNA, OTHER_ANNA, BEN = 11, 12, 21
PAUSE = timedelta(seconds=15)


def _people(uow: UnitOfWork) -> None:
    for account, personas in ((1, (ANNA, OTHER_ANNA)), (2, (BEN,))):
        uow.accounts.add(an_account(account))
        for persona in personas:
            uow.actors.add(an_actor(persona))
            uow.accounts.add_persona(persona, account, NOW)


async def test_standing_is_of_the_account_and_reading_a_number(database: Database) -> None:
    def write(uow: UnitOfWork) -> None:
        _people(uow)
        assert uow.newcomers.standing(99) is None
        assert uow.newcomers.standing(ANNA) == Standing(1, NOW, "member", 0, False)
        for seconds, count in ((0, 1), (14, 1), (15, 2), (16, 2), (30, 3)):
            uow.newcomers.count_read(1, NOW + timedelta(seconds=seconds), PAUSE)
            for persona in (ANNA, OTHER_ANNA):
                standing = uow.newcomers.standing(persona)
                assert standing is not None
                assert standing.threads_read == count
        assert uow.newcomers.standing(BEN) == Standing(2, NOW, "member", 0, False)

    await database.write(write)


async def test_a_vouch_holds_for_all_personas_and_shows_on_one(database: Database) -> None:
    def write(uow: UnitOfWork) -> None:
        _people(uow)
        for _ in range(2):
            uow.newcomers.vouch(ANNA, BEN, NOW)
        assert uow.newcomers.is_vouched(ANNA)
        assert not uow.newcomers.is_vouched(OTHER_ANNA)
        standing = uow.newcomers.standing(OTHER_ANNA)
        assert standing is not None
        assert standing.vouched
        ben = uow.newcomers.standing(BEN)
        assert ben is not None
        assert not ben.vouched

    await database.write(write)


async def test_who_is_erased_is_forgotten(database: Database) -> None:
    def write(uow: UnitOfWork) -> None:
        _people(uow)
        uow.newcomers.count_read(1, NOW, PAUSE)
        uow.newcomers.vouch(ANNA, BEN, NOW)
        uow.newcomers.forget_persona(BEN)  # that Ben vouched is forgotten, that somebody did is not
        assert uow.newcomers.is_vouched(ANNA)
        uow.newcomers.forget_account(1)
        uow.newcomers.forget_persona(ANNA)
        assert uow.newcomers.standing(ANNA) == Standing(1, NOW, "member", 0, False)

    await database.write(write)
