"""Posts for later: kept sealed, published once, by whichever worker is there."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from node.clients.answers import moment
from node.clients.keys import open_scheduling
from node.housekeeping import Housekeeping
from tests.node.clients.house import Client, ClientHouse
from tests.node.media.photos import png

SCHEDULED = "/api/v1/scheduled_statuses"


async def later(house: ClientHouse, who: Client, text: str, **more: Any) -> Any:
    due = moment(house.clock.now() + timedelta(minutes=10))
    sent = {"status": text, "scheduled_at": due, **more}
    return await who.ok("POST", "/api/v1/statuses", json=sent)


async def own(house: ClientHouse, who: Client) -> list[str]:
    found = await house.rooms.db.read(lambda uow: uow.posts.of_author(who.persona.id, 10))
    return [post.source or "" for post in found]


async def test_it_waits_and_is_published_once(house: ClientHouse) -> None:
    rowan, ash = await house.person("rowan"), await house.person("ash")
    made = await later(house, rowan, "in ten minutes", visibility="public", spoiler_text="cw")
    assert made["params"]["text"] == "in ten minutes"
    assert (await rowan.get(SCHEDULED)).body == [made]
    assert (await rowan.get(f"{SCHEDULED}/{made['id']}")).body == made
    for method in ("GET", "DELETE"):
        assert (await ash.call(method, f"{SCHEDULED}/{made['id']}")).status == 404
    await house.settle()
    assert await own(house, rowan) == []
    house.clock.advance(minutes=10)
    await house.settle()
    await house.settle()
    assert await own(house, rowan) == ["in ten minutes"]
    assert (await rowan.get(SCHEDULED)).body == []


async def test_it_can_be_moved_and_taken_back(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    made = await later(one_house, rowan, "later")
    here = f"{SCHEDULED}/{made['id']}"
    due = moment(one_house.clock.now() + timedelta(hours=1))
    assert (await rowan.ok("PUT", here, json={"scheduled_at": due}))["scheduled_at"] == due
    for wrong in ("soon", moment(one_house.clock.now()), "2036-01-01T00:00:00Z", ""):
        assert (await rowan.put(here, json={"scheduled_at": wrong})).status == 422
    assert await rowan.ok("DELETE", here) == {}
    assert (await rowan.get(here)).status == 404
    one_house.clock.advance(hours=2)
    await one_house.settle()
    assert await own(one_house, rowan) == []


async def test_a_worker_that_dies_leaves_the_post_and_the_wait_or_neither(
    one_house: ClientHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    rowan = await one_house.person("rowan")
    await later(one_house, rowan, "once")
    one_house.clock.advance(minutes=10)
    work = open_scheduling(one_house.rooms)

    class Killed(BaseException):
        """As if the process were gone."""

    def die(*_: object) -> bool:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("storage.scheduled.ScheduledRepository.drop", die)
        patch.setattr("storage.scheduled.ScheduledRepository.refuse", die)
        with pytest.raises(Killed):
            await work.run_once()
    assert await own(one_house, rowan) == []
    assert await work.run_once() == 1
    assert await work.run_once() == 0
    assert await own(one_house, rowan) == ["once"]


async def test_what_is_refused_when_it_is_due_stays_with_its_author(
    one_house: ClientHouse,
) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    group = await one_house.group("porch", rowan, "local")
    await ash.ok("POST", f"/api/v1/accounts/{group.actor.id}/follow")
    made = await later(one_house, ash, "@porch hello")
    await ash.ok("POST", f"/api/v1/accounts/{group.actor.id}/unfollow")
    one_house.clock.advance(minutes=10)
    await one_house.settle()
    assert await own(one_house, ash) == []
    left = (await ash.get(SCHEDULED)).body
    assert [one["id"] for one in left] == [made["id"]]
    assert left[0]["refused_at"] is not None


async def test_what_would_be_refused_is_refused_at_once(one_house: ClientHouse) -> None:
    rowan, ash = await one_house.person("rowan"), await one_house.person("ash")
    await one_house.group("porch", rowan, "local")
    due = moment(one_house.clock.now() + timedelta(minutes=10))
    sent = {"status": "@porch hello", "scheduled_at": due}
    answer = await ash.post("/api/v1/statuses", json=sent)
    assert answer.status == 403
    assert (await ash.get(SCHEDULED)).body == []
    assert await own(one_house, ash) == []


async def test_prv_09_words_for_later_are_sealed(one_house: ClientHouse, tmp_path: Path) -> None:
    rowan = await one_house.person("rowan")
    await later(one_house, rowan, "chrysanthemum", spoiler_text="delphinium")
    base = sqlite3.connect(next(tmp_path.rglob("*.sqlite3")))
    rows = base.execute("SELECT sealed FROM scheduled_posts").fetchall()
    base.close()
    assert len(rows) == 1
    assert b"chrysanthemum" not in rows[0][0]
    assert b"delphinium" not in rows[0][0]


async def test_too_many_for_one_day(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    for number in range(25):
        await later(one_house, rowan, f"later {number}")
    due = moment(one_house.clock.now() + timedelta(minutes=10))
    answer = await rowan.post("/api/v1/statuses", json={"status": "x", "scheduled_at": due})
    assert answer.status == 422
    assert "wait for that day" in answer.body["error"]


async def test_its_pictures_wait_with_it(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    form = aiohttp.FormData()
    form.add_field("file", png(), filename="seeds.png", content_type="image/png")
    picture = await rowan.ok("POST", "/api/v2/media", data=form)
    due = moment(one_house.clock.now() + timedelta(days=20))
    sent = {"status": "seeds", "media_ids": [picture["id"]], "scheduled_at": due}
    made = await rowan.ok("POST", "/api/v1/statuses", json=sent)
    assert [one["id"] for one in made["media_attachments"]] == [picture["id"]]
    one_house.clock.advance(hours=24 * 20)
    await Housekeeping(one_house.rooms.db, one_house.rooms.config, one_house.clock.now).run_once()
    await one_house.settle()
    found = await one_house.rooms.db.read(lambda uow: uow.posts.of_author(rowan.persona.id, 10))
    shown = (await rowan.get(f"/api/v1/statuses/{found[0].id}")).body
    assert [one["id"] for one in shown["media_attachments"]] == [picture["id"]]
