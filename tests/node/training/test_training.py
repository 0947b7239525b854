"""The path of a helper: units with practice, a badge by topic that ends, shown only by choice."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from node.topics import TOPICS
from node.training.rules import VALID, asks_for_refresh, is_fresh, valid_badges
from node.training.units import open_courses
from storage.training_paths import HelperPath
from tests.clock import Clock
from tests.node.web.house import WebHouse, open_web_house
from tests.node.web.visitor import Visitor

NOW = Clock().now()
COURSE, OFFER = "/training", "/listening/offer"
TOPIC = f"{COURSE}/topics/sleep"


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[WebHouse]:
    """A node on each kind of database in turn."""
    async with open_web_house(database_url) as opened:
        yield opened


async def learn(house: WebHouse, who: Visitor) -> None:
    """All units."""
    for slug in house.rooms.training.courses.slugs:
        unit = f"{COURSE}/{slug}"
        await who.submit(unit, at=unit, reply="I am here with you.", act="try")
        page = await who.send(unit, act="done")
        assert "That unit is done" in page.text


async def test_units_come_before_a_badge_and_a_badge_before_listening(house: WebHouse) -> None:
    lena = await house.member("lena")
    early = await lena.send(TOPIC, act="earn")
    assert early.status == 403
    refused = await lena.submit(OFFER, at=OFFER, **{"topic-sleep": "yes", "is_on": "yes"})
    assert refused.status == 403
    assert "Go through the short training first" in refused.text
    skipped = await lena.send(f"{COURSE}/listening", act="done")
    assert skipped.status == 403
    assert "Try the situation first" in skipped.text
    await learn(house, lena)
    page = await lena.submit(TOPIC, at=TOPIC, act="earn")
    assert "The badge is yours for a year" in page.text
    done = await lena.submit(OFFER, at=OFFER, **{"topic-sleep": "yes", "is_on": "yes"})
    assert done.status == 200


async def test_model_answers_come_after_ones_own(house: WebHouse) -> None:
    lena, unit = await house.member("lena"), f"{COURSE}/listening"
    assert "How others might say it" not in (await lena.get(unit)).text
    empty = await lena.submit(unit, at=unit, reply=" ", act="try")
    assert empty.status == 422
    page = await lena.submit(unit, at=unit, reply="I hear you.", act="try")
    assert "How others might say it" in page.text
    assert "I hear you." in page.text


async def test_badges_are_shown_only_if_their_owner_wants_it(house: WebHouse) -> None:
    lena, other = await house.member("lena"), await house.member("otto")
    await learn(house, lena)
    await lena.send(TOPIC, act="earn")
    assert "Can listen to" not in (await other.get("/personas/lena")).text
    await lena.send(f"{COURSE}/badges", shows="yes")
    assert "Can listen to" in (await other.get("/personas/lena")).text
    assert "Can listen to" not in (await house.visitor().get("/personas/lena")).text
    await lena.send(f"{COURSE}/badges")
    assert "Can listen to" not in (await other.get("/personas/lena")).text


async def test_nobody_sees_how_far_another_is(house: WebHouse) -> None:
    lena, otto = await house.member("lena"), await house.member("otto")
    await learn(house, lena)
    page = await otto.get(f"{COURSE}/listening")
    assert "I am here with you." not in page.text
    assert (await otto.get(f"{COURSE}/nothing")).status == 404
    assert (await otto.get(f"{COURSE}/topics/nothing")).status == 404


def test_a_badge_ends_after_a_year_and_asks_to_be_renewed_before() -> None:
    path = HelperPath(persona_id=1, badges={"sleep": NOW})
    day = timedelta(days=1)
    assert valid_badges(path, NOW + VALID - day) == {"sleep"}
    assert valid_badges(path, NOW + VALID) == frozenset()
    assert valid_badges(None, NOW) == frozenset()
    assert not asks_for_refresh(NOW, NOW + 300 * day)
    assert asks_for_refresh(NOW, NOW + 340 * day)
    assert is_fresh({"a": NOW}, ["a"], NOW + VALID - day)
    assert not is_fresh({"a": NOW}, ["a", "b"], NOW)


async def test_people_are_asked_to_help_after_three_days_and_once_they_began_no_more(
    house: WebHouse,
) -> None:
    invitation = "Ready to help?"
    lena = await house.member("lena")
    house.clock.advance(hours=71)
    assert invitation not in (await lena.get("/")).text
    house.clock.advance(hours=2)
    assert invitation in (await lena.get("/")).text
    unit = f"{COURSE}/listening"
    await lena.submit(unit, at=unit, reply="I hear you.", act="try")
    assert invitation not in (await lena.get("/")).text


def test_the_course_says_something_on_every_topic_and_may_be_put_in_other_words(
    tmp_path: Path,
) -> None:
    course = open_courses(tmp_path).in_language("en")
    assert set(course.topics) == {one.slug for one in TOPICS}
    assert 4 <= len(course.units) <= 6
    written = Path("node/training/content/en.json").read_text("utf-8")
    own = json.loads(written)
    own["units"][0]["title"] = "Being there"
    (tmp_path / "en.json").write_text(json.dumps(own))
    assert open_courses(tmp_path).in_language("fr").units[0].title == "Being there"
    (tmp_path / "en.json").write_text("{")
    with pytest.raises(ValueError, match=r"training/en\.json cannot be read"):
        open_courses(tmp_path)
    own["units"].pop()
    (tmp_path / "en.json").write_text(written)
    (tmp_path / "de.json").write_text(json.dumps(own))
    with pytest.raises(ValueError, match="must have the units"):
        open_courses(tmp_path)
