"""The API of threads: written, answered, edited, deleted, reacted to, moderated."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from node.groups import reading
from node.groups.json_shapes import NESTING
from tests.node.api_house import Caller, House, open_house


class Scene(NamedTuple):
    """A public group that rowan moderates and ash has joined; fern has not."""

    house: House
    group: str
    rowan: Caller
    ash: Caller
    fern: Caller


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with open_house(tmp_path) as house:
        rowan, ash, fern = [await house.person(name) for name in ("rowan", "ash", "fern")]
        group = await house.group("grief", rowan)
        await ash("POST", f"/api/kith/v1/groups/{group}/join")
        yield Scene(house, group, rowan, ash, fern)


async def thread_of(scene: Scene, author: Caller, **fields: str) -> Any:
    body = {"title": "The first spring", "text": "It is *hard* today."} | fields
    answer = await author("POST", f"/api/kith/v1/groups/{scene.group}/threads", body)
    assert answer.status == 201, answer.body
    return answer.body


async def read(who: Caller, thread: Any) -> Any:
    answer = await who("GET", f"/api/kith/v1/threads/{thread['id']}")
    assert answer.status == 200
    return answer.body["thread"]


async def test_a_thread_says_all_that_was_said(scene: Scene) -> None:
    made = await thread_of(
        scene,
        scene.ash,
        content_warning="loss of a parent",
        language="en",
        reply_wanted="just-listening",
    )
    shown = await read(scene.house.visitor, made)
    assert shown["uri"] == f"http://localhost:8420/posts/{made['id']}"
    assert shown["content"].strip() == "<p>It is <em>hard</em> today.</p>"
    assert shown["source"] == "It is *hard* today."
    assert shown["content_warning"] == "loss of a parent"
    assert (shown["language"], shown["reply_wanted"]) == ("en", "just-listening")
    assert shown["author"]["address"] == "@ash@localhost:8420"
    assert (shown["state"], shown["edited_at"], shown["parent_id"]) == ("here", None, None)
    assert shown["created_at"].startswith("2026-03-05T18:2")
    assert shown["created_at"].endswith("Z")
    listed = await scene.ash("GET", f"/api/kith/v1/groups/{scene.group}/threads")
    assert [one["id"] for one in listed.body["threads"]] == [made["id"]]
    assert listed.body["next"] is None


async def test_only_members_start_threads(scene: Scene) -> None:
    path, body = f"/api/kith/v1/groups/{scene.group}/threads", {"title": "A", "text": "B"}
    refused = await scene.fern("POST", path, body)
    assert (refused.status, refused.body["error"]) == (403, "not-a-member")
    assert (await scene.house.visitor("POST", path, body)).status == 401
    assert (await scene.ash("POST", path, body)).status == 201


async def test_replies_nest_and_deep_ones_stand_beside_each_other(scene: Scene) -> None:
    made = await thread_of(scene, scene.rowan)
    above = made["id"]
    for number in range(NESTING + 3):
        answer = await scene.ash(
            "POST", f"/api/kith/v1/posts/{above}/replies", {"text": f"{number}"}
        )
        assert answer.status == 201
        assert answer.body["parent_id"] == above
        assert answer.body["thread_id"] == made["id"]
        above = answer.body["id"]
    below = await read(scene.ash, made)
    for number in range(NESTING):
        assert [one["source"] for one in below["replies"]] == [str(number)]
        below = below["replies"][0]
    assert [one["source"] for one in below["replies"]] == ["40", "41", "42"]
    assert all(one["replies"] == [] for one in below["replies"])
    assert below["replies"][2]["parent_id"] == below["replies"][1]["id"]


async def test_a_long_thread_is_read_in_parts(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "THREAD_LENGTH", 3)
    made = await thread_of(scene, scene.ash)
    path, sent = f"/api/kith/v1/threads/{made['id']}", []
    above = made["id"]
    for number in range(7):
        body = {"text": str(number)}
        above = (await scene.ash("POST", f"/api/kith/v1/posts/{above}/replies", body)).body["id"]
        sent.append(above)
    seen, following = [], "0"
    while following is not None:
        part = (await scene.ash("GET", f"{path}?after={following}")).body
        below, following = part["thread"]["replies"], part["next"]
        while below:
            [one] = below
            seen.append(one["id"])
            below = one["replies"]
    assert seen == sent
    assert (await scene.ash("GET", f"{path}?after=x")).status == 404


async def test_pages_of_threads_follow_one_another(scene: Scene) -> None:
    made = [(await thread_of(scene, scene.ash, title=f"T{n}"))["id"] for n in range(52)]
    path = f"/api/kith/v1/groups/{scene.group}/threads"
    first = (await scene.ash("GET", path)).body
    second = (await scene.ash("GET", f"{path}?before={first['next']}")).body
    seen = [one["id"] for page in (first, second) for one in page["threads"]]
    assert seen == made[::-1]
    assert second["next"] is None
    refused = await scene.ash("GET", f"{path}?before=yesterday")
    assert (refused.status, refused.body["field"]) == (422, "before")


async def test_an_edit_changes_what_it_names_and_nothing_else(scene: Scene) -> None:
    made = await thread_of(scene, scene.ash, content_warning="loss", language="en")
    path = f"/api/kith/v1/posts/{made['id']}"
    changed = await scene.ash("PATCH", path, {"title": "Spring", "content_warning": None})
    assert changed.status == 200
    assert (changed.body["title"], changed.body["content_warning"]) == ("Spring", None)
    assert (changed.body["source"], changed.body["language"]) == ("It is *hard* today.", "en")
    assert changed.body["edited_at"] > changed.body["created_at"]
    others = await scene.rowan("PATCH", path, {"text": "Mine now"})
    assert (others.status, others.body["error"]) == (403, "not-yours")
    reply = (await scene.ash("POST", f"{path}/replies", {"text": "Still here"})).body
    titled = await scene.ash("PATCH", f"/api/kith/v1/posts/{reply['id']}", {"title": "T"})
    assert (titled.status, titled.body["field"]) == (422, "title")


async def test_a_deleted_post_keeps_its_place_and_none_of_its_words(scene: Scene) -> None:
    made = await thread_of(scene, scene.ash)
    path = f"/api/kith/v1/posts/{made['id']}"
    reply = (await scene.rowan("POST", f"{path}/replies", {"text": "I am here."})).body
    answered = f"/api/kith/v1/posts/{reply['id']}/replies"
    await scene.ash("POST", answered, {"text": "That helps."})
    assert (await scene.ash("DELETE", f"/api/kith/v1/posts/{reply['id']}")).status == 403
    for _ in range(2):
        assert (await scene.rowan("DELETE", f"/api/kith/v1/posts/{reply['id']}")).status == 204
    [gone] = (await read(scene.house.visitor, made))["replies"]
    assert (gone["state"], gone["content"], gone["source"]) == ("deleted", "", None)
    assert gone["author"]["handle"] == "rowan"
    assert [one["source"] for one in gone["replies"]] == ["That helps."]
    late = await scene.ash("POST", answered, {"text": "Are you there?"})
    assert (late.status, late.body["error"]) == (403, "gone")


async def test_one_reaction_each_which_can_change_and_go(scene: Scene) -> None:
    made = await thread_of(scene, scene.ash)
    path = f"/api/kith/v1/posts/{made['id']}/reaction"
    for kind in ("hear-you", "strength", "strength"):
        assert (await scene.rowan("PUT", path, {"kind": kind})).status == 204
    await scene.fern("PUT", path, {"kind": "strength"})
    shown = await read(scene.rowan, made)
    assert (shown["reactions"], shown["my_reaction"]) == ({"strength": 2}, "strength")
    for _ in range(2):
        assert (await scene.rowan("DELETE", path)).status == 204
    shown = await read(scene.rowan, made)
    assert (shown["reactions"], shown["my_reaction"]) == ({"strength": 1}, None)
    odd = await scene.rowan("PUT", path, {"kind": "lol"})
    assert (odd.status, odd.body["field"]) == (422, "kind")
    assert (await scene.house.visitor("PUT", path, {"kind": "strength"})).status == 401


async def test_removing_needs_a_moderator_and_a_reason(scene: Scene) -> None:
    made = await thread_of(scene, scene.ash)
    reply = (
        await scene.ash("POST", f"/api/kith/v1/posts/{made['id']}/replies", {"text": "Oops"})
    ).body
    path = f"/api/kith/v1/posts/{reply['id']}"
    refused = await scene.ash("POST", f"{path}/remove", {"reason": "mine"})
    assert (refused.status, refused.body["error"]) == (403, "not-a-moderator")
    silent = await scene.rowan("POST", f"{path}/remove")
    assert (silent.status, silent.body["field"]) == (422, "reason")
    assert (await scene.rowan("POST", f"{path}/remove", {"reason": "Names a person"})).status == 204
    [gone] = (await read(scene.fern, made))["replies"]
    assert (gone["state"], gone["content"], gone["source"]) == ("removed", "", None)
    assert gone["removal_reason"] == "Names a person"
    assert (await scene.rowan("POST", f"{path}/restore")).status == 204
    [back] = (await read(scene.fern, made))["replies"]
    assert (back["state"], back["source"], back["removal_reason"]) == ("here", "Oops", None)


async def test_lock_and_pin_and_back(scene: Scene) -> None:
    made = await thread_of(scene, scene.ash)
    path = f"/api/kith/v1/posts/{made['id']}"
    for act in ("lock", "unlock", "pin", "unpin"):
        assert (await scene.ash("POST", f"{path}/{act}")).status == 403
    assert (await scene.rowan("POST", f"{path}/lock", {"reason": "A pause"})).status == 204
    assert (await scene.rowan("POST", f"{path}/pin")).status == 204
    shown = await read(scene.ash, made)
    assert (shown["locked"], shown["pinned"], shown["may_reply"]) == (True, True, False)
    late = await scene.ash("POST", f"{path}/replies", {"text": "One more"})
    assert (late.status, late.body["error"]) == (403, "locked")
    listed = (await scene.ash("GET", f"/api/kith/v1/groups/{scene.group}/threads")).body
    assert ([one["id"] for one in listed["pinned"]], listed["threads"]) == ([made["id"]], [])
    await scene.rowan("POST", f"{path}/unlock")
    await scene.rowan("POST", f"{path}/unpin")
    shown = await read(scene.ash, made)
    assert (shown["locked"], shown["pinned"], shown["may_reply"]) == (False, False, True)


async def test_a_private_thread_is_not_there_for_others(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        rowan, ash = await house.person("rowan"), await house.person("ash")
        group = await house.group("circle", rowan, "private")
        body = {"title": "Ours", "text": "Only here"}
        made = (await rowan("POST", f"/api/kith/v1/groups/{group}/threads", body)).body
        post = f"/api/kith/v1/posts/{made['id']}"
        assert (await rowan("GET", f"/api/kith/v1/threads/{made['id']}")).status == 200
        requests: list[tuple[str, str, object]] = [
            ("GET", "/api/kith/v1/threads/{}", None),
            ("POST", "/api/kith/v1/posts/{}/replies", {"text": "Hello"}),
            ("PATCH", "/api/kith/v1/posts/{}", {"title": "Hello"}),
            ("DELETE", "/api/kith/v1/posts/{}", None),
            ("PUT", "/api/kith/v1/posts/{}/reaction", {"kind": "strength"}),
            ("DELETE", "/api/kith/v1/posts/{}/reaction", None),
            ("POST", "/api/kith/v1/posts/{}/remove", {"reason": "No"}),
            ("POST", "/api/kith/v1/posts/{}/pin", None),
        ]
        for method, path, sent in requests:
            hidden = await ash(method, path.format(made["id"]), sent)
            assert hidden.status == 404, (method, path)
            assert hidden == await ash(method, path.format(123), sent)
        assert (await rowan("PUT", f"{post}/reaction", {"kind": "strength"})).status == 204
