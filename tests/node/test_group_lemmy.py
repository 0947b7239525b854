"""A group of ours with members on Lemmy and PieFed: what they say and do in it (b2 to b11)."""

import pytest

from storage.groups import GroupWithActor
from tests import lemmy
from tests.figures import PUBLIC, Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene

PIEFED = {
    "commentsEnabled": True,
    "stickied": False,
    "searchableBy": PUBLIC,
    "indexable": True,
    "tag": [{"type": "Hashtag", "href": "https://pie.example/tag/grief", "name": "#grief"}],
}


@pytest.fixture
async def group(scene: Scene) -> GroupWithActor:
    return await scene.house.group("grief", scene.ann)


@pytest.fixture
async def zoe(scene: Scene, group: GroupWithActor) -> Figure:
    """A member of the group who has no more rights than others."""
    zoe = scene.good.person("zoe")
    await scene.member(zoe, group)
    return zoe


@pytest.fixture
async def mod(scene: Scene, group: GroupWithActor) -> Figure:
    """A member elsewhere whom ann has made a moderator."""
    mod = scene.evil.person("mod")
    await scene.member(mod, group)
    actor = await scene.read(lambda uow: uow.actors.by_uri(mod.uri))
    assert actor is not None
    path = f"/api/kith/v1/groups/{group.actor.id}/moderators"
    await scene.house.ok("POST", path, "ann", {"persona": str(actor.id)})
    await scene.world.settle()
    return mod


async def shown(scene: Scene, thread: Document) -> Document:
    """A thread as the API shows it to ann."""
    found: Document = await scene.house.ok("GET", f"/api/kith/v1/threads/{thread['id']}", "ann")
    return dict(found["thread"])


async def log(scene: Scene, group: GroupWithActor) -> list[str]:
    """The acts in the group's moderation log, oldest first."""
    entries = await scene.read(lambda uow: uow.moderation.list(group.actor.id, 50))
    return [entry.act for entry in reversed(entries)]


@pytest.mark.parametrize("profile", ["lemmy", "piefed"])
async def test_page_becomes_a_thread(
    scene: Scene, group: GroupWithActor, zoe: Figure, profile: str
) -> None:
    """b3: title, text, link and language arrive, and the Create is handed on as it came."""
    link = [{"type": "Link", "href": "https://leaflet.example/grief", "mediaType": "text/html"}]
    more: Document = {}
    if profile == "piefed":
        more = PIEFED | {"to": [PUBLIC], "cc": [group.actor.uri]}
    page = lemmy.page(zoe, group.actor.uri, attachment=link, **more)
    assert await scene.tell(zoe, lemmy.create(zoe, page)) == ("done", "thread")
    post = await scene.kept(page["id"])
    assert (post.title, post.language, post.wire_type) == ("A long year", "en", "Page")
    assert "It has been a year." in post.content
    assert 'href="https://leaflet.example/grief"' in post.content
    [handed_on] = scene.good.announced("Create")
    assert handed_on["object"] == page


