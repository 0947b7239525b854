"""What a block is for the one who makes it, for moderators, for visitors and for other nodes."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import event

from node.errors import Invalid
from node.groups.reading import group_page, thread_page
from node.safety.rules import BLOCKS_MOST, check_block
from node.visibility import may_see_persona
from storage.unit_of_work import UnitOfWork
from tests.node.safety.circle import Circle, join, open_circle
from tests.node.web.elsewhere import remote_person
from tests.node.web.house import WebHouse
from tests.storage.rows import NOW, an_actor


async def test_blocking_from_below_a_post_and_lifting_in_the_settings(circle: Circle) -> None:
    page = await circle.anna.get(circle.path("Ben's thread"))
    assert 'href="/personas/ben/block"' in page.text
    assert 'href="/personas/anna/block"' not in page.text
    page = await circle.anna.get("/settings")
    assert 'href="/settings/blocks"' in page.text
    assert "You have blocked nobody." in (await circle.anna.get("/settings/blocks")).text
    page = await circle.block(circle.anna, "ben")
    assert "@ben" in page.text
    assert "That person is blocked. Nobody is told." in page.text
    page = await circle.anna.get("/personas/ben")
    assert "You blocked this person." in page.text
    assert "Ben&#39;s thread" not in page.text
    await circle.lift(circle.anna, "ben")
    assert "Ben&#39;s thread" in (await circle.anna.get("/groups/circle")).text


async def test_blocking_twice_and_lifting_nothing_change_nothing(circle: Circle) -> None:
    await circle.block(circle.anna, "ben")
    await circle.block(circle.anna, "ben")
    page = await circle.anna.get("/settings/blocks")
    assert page.text.count("@ben") == 1
    await circle.lift(circle.anna, "ben")
    token = await circle.anna.token()
    ben = await circle.actor("ben")
    page = await circle.anna.post("/settings/blocks/lift", {"csrf": token, "person": str(ben.id)})
    assert page.status == 200


async def test_nobody_lifts_the_block_of_another(circle: Circle) -> None:
    await circle.block(circle.anna, "ben")
    for who in (circle.ben, circle.cleo):
        for person in ("ben", "anna"):
            number = str((await circle.actor(person)).id)
            fields = {"csrf": await who.token(), "person": number}
            assert (await who.post("/settings/blocks/lift", fields)).status == 200
    assert (await circle.ben.get("/personas/anna")).status == 404


async def test_web_01_a_block_is_made_only_by_a_form_of_ours(circle: Circle) -> None:
    for path in ("/personas/ben/block", "/settings/blocks/lift"):
        page = await circle.anna.post(path, {"person": "1"})
        assert page.status == 403
        page = await circle.anna.post(path, {"person": "1", "csrf": "x" * 32})
        assert page.status == 403
        visitor = circle.house.visitor()
        page = await visitor.post(path, {"person": "1"})
        assert page.status in (401, 403)
    assert (await circle.anna.get("/personas/ben/block")).status == 200
    assert "You have blocked nobody." in (await circle.anna.get("/settings/blocks")).text


async def test_nobody_blocks_themselves_under_any_name(circle: Circle) -> None:
    await circle.second_persona(circle.anna, "zoe")
    for handle in ("anna", "zoe"):
        path = f"/personas/{handle}/block"
        page = await circle.anna.submit(path, at=path)
        assert page.status == 422
        assert "This is you." in page.text


async def test_a_group_and_somebody_unknown_cannot_be_blocked(circle: Circle) -> None:
    for handle in ("circle", "nobody"):
        assert (await circle.anna.get(f"/personas/{handle}/block")).status == 404
        fields = {"csrf": await circle.anna.token()}
        assert (await circle.anna.post(f"/personas/{handle}/block", fields)).status == 404


def test_whom_one_may_block() -> None:
    anna, ben = an_actor(1), an_actor(2)
    own = frozenset({1})
    check_block(ben, own, BLOCKS_MOST - 1)
    with pytest.raises(Invalid):
        check_block(anna, own, 0)
    with pytest.raises(Invalid):
        check_block(ben, own, BLOCKS_MOST)


def test_who_is_not_there_cannot_be_seen() -> None:
    assert may_see_persona(an_actor(2), frozenset({1}))
    for other in (
        an_actor(1),
        an_actor(2, type="Group"),
        an_actor(2, gone_at=NOW),
        an_actor(2, suspended_at=NOW),
    ):
        assert not may_see_persona(other, frozenset({1}))


async def test_ones_own_words_can_be_taken_back_wherever_they_stand(circle: Circle) -> None:
    """Ben answered in Anna's thread before she blocked him. He cannot change that, only undo it."""
    number = await circle.answer(circle.ben, "Anna's thread", "something of Ben")
    await circle.block(circle.anna, "ben")
    assert (await circle.ben.get(f"/posts/{number}/edit")).status == 404
    fields = {"csrf": await circle.ben.token(), "text": "something else"}
    assert (await circle.ben.post(f"/posts/{number}/edit", fields)).status == 404
    assert "something of Ben" in (await circle.cleo.get(circle.path("Anna's thread"))).text
    page = await circle.ben.submit(f"/posts/{number}/delete", at=f"/posts/{number}/delete")
    assert page.path == "/groups/circle?note=deleted"
    assert "something of Ben" not in (await circle.cleo.get(circle.path("Anna's thread"))).text


