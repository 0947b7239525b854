"""Whatever a member of another server signs, the node answers below 500, logs no error, and takes
the good activity that comes beside it ("Bad input", DOS-04, DOS-06, ORG-33); and what nobody may
do here has no effect, beside who may (DOS-12, ORG-11, ORG-21, ORG-37, OUT-06).
"""

import copy
import logging
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from storage.groups import GroupWithActor
from tests import lemmy
from tests.figures import Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene

HOSTILE: list[Any] = [
    None,
    True,
    -1,
    1e308,
    "",
    "\x00",
    msgspec.Raw(b'"\\ud83d"'),
    msgspec.Raw(b"[" * 5_000 + b"]" * 5_000),
    "x" * 70_000,
    "http://[::1",
    "https://" + "a" * 3_000 + ".example/",
    [],
    {},
    [[[]]],
    [None, 7, {"id": 9}],
    {"id": None, "type": []},
    {"type": "Person", "id": "https://evil.example/x"},
    ["https://evil.example/1"] * 2_000,
]

SAID = ["thread", "reply", "edit", "reaction", "undo", "announce", "follow", "add", "profile"]
SAID += ["Delete", "Lock", "Flag", "Block", "Accept", "Move"]


def spoilt(document: Document) -> Iterator[Document]:
    """The document with each member in turn, at two levels, replaced by each hostile value."""
    for name in document:
        for value in HOSTILE:
            yield document | {name: value}
    inner = document.get("object")
    if isinstance(inner, dict):
        for one in spoilt(inner):
            yield document | {"object": one}


@pytest.fixture
async def group(scene: Scene) -> GroupWithActor:
    return await scene.house.group("grief", scene.ann)


@pytest.fixture
async def zoe(scene: Scene, group: GroupWithActor) -> Figure:
    zoe = scene.good.person("zoe")
    await scene.member(zoe, group)
    return zoe


def said(kind: str, scene: Scene, zoe: Figure, group: str, post: str) -> Document:
    """One activity of each kind that zoe may send."""
    page = lemmy.page(zoe, group)
    match kind:
        case "thread":
            return lemmy.create(zoe, page)
        case "reply":
            return lemmy.create(zoe, lemmy.comment(zoe, group, post, scene.ann.uri))
        case "edit":
            return lemmy.create(zoe, page, "Update")
        case "reaction":
            return lemmy.like(zoe, post, group)
        case "undo":
            return lemmy.undo(zoe, lemmy.like(zoe, post, group))
        case "announce":
            return lemmy.announce(zoe, lemmy.create(zoe, page))
        case "follow":
            return lemmy.follow(zoe, group)
        case "add":
            return lemmy.act(zoe, "Add", post, group, target=f"{group}/featured")
        case "profile":
            return {**lemmy.follow(zoe, group), "type": "Update", "object": dict(zoe.document)}
        case _:
            return lemmy.act(zoe, kind, post, group)


@pytest.mark.parametrize(
    "kind",
    SAID,
)
async def test_dos_04_no_member_of_a_signed_activity_upsets_the_node(
    kind: str, scene: Scene, group: GroupWithActor, zoe: Figure, caplog: pytest.LogCaptureFixture
) -> None:
    thread = await scene.thread(group.actor.id)
    inbox, statuses = f"{scene.house.origin}/inbox", set()
    plain = said(kind, scene, zoe, group.actor.uri, thread["uri"])
    for number, document in enumerate(spoilt(plain)):
        if document["id"] == plain["id"]:
            document = copy.deepcopy(document) | {"id": f"{plain['id']}-{number}"}
        statuses.add(await scene.good.send(zoe.seal(inbox, document)))
        scene.clock.advance(seconds=1)
        if number % 100 == 0:  # all of them wait in one lane
            await scene.world.settle()
    await scene.world.settle()
    assert statuses <= {202, 400, 401, 413}
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []
    good = lemmy.create(zoe, lemmy.comment(zoe, group.actor.uri, thread["uri"], scene.ann.uri))
    state, _ = await scene.tell(zoe, good)
    assert state == "done"


