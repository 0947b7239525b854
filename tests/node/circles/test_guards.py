"""What circles refuse, beside what they let happen: the door, the list of those who wait, the
questions, and who may begin again."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from node.errors import NotFound, Refused
from tests.node.circles.ring import WISH, Ring, open_ring


@pytest.fixture
async def ring(sqlite_url: str) -> AsyncIterator[Ring]:
    """The four on SQLite alone: what is asked here is no matter of the database."""
    async with open_ring(sqlite_url) as opened:
        yield opened


async def test_a_door_stays_shut(ring: Ring) -> None:
    circle = await ring.start()
    path, anna = f"/circles/{circle.id}", ring.people["anna"]
    for uses in ("0", "5", "many"):
        assert (await anna.submit(f"{path}/codes", at=path, uses=uses)).status == 422
    code = await ring.write(lambda uow: ring.circles.invite(uow, circle.id, ring.actor("anna"), 4))
    link = f"/circles/join/{code}"
    for name in ("ben", "cleo"):
        await ring.people[name].submit(link, at=link)
    ben, cleo = ring.actor("ben").id, ring.actor("cleo").id
    await anna.submit(f"{path}/people/{ben}", at=path, act="turn-away")
    assert (await ring.people["ben"].send(link)).status == 404, "turned away, and no second knock"
    assert "Cleo" in (await anna.get(path)).text
    await anna.submit("/personas/cleo/block", at="/personas/cleo/block")
    assert "Cleo" not in (await anna.get(path)).text
    assert (await anna.send(f"{path}/people/{cleo}", act="let-in")).status == 404


async def test_only_the_host_begins_pauses_and_gives_up(ring: Ring) -> None:
    circle = await ring.gather("ben", "cleo")
    path = f"/circles/{circle.id}"
    for act in ("begin", "give-up"):
        assert (await ring.people["ben"].send(path, act=act)).status == 409
    await ring.people["anna"].submit(path, at=path, act="begin")
    for act in ("pause", "resume"):
        assert (await ring.people["ben"].send(path, act=act)).status == 409
    assert (await ring.people["anna"].send(f"{path}/codes", uses="1")).status == 409
    assert (await ring.people["anna"].send(path, act="give-up")).status == 409
    assert (await ring.people["dora"].get(f"{path}/mine")).status == 404
    assert (await ring.now(circle)).state == "running"


async def test_whoever_is_asked_or_suspended_adds_no_wish(ring: Ring) -> None:
    for name in ("anna", "ben", "cleo"):
        await ring.wait(name)
    await ring.work()
    with pytest.raises(Refused):
        await ring.wait("anna")
    out = replace(ring.actor("dora"), suspended_at=ring.house.clock.now())
    with pytest.raises(NotFound):
        await ring.write(lambda uow: ring.circles.wish(uow, out, WISH))


async def test_another_round_is_no_way_round_a_block_nor_round_the_room_there_is(
    ring: Ring,
) -> None:
    old = await ring.running("ben", "cleo", "dora")
    await ring.people["ben"].submit("/personas/anna/block", at="/personas/anna/block")
    edda = await ring.house.member("edda")
    assert edda.persona is not None
    await ring.write(lambda uow: uow.circles.change(old.id, state="closed"))
    again = await ring.people["anna"].send(
        f"/circles/{old.id}/goodbye", act="again", script="hundred-days"
    )
    path = again.path.partition("?")[0]
    new = int(path.rpartition("/")[2])
    assert (await ring.people["ben"].get(path)).status == 404
    await ring.people["cleo"].submit(path, at=path, act="agree")
    code = await ring.write(lambda uow: ring.circles.invite(uow, new, ring.actor("anna"), 2))
    friends = (edda, await ring.house.member("finn"))
    for one in friends:
        await one.submit(f"/circles/join/{code}", at=f"/circles/join/{code}")
        assert one.persona is not None
        number = one.persona.id
        await ring.people["anna"].send(f"{path}/people/{number}", act="let-in")
    full = await ring.people["dora"].send(path, act="agree")
    assert full.status == 409
    assert "This circle is full" in full.text


async def test_questions_stay_what_they_are(ring: Ring) -> None:
    circle = await ring.running()
    lines = "\n".join(f"Own question {n}?" for n in range(1, 31))
    admin = await ring.house.member("adam", "administrator")
    text = f"Name: Other questions\n\n{lines}"
    refused = await ring.people["anna"].send("/circles/scripts", text=text)
    assert refused.status == 403
    assert (await admin.send("/circles/scripts", text=text)).status == 200
    kept = await admin.send("/circles/scripts/hundred-days/remove")
    assert kept.status in (403, 409)
    assert (await admin.get("/circles/scripts/hundred-days")).status == 200
    await ring.write(lambda uow: uow.circles.change(circle.id, state="closed"))
    with pytest.raises(Refused):
        await ring.write(
            lambda uow: ring.circles.rewrite(uow, circle.id, ring.actor("anna"), lines)
        )
