"""Who belongs to what is for those two to say: the one who asks and the one who answers (ORG-15 to
ORG-17). Each forgery stands beside the true thing.
"""

from typing import Any

import pytest

from storage.groups import GroupWithActor
from tests import lemmy
from tests.figures import Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene


@pytest.fixture
async def group(scene: Scene) -> GroupWithActor:
    return await scene.house.group("grief", scene.ann)


async def asked(scene: Scene, main: Figure) -> tuple[str, Document]:
    """bea has asked to join a group elsewhere: its id here, and her Follow."""
    await scene.house.persona("bea")
    group_id = await scene.house.join(f"!main@{main.home.authority}", "bea")
    await scene.world.settle()
    return group_id, main.home.got("Follow")[-1]


async def state(scene: Scene, main: Figure) -> str | None:
    """What bea is to the group."""
    membership = await scene.house.membership(main.uri, f"{scene.house.origin}/personas/bea")
    return membership.state if membership else None


@pytest.mark.parametrize("form", ["whole", "whole, claimed", "by id"])
@pytest.mark.parametrize("what", ["Follow", "Like"])
async def test_org_15_undo_of_anothers_act(
    scene: Scene, group: GroupWithActor, what: str, form: str
) -> None:
    """Neither a neighbour nor a stranger undoes what zoe did; zoe does."""
    zoe = scene.good.person("zoe")
    await scene.member(zoe, group)
    thread = await scene.thread(group.actor.id)
    act = lemmy.like(zoe, thread["uri"], group.actor.uri)
    assert await scene.tell(zoe, act) == ("done", "reaction")
    if what == "Follow":
        act = lemmy.follow(zoe, group.actor.uri)
        assert await scene.tell(zoe, act) == ("done", "joined")

    def undo(figure: Figure) -> Document:
        inner = act | {"actor": figure.uri} if form == "whole, claimed" else act
        return lemmy.undo(figure, act["id"] if form == "by id" else inner)

    for figure in (scene.good.person("eve"), scene.evil.person("mallory")):
        before = await scene.belief()
        assert (await scene.tell(figure, undo(figure)))[0] in ("ignored", "refused")
        assert await scene.belief() == before
    assert (await scene.tell(zoe, undo(zoe)))[0] == "done"
    gone = await scene.house.membership(group.actor.uri, zoe.uri) is None
    assert gone == (what == "Follow")
    assert (await scene.reactions(thread["uri"]) == {}) == (what == "Like")


async def test_org_16_no_answer_yet(scene: Scene) -> None:
    """Until the group answers, nothing of it is taken in; after a No neither; after a Yes it is."""
    uma = scene.good.person("uma")
    main = scene.good.group("main", uma)
    group_id, follow = await asked(scene, main)
    outcomes = []
    for answer in (None, "Reject", "Accept"):
        if answer == "Accept":  # the No stands until bea asks again
            assert (await scene.tell(main, lemmy.accept(main, follow)))[0] == "ignored"
            assert await state(scene, main) == "rejected"
            _, follow = await asked_again(scene, main)
        if answer:
            assert (await scene.tell(main, lemmy.accept(main, follow, answer)))[0] == "done"
        page = scene.good.serve(lemmy.page(uma, main.uri, str(answer)))
        told = await scene.tell(main, lemmy.announce(main, lemmy.create(uma, page)))
        outcomes.append((await state(scene, main), told[0], await scene.threads(main.uri)))
    assert outcomes == [
        ("pending", "ignored", []),
        ("rejected", "ignored", []),
        ("accepted", "done", ["Accept"]),
    ]
    shown = await scene.house.ok("GET", f"/api/kith/v1/groups/{group_id}", "bea")
    assert shown["membership"]["state"] == "accepted"


async def asked_again(scene: Scene, main: Figure) -> tuple[str, Document]:
    group_id = await scene.house.join(f"!main@{main.home.authority}", "bea")
    await scene.world.settle()
    return group_id, main.home.got("Follow")[-1]


async def test_org_16_answers_of_others(scene: Scene) -> None:
    """A neighbour of the group, a stranger, and an answer to a Follow that was never sent."""
    main = scene.good.group("main")
    _, follow = await asked(scene, main)
    for third in (scene.good.group("other"), scene.evil.group("main")):
        for kind in ("Accept", "Reject"):
            for by_id in (False, True):
                answer = lemmy.accept(third, follow, kind)
                if by_id:
                    answer["object"] = follow["id"]
                assert (await scene.tell(third, answer))[0] == "ignored"
                assert await state(scene, main) == "pending"
    never = follow | {"id": f"{scene.house.origin}/activities/999999"}
    assert (await scene.tell(main, lemmy.accept(main, never)))[0] == "ignored"
    assert await state(scene, main) == "pending"
    assert await scene.tell(main, lemmy.accept(main, follow)) == ("done", "accepted")
    assert await state(scene, main) == "accepted"


@pytest.mark.parametrize("changed", ["actor", "object", "type"])
@pytest.mark.parametrize("kind", ["Accept", "Reject"])
async def test_org_17_embedded_follow_differs(scene: Scene, kind: str, changed: str) -> None:
    """The id is that of bea's Follow, and the rest is not."""
    main = scene.good.group("main")
    _, follow = await asked(scene, main)
    forged: dict[str, Any] = {
        "actor": {"actor": scene.ann.uri},
        "object": {"object": scene.good.group("other").uri},
        "type": {"type": "Like"},
    }[changed]
    assert (await scene.tell(main, lemmy.accept(main, follow | forged, kind)))[0] == "ignored"
    assert await state(scene, main) == "pending"
    assert (await scene.tell(main, lemmy.accept(main, follow, kind)))[0] == "done"
    assert await state(scene, main) == f"{kind.lower()}ed"


async def test_org_17_answer_to_an_undone_follow(scene: Scene) -> None:
    """bea has thought better of it; a Yes that comes now makes her no member."""
    main = scene.good.group("main")
    group_id, follow = await asked(scene, main)
    await scene.house.ok("POST", f"/api/kith/v1/groups/{group_id}/leave", "bea")
    await scene.world.settle()
    assert (await scene.tell(main, lemmy.accept(main, follow)))[0] == "ignored"
    assert await state(scene, main) is None
    _, again = await asked_again(scene, main)
    assert (await scene.tell(main, lemmy.accept(main, follow)))[0] == "ignored"
    assert await state(scene, main) == "pending"
    assert await scene.tell(main, lemmy.accept(main, again)) == ("done", "accepted")


async def test_org_16_nobody_is_made_a_member(scene: Scene) -> None:
    """A group may list ann among its moderators and announce it; she has not asked to join. bea
    has, and so moderates."""
    den = scene.evil.group("den")
    await scene.house.persona("bea")
    bea = f"{scene.house.origin}/personas/bea"
    scene.evil.collection(f"{den.uri}/moderators", [scene.ann.uri, bea])
    await scene.follow(den)
    target = {"target": f"{den.uri}/moderators"}
    for who in (scene.ann.uri, bea):
        add = lemmy.act(den, "Add", who, den.uri, **target)
        await scene.tell(den, lemmy.announce(den, add))
    assert await scene.house.membership(den.uri, scene.ann.uri) is None
    membership = await scene.house.membership(den.uri, bea)
    assert membership is not None
    assert (membership.state, membership.role) == ("accepted", "moderator")
    assert (await scene.house.ok("GET", "/api/kith/v1/me", "ann"))["groups"] == []
