"""Welcome threads: newcomers are led to one, and a fresh one comes in its time."""

from tests.node.web.house import WebHouse
from tests.node.welcoming.steps import WELCOME, joins, reply, scene, threads, turn

AT = "/groups/night/welcome"
WEEK_HOURS = 7 * 24


async def test_newcomers_are_led_to_the_welcome_thread(any_house: WebHouse) -> None:
    at = await scene(any_house)
    before = await at.tom.get("/groups/night")
    assert "Say hello if you like" not in before.text
    page = await at.mara.submit(AT, at=AT, **WELCOME)
    assert page.path == f"{AT}?note=saved"
    [posted] = await threads(at)
    assert posted.post.title == "Say hello"
    assert posted.author.handle == "mara"
    assert posted.post.pinned_at is not None
    group = await at.tom.get("/groups/night")
    assert "Say hello if you like; reading along is fine too." in group.text
    assert f'href="/threads/{posted.post.id}"' in group.text
    any_house.clock.advance(hours=15 * 24)
    later = await at.tom.get("/groups/night")
    assert "Say hello if you like" not in later.text


async def test_a_fresh_one_opens_and_the_old_one_closes_kindly(any_house: WebHouse) -> None:
    at = await scene(any_house)
    await at.mara.submit(AT, at=AT, **WELCOME)
    [first] = await threads(at)
    assert await turn(any_house) == 0
    any_house.clock.advance(hours=WEEK_HOURS)
    assert await turn(any_house) == 1
    assert await turn(any_house) == 0
    pinned, old = await threads(at)
    assert (pinned.post.title, old.post.id) == ("Say hello", first.post.id)
    assert pinned.post.pinned_at is not None
    assert old.post.pinned_at is None
    assert old.post.locked_at is not None
    page = await at.tom.get(f"/threads/{first.post.id}")
    assert "Thank you; a fresh one is open." in page.text


async def test_a_node_that_stood_still_opens_one_and_keeps_the_rhythm(house: WebHouse) -> None:
    at = await scene(house)
    await at.mara.submit(AT, at=AT, **WELCOME)
    house.clock.advance(hours=5 * WEEK_HOURS + 3)
    assert await turn(house) == 1
    assert len(await threads(at)) == 2
    kept = await house.db.read(lambda uow: uow.welcomes.get(at.group.actor.id))
    assert kept is not None
    assert kept.next_at is not None
    assert (kept.next_at - house.clock.now()).total_seconds() == (WEEK_HOURS - 3) * 3600


async def test_it_rests_when_its_moderator_moderates_no_more(house: WebHouse) -> None:
    at = await scene(house)
    await at.mara.submit(AT, at=AT, **WELCOME)
    now = house.clock.now()
    mara, tom = at.mara.persona, at.tom.persona
    assert mara is not None
    assert tom is not None
    number = at.group.actor.id
    await house.db.write(
        lambda uow: (
            uow.memberships.set_role(number, tom.id, "moderator", now),
            uow.memberships.set_role(number, mara.id, "member", now),
        )
    )
    house.clock.advance(hours=WEEK_HOURS)
    assert await turn(house) == 1
    assert len(await threads(at)) == 1
    assert "rests now" in (await at.mara.get("/news")).text
    page = await at.tom.get(AT)
    assert "It rests" in page.text
    await at.tom.submit(AT, at=AT, **WELCOME)
    fresh = (await threads(at))[0]
    assert fresh.author.handle == "tom"


async def test_only_moderators_choose_to_have_one(house: WebHouse) -> None:
    at = await scene(house)
    assert (await at.tom.get(AT)).status == 403
    refused = await at.tom.post(AT, {"csrf": await at.tom.token(), **WELCOME})
    assert refused.status == 403
    assert await threads(at) == []
    wrong = await at.mara.submit(AT, at=AT, **WELCOME | {"title": " ", "text": "Kept words"})
    assert wrong.status == 422
    assert "Kept words" in wrong.text


async def test_switched_off_it_is_unpinned_and_nothing_new_comes(house: WebHouse) -> None:
    at = await scene(house)
    await at.mara.submit(AT, at=AT, **WELCOME)
    await at.mara.submit(AT, at=AT, act="off")
    house.clock.advance(hours=WEEK_HOURS)
    assert await turn(house) == 0
    [only] = await threads(at)
    assert only.post.pinned_at is None
    assert only.post.locked_at is not None


async def test_its_words_are_sealed(house: WebHouse) -> None:
    at = await scene(house, "private")
    await joins(house, at.group, at.tom)
    await at.mara.submit(AT, at=AT, **WELCOME)
    rows = await house.db.read(
        lambda uow: uow.connection.exec_driver_sql("SELECT sealed FROM welcomes").all()
    )
    assert all(b"hello" not in bytes(row[0]) for row in rows)
    kept = await house.db.read(lambda uow: uow.welcomes.get(at.group.actor.id))
    assert kept is not None
    assert kept.wording.title == "Say hello"
    [posted] = await threads(at)
    await reply(at, at.tom, posted.post.id)
