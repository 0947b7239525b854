"""A group that Lemmy or PieFed hosts, with a member of ours: what it announces, what we send it.

Whoever writes in it lives on the group's own host here; what it says of people elsewhere is in
`test_authority_announces.py`.
"""

from typing import Any

import pytest

from tests import lemmy
from tests.figures import PUBLIC, Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene


@pytest.fixture
def uma(scene: Scene) -> Figure:
    """Somebody on the group's host."""
    return scene.good.person("uma")


@pytest.fixture
async def main(scene: Scene, uma: Figure) -> Figure:
    """The group. bea of our node is a member."""
    main = scene.good.group("main", uma)
    await scene.follow(main)
    return main


async def announced_page(scene: Scene, main: Figure, uma: Figure, **more: Any) -> Document:
    """A thread of the group that has come here."""
    page = scene.good.serve(lemmy.page(uma, main.uri, **more))
    told = await scene.tell(main, lemmy.announce(main, lemmy.create(uma, page)))
    assert told == ("done", "thread")
    return page


async def said(scene: Scene, main: Figure, inner: Document | list[Document]) -> tuple[str, str]:
    """What comes of an inner activity that the group announces."""
    return await scene.tell(main, lemmy.announce(main, inner))


async def test_follow_is_answered_and_outbox_read(scene: Scene, uma: Figure) -> None:
    """b1, b2: the Follow is addressed to the group; the Accept brings its earlier threads."""
    main = scene.good.group("main", uma)
    page = scene.good.serve(lemmy.page(uma, main.uri))
    listed = lemmy.announce(main, lemmy.create(uma, page))
    scene.good.collection(f"{main.uri}/outbox", [listed])
    group_id = await scene.follow(main)
    [follow] = scene.good.got("Follow")
    bea = f"{scene.house.origin}/personas/bea"
    assert (follow["actor"], follow["object"], follow["to"]) == (bea, main.uri, [main.uri])
    assert await scene.threads(main.uri) == ["A long year"]
    shown = await scene.house.ok("GET", f"/api/kith/v1/groups/{group_id}", "bea")
    assert shown["membership"] == {"state": "accepted", "role": "member"}
    assert shown["address"] == f"!main@{scene.good.authority}"


async def test_accept_by_id_reject_and_second_try(scene: Scene) -> None:
    """b2: Guppe and Misskey answer with the id alone. After a Reject a new Follow may succeed."""
    main = scene.good.group("main")
    await scene.house.persona("bea")
    bea = f"{scene.house.origin}/personas/bea"
    told, states = [], []
    for answer in ("Reject", "Accept", "Reject"):
        await scene.house.join(f"!main@{scene.good.authority}", "bea")
        await scene.world.settle()
        follow = scene.good.got("Follow")[-1]
        by_id = lemmy.accept(main, follow, answer) | {"object": follow["id"]}
        told.append(await scene.tell(main, by_id))
        membership = await scene.house.membership(main.uri, bea)
        states.append(membership.state if membership else None)
    assert told == [("done", "rejected"), ("done", "accepted"), ("done", "rejected")]
    assert states == ["rejected", "accepted", "rejected"]
    assert len({follow["id"] for follow in scene.good.got("Follow")}) == 2


async def test_thread_comment_and_vote_arrive(scene: Scene, main: Figure, uma: Figure) -> None:
    """b3 to b6, announced by the group."""
    page = await announced_page(scene, main, uma)
    comment = scene.good.serve(lemmy.comment(uma, main.uri, page["id"], uma.uri))
    assert await said(scene, main, lemmy.create(uma, comment)) == ("done", "reply")
    like = lemmy.like(uma, page["id"], main.uri)
    assert await said(scene, main, like) == ("done", "reaction")
    assert await scene.reactions(page["id"]) == {"hear-you": 1}
    down = lemmy.like(uma, page["id"], main.uri, "Dislike")
    assert (await said(scene, main, down))[0] == "ignored"
    assert await said(scene, main, lemmy.undo(uma, like)) == ("done", "reaction taken back")
    assert await scene.reactions(page["id"]) == {}
    thread = await scene.kept(page["id"])
    shown = await scene.house.ok("GET", f"/api/kith/v1/threads/{thread.id}", "bea")
    assert shown["thread"]["title"] == "A long year"
    assert [one["uri"] for one in shown["thread"]["replies"]] == [comment["id"]]


@pytest.mark.parametrize("form", ["list", "OrderedCollection"])
async def test_batch_of_votes(scene: Scene, main: Figure, uma: Figure, form: str) -> None:
    """b4: PieFed announces many votes at once; one that cannot be read spoils no other."""
    page = await announced_page(scene, main, uma)
    wim, xia = scene.good.person("wim"), scene.good.person("xia")
    first = lemmy.like(uma, page["id"], main.uri)
    batch = [
        first,
        lemmy.like(wim, page["id"], main.uri),
        {"type": "Like", "id": "nonsense"},
        lemmy.like(xia, page["id"], main.uri, "EmojiReact", content="🙏"),
        lemmy.undo(uma, first),
    ]
    item: Any = batch if form == "list" else {"type": "OrderedCollection", "orderedItems": batch}
    assert (await said(scene, main, item))[0] == "done"
    assert await scene.reactions(page["id"]) == {"hear-you": 1, "thank-you": 1}


