"""What newcomers may not do yet, until when, and what is open to them from the first minute."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from node.cli.opened import rooms_of
from node.config import Config
from node.errors import Refused
from node.messages.rules import NEWCOMER
from node.messages.writing import Letter
from storage.unit_of_work import UnitOfWork
from tests.node.cli.terminal import kith
from tests.node.safety.circle import Circle, join
from tests.node.web.elsewhere import remote_person
from tests.node.web.house import WebHouse, open_web_house
from tests.node.web.visitor import Page, Visitor

DEFAULT = Config()
NEW_PAGE = "/groups/circle/new"
LINK = "[here](https://example.org/{})"


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[WebHouse]:
    """A node with the limits in force, as they are when nothing is set."""
    config = replace(DEFAULT, node_name="Harbour")
    async with open_web_house(database_url, config=config) as opened:
        yield opened


@pytest.fixture
async def circle(house: WebHouse) -> Circle:
    """Ben, who is new, in the group of Cleo, who is not."""
    cleo = await house.member("cleo", "moderator")
    await house.group("circle", cleo)
    ben = await house.member("ben")
    circle = Circle(house, cleo, ben, cleo, {})
    await join(circle, ben)
    return circle


async def start(who: Visitor, title: str, text: str = "Some words.") -> Page:
    return await who.submit(NEW_PAGE, at=NEW_PAGE, title=title, text=text)


async def answer(circle: Circle, who: Visitor, thread: int, text: str) -> Page:
    return await who.submit(f"/posts/{thread}/reply", at=f"/posts/{thread}/reply", text=text)


async def grow_up(circle: Circle, who: Visitor) -> None:
    """Three days and five threads of somebody else."""
    threads = [await circle.write(circle.cleo, f"To read {number}") for number in range(5)]
    circle.house.clock.advance(hours=72)
    for thread in threads:
        assert (await who.get(f"/threads/{thread}")).status == 200
        circle.house.clock.advance(minutes=1)


async def test_invariant_10_three_threads_fit_into_the_first_day(circle: Circle) -> None:
    for number in range(3):
        assert (await start(circle.ben, f"Thread {number}")).path.startswith("/threads/")
    page = await start(circle.ben, "One more", "Words that must not be lost.")
    assert page.status == 403
    assert "Threads that fit into your first day here: 3." in page.text
    assert "You can start more by this time tomorrow" in page.text
    assert "Words that must not be lost." in page.text
    circle.house.clock.advance(hours=24)
    assert (await start(circle.ben, "One more")).path.startswith("/threads/")


async def test_ten_replies_fit_into_the_first_day(circle: Circle) -> None:
    thread = await circle.write(circle.cleo, "Cleo's thread")
    for number in range(10):
        assert (await answer(circle, circle.ben, thread, f"Word {number}")).status == 200
    page = await answer(circle, circle.ben, thread, "One more")
    assert page.status == 403
    assert "Replies that fit into your first day here: 10." in page.text
    circle.house.clock.advance(hours=24)
    assert (await answer(circle, circle.ben, thread, "One more")).status == 200


async def test_a_fresh_name_is_no_fresh_start_and_deleting_makes_no_room(circle: Circle) -> None:
    for number in range(2):
        await circle.write(circle.ben, f"Thread {number}")
    gone = circle.posts["Thread 0"]
    await circle.ben.submit(f"/posts/{gone}/delete", at=f"/posts/{gone}/delete")
    bert = await circle.second_persona(circle.ben, "bert")
    await join(circle, bert)
    assert (await start(bert, "Thread 2")).path.startswith("/threads/")
    for who in (bert, circle.ben):
        assert (await start(who, "One more")).status == 403


async def test_a_fresh_name_of_somebody_known_is_no_newcomer(circle: Circle) -> None:
    await grow_up(circle, circle.ben)
    bert = await circle.second_persona(circle.ben, "bert")
    await join(circle, bert)
    for number in range(5):
        assert (await start(bert, f"Thread {number}")).path.startswith("/threads/")


async def test_two_links_fit_into_a_post(circle: Circle) -> None:
    two, three = [" ".join(LINK.format(n) for n in range(count)) for count in (2, 3)]
    page = await start(circle.ben, "With links", three)
    assert page.status == 422
    assert "Links that fit into one post while you are new here: 2." in page.text
    assert "3 days" in page.text
    assert "5 threads" in page.text
    number = int((await start(circle.ben, "With links", two)).path.split("/")[2].split("?")[0])
    edit = f"/posts/{number}/edit"
    assert (await circle.ben.submit(edit, at=edit, text=three)).status == 422
    assert (await answer(circle, circle.ben, number, three)).status == 422
    await grow_up(circle, circle.ben)
    assert (await circle.ben.submit(edit, at=edit, text=three)).status == 200
    assert (await answer(circle, circle.ben, number, three)).status == 200


async def test_only_other_peoples_threads_count_each_after_a_while(circle: Circle) -> None:
    own = await circle.write(circle.ben, "Ben's thread")
    thread = await circle.write(circle.cleo, "Cleo's thread")
    assert circle.ben.persona is not None
    number = circle.ben.persona.id

    async def read() -> int:
        standing = await circle.house.db.read(lambda uow: uow.newcomers.standing(number))
        assert standing is not None
        return standing.threads_read

    assert await read() == 0
    await circle.ben.get(f"/threads/{own}")
    assert await read() == 0
    for expected in (1, 1):  # the second time is no time to read
        await circle.ben.get(f"/threads/{thread}")
        assert await read() == expected
    for expected in (2, 3, 4, 5, 5):  # and nothing is counted once there is enough
        circle.house.clock.advance(minutes=1)
        await circle.api(circle.ben, "GET", f"/api/kith/v1/threads/{thread}")
        assert await read() == expected


async def test_days_alone_are_not_enough(circle: Circle) -> None:
    circle.house.clock.advance(hours=24 * 10)
    assert circle.ben.persona is not None
    ben, newcomers = circle.ben.persona, circle.house.rooms.newcomers
    assert await circle.house.db.read(lambda uow: newcomers.is_newcomer(uow, ben))
    await grow_up(circle, circle.ben)
    assert not await circle.house.db.read(lambda uow: newcomers.is_newcomer(uow, ben))


async def test_the_staff_vouch_and_nobody_else(circle: Circle) -> None:
    """The limits end, and the page of another name of the same person does not tell."""
    bert = await circle.second_persona(circle.ben, "bert")
    await join(circle, bert)
    for who in (circle.ben, bert):
        assert "/vouch" not in (await who.get("/personas/cleo")).text
        fields = {"csrf": await who.token()}
        for handle in ("ben", "bert", "nobody"):
            assert (await who.post(f"/personas/{handle}/vouch", fields)).status == 404
    assert (await circle.house.visitor().post("/personas/ben/vouch", {})).status in (401, 403)
    before = (await circle.cleo.get("/personas/bert")).text
    page = await circle.cleo.submit("/personas/ben/vouch", at="/personas/ben")
    assert page.path == "/personas/ben?note=vouched"
    assert "vouched for this person" in page.text
    assert "vouched for this person" not in (await circle.ben.get("/personas/ben")).text
    assert (await circle.cleo.get("/personas/bert")).text == before
    for number in range(5):
        assert (await start(bert, f"Thread {number}")).path.startswith("/threads/")


async def test_nobody_vouches_for_somebody_of_another_node(circle: Circle) -> None:
    await remote_person(circle.house, "far", "Far")
    assert "/vouch" not in (await circle.cleo.get("/personas/far@other.example")).text
    fields = {"csrf": await circle.cleo.token()}
    page = await circle.cleo.post("/personas/far@other.example/vouch", fields)
    assert page.status == 404


async def test_invariant_10_help_blocking_support_and_leaving_are_open_from_minute_one(
    circle: Circle,
) -> None:
    thread = await circle.write(circle.cleo, "Cleo's thread")
    for number in range(3):
        await circle.write(circle.ben, f"Thread {number}")
    assert (await circle.ben.get("/help")).status == 200
    page = await circle.ben.get(f"/threads/{thread}")
    token = page.form("/sign-out").fields["csrf"]
    fields = {"csrf": token, "kind": "hear-you"}
    assert (await circle.ben.post(f"/posts/{thread}/react", fields)).status == 200
    await circle.block(circle.ben, "cleo")
    page = await circle.ben.post("/groups/circle/leave", {"csrf": token})
    assert page.status == 200


async def test_what_other_rooms_ask(circle: Circle) -> None:
    """Links in messages, first messages and images wait; who is known has them all."""
    assert circle.ben.persona is not None
    assert circle.cleo.persona is not None
    ben, cleo, newcomers = circle.ben.persona, circle.cleo.persona, circle.house.rooms.newcomers
    far = await remote_person(circle.house, "far", "Far")

    def ask(uow: UnitOfWork) -> None:
        for known in (cleo, far):
            assert newcomers.may_send_links(uow, known, 3)
            assert newcomers.may_write_first(uow, known)
            assert newcomers.may_send_images(uow, known)
        assert newcomers.may_send_links(uow, ben, 0)
        assert not newcomers.may_send_links(uow, ben, 1)
        assert not newcomers.may_write_first(uow, ben)
        assert not newcomers.may_send_images(uow, ben)

    await circle.house.db.read(ask)


async def test_a_newcomer_writes_to_nobody_first(circle: Circle) -> None:
    """Not to one person, not by a request, not to several; to answer is open."""
    assert circle.ben.persona is not None
    assert circle.cleo.persona is not None
    ben, cleo, messages = circle.ben.persona, circle.cleo.persona, circle.house.rooms.messages
    circle.house.clock.advance(hours=24 * 8)

    def reach(uow: UnitOfWork) -> tuple[object, object]:
        return messages.reach(uow, ben, cleo), messages.reach(uow, cleo, ben)

    refused, allowed = await circle.house.db.read(reach)
    assert refused == NEWCOMER
    assert allowed == "write"

    def answer_to(uow: UnitOfWork) -> None:
        talk = messages.start(uow, cleo, Letter(to="ben", text="Hello Ben")).conversation_id
        messages.send(uow, ben, talk, "Hello Cleo")
        for text in ("[here](https://example.org)", "https://example.org"):
            with pytest.raises(Refused):
                messages.send(uow, ben, talk, text)
        with pytest.raises(Refused):
            messages.check_pictures(uow, ben, talk)
        messages.send(uow, cleo, talk, "[here](https://example.org)")
        messages.check_pictures(uow, cleo, talk)

    await circle.house.db.write(answer_to)
    await grow_up(circle, circle.ben)
    assert (await circle.house.db.read(reach))[0] == "write"


def test_who_gets_an_account_at_the_terminal_is_no_newcomer(tmp_path: Path) -> None:
    made = kith(
        *("account", "create", "anna.k", "--handle", "rowan", "--password-stdin"),
        *("--data", str(tmp_path)),
        stdin="a quiet evening walk\n",
    )
    assert made.code == 0, made.err
    with rooms_of(Config(data=tmp_path)) as rooms:

        def ask(uow: UnitOfWork) -> bool:
            rowan = uow.actors.local_by_handle("rowan")
            assert rowan is not None
            return rooms.newcomers.is_newcomer(uow, rowan)

        assert rooms.db.read_now(ask) is False
