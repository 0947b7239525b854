"""A circle by invitation, through the front door: a link, a knock, a door, a beginning."""

import re

from node.topics import TOPICS
from tests.node.circles.ring import Ring

FIELDS = {
    "name": "Quiet mornings",
    "topic-sleep": "yes",
    "script": "hundred-days",
    "days": "28",
    "part": "evening",
    "language": "en",
}


async def made(ring: Ring) -> str:
    page = await ring.people["anna"].submit("/circles/new", at="/circles/new", **FIELDS)
    assert page.status == 200, page.text
    return page.path.split("?")[0]


async def link_of(ring: Ring, path: str, uses: str = "3") -> str:
    page = await ring.people["anna"].submit(f"{path}/codes", at=path, uses=uses)
    found = re.search(r'value="[^"]*(/circles/join/[\w-]{22})"', page.text)
    assert found, page.text
    return found[1]


async def test_a_circle_gathers_and_begins(ring: Ring) -> None:
    path = await made(ring)
    link = await link_of(ring, path)
    for name in ("ben", "cleo"):
        page = await ring.people[name].submit(link, at=link)
        assert page.path.startswith(path)
        assert "You asked to come in" in page.text
    number = ring.actor("ben").id
    anna = ring.people["anna"]
    early = await anna.send(path, act="begin")
    assert early.status == 409
    assert "too few people" in early.text
    for name in ("ben", "cleo"):
        number = ring.actor(name).id
        await anna.submit(f"{path}/people/{number}", at=path, act="let-in")
    page = await anna.submit(path, at=path, act="begin")
    assert "The first question comes" in page.text
    await ring.later(hours=8)
    page = await ring.people["ben"].get(path)
    assert "Today’s question" in page.text
    assert "What would you like to be called here" in page.text
    assert "Cleo" in page.text
    assert "Anna" in page.text


async def test_answers_stand_below_the_question(ring: Ring) -> None:
    circle = await ring.running()
    ben, path = ring.people["ben"], f"/circles/{circle.id}"
    page = await ben.get(path)
    action = re.search(r'action="(/posts/\d+/reply)"', page.text)
    assert action
    page = await ben.submit(action[1], at=path, text="Call me *Benno*.")
    assert page.status == 200
    assert "Benno" in page.text
    assert f'href="{path}"' in page.text, "the way back leads to the circle"
    page = await ring.people["cleo"].get(page.path)
    assert "Benno" in page.text


async def test_a_link_is_good_for_so_many_people_and_no_more(ring: Ring) -> None:
    path = await made(ring)
    link = await link_of(ring, path, "1")
    await ring.people["ben"].submit(link, at=link)
    assert (await ring.people["cleo"].get(link)).status == 404


async def test_a_link_that_was_ended_opens_nothing(ring: Ring) -> None:
    path = await made(ring)
    link = await link_of(ring, path)
    page = await ring.people["anna"].get(path)
    end = re.search(r'action="(/circles/\d+/codes/\d+/end)"', page.text)
    assert end
    await ring.people["anna"].submit(end[1])
    assert (await ring.people["cleo"].get(link)).status == 404


async def test_what_was_typed_stays_when_something_is_amiss(ring: Ring) -> None:
    wrong = {**FIELDS, "name": " ", "days": "100"}
    page = await ring.people["anna"].submit("/circles/new", at="/circles/new", **wrong)
    assert page.status == 422
    assert "Give the circle a name" in page.text
    assert 'value="100" selected' in page.text
    many = {f"topic-{one.slug}": "yes" for one in TOPICS[:6]}
    page = await ring.people["anna"].submit("/circles/new", at="/circles/new", **FIELDS | many)
    assert page.status == 422
    assert "at most 5 topics" in page.text
    short = {**FIELDS, "script": "four-weeks-caring", "days": "42"}
    page = await ring.people["anna"].submit("/circles/new", at="/circles/new", **short)
    assert page.status == 422
    assert "fewer questions than days" in page.text


async def test_only_the_host_opens_the_door(ring: Ring) -> None:
    circle = await ring.gather("ben")
    path = f"/circles/{circle.id}"
    page = await ring.people["ben"].send(f"{path}/codes", uses="1")
    assert page.status == 409
    assert "Whoever started this circle" in page.text
    page = await ring.people["cleo"].send(f"{path}/codes", uses="1")
    assert page.status == 404


async def test_nobody_is_in_a_circle_twice(ring: Ring) -> None:
    circle = await ring.gather("ben")
    code = await ring.write(lambda uow: ring.circles.invite(uow, circle.id, ring.actor("anna"), 3))
    again = await second(ring, "ben", "benno")
    page = await again.submit(f"/circles/join/{code}", at=f"/circles/join/{code}")
    assert page.status == 409
    assert "already, under another name" in page.text


async def test_a_circle_takes_no_more_than_fit(ring: Ring) -> None:
    circle = await ring.gather("ben", "cleo", "dora")
    extra = await ring.house.member("edda")
    code = await ring.write(lambda uow: ring.circles.invite(uow, circle.id, ring.actor("anna"), 3))
    await extra.submit(f"/circles/join/{code}", at=f"/circles/join/{code}")
    assert extra.persona is not None
    page = await ring.people["anna"].send(
        f"/circles/{circle.id}/people/{extra.persona.id}", act="let-in"
    )
    assert page.status == 409
    assert "full" in page.text


async def second(ring: Ring, name: str, handle: str):  # type: ignore[no-untyped-def]
    from tests.node.safety.circle import Circle as Three

    people = ring.people
    three = Three(ring.house, people["anna"], people["ben"], people["cleo"], {})
    return await three.second_persona(people[name], handle)
