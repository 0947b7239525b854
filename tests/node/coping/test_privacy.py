"""What helped whom is nobody else's business: invariants 16 and 25, on the real database."""

from sqlalchemy import text

from node.coping.rules import ENOUGH
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.node.coping.cards import drafted, joined, published
from tests.node.web.house import WebHouse


async def told(house: WebHouse, post_id: int, who: int, helped: str) -> None:
    persona = await house.account(f"p{who}")
    coping = house.rooms.coping

    def say(uow: UnitOfWork) -> None:
        coping.say(uow, persona, post_id, helped=helped, contexts=("at-night",))

    await house.db.write(say)


async def test_invariant_25_nobody_is_told_what_fewer_than_ten_people_say(
    any_house: WebHouse,
) -> None:
    house = any_house
    ann = await house.member("ann")
    card = await published(ann, await house.group("grief", ann))
    number = int(card.rpartition("/")[2])
    for who in range(ENOUGH - 1):
        await told(house, number, who, "yes")
    assert "People said" not in (await ann.get(card)).text
    # Somebody's second name is no second person.
    await told(house, number, ENOUGH, "no")
    page = (await ann.get(card)).text
    assert "People said" not in page
    assert "not for them" not in page
    await told(house, number, ENOUGH + 1, "yes")
    page = (await ann.get(card)).text
    assert "People said it helped them." in page
    assert "At night" in page
    assert "not for them" not in page
    assert f">{ENOUGH}<" not in page
    last = await house.db.read(lambda uow: uow.actors.local_by_handle(f"p{ENOUGH + 1}"))
    assert last is not None
    persona = last
    await house.db.write(lambda uow: house.rooms.coping.take_back(uow, persona, number))
    assert "People said" not in (await ann.get(card)).text


async def test_invariant_25_two_names_of_one_person_count_once(house: WebHouse) -> None:
    ann = await house.member("ann")
    card = await published(ann, await house.group("grief", ann))
    number = int(card.rpartition("/")[2])
    for who in range(ENOUGH - 1):
        await told(house, number, who, "yes")
    other = await house.account("other")

    def same_person(uow: UnitOfWork) -> None:
        first = uow.actors.local_by_handle("p0")
        assert first is not None
        account = uow.accounts.account_of(first.id)
        statement = text("UPDATE personas SET account_id = :account WHERE actor_id = :actor")
        uow.connection.execute(statement, {"account": account, "actor": other.id})
        house.rooms.coping.say(uow, other, number, helped="yes", contexts=())

    await house.db.write(same_person)
    assert "People said" not in (await ann.get(card)).text


async def rows_of(db: Database, *tables: str) -> str:
    def read(uow: UnitOfWork) -> str:
        return " ".join(
            str(tuple(row))
            for table in tables
            for row in uow.connection.execute(text(f"SELECT * FROM {table}"))
        )

    return await db.read(read)


async def test_invariant_16_drafts_toolkits_and_notes_lie_sealed(house: WebHouse) -> None:
    ann = await house.member("ann")
    group = await house.group("grief", ann)
    card = await published(ann, group)
    bea = await joined(house, "bea", group)
    await bea.submit(f"{card}/save", at=card)
    await bea.submit(f"{card}/tell", at=f"{card}/tell", act="say", helped="yes", note="porridge")
    draft = await drafted(bea, title="Semolina")
    await bea.submit(draft, at=draft, act="toolkit")
    found = await rows_of(house.db, "coping_cards", "toolkit_items", "card_experiences")
    for word in ("Semolina", "porridge", "anxiety"):
        assert word not in found
    items = await rows_of(house.db, "toolkit_items")
    assert card.rpartition("/")[2] not in items
    assert "semolina" not in (await rows_of(house.db, "activities")).lower()
