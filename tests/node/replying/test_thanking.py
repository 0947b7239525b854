""" "This helped": two people know of it, nobody else, and it can be taken back."""

from node.groups.drafts import ReplyDraft
from storage.unit_of_work import UnitOfWork
from tests.node.replying.steps import answers, asks, joins
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor

GIVEN = "/needs-a-reply/given"
NEWS = "let you know something kind"
SAYS = "told you that this helped"


async def test_who_answered_learns_that_it_helped_and_nobody_else(any_house: WebHouse) -> None:
    house = any_house
    ash, wren, tom = [await house.member(name) for name in ("ash", "wren", "tom")]
    den = await house.group("den", wren, "private")
    await joins(house, den, ash, tom)
    thread = await asks(house, den, ash, "Awake again")
    reply = await answers(house, thread, tom)
    other = await answers(house, thread, wren)
    assert "shows here" in (await tom.get(GIVEN)).text
    path = f"/posts/{reply.id}/helped"
    page = await ash.submit(path, at=f"/threads/{thread.id}", act="say")
    assert "You told them that this helped" in page.text
    await ash.submit(f"/posts/{other.id}/helped", act="say")
    await ash.send(path, act="say")
    page = await tom.get(GIVEN)
    assert page.text.count(SAYS) == 1
    assert "Awake again" in page.text
    assert (await tom.get("/news")).text.count(NEWS) == 1
    for one in (tom, wren):
        thread_page = await one.get(f"/threads/{thread.id}")
        assert "helped" not in thread_page.text
    page = await ash.submit(path, at=f"/threads/{thread.id}", act="take-back")
    assert "It is taken back" in page.text
    assert SAYS not in (await tom.get(GIVEN)).text
    assert NEWS not in (await tom.get("/news")).text
    assert SAYS in (await wren.get(GIVEN)).text


async def test_it_is_sealed(house: WebHouse) -> None:
    ash, tom = await house.member("ash"), await house.member("tom")
    sleep = await house.group("sleep", ash)
    await joins(house, sleep, tom)
    thread = await asks(house, sleep, ash, "Awake")
    reply = await answers(house, thread, tom)
    await ash.send(f"/posts/{reply.id}/helped", act="say")

    def rows(uow: UnitOfWork) -> list[str]:
        return [str(tuple(row)) for row in uow.connection.exec_driver_sql("select * from helped")]

    kept = await house.db.read(rows)
    assert len(kept) == 2
    assert not any(str(number) in row for row in kept for number in (reply.id, thread.id))


async def test_only_who_asked_says_so_and_only_of_a_reply_here(house: WebHouse) -> None:
    ash, wren, tom = [await house.member(name) for name in ("ash", "wren", "tom")]
    sleep = await house.group("sleep", wren)
    await joins(house, sleep, ash, tom)
    thread = await asks(house, sleep, ash, "Awake")
    reply, own = await answers(house, thread, tom), await answers(house, thread, ash)
    for who, number in ((wren, reply.id), (tom, reply.id), (ash, own.id), (ash, thread.id)):
        assert (await who.send(f"/posts/{number}/helped", act="say")).status == 404
    writer = tom.persona
    assert writer is not None
    await house.db.write(lambda uow: house.rooms.groups.delete(uow, reply.id, writer))
    assert (await ash.send(f"/posts/{reply.id}/helped", act="say")).status == 404


async def test_what_is_closed_to_the_helper_shows_no_more(house: WebHouse) -> None:
    ash, wren, tom = [await house.member(name) for name in ("ash", "wren", "tom")]
    den = await house.group("den", wren, "private")
    await joins(house, den, ash, tom)
    thread = await asks(house, den, ash, "Awake")
    reply = await answers(house, thread, tom)
    await ash.send(f"/posts/{reply.id}/helped", act="say")
    assert "Awake" in (await tom.get(GIVEN)).text
    asker, helper = ash.persona, tom.persona
    assert asker is not None
    assert helper is not None
    await house.db.write(lambda uow: house.rooms.safety.block(uow, asker, helper.id))
    assert SAYS not in (await tom.get(GIVEN)).text
    await house.db.write(lambda uow: uow.blocks.lift(asker.id, helper.id))
    await tom.submit("/groups/den/leave", at="/groups/den/leave")
    assert "Awake" not in (await tom.get(GIVEN)).text


async def test_a_one_off_author_says_so_under_that_name(house: WebHouse) -> None:
    ash, wren, tom = [await house.member(name) for name in ("ash", "wren", "tom")]
    den = await house.group("den", wren, "local")
    await house.db.write(lambda uow: uow.groups.update(den.actor.id, allows_anonymous=True))
    await joins(house, den, ash, tom)
    path = "/groups/den/anonymous"
    page = await ash.submit(path, at=path, title="Unnamed", text="Nobody knows.")
    number = int(page.path.split("/")[2].partition("?")[0])
    helper = tom.persona
    assert helper is not None
    draft = ReplyDraft(text="I hear you.")
    reply = await house.db.write(lambda uow: house.rooms.groups.reply(uow, number, helper, draft))
    page = await ash.submit(f"/posts/{reply.id}/helped", at=f"/threads/{number}", act="say")
    assert page.status == 200
    await _knows_no_name(tom)


async def _knows_no_name(tom: Visitor) -> None:
    for path in (GIVEN, "/news"):
        page = await tom.get(path)
        assert "helped" in page.text or NEWS in page.text
        assert "Ash" not in page.text