async def test_a_block_is_no_way_round_the_moderators(circle: Circle) -> None:
    """Cleo moderates: she sees and removes what Anna writes, but cannot answer it."""
    await circle.block(circle.anna, "cleo")
    number = circle.posts["Anna's thread"]
    page = await circle.cleo.get(f"/threads/{number}")
    assert "Words of Anna" in page.text
    assert f'href="/posts/{number}/reply"' not in page.text
    assert (await circle.cleo.get(f"/posts/{number}/reply")).status == 404
    fields = {"csrf": await circle.cleo.token(), "text": "Listen", "kind": "hear-you"}
    for act in ("reply", "react"):
        assert (await circle.cleo.post(f"/posts/{number}/{act}", fields)).status == 404
    assert (await circle.cleo.get("/personas/anna")).status == 404
    path = f"/posts/{number}/moderate"
    page = await circle.cleo.submit(path, at=path, act="remove", reason="Not here, please.")
    assert "note=removed" in page.path


async def test_administrators_step_in_whoever_blocks_them(circle: Circle) -> None:
    rory = await circle.house.member("rory", "administrator")
    await join(circle, rory)
    await circle.block(circle.anna, "rory")
    assert (await rory.get(circle.path("Anna's thread"))).status == 200
    assert (await rory.get("/personas/anna")).status == 404


async def test_visitors_see_what_is_public_as_before(house: WebHouse) -> None:
    """Nothing tells them of a block, and the blocked one who signs out is a visitor."""
    circle = await open_circle(house, "public")
    await circle.block(circle.anna, "ben")
    assert (await circle.ben.get(circle.path("Anna's thread"))).status == 404
    visitor = house.visitor()
    assert "Words of Anna" in (await visitor.get(circle.path("Anna's thread"))).text
    assert "Anna&#39;s thread" in (await visitor.get("/personas/anna")).text
    warned = (await circle.anna.get("/personas/cleo/block")).text
    assert "What stands in a public group can be read without signing in" in warned


async def test_somebody_of_another_node_is_not_seen_and_not_told(house: WebHouse) -> None:
    circle = await open_circle(house, "public")
    await remote_person(house, "far", "Far Away")
    await circle.block(circle.anna, "far@other.example")
    page = await circle.anna.get("/settings/blocks")
    assert "@far@other.example" in page.text
    assert "You blocked this person." in (await circle.anna.get("/personas/far@other.example")).text
    assert (await circle.ben.get("/personas/far@other.example")).status == 200

    def told(uow: UnitOfWork) -> tuple[object, bool]:
        far, anna = uow.actors.by_handle("far", "other.example"), circle.anna.persona
        assert far is not None
        assert anna is not None
        bodies = uow.connection.exec_driver_sql("SELECT body FROM activities").scalars()
        return [body for body in bodies if b"Block" in bytes(body)], uow.blocks.cut_off(
            far.id, anna.id
        )

    assert await house.db.read(told) == ([], True)


async def test_what_somebody_of_another_node_answers_is_not_seen(house: WebHouse) -> None:
    """It is kept for everybody else."""
    circle = await open_circle(house, "public")
    far = await remote_person(house, "far", "Far Away")
    thread = circle.posts["Anna's thread"]

    def answer(uow: UnitOfWork) -> None:
        above = uow.posts.get(thread)
        assert above is not None
        number = house.rooms.new_id()
        uow.posts.add(
            replace(
                above,
                id=number,
                uri=f"https://other.example/{number}",
                parent_id=thread,
                author_id=far.id,
                title=None,
                content="<p>words from afar</p>",
                is_local=False,
            )
        )

    await house.db.write(answer)
    assert "words from afar" in (await circle.anna.get(f"/threads/{thread}")).text
    await circle.block(circle.anna, "far@other.example")
    assert "words from afar" not in (await circle.anna.get(f"/threads/{thread}")).text
    assert "words from afar" in (await circle.ben.get(f"/threads/{thread}")).text
    await circle.lift(circle.anna, "far@other.example")
    assert "words from afar" in (await circle.anna.get(f"/threads/{thread}")).text


async def test_a_page_asks_once_whom_it_hides(circle: Circle) -> None:
    """Whatever its length: one query for blocks, and none for each post."""
    await circle.block(circle.anna, "ben")
    anna, group = circle.anna.persona, await circle.actor("circle")
    thread = circle.posts["Cleo's thread"]

    def ask(uow: UnitOfWork) -> list[int]:
        seen: list[str] = []
        event.listen(uow.connection, "before_cursor_execute", lambda *args: seen.append(args[2]))
        counts = []
        for page in (
            lambda: group_page(uow, group.id, anna),
            lambda: thread_page(uow, thread, anna),
        ):
            before = len(seen)
            page()
            counts.append(len(seen) - before)
        assert len([one for one in seen if re.search(r"FROM blocks", one)]) == 1
        return counts

    few = await circle.house.db.read(ask)
    for number in range(8):
        await circle.write(circle.ben, f"More of Ben {number}")
        await circle.answer(circle.ben, "Cleo's thread", f"another word of Ben {number}")
    assert await circle.house.db.read(ask) == few
