"""Accounts, their personas, and links that work once, on both databases."""

from datetime import timedelta

import pytest

from storage.accounts import OneTimeLink
from storage.database import Database, UnitOfWork
from storage.errors import AlreadyThere, NotThere
from tests.storage.rows import NOW, an_account, an_actor


async def test_an_account_is_found_by_id_name_and_email_whatever_their_case(
    database: Database,
) -> None:
    account = an_account(1, name="Zoë", email="Zoe@Example.org")
    await database.write(lambda uow: uow.accounts.add(account))

    def find(uow: UnitOfWork) -> None:
        assert uow.accounts.get(1) == account
        assert uow.accounts.by_name("ZOË") == account
        assert uow.accounts.by_email("zoe@example.ORG") == account
        assert uow.accounts.get(2) is None
        assert uow.accounts.by_name("zoe") is None
        assert uow.accounts.count() == 1

    await database.read(find)


@pytest.mark.parametrize("taken", [{"name": "PERSON1"}, {"email": "Person1@Example.Org"}])
async def test_a_name_and_an_address_belong_to_one_account(
    database: Database, taken: dict[str, str]
) -> None:
    await database.write(lambda uow: uow.accounts.add(an_account(1)))
    with pytest.raises(AlreadyThere):
        await database.write(lambda uow: uow.accounts.add(an_account(2, **taken)))
    await database.write(lambda uow: uow.accounts.add(an_account(3)))
    assert await database.read(lambda uow: uow.accounts.count()) == 2


async def test_accounts_without_an_address_do_not_meet(database: Database) -> None:
    await database.write(lambda uow: uow.accounts.add(an_account(1, email=None)))
    await database.write(lambda uow: uow.accounts.add(an_account(2, email=None)))
    assert await database.read(lambda uow: uow.accounts.count()) == 2


async def test_a_password_is_changed_for_one_account_only(database: Database) -> None:
    def change(uow: UnitOfWork) -> None:
        uow.accounts.add(an_account(1))
        uow.accounts.add(an_account(2))
        uow.accounts.set_password(1, "new")

    await database.write(change)
    hashes = await database.read(
        lambda uow: [account and account.password_hash for account in map(uow.accounts.get, (1, 2))]
    )
    assert hashes == ["new", "$argon2id$"]


async def test_a_persona_has_one_account_and_an_account_several_personas(
    database: Database,
) -> None:
    def open_door(uow: UnitOfWork) -> None:
        for number in (1, 2):
            uow.accounts.add(an_account(number))
        for number in (11, 12, 13):
            uow.actors.add(an_actor(number))
        uow.accounts.add_persona(12, 1, NOW)
        uow.accounts.add_persona(11, 1, NOW)
        uow.accounts.add_persona(13, 2, NOW)

    await database.write(open_door)
    assert await database.read(lambda uow: uow.accounts.personas_of(1)) == [11, 12]
    assert await database.read(lambda uow: uow.accounts.account_of(13)) == 2
    assert await database.read(lambda uow: uow.accounts.account_of(99)) is None
    with pytest.raises(AlreadyThere):
        await database.write(lambda uow: uow.accounts.add_persona(11, 2, NOW))
    with pytest.raises(NotThere):
        await database.write(lambda uow: uow.accounts.add_persona(99, 1, NOW))


async def test_a_link_works_once_and_not_after_its_time(database: Database) -> None:
    link = OneTimeLink(
        token_hash=b"\x00\xff", purpose="first", created_at=NOW, expires_at=NOW + timedelta(hours=1)
    )
    late = OneTimeLink(token_hash=b"late", purpose="first", created_at=NOW, expires_at=NOW)
    await database.write(lambda uow: uow.accounts.links_add(link))
    await database.write(lambda uow: uow.accounts.links_add(late))
    assert await database.read(lambda uow: uow.accounts.link(b"\x00\xff")) == link

    use = [await database.write(lambda uow: uow.accounts.link_use(b"\x00\xff", NOW)) for _ in "ab"]
    assert use == [True, False]
    assert not await database.write(lambda uow: uow.accounts.link_use(b"late", NOW))
    assert not await database.write(lambda uow: uow.accounts.link_use(b"unknown", NOW))
    used = await database.read(lambda uow: uow.accounts.link(b"\x00\xff"))
    assert used is not None
    assert used.used_at == NOW
