"""Goals and buddies belong to a person: they are in the copy of their data, and go with them."""

from storage.seals import Holder
from storage.unit_of_work import UnitOfWork
from tests.node.goals.walk import Walk, handle_of
from tests.node.messages.talk import persona_of
from tests.node.rights.test_copies import copy_of, work
from tests.node.web.visitor import Visitor

TABLES = ("goals", "check_ins", "buddy_pairs", "buddy_sides", "buddy_codes", "buddy_up")


async def lived_in(walk: Walk, who: Visitor, buddy: Visitor) -> None:
    """Somebody has a goal, entries and a buddy, is up, and has told somebody of a hard moment."""
    await walk.pair(who, buddy)
    goal = await walk.goal(who, "Words of a goal", answer="I call Fern")
    await walk.entry(who, goal, mood="4", note="Note of a day")
    await walk.setback(who, goal, note="Note of a setback")
    await who.submit("/buddies/up", at="/buddies", hours="2")
    await who.submit("/buddies/hard-moment", at="/buddies")
    await who.submit("/buddies/code", at="/buddies/code")


async def test_prv_21_the_copy_has_all_of_it(walk: Walk) -> None:
    await lived_in(walk, walk.ash, walk.birch)
    document, page = await copy_of(walk.house, walk.ash)
    [persona] = document["personas"]
    [goal] = persona["goals"]
    assert (goal["words"], goal["then"]) == ("Words of a goal", "I call Fern")
    assert [one["kind"] for one in persona["entries"]] == ["check-in", "setback"]
    assert persona["buddies"][0]["with"].endswith("/personas/birch")
    assert "Note of a setback" in page
    document, page = await copy_of(walk.house, walk.birch)
    assert "Note of a day" not in page


async def test_prv_21_who_leaves_takes_all_of_it_along(walk: Walk) -> None:
    await lived_in(walk, walk.birch, walk.ash)
    house, rights = walk.house, walk.house.rooms.rights

    def ask(uow: UnitOfWork) -> None:
        account = uow.accounts.by_name(f"{handle_of(walk.birch)}-private")
        assert account is not None
        rights.leaving.ask(uow, account, at_once=True)

    await house.db.write(ask)
    await work(house)

    def left(uow: UnitOfWork) -> dict[str, int]:
        return {
            name: uow.connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            for name in TABLES
        }

    assert await house.db.read(left) == dict.fromkeys(TABLES, 0)
    assert "You have no buddy yet" in (await walk.ash.get("/buddies")).text
    await walk.turn_clock(hours=24)


async def test_without_its_key_nobody_can_read_a_goal_again(walk: Walk) -> None:
    await lived_in(walk, walk.ash, walk.birch)
    ash = persona_of(walk.ash).id
    await walk.house.db.write(lambda uow: uow.seals.destroy(Holder("persona", ash)))
    assert await walk.house.db.read(lambda uow: uow.goals.of_persona(ash)) == []
    assert await walk.house.db.read(lambda uow: uow.check_ins.of_persona(ash, 9, 0)) == []
    assert await walk.house.db.read(lambda uow: uow.buddies.of_persona(ash)) == []
