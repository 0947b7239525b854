"""Whoever is blocked finds nobody there: byte for byte the answer to what never was (PRV-05)."""

import json
from typing import Any

import pytest

from tests.node.safety.circle import NEVER, Circle, bare, join
from tests.node.web.visitor import Visitor

GET_PATHS = ("/threads/{}", "/posts/{}", "/posts/{}/reply", "/posts/{}/edit", "/posts/{}/delete")
FORMS: dict[str, dict[str, str]] = {
    "/posts/{}/reply": {"text": "Answer me"},
    "/posts/{}/react": {"kind": "hear-you"},
    "/posts/{}/edit": {"text": "Other words", "title": "Other"},
    "/posts/{}/delete": {},
}
CALLS: list[tuple[str, str, Any]] = [
    ("GET", "/api/kith/v1/threads/{}", None),
    ("POST", "/api/kith/v1/posts/{}/replies", {"text": "Answer me"}),
    ("PUT", "/api/kith/v1/posts/{}/reaction", {"kind": "hear-you"}),
    ("DELETE", "/api/kith/v1/posts/{}/reaction", None),
    ("PATCH", "/api/kith/v1/posts/{}", {"text": "Other words"}),
    ("DELETE", "/api/kith/v1/posts/{}", None),
    ("POST", "/api/kith/v1/posts/{}/remove", {"reason": "because"}),
]


async def same_pages(who: Visitor, post: int) -> None:
    """Every address of a post answers as for an id that never was."""
    for path in GET_PATHS:
        there, never = await who.get(path.format(post)), await who.get(path.format(NEVER))
        assert never.status == 404
        assert bare(there, str(post)) == bare(never, str(NEVER)), path
    token = await who.token()
    for path, fields in FORMS.items():
        there, never = [
            await who.post(path.format(one), {"csrf": token, **fields}) for one in (post, NEVER)
        ]
        assert never.status == 404
        assert bare(there, str(post)) == bare(never, str(NEVER)), path


async def same_answers(circle: Circle, who: Visitor, post: int) -> None:
    for method, path, body in CALLS:
        there, never = [
            await circle.api(who, method, path.format(one), body) for one in (post, NEVER)
        ]
        assert never.status == 404
        assert bare(there) == bare(never), (method, path)


@pytest.mark.parametrize("other_name", [False, True])
async def test_invariant_12_who_is_blocked_finds_no_persona_and_no_post(
    circle: Circle, other_name: bool
) -> None:
    """Under each of their names."""
    ben = await circle.second_persona(circle.ben, "bert") if other_name else circle.ben
    if other_name:
        await join(circle, ben)
    assert (await ben.get("/personas/anna")).status == 200  # before
    assert "a word of Anna" in (await ben.get(circle.path("Cleo's thread"))).text
    await circle.block(circle.anna, "ben")
    for path in ("/personas/{}", "/personas/{}/block"):
        there, never = await ben.get(path.format("anna")), await ben.get(path.format("nona"))
        assert never.status == 404
        assert bare(there, "anna") == bare(never, "nona")
    await same_pages(ben, circle.posts["Anna's thread"])
    await same_answers(circle, ben, circle.posts["Anna's thread"])
    await same_answers(circle, ben, circle.posts["a word of Anna"])
    await same_pages(ben, circle.posts["a word of Anna"])


async def test_who_blocked_sees_nothing_of_the_other_either(circle: Circle) -> None:
    await circle.block(circle.anna, "ben")
    for words in ("Ben's thread", "a word of Ben"):
        await same_pages(circle.anna, circle.posts[words])
        await same_answers(circle, circle.anna, circle.posts[words])


async def test_a_lifted_block_leaves_no_trace(circle: Circle) -> None:
    thread = circle.path("Cleo's thread")
    before = {who: bare(await who.get(thread)) for who in (circle.anna, circle.ben)}
    await circle.block(circle.anna, "ben")
    for who in (circle.anna, circle.ben):
        assert bare(await who.get(thread)) != before[who]
    await circle.lift(circle.anna, "ben")
    for who in (circle.anna, circle.ben):
        assert bare(await who.get(thread)) == before[who]
    path = circle.path("Anna's thread", "/posts/{}/reply")
    assert (await circle.ben.submit(path, at=path, text="Good to see you")).status == 200


