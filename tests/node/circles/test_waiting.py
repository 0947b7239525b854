"""A circle for those who wait: asked first, never shown to each other before."""

from storage.circle_doors import Wish
from tests.node.circles.ring import WISH, Ring

THREE = ("anna", "ben", "cleo")


async def test_a_circle_is_found_and_begins_with_those_who_want_it(ring: Ring) -> None:
    for name in THREE:
        fields = {"topic-sleep": "yes", "topic-bereavement": "yes", "days": "28"}
        waits = await ring.people[name].submit(
            "/circles/wait", at="/circles/wait", part="evening", language="en", **fields
        )
        assert waits.status == 200, waits.text
    page = await ring.people["ben"].get("/circles")
    assert "fit" in page.text
    await ring.work()
    page = await ring.people["anna"].get("/circles")
    assert "You are asked" in page.text
    [(circle, _)] = await ring.read(lambda uow: uow.circles.of_persona(ring.actor("anna").id))
    path = f"/circles/{circle.id}"
    page = await ring.people["anna"].get(path)
    assert "You all chose this:" in page.text
    assert "Bereavement" in page.text
    assert "Ben" not in page.text, "nobody is shown who is asked"
    for name in THREE:
        page = await ring.people[name].submit(path, at=path, act="agree")
    assert (await ring.now(circle)).state == "running"
    assert "Anna" in (await ring.people["ben"].get(path)).text
    assert await ring.read(lambda uow: uow.circle_doors.waiting(9)) == []


async def asked(ring: Ring, *names: str) -> str:
    for name in names:
        await ring.wait(name)
    await ring.work()
    [(circle, _)] = await ring.read(lambda uow: uow.circles.of_persona(ring.actor(names[0]).id))
    return f"/circles/{circle.id}"


async def test_who_says_no_goes_on_waiting_and_so_do_the_others(ring: Ring) -> None:
    path = await asked(ring, *THREE)
    await ring.people["anna"].submit(path, at=path, act="agree")
    page = await ring.people["ben"].submit(path, at=path, act="decline")
    assert "That is all right" in page.text
    assert (await ring.people["cleo"].get(path)).status == 404
    await ring.work()
    waiting = await ring.read(lambda uow: uow.circle_doors.waiting(9))
    assert {one.persona_id for one in waiting} == {ring.actor(name).id for name in THREE}
    assert "go on waiting" in (await ring.people["anna"].get("/news")).text


async def test_who_says_nothing_is_not_waited_for(ring: Ring) -> None:
    path = await asked(ring, *THREE, "dora")
    for name in THREE:
        await ring.people[name].submit(path, at=path, act="agree")
    [(circle, _)] = await ring.read(lambda uow: uow.circles.of_persona(ring.actor("anna").id))
    assert circle.state == "confirming"
    await ring.later(days=3)
    assert (await ring.now(circle)).state == "running"
    assert (await ring.people["dora"].get(path)).status == 404
    [still] = await ring.read(lambda uow: uow.circle_doors.waiting(9))
    assert still.persona_id == ring.actor("dora").id


async def test_it_is_told_in_words_how_it_stands_and_never_in_numbers(ring: Ring) -> None:
    await ring.wait("anna")
    page = await ring.people["anna"].get("/circles")
    assert "not many people yet" in page.text
    await ring.wait("ben")
    page = await ring.people["anna"].get("/circles")
    assert "Nearly enough" in page.text
    assert "Ben" not in page.text
    await ring.people["anna"].submit("/circles/wait/stop", at="/circles")
    assert "Let a circle be found" in (await ring.people["anna"].get("/circles")).text
    left = await ring.read(lambda uow: uow.circle_doors.waiting(9))
    assert [one.persona_id for one in left] == [ring.actor("ben").id]


async def test_a_changed_wish_keeps_its_place(ring: Ring) -> None:
    await ring.wait("anna")
    ring.house.clock.advance(hours=30)
    other = Wish(topics=("caring",), language="en", days=28, part="morning")
    await ring.wait("anna", other)
    [one] = await ring.read(lambda uow: uow.circle_doors.waiting(9))
    assert one.wish == other
    assert one.since < ring.house.clock.now()


async def test_a_wish_that_cannot_be_is_refused_with_what_was_typed(ring: Ring) -> None:
    page = await ring.people["anna"].submit(
        "/circles/wait", at="/circles/wait", part="evening", language="en", days="28"
    )
    assert page.status == 422
    assert "Choose at least one topic" in page.text


async def test_invariant_12_nobody_meets_in_a_circle_whom_they_blocked(ring: Ring) -> None:
    ben = ring.people["ben"]
    await ring.people["anna"].submit("/personas/ben/block", at="/personas/ben/block")
    for name in THREE:
        await ring.wait(name)
    await ring.work()
    assert await ring.read(lambda uow: uow.circles.of_persona(ring.actor("cleo").id)) == []
    await ring.wait("dora")
    await ring.work()
    found = await ring.read(lambda uow: uow.circles.of_persona(ring.actor("cleo").id))
    assert len(found) == 1
    with_ben = await ring.read(lambda uow: uow.circles.of_persona(ring.actor("ben").id))
    with_anna = await ring.read(lambda uow: uow.circles.of_persona(ring.actor("anna").id))
    assert len(with_ben) + len(with_anna) == 1
    page = await ben.get("/circles")
    assert "block" not in page.text.lower()


async def test_invariant_12_a_link_opens_nothing_across_a_block(ring: Ring) -> None:
    circle = await ring.gather("ben")
    code = await ring.write(lambda uow: ring.circles.invite(uow, circle.id, ring.actor("anna"), 3))
    link = f"/circles/join/{code}"
    await ring.people["ben"].submit("/personas/cleo/block", at="/personas/cleo/block")
    there = await ring.people["cleo"].get(link)
    never = await ring.people["cleo"].get("/circles/join/" + "A" * 22)
    assert (there.status, never.status) == (404, 404)
    assert there.text.replace(link, "") == never.text.replace("/circles/join/" + "A" * 22, "")
    assert (await ring.people["dora"].get(link)).status == 200


async def test_the_wish_is_sealed(ring: Ring) -> None:
    await ring.wait("anna", WISH)

    def bytes_of(uow):  # type: ignore[no-untyped-def]
        rows = uow.connection.exec_driver_sql("SELECT sealed FROM circle_waiting").all()
        return b"".join(bytes(row[0]) for row in rows)

    assert b"bereavement" not in await ring.read(bytes_of)
