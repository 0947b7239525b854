"""Reply sessions by the front door: called, come to, gone through together, ended."""

import asyncio
import re
from functools import partial

from node.config import Config
from tests.newcomers import NO_NEWCOMERS
from tests.node.replying.test_queue import filters_out
from tests.node.web.house import WebHouse, open_web_house
from tests.node.web.visitor import Visitor
from tests.node.welcoming.steps import Scene, joins, persona, reply, scene, thread, turn

NEW = "/reply-sessions/new"
SOON = {"date": "2026-11-23", "hour": "13", "minute": "0", "offset": "0", "minutes": "60"}


async def called(at: Scene, who: Visitor, **fields: str) -> str:
    """The path of a session that begins in an hour."""
    page = await who.submit(NEW, at=NEW, **SOON | fields)
    assert page.status == 200, page.text
    return page.path.partition("?")[0]


async def running(at: Scene, **fields: str) -> str:
    """A session for the group that mara called, tom comes to, and that has begun."""
    path = await called(at, at.mara, group=str(at.group.actor.id), **fields)
    await at.tom.submit(path, at=path, act="come")
    at.house.clock.advance(minutes=60)
    await turn(at.house)
    return path


def in_hands(page_text: str) -> str:
    found = re.search(r'href="/threads/(\d+)"', page_text)
    return found[1] if found else ""


async def test_each_is_handed_a_thread_of_their_own(any_house: WebHouse) -> None:
    at = await scene(any_house)
    first, second = [await thread(at, at.ines, title) for title in ("One", "Two")]
    path = await running(at)
    assert "begins now" in (await at.tom.get("/news")).text
    hers = in_hands((await at.mara.submit(path, at=path, act="next")).text)
    his = in_hands((await at.tom.submit(path, at=path, act="next")).text)
    assert {hers, his} == {str(first.id), str(second.id)}
    again = await at.tom.submit(path, at=path, act="next")
    assert "Nothing waits for an answer now" in again.text


async def test_two_who_ask_at_once_get_different_threads(any_house: WebHouse) -> None:
    at = await scene(any_house)
    for title in ("One", "Two"):
        await thread(at, at.ines, title)
    path = await running(at)
    number, welcoming = int(path.rpartition("/")[2]), any_house.rooms.welcoming
    handed = await asyncio.gather(
        *(
            any_house.db.write(partial(welcoming.hand, session_id=number, who=persona(who)))
            for who in (at.mara, at.tom)
        )
    )
    assert None not in handed
    assert len({one.thread_id for one in handed if one}) == 2


async def test_nobody_is_handed_what_they_filter(house: WebHouse) -> None:
    at = await scene(house)
    await thread(at, at.ines, "About needles")
    odile = await house.member("odile")
    await joins(house, at.group, odile)
    await thread(at, odile, "Of somebody else")
    await thread(at, at.ines, "Awake")
    await filters_out(house, at.tom, "needles", "warn")
    reader, muted = persona(at.tom), persona(odile)
    muting = house.rooms.muting
    await house.db.write(lambda uow: muting.mute(uow, reader, muted.id, notifications=False))
    path = await running(at)
    page = await at.tom.submit(path, at=path, act="next")
    assert "Awake" in page.text
    assert "needles" not in page.text
    await at.tom.submit(path, at=path, act="next")
    assert "needles" not in (await at.tom.get(path)).text
    # Others are handed what waits longest.
    assert "About needles" in (await at.mara.submit(path, at=path, act="next")).text


async def test_what_lies_too_long_goes_to_somebody_else(house: WebHouse) -> None:
    at = await scene(house)
    only = await thread(at, at.ines, "One")
    path = await running(at)
    await at.mara.submit(path, at=path, act="next")
    assert in_hands((await at.tom.submit(path, at=path, act="next")).text) == ""
    house.clock.advance(minutes=15)
    assert "Nothing is in your hands" in (await at.mara.get(path)).text
    assert in_hands((await at.tom.submit(path, at=path, act="next")).text) == str(only.id)