async def test_org_11_an_edit_by_another_actor_of_the_same_host_changes_nothing(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    page = lemmy.page(zoe, group.actor.uri)
    await scene.tell(zoe, lemmy.create(zoe, page))
    eve = scene.good.person("eve")
    await scene.member(eve, group)
    before = await scene.belief()
    changed = page | {"content": "<p>Not her words.</p>", "updated": "2026-11-23T11:50:00Z"}
    for author in (zoe.uri, eve.uri):
        edit = lemmy.create(eve, changed | {"attributedTo": author}, "Update")
        state, _ = await scene.tell(eve, edit)
        assert state in ("refused", "ignored")
        assert await scene.belief() == before
    assert (await scene.tell(zoe, lemmy.create(zoe, changed, "Update")))[0] == "done"
    assert "Not her words." in (await scene.kept(page["id"])).content


async def test_org_21_a_move_takes_nobody_along(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    target = scene.evil.person("zoe", alsoKnownAs=[])
    before = await scene.belief()
    move = lemmy.act(zoe, "Move", zoe.uri, group.actor.uri, target=target.uri)
    assert (await scene.tell(zoe, move))[0] == "ignored"
    assert await scene.belief() == before
    assert scene.evil.asked == []


async def test_org_37_a_flag_is_taken_quietly_and_tells_nothing_of_what_it_names(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    hidden = await scene.house.group("quiet", scene.ann, "private")
    secret = await scene.thread(hidden.actor.id)
    open_to_all = await scene.thread(group.actor.id)
    before, told = await scene.belief(), set()
    for uri in (open_to_all["uri"], secret["uri"], f"{scene.house.origin}/posts/1"):
        named = [uri, *(f"{scene.house.origin}/posts/{n}" for n in range(2, 900))]
        flag = lemmy.act(zoe, "Flag", uri, group.actor.uri) | {"object": named}
        said = len(scene.good.told)
        state, reason = await scene.tell(zoe, flag | {"content": "<script>x</script>"})
        told.add((state, reason, *scene.good.told[said:]))
    assert len(told) == 1
    assert await scene.belief() == before


async def test_dos_12_who_is_not_signed_in_makes_the_node_fetch_nothing(
    scene: Scene, group: GroupWithActor
) -> None:
    there = scene.good.group("letters")
    body = {"handle": f"!letters@{scene.good.authority}"}
    status, _ = await scene.house.api("POST", "/api/kith/v1/groups/look-up", json=body)
    assert (status, scene.good.asked) == (401, [])
    status, found = await scene.house.api("POST", "/api/kith/v1/groups/look-up", "ann", body)
    assert (status, found["uri"]) == (200, there.uri)
    for path in (
        f"/api/kith/v1/groups/{group.actor.id}/threads",
        f"/api/kith/v1/groups/{group.actor.id}/join",
    ):
        status, _ = await scene.house.api("POST", path, json={"title": "a", "text": "b"})
        assert status == 401


async def test_out_06_a_name_adds_nothing_to_the_address_that_we_ask(
    scene: Scene, group: GroupWithActor
) -> None:
    scene.good.group("letters")
    for name in ("a&rel=x", "a%26rel=x", "a%0d%0aX: y", "a\r\nX: y", "a?b", "a#b", "a/../b", "a b"):
        body = {"handle": f"!{name}@{scene.good.authority}"}
        status, _ = await scene.house.api("POST", "/api/kith/v1/groups/look-up", "ann", body)
        assert 400 <= status < 500, name
    for host in ("/x", "?x=1", "#x", "@evil.example", "%2fx", ":80:80", "\r\nX: y"):
        body = {"handle": f"!letters@{scene.good.authority}{host}"}
        status, _ = await scene.house.api("POST", "/api/kith/v1/groups/look-up", "ann", body)
        assert 400 <= status < 500, host
    for asked in scene.good.asked:
        assert asked.target.startswith("/.well-known/webfinger?resource=acct%3A")
        assert "&" not in asked.target
        assert "x" not in {name.lower() for name, _ in asked.headers}


async def test_sig_21_a_person_shares_nothing_in_the_name_of_another_of_the_same_host(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    page = lemmy.page(zoe, group.actor.uri)
    await scene.tell(zoe, lemmy.create(zoe, page))
    before = await scene.belief()
    eve = scene.good.person("eve")
    forged = lemmy.act(zoe, "Delete", page["id"], group.actor.uri)
    state, _ = await scene.tell(eve, lemmy.announce(eve, forged))
    assert state == "refused"
    assert await scene.belief() == before
    assert (await scene.tell(zoe, forged))[0] == "done"
    assert (await scene.kept(page["id"])).deleted_at is not None