async def test_comments_take_their_place(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """b5: a comment below a thread, and another below that."""
    thread = await scene.thread(group.actor.id)
    first = lemmy.comment(zoe, group.actor.uri, thread["uri"], scene.ann.uri)
    assert await scene.tell(zoe, lemmy.create(zoe, first)) == ("done", "reply")
    second = lemmy.comment(zoe, group.actor.uri, first["id"], zoe.uri)
    assert await scene.tell(zoe, lemmy.create(zoe, second)) == ("done", "reply")
    assert [(await scene.kept(one["id"])).depth for one in (first, second)] == [1, 2]
    assert (await scene.kept(thread["uri"])).reply_count == 2
    assert [one["object"]["id"] for one in scene.good.announced("Create")][1:] == [
        first["id"],
        second["id"],
    ]


async def test_votes_and_their_undo(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """b6: a vote, a reaction with an emoji, and an Undo with a new id for what it undoes."""
    thread = await scene.thread(group.actor.id)
    uri = thread["uri"]
    like = lemmy.like(zoe, uri, group.actor.uri)
    assert await scene.tell(zoe, like) == ("done", "reaction")
    hug = lemmy.like(zoe, uri, group.actor.uri, "EmojiReact", content="💪")
    assert await scene.tell(zoe, hug) == ("done", "reaction")
    assert await scene.reactions(uri) == {"strength": 1}
    mocking = lemmy.like(zoe, uri, group.actor.uri, "EmojiReact", content="💩")
    assert (await scene.tell(zoe, mocking))[0] == "ignored"
    assert await scene.reactions(uri) == {"strength": 1}
    again = hug | {"id": scene.good.uri("activities/like")}
    told = await scene.tell(zoe, lemmy.undo(zoe, again))
    assert told == ("done", "reaction taken back")
    assert await scene.reactions(uri) == {}


async def test_edit_and_delete(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """b7, b8: other words; then none, and an Undo of that brings none back."""
    page = lemmy.page(zoe, group.actor.uri)
    await scene.tell(zoe, lemmy.create(zoe, page))
    scene.clock.advance(minutes=10)
    words = {"name": "Two long years", "content": "<p>Two.</p>", "updated": "2026-11-23T12:08:00Z"}
    update = lemmy.create(zoe, page | words, "Update")
    assert await scene.tell(zoe, update) == ("done", "edited")
    post = await scene.kept(page["id"])
    assert (post.title, post.content) == ("Two long years", "<p>Two.</p>")
    assert [one["id"] for one in scene.good.announced("Update")] == [update["id"]]
    delete = lemmy.act(zoe, "Delete", page["id"], group.actor.uri)
    assert await scene.tell(zoe, delete) == ("done", "deleted")
    gone = await scene.kept(page["id"])
    assert (gone.title, gone.content, gone.deleted_at) == (None, "", scene.clock.now())
    assert await scene.threads(group.actor.uri) == []
    assert (await scene.tell(zoe, lemmy.undo(zoe, delete)))[0] == "ignored"
    assert (await scene.kept(page["id"])).content == ""
    assert await log(scene, group) == []


async def test_moderator_elsewhere_removes_and_restores(
    scene: Scene, group: GroupWithActor, zoe: Figure, mod: Figure
) -> None:
    """b9: a Delete with a summary by a moderator; the same by a member is refused."""
    thread = await scene.thread(group.actor.id)

    def removal(figure: Figure) -> Document:
        reason = {"summary": "names a person"}
        return lemmy.act(figure, "Delete", thread["uri"], group.actor.uri, **reason)

    assert await scene.tell(zoe, removal(zoe)) == ("refused", "not-a-moderator")
    remove = removal(mod)
    assert await scene.tell(mod, remove) == ("done", "removed")
    there = await shown(scene, thread)
    assert (there["state"], there["removal_reason"], there["content"]) == (
        "removed",
        "names a person",
        "",
    )
    [handed_on] = scene.good.announced("Delete")
    assert (handed_on["actor"], handed_on["summary"]) == (mod.uri, "names a person")
    assert await scene.tell(mod, lemmy.undo(mod, remove)) == ("done", "restored")
    back = await shown(scene, thread)
    assert (back["state"], back["title"]) == ("here", "First winter")
    assert await log(scene, group) == ["add-moderator", "remove", "restore"]
    assert [one["object"]["type"] for one in scene.good.announced("Undo")] == ["Delete"]


async def test_moderator_elsewhere_locks_and_pins(
    scene: Scene, group: GroupWithActor, zoe: Figure, mod: Figure
) -> None:
    """b10, b11: Lock, Add to featured and their ends, each refused to a member."""
    thread, uri = await scene.thread(group.actor.id), group.actor.uri
    featured = {"target": group.actor.featured}

    def lock_and_pin(figure: Figure) -> tuple[Document, Document]:
        lock = lemmy.act(figure, "Lock", thread["uri"], uri, summary="heated")
        return lock, lemmy.act(figure, "Add", thread["uri"], uri, **featured)

    for act in lock_and_pin(zoe):
        assert await scene.tell(zoe, act) == ("refused", "not-a-moderator")
    there = await shown(scene, thread)
    assert (there["locked"], there["pinned"]) == (False, False)
    lock, pin = lock_and_pin(mod)
    assert await scene.tell(mod, lock) == ("done", "locked")
    assert await scene.tell(mod, pin) == ("done", "pinned")
    there = await shown(scene, thread)
    assert (there["locked"], there["pinned"]) == (True, True)
    comment = lemmy.comment(zoe, uri, thread["uri"], scene.ann.uri)
    assert await scene.tell(zoe, lemmy.create(zoe, comment)) == ("refused", "locked")
    unpin = lemmy.act(mod, "Remove", thread["uri"], uri, **featured)
    assert await scene.tell(mod, unpin) == ("done", "unpinned")
    assert await scene.tell(mod, lemmy.undo(mod, lock)) == ("done", "unlocked")
    there = await shown(scene, thread)
    assert (there["locked"], there["pinned"]) == (False, False)
    again = lemmy.comment(zoe, uri, thread["uri"], scene.ann.uri)
    assert await scene.tell(zoe, lemmy.create(zoe, again)) == ("done", "reply")
    assert [len(scene.good.announced(kind)) for kind in ("Lock", "Add", "Remove", "Undo")] == [
        1,
        2,  # the first made the moderator
        1,
        1,
    ]


async def test_moderator_elsewhere_changes_moderators(
    scene: Scene, group: GroupWithActor, zoe: Figure, mod: Figure
) -> None:
    """b11: only a moderator makes one, only of a member, and the host stays."""
    uri, target = group.actor.uri, {"target": group.actor.moderators}
    stranger = scene.good.person("stranger")
    grab = lemmy.act(zoe, "Add", zoe.uri, uri, **target)
    assert await scene.tell(zoe, grab) == ("refused", "not-a-moderator")
    add = lemmy.act(mod, "Add", zoe.uri, uri, **target)
    assert await scene.tell(mod, add) == ("done", "moderators changed")
    other = lemmy.act(mod, "Add", stranger.uri, uri, **target)
    assert await scene.tell(mod, other) == ("refused", "not-a-member")
    host = lemmy.act(zoe, "Remove", scene.ann.uri, uri, **target)
    assert await scene.tell(zoe, host) == ("refused", "host")
    for who in (mod.uri, zoe.uri):
        remove = lemmy.act(zoe, "Remove", who, uri, **target)
        assert await scene.tell(zoe, remove) == ("done", "moderators changed")
    left = await scene.read(lambda uow: uow.memberships.moderators(group.actor.id))
    assert [one.uri for one in left] == [scene.ann.uri]


async def test_follow_twice_and_leave(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """b2: each Follow is accepted, one membership stands, an Undo by id ends it."""
    again = lemmy.follow(zoe, group.actor.uri)
    assert await scene.tell(zoe, again) == ("done", "joined")
    assert [one["object"]["id"] for one in scene.good.got("Accept")][-1] == again["id"]
    assert await scene.read(lambda uow: uow.memberships.count(group.actor.id)) == 2
    assert await scene.tell(zoe, lemmy.undo(zoe, again["id"])) == ("done", "left")
    assert await scene.read(lambda uow: uow.memberships.count(group.actor.id)) == 1
