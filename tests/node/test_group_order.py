"""Things that come late, early, twice or not at all: it ends as if all had come in turn."""

import pytest

from storage.groups import GroupWithActor
from tests import lemmy
from tests.figures import Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene


@pytest.fixture
async def group(scene: Scene) -> GroupWithActor:
    return await scene.house.group("grief", scene.ann)


@pytest.fixture
async def zoe(scene: Scene, group: GroupWithActor) -> Figure:
    """A member of the group who lives elsewhere."""
    zoe = scene.good.person("zoe")
    await scene.member(zoe, group)
    return zoe


def edit(author: Figure, page: Document, minute: int) -> Document:
    """An Update of a post that says when it was made."""
    words = {"content": f"<p>{minute}</p>", "updated": f"2026-11-23T12:{minute:02}:00Z"}
    return lemmy.create(author, page | words, "Update")


async def test_the_newest_edit_wins(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    scene.clock.advance(minutes=30)
    page = lemmy.page(zoe, group.actor.uri)
    await scene.tell(zoe, lemmy.create(zoe, page))
    assert await scene.tell(zoe, edit(zoe, page, 5)) == ("done", "edited")
    assert await scene.tell(zoe, edit(zoe, page, 3)) == ("ignored", "an older edit")
    assert await scene.tell(zoe, edit(zoe, page, 5)) == ("ignored", "an older edit")
    assert (await scene.kept(page["id"])).content == "<p>5</p>"
    assert await scene.tell(zoe, edit(zoe, page, 7)) == ("done", "edited")
    assert (await scene.kept(page["id"])).content == "<p>7</p>"


async def test_an_edit_stands_for_its_lost_create(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    page = lemmy.page(zoe, group.actor.uri)
    assert await scene.tell(zoe, edit(zoe, page, 5)) == ("done", "thread")
    assert await scene.tell(zoe, lemmy.create(zoe, page)) == ("done", "already here")
    assert (await scene.kept(page["id"])).content == "<p>5</p>"


async def test_an_edit_moves_nothing(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """A reply stays a reply and a thread a thread with a title, whatever their edits say."""
    page = lemmy.page(zoe, group.actor.uri)
    await scene.tell(zoe, lemmy.create(zoe, page))
    reply = lemmy.comment(zoe, group.actor.uri, page["id"], zoe.uri)
    await scene.tell(zoe, lemmy.create(zoe, reply))
    scene.clock.advance(minutes=9)
    loose = reply | {"inReplyTo": None, "name": "A thread?"}
    bound = page | {"inReplyTo": reply["id"], "name": None}
    for post in (loose, bound):
        assert await scene.tell(zoe, edit(zoe, post, 5)) == ("done", "edited")
    kept = [await scene.kept(post["id"]) for post in (page, reply)]
    assert [(post.title, post.depth) for post in kept] == [("A long year", 0), (None, 1)]
    assert await scene.threads(group.actor.uri) == ["A long year"]


async def test_an_edit_from_the_future_is_of_now(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    """A clock that is ahead must not shut out what is really later."""
    page = lemmy.page(zoe, group.actor.uri)
    await scene.tell(zoe, lemmy.create(zoe, page))
    assert await scene.tell(zoe, edit(zoe, page, 59)) == ("done", "edited")
    assert (await scene.kept(page["id"])).edited_at == scene.clock.now()
    scene.clock.advance(minutes=10)
    assert await scene.tell(zoe, edit(zoe, page, 9)) == ("done", "edited")


async def test_missing_answers_are_fetched(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    """What lies between a thread and a reply is brought from where it is, and not announced."""
    thread = await scene.thread(group.actor.id)
    wim, uri = scene.evil.person("wim"), group.actor.uri
    first = scene.evil.serve(lemmy.comment(wim, uri, thread["uri"], scene.ann.uri))
    second = scene.evil.serve(lemmy.comment(wim, uri, first["id"], wim.uri))
    third = lemmy.comment(zoe, uri, second["id"], wim.uri)
    assert await scene.tell(zoe, lemmy.create(zoe, third)) == ("done", "reply")
    depths = [(await scene.kept(one["id"])).depth for one in (first, second, third)]
    assert depths == [1, 2, 3]
    assert [one["object"]["id"] for one in scene.good.announced("Create")][1:] == [third["id"]]
    assert len(scene.good.got("Announce")) == 3
    lost = lemmy.comment(zoe, uri, f"{scene.evil.origin}/never/was", wim.uri)
    assert (await scene.tell(zoe, lemmy.create(zoe, lost)))[0] == "ignored"


async def test_a_missing_answer_may_come_later(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    """While its host is down the reply waits; when it is up again, both are here."""
    thread = await scene.thread(group.actor.id)
    wim, uri = scene.evil.person("wim"), group.actor.uri
    first = scene.evil.serve(lemmy.comment(wim, uri, thread["uri"], scene.ann.uri), status=503)
    second = lemmy.comment(zoe, uri, first["id"], wim.uri)
    assert (await scene.tell(zoe, lemmy.create(zoe, second)))[0] == "waiting"
    assert await scene.post(second["id"]) is None
    scene.evil.serve(first)
    scene.clock.advance(minutes=1)
    await scene.world.settle()
    assert (await scene.kept(second["id"])).parent_id == (await scene.kept(first["id"])).id


async def test_what_arrives_together_needs_no_fetch(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    """A thread, a reply and an answer to it in one batch: nobody is asked for what is at hand."""
    uri, inbox = group.actor.uri, f"{scene.house.origin}/inbox"
    page = lemmy.page(zoe, uri)
    first = lemmy.comment(zoe, uri, page["id"], zoe.uri)
    second = lemmy.comment(zoe, uri, first["id"], zoe.uri)
    for post in (page, first, second):
        assert await scene.good.send(zoe.seal(inbox, lemmy.create(zoe, post))) == 202
    scene.good.asked.clear()
    await scene.world.settle()
    assert (await scene.kept(second["id"])).depth == 2
    assert [one for one in scene.good.asked if one.method == "GET"] == []


async def test_late_create_after_delete(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """What its author deleted before it came leaves its place, and not a word; nobody else's Delete
    does that."""
    mallory = scene.good.person("mallory")
    for who, outcome in (
        (zoe, ("ignored", "deleted before it came")),
        (mallory, ("done", "thread")),
    ):
        page = lemmy.page(zoe, group.actor.uri)
        delete = lemmy.act(who, "Delete", page["id"], group.actor.uri)
        assert (await scene.tell(who, delete))[0] == "ignored"
        assert await scene.tell(zoe, lemmy.create(zoe, page)) == outcome
        kept = await scene.kept(page["id"])
        assert (kept.deleted_at is not None) == (kept.content == "") == (who is zoe)


async def test_late_create_after_known_delete(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    """Also when the post was here before, and the Create comes again under another id."""
    page = lemmy.page(zoe, group.actor.uri)
    await scene.tell(zoe, lemmy.create(zoe, page))
    await scene.tell(zoe, lemmy.act(zoe, "Delete", page["id"], group.actor.uri))
    assert await scene.tell(zoe, lemmy.create(zoe, page)) == ("done", "already here")
    assert (await scene.tell(zoe, edit(zoe, page, 5)))[0] == "ignored"
    assert (await scene.kept(page["id"])).content == ""


@pytest.mark.parametrize("form", ["whole", "by id"])
async def test_undo_before_like(
    scene: Scene, group: GroupWithActor, zoe: Figure, form: str
) -> None:
    """A Like that was undone before it came has no effect; one undone by somebody else has."""
    thread = await scene.thread(group.actor.id)
    mallory = scene.good.person("mallory")
    like = lemmy.like(zoe, thread["uri"], group.actor.uri)
    forged = like | {"actor": mallory.uri} if form == "whole" else like["id"]
    assert (await scene.tell(mallory, lemmy.undo(mallory, forged)))[0] == "ignored"
    assert await scene.tell(zoe, like) == ("done", "reaction")
    await scene.tell(zoe, lemmy.undo(zoe, like))
    assert await scene.reactions(thread["uri"]) == {}
    late = lemmy.like(zoe, thread["uri"], group.actor.uri)
    undo = lemmy.undo(zoe, late if form == "whole" else late["id"])
    assert (await scene.tell(zoe, undo))[0] == "ignored"
    assert await scene.tell(zoe, late) == ("ignored", "undone before it came")
    assert await scene.reactions(thread["uri"]) == {}


async def test_undo_before_follow(scene: Scene, group: GroupWithActor) -> None:
    xia = scene.good.person("xia")
    follow = lemmy.follow(xia, group.actor.uri)
    await scene.tell(xia, lemmy.undo(xia, follow))
    assert await scene.tell(xia, follow) == ("ignored", "undone before it came")
    assert await scene.house.membership(group.actor.uri, xia.uri) is None
    await scene.member(xia, group)


async def test_a_group_that_nobody_follows_any_more(scene: Scene) -> None:
    """Its Announces are left: nothing is fetched and nothing kept, until somebody follows again."""
    uma = scene.good.person("uma")
    main = scene.good.group("main", uma)
    group_id = await scene.follow(main)
    one, two, three = (scene.good.serve(lemmy.page(uma, main.uri, str(n))) for n in range(3))
    assert (await scene.tell(main, lemmy.announce(main, one["id"])))[0] == "done"
    await scene.house.ok("POST", f"/api/kith/v1/groups/{group_id}/leave", "bea")
    await scene.world.settle()
    [undo] = scene.good.got("Undo")
    assert undo["object"]["id"] == scene.good.got("Follow")[0]["id"]
    scene.good.asked.clear()
    for item in (two["id"], two, lemmy.create(uma, two), lemmy.like(uma, one["id"], main.uri)):
        assert (await scene.tell(main, lemmy.announce(main, item)))[0] == "ignored"
    assert scene.good.asked == []
    assert await scene.post(two["id"]) is None
    assert await scene.reactions(one["id"]) == {}
    await scene.follow(main)
    assert (await scene.tell(main, lemmy.announce(main, three["id"])))[0] == "done"
    assert await scene.threads(main.uri) == ["0", "2"]
