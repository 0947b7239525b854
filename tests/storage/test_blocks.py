"""Whom a block hides, and between whom no contact passes."""

from storage.blocks import Block
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.rows import NOW, an_account, an_actor

ANNA, OTHER_ANNA, BEN, OTHER_BEN, FAR = 11, 12, 21, 22, 31


def _people(uow: UnitOfWork) -> None:
    """Two people with two personas each, and somebody of another node."""
    for account, personas in ((1, (ANNA, OTHER_ANNA)), (2, (BEN, OTHER_BEN))):
        uow.accounts.add(an_account(account))
        for persona in personas:
            uow.actors.add(an_actor(persona))
            uow.accounts.add_persona(persona, account, NOW)
    uow.actors.add(an_actor(FAR, host="far.example"))


def _block(uow: UnitOfWork, by: int, named: int) -> None:
    account = uow.accounts.account_of(named)
    uow.blocks.add(Block(persona_id=by, named_id=named, account_id=account, created_at=NOW))


async def test_block_hides_both_ways_and_all_personas_of_the_blocked(database: Database) -> None:
    def write(uow: UnitOfWork) -> list[frozenset[int]]:
        _people(uow)
        _block(uow, ANNA, BEN)
        return [uow.blocks.hides(one) for one in (ANNA, OTHER_ANNA, BEN, OTHER_BEN, FAR)]

    anna, other_anna, ben, other_ben, far = await database.write(write)
    assert anna == {BEN}  # she does not learn that the other one is Ben as well
    assert other_anna == frozenset()
    assert ben == other_ben == {ANNA}
    assert far == frozenset()


async def test_no_contact_passes_whichever_persona_is_tried(database: Database) -> None:
    def write(uow: UnitOfWork) -> None:
        _people(uow)
        _block(uow, ANNA, BEN)
        for ben in (BEN, OTHER_BEN):
            assert uow.blocks.cut_off(ANNA, ben)
            assert uow.blocks.cut_off(ben, ANNA)
            assert not uow.blocks.cut_off(OTHER_ANNA, ben)
            assert not uow.blocks.cut_off(ben, OTHER_ANNA)
        assert not uow.blocks.cut_off(ANNA, FAR)

    await database.write(write)


async def test_a_persona_made_after_the_block_is_cut_off_too(database: Database) -> None:
    def write(uow: UnitOfWork) -> None:
        _people(uow)
        _block(uow, ANNA, BEN)
        assert uow.blocks.hides(23) == frozenset()
        uow.actors.add(an_actor(23))
        uow.accounts.add_persona(23, 2, NOW)
        assert uow.blocks.hides(23) == {ANNA}
        assert uow.blocks.cut_off(23, ANNA)

    await database.write(write)


async def test_somebody_of_another_node_is_blocked_alone(database: Database) -> None:
    def write(uow: UnitOfWork) -> None:
        _people(uow)
        _block(uow, ANNA, FAR)
        assert uow.blocks.hides(ANNA) == {FAR}
        assert uow.blocks.cut_off(FAR, ANNA)
        assert not uow.blocks.cut_off(FAR, OTHER_ANNA)

    await database.write(write)


async def test_a_block_is_kept_once_listed_and_lifted(database: Database) -> None:
    def write(uow: UnitOfWork) -> None:
        _people(uow)
        for named in (BEN, BEN, FAR):
            _block(uow, ANNA, named)
        assert uow.blocks.count(ANNA) == 2
        assert [one.actor.id for one in uow.blocks.listed(ANNA, 10)] == [FAR, BEN]
        assert uow.blocks.listed(OTHER_ANNA, 10) == []
        assert uow.blocks.get(ANNA, BEN) is not None
        assert uow.blocks.lift(ANNA, BEN)
        assert not uow.blocks.lift(ANNA, BEN)
        assert uow.blocks.hides(OTHER_BEN) == frozenset()
        assert not uow.blocks.cut_off(ANNA, BEN)

    await database.write(write)


async def test_who_is_erased_leaves_no_blocks_behind(database: Database) -> None:
    def write(uow: UnitOfWork) -> None:
        _people(uow)
        _block(uow, ANNA, BEN)
        _block(uow, OTHER_BEN, OTHER_ANNA)
        uow.blocks.forget_persona(OTHER_BEN)
        assert uow.blocks.hides(OTHER_ANNA) == frozenset()
        uow.blocks.forget_account(2)
        assert uow.blocks.count(ANNA) == 0

    await database.write(write)
