"""Private conversations in a copy, and what is left of them when somebody leaves."""

from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.node.messages.talk import Talk
from tests.node.rights.test_copies import copy_of, work
from tests.node.rights.test_leaving_pages import ask
from tests.node.web.house import WebHouse


async def begun(house: WebHouse) -> tuple[Talk, int]:
    """Ash and Birch write to each other."""
    talk = await Talk.begin(house)
    number = await talk.opened(talk.ash, "birch", "The river was cold")
    await talk.say(talk.birch, number, "Mine was colder")
    return talk, number


async def test_a_copy_has_what_i_wrote_and_what_i_was_written(house: WebHouse) -> None:
    talk, _ = await begun(house)
    document, page = await copy_of(house, talk.ash)
    [persona] = document["personas"]
    said = [(one["attributedTo"][-5:], one["source"]["content"]) for one in persona["messages"]]
    assert said == [("birch", "Mine was colder"), ("s/ash", "The river was cold")]
    assert persona["conversations"][0]["with"] == ["http://localhost:8420/personas/birch"]
    assert "Mine was colder" in page
    other, _ = await copy_of(house, talk.cedar)
    assert "messages" not in other["personas"][0]


async def test_prv_21_own_messages_are_unreadable_to_all(house: WebHouse) -> None:
    talk, number = await begun(house)
    await ask(talk.birch, "now")
    await work(house)
    page = await talk.page(talk.ash, number)
    assert "Mine was colder" not in page
    assert "The river was cold" in page
    sealed = await house.db.read(lambda uow: _sealed_by_author(uow))
    assert sealed == 1, "only the one of who stayed"
    document, _ = await copy_of(house, talk.ash)
    said = [one["source"]["content"] for one in document["personas"][0]["messages"]]
    assert said == ["", "The river was cold"]
    left = await house.db.read(lambda uow: _rows(uow, "message_copies"))
    assert left == 2, "those of the other one"


def _rows(uow: UnitOfWork, table: str) -> int:
    return len(list(uow.connection.execute(metadata.tables[table].select())))


def _sealed_by_author(uow: UnitOfWork) -> int:
    rows = uow.connection.execute(metadata.tables["messages"].select())
    return sum(row.sealed is not None for row in rows)