async def test_edit_and_delete_by_the_author(scene: Scene, main: Figure, uma: Figure) -> None:
    """b7, b8"""
    page = await announced_page(scene, main, uma)
    words = {"content": "<p>Two.</p>", "updated": "2026-11-23T11:45:00Z"}
    update = lemmy.create(uma, page | words, "Update")
    assert await said(scene, main, update) == ("done", "edited")
    assert (await scene.kept(page["id"])).content == "<p>Two.</p>"
    tombstone = {"id": page["id"], "type": "Tombstone", "formerType": "Page"}
    delete = lemmy.act(uma, "Delete", page["id"], main.uri) | {"object": tombstone}
    assert await said(scene, main, delete) == ("done", "deleted")
    gone = await scene.kept(page["id"])
    assert (gone.title, gone.content) == (None, "")
    assert gone.deleted_at is not None


async def test_moderation(scene: Scene, main: Figure, uma: Figure) -> None:
    """b9 to b11, by a moderator of the group, announced by it."""
    wim = scene.good.person("wim")
    page = await announced_page(scene, main, wim)
    steps: list[tuple[str, Document]] = []
    for done, act in (
        ("removed", lemmy.act(uma, "Delete", page["id"], main.uri, summary="off topic")),
        ("locked", lemmy.act(uma, "Lock", page["id"], main.uri, summary="heated")),
    ):
        steps += [(done, act), ("undone", lemmy.undo(uma, act))]
    for name, thing in (("featured", page["id"]), ("moderators", wim.uri)):
        target = {"target": f"{main.uri}/{name}"}
        steps.append((name, lemmy.act(uma, "Add", thing, main.uri, **target)))
        steps.append(("undone", lemmy.act(uma, "Remove", thing, main.uri, **target)))
    seen = []
    for _, step in steps:
        assert (await said(scene, main, step))[0] == "done", step
        post = await scene.kept(page["id"])
        roles = await scene.house.membership(main.uri, wim.uri)
        seen.append(
            {
                "removed": post.removed_at is not None and post.removal_reason == "off topic",
                "locked": post.locked_at is not None,
                "featured": post.pinned_at is not None,
                "moderators": roles is not None and roles.role == "moderator",
            }
        )
    for (name, _), state in zip(steps, seen, strict=True):
        assert [one for one, is_so in state.items() if is_so] == [
            one for one in (name,) if one != "undone"
        ]


async def test_locked_there_is_locked_here(scene: Scene, main: Figure, uma: Figure) -> None:
    """Nobody here is let write an answer that the group will not take."""
    page = await announced_page(scene, main, uma)
    thread = await scene.kept(page["id"])
    path, body = f"/api/kith/v1/posts/{thread.id}/replies", {"text": "With you."}
    assert (await scene.house.api("POST", path, "bea", body))[0] == 201
    await said(scene, main, lemmy.act(uma, "Lock", page["id"], main.uri))
    assert (await scene.house.api("POST", path, "bea", body))[0] == 403


async def test_what_our_member_does(scene: Scene, main: Figure, uma: Figure) -> None:
    """b3 to b8: signed by the member, sent to the group's host once, not announced by us."""
    page = await announced_page(scene, main, uma)
    group_id = (await scene.kept(page["id"])).group_id
    draft = {"title": "New here", "text": "Hello."}
    opened = await scene.house.ok("POST", f"/api/kith/v1/groups/{group_id}/threads", "bea", draft)
    await scene.house.ok(
        "PUT", f"/api/kith/v1/posts/{opened['id']}/reaction", "bea", {"kind": "proud"}
    )
    thread = await scene.kept(page["id"])
    reply = await scene.house.ok(
        "POST", f"/api/kith/v1/posts/{thread.id}/replies", "bea", {"text": "With you."}
    )
    scene.clock.advance(minutes=1)
    await scene.house.ok(
        "PATCH", f"/api/kith/v1/posts/{reply['id']}", "bea", {"text": "With you all."}
    )
    await scene.world.settle()
    await scene.house.ok("DELETE", f"/api/kith/v1/posts/{reply['id']}", "bea")
    await scene.house.ok("DELETE", f"/api/kith/v1/posts/{opened['id']}/reaction", "bea")
    await scene.world.settle()
    sent = [one for one in scene.good.received if one["type"] != "Follow"]
    bea = f"{scene.house.origin}/personas/bea"
    assert {one["actor"] for one in sent} == {bea}
    assert sorted(one["type"] for one in sent) == sorted(
        ["Create", "Create", "Like", "Update", "Delete", "Undo"]
    )
    note = next(
        one["object"] for one in scene.good.got("Create") if one["object"]["type"] == "Note"
    )
    assert (note["inReplyTo"], note["to"]) == (page["id"], [PUBLIC])
    assert note["cc"] == [main.uri, uma.uri]
    assert "summary" not in next(one for one in sent if one["type"] == "Delete")
    assert scene.good.got("Announce") == []


async def test_group_describes_itself_anew(scene: Scene, main: Figure, uma: Figure) -> None:
    """b7: an Update of the group by its moderator is read at the group's own id."""
    scene.good.serve(main.document | {"name": "Main street"})
    update = lemmy.act(uma, "Update", main.uri, main.uri)
    update["object"] = main.document | {"name": "As the activity says"}
    await said(scene, main, update)
    actor = await scene.read(lambda uow: uow.actors.by_uri(main.uri))
    assert actor is not None
    assert actor.name == "Main street"