async def test_prv_14_in_one_private_group_a_block_leaves_no_way_between_two(
    circle: Circle,
) -> None:
    """No list, no thread, no count shows the one to the other; the third sees everything."""
    await circle.block(circle.anna, "ben")
    thread = circle.path("Cleo's thread")
    for who, other in ((circle.anna, "Ben"), (circle.ben, "Anna")):
        for path in ("/groups/circle", "/", thread):
            page = await who.get(path)
            assert page.status == 200
            told = page.text.replace("an answer to Anna", "").replace("Hello, " + other, "")
            assert other not in told, (path, told)
            assert f"/personas/{other.lower()}" not in page.text
    for words in ("Anna's thread", "Ben's thread"):
        assert words.replace("'", "&#39;") in (await circle.cleo.get("/groups/circle")).text
    for words in ("a word of Anna", "a word of Ben"):
        assert words in (await circle.cleo.get(thread)).text


async def test_replies_are_counted_as_they_are_seen(circle: Circle) -> None:
    await circle.block(circle.anna, "ben")
    for path in ("/groups/circle", "/"):
        for who, count in ((circle.cleo, 3), (circle.anna, 2), (circle.ben, 2)):
            assert f"{count} replies" in (await who.get(path)).text, (path, count)


async def test_an_answer_to_what_is_not_seen_stands_below_the_thread(circle: Circle) -> None:
    """Others' words stay, and name nothing that the reader does not see."""
    thread, hidden = circle.posts["Cleo's thread"], str(circle.posts["a word of Anna"])
    await circle.block(circle.anna, "ben")
    page = await circle.ben.get(f"/threads/{thread}")
    assert "an answer to Anna" in page.text
    assert hidden not in page.text
    answer = await circle.api(circle.ben, "GET", f"/api/kith/v1/threads/{thread}")
    assert hidden not in answer.text
    assert "anna" not in answer.text.replace("an answer to Anna", "")
    replies = json.loads(answer.text)["thread"]["replies"]
    assert {one["parent_id"] for one in replies} == {str(thread)}
    assert len(replies) == 2


async def test_who_blocks_stays_one_of_two_for_the_blocked(circle: Circle) -> None:
    """Anna's other name is there for Ben as before, and so is what she writes under it."""
    zoe = await circle.second_persona(circle.anna, "zoe")
    await join(circle, zoe)
    await circle.write(zoe, "Zoe's thread")
    before = bare(await circle.ben.get(circle.path("Zoe's thread")))
    profile = bare(await circle.ben.get("/personas/zoe"))
    await circle.block(circle.anna, "ben")
    assert bare(await circle.ben.get(circle.path("Zoe's thread"))) == before
    assert bare(await circle.ben.get("/personas/zoe")) == profile
    assert (await zoe.get("/personas/ben")).status == 200
    assert "You have blocked nobody." in (await zoe.get("/settings/blocks")).text


async def test_invariant_12_who_blocks_learns_nothing_of_other_names_of_the_blocked(
    circle: Circle,
) -> None:
    """Bert, who is Ben as well, looks to Anna as he did before; what he writes later, too."""
    bert = await circle.second_persona(circle.ben, "bert")
    await join(circle, bert)
    await circle.answer(bert, "Cleo's thread", "a word of Bert")
    before = bare(await circle.anna.get("/personas/bert"))
    await circle.block(circle.anna, "ben")
    assert bare(await circle.anna.get("/personas/bert")) == before
    page = await circle.anna.get(circle.path("Cleo's thread"))
    assert "a word of Bert" in page.text
    assert "a word of Ben<" not in page.text
    listed = await circle.anna.get("/settings/blocks")
    assert "@ben" in listed.text
    assert "bert" not in listed.text