async def test_it_ends_with_what_was_done_together_and_nobody_named(any_house: WebHouse) -> None:
    at = await scene(any_house)
    people = [at.ines]
    for name in ("odile", "june"):
        who = await any_house.member(name)
        await joins(any_house, at.group, who)
        people.append(who)
    for who in people:
        await thread(at, who, "Awake")
    path = await running(at)
    number = int(path.rpartition("/")[2])
    for _ in people:
        page = await at.tom.submit(path, at=path, act="next")
        assert "heard from" not in page.text
        await reply(at, at.tom, int(in_hands(page.text)))
    await at.mara.submit(path, at=path, act="end", closing="Sleep well, all of you.")
    page = await at.ines.get(path)
    assert "3 people heard from all of you together." in page.text
    assert "Sleep well, all of you." in page.text
    assert ">Tom<" not in page.text
    left = await any_house.db.read(
        lambda uow: (uow.reply_sessions.people(number), uow.reply_sessions.turns(number))
    )
    assert left == ([], [])


async def test_a_number_that_could_point_at_somebody_is_not_kept(house: WebHouse) -> None:
    at = await scene(house)
    await thread(at, at.ines, "One")
    path = await running(at)
    page = await at.tom.submit(path, at=path, act="next")
    await reply(at, at.tom, int(in_hands(page.text)))
    house.clock.advance(minutes=61)
    await turn(house)
    assert "You were there together" in (await at.tom.get(path)).text
    kept = await house.db.read(lambda uow: uow.reply_sessions.get(int(path.rpartition("/")[2])))
    assert kept is not None
    assert (kept.state, kept.heard) == ("ended", 0)


async def test_members_of_other_groups_never_learn_of_it(house: WebHouse) -> None:
    at = await scene(house, "private")
    path = await called(at, at.mara, group=str(at.group.actor.id), invitation="Come, all")
    stranger = await house.member("zita")
    assert (await stranger.get(path)).status == 404
    assert path not in (await stranger.get("/reply-sessions")).text
    assert path in (await at.tom.get("/reply-sessions")).text
    assert "Come, all" in (await at.tom.get(path)).text
    sent = {"csrf": await stranger.token(), "act": "come"}
    assert (await stranger.post(path, sent)).status == 404


async def test_who_may_call_one(house: WebHouse) -> None:
    at = await scene(house)
    sent = {"csrf": await at.tom.token(), **SOON}
    for_all = await at.tom.post(NEW, sent)
    assert for_all.status == 403
    for_group = await at.tom.post(NEW, sent | {"group": str(at.group.actor.id)})
    assert for_group.status == 403
    greeters = "/groups/night/greeters"
    await at.tom.submit(
        greeters, at=greeters, act="greet", weekday="0", hour="1", to_hour="2", offset="0"
    )
    path = await called(at, at.tom)
    assert "For all groups" in (await at.ines.get(path)).text
    refused = await at.ines.post(path, {"csrf": await at.ines.token(), "act": "call-off"})
    assert refused.status == 403


async def test_times_are_those_of_the_community(sqlite_url: str) -> None:
    zone = {"time_zone": "Europe/Berlin"}
    config = Config(node_name="Harbour", origin="http://localhost:8420", **NO_NEWCOMERS | zone)
    async with open_web_house(sqlite_url, config=config) as house:
        at = await scene(house)
        form = (await at.mara.get(NEW)).form(NEW).fields
        assert form["offset"] == "60"
        path = await called(at, at.mara, **SOON | {"hour": "20", "offset": form["offset"]})
        assert "20:00</time> (Europe/Berlin)" in (await at.tom.get(path)).text
        assert "20:00</time> (Europe/Berlin)" in (await at.tom.get("/reply-sessions")).text
        begins = await house.db.read(lambda uow: uow.reply_sessions.get(int(path[16:])))
        assert begins is not None
        assert begins.starts_at.hour == 19


async def test_called_off_is_told(house: WebHouse) -> None:
    at = await scene(house)
    path = await called(at, at.mara)
    await at.tom.submit(path, at=path, act="come")
    await at.mara.submit(path, at=path, act="call-off")
    assert "does not happen" in (await at.tom.get("/news")).text
    refused = await at.tom.post(path, {"csrf": await at.tom.token(), "act": "come"})
    assert refused.status == 403
    house.clock.advance(minutes=60)
    assert await turn(house) == 0


async def test_what_does_not_fit_keeps_what_was_typed(house: WebHouse) -> None:
    at = await scene(house)
    for wrong in ({"date": "tomorrow"}, {"date": "2026-11-22"}, {"hour": "25"}, {"minutes": "7"}):
        page = await at.mara.submit(NEW, at=NEW, **SOON | {"invitation": "Kept"} | wrong)
        assert page.status == 422, wrong
        assert "Kept" in page.text
