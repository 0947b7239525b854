"""A user of Mastodon in a group of ours: follows it, sees it, posts in it, answers, leaves."""

import pytest

from storage.groups import GroupWithActor
from tests import lemmy, mastodon
from tests.figures import PUBLIC, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene


@pytest.fixture
async def group(scene: Scene) -> GroupWithActor:
    return await scene.house.group("grief", scene.ann)


@pytest.fixture
async def max_(scene: Scene, group: GroupWithActor) -> Figure:
    """Somebody with a Mastodon account who follows the group."""
    figure = mastodon.person(scene.good, "max")
    await scene.member(figure, group)
    return figure


def named(group: GroupWithActor) -> str:
    return mastodon.mention(group.actor.uri, group.actor.handle)


async def test_follow_is_accepted_and_both_announces_come(
    scene: Scene, group: GroupWithActor, max_: Figure
) -> None:
    """The Follow stands inside the Accept; of a thread come the wrapped and the bare Announce."""
    [accept] = scene.good.got("Accept")
    assert accept["actor"] == accept["object"]["object"] == group.actor.uri
    assert accept["object"]["actor"] == max_.uri
    assert accept["object"]["type"] == "Follow"
    thread = await scene.thread(group.actor.id)
    [wrapped] = scene.good.announced("Create")
    [bare] = scene.good.announced("Page")
    assert wrapped["object"]["id"] == bare["id"] == thread["uri"]
    assert bare["name"] == "First winter"
    assert bare["summary"] == "The evenings are long."  # of a Page Mastodon shows no more
    assert bare["attributedTo"] == scene.ann.uri
    assert all(one["actor"] == group.actor.uri for one in scene.good.got("Announce"))
    assert all(one["to"] == [PUBLIC] for one in scene.good.got("Announce"))


async def test_post_by_mention(scene: Scene, group: GroupWithActor, max_: Figure) -> None:
    """The first line is the title, without the mention; warning and language are kept."""
    content = f"<p>{named(group)} A hard week</p><p>It <b>rained</b> all of it.</p>"
    status = mastodon.note(max_, content, [group.actor.uri], summary="illness", sensitive=True)
    assert await scene.tell(max_, mastodon.create(max_, status)) == ("done", "thread")
    post = await scene.kept(status["id"])
    assert post.title == "A hard week"
    assert "It <b>rained</b> all of it." in post.content
    assert (post.content_warning, post.language) == ("illness", "de")
    assert (post.wire_type, post.url) == ("Note", status["url"])
    assert [one["object"]["id"] for one in scene.good.announced("Create")] == [status["id"]]
    assert scene.good.got("Announce")[-1]["object"] == status["id"]


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("<p>{group}</p><p>Only now</p><p>and more</p>", "Only now"),
        ("<p>One line, {group}, with you in it</p>", "One line, @grief, with you in it"),
        ("<p>{group}</p>", "…"),
        ("<p>" + "word " * 100 + "{group}</p>", None),
    ],
)
async def test_titles_of_statuses(
    scene: Scene, group: GroupWithActor, max_: Figure, content: str, title: str | None
) -> None:
    """A status has no title of its own; what is made of its text is one line of bounded length."""
    status = mastodon.note(max_, content.format(group=named(group)), [group.actor.uri])
    assert await scene.tell(max_, mastodon.create(max_, status)) == ("done", "thread")
    made = (await scene.kept(status["id"])).title
    assert made is not None
    assert made == title or (title is None and 100 <= len(made) <= 200)


async def test_reply_edit_and_delete(scene: Scene, group: GroupWithActor, max_: Figure) -> None:
    """A reply takes its place below what it answers, is edited, and leaves a tombstone."""
    thread = await scene.thread(group.actor.id)
    text = f"<p>{mastodon.mention(scene.ann.uri, 'ann')} {named(group)} With you.</p>"
    status = mastodon.note(max_, text, [scene.ann.uri, group.actor.uri], thread["uri"])
    assert await scene.tell(max_, mastodon.create(max_, status)) == ("done", "reply")
    reply = await scene.kept(status["id"])
    assert (reply.parent_id, reply.depth, reply.title) == (int(thread["id"]), 1, None)
    assert [one["type"] for one in scene.good.announced("Create")] == ["Create"] * 2
    assert len(scene.good.announced("Page")) == 1
    scene.clock.advance(minutes=5)
    edit = mastodon.update(max_, status, "2026-11-23T12:04:00Z", "<p>With you, always.</p>")
    assert await scene.tell(max_, edit) == ("done", "edited")
    assert "always" in (await scene.kept(status["id"])).content
    assert await scene.tell(max_, mastodon.delete(max_, status)) == ("done", "deleted")
    gone = await scene.kept(status["id"])
    assert gone.deleted_at is not None
    assert gone.content == ""
    shown = await scene.house.ok("GET", f"/api/kith/v1/threads/{thread['id']}", "ann")
    [below] = shown["thread"]["replies"]
    assert (below["state"], below["content"]) == ("deleted", "")
    assert [one["actor"] for one in scene.good.announced("Delete")] == [max_.uri]


async def test_favourite_and_undo(scene: Scene, group: GroupWithActor, max_: Figure) -> None:
    """A favourite says "I hear you"; it is undone whole or by its id alone."""
    thread = await scene.thread(group.actor.id)
    for whole in (True, False):
        like = mastodon.like(max_, thread["uri"])
        assert await scene.tell(max_, like) == ("done", "reaction")
        assert await scene.reactions(thread["uri"]) == {"hear-you": 1}
        undo = mastodon.undo(max_, like if whole else like["id"])
        assert await scene.tell(max_, undo) == ("done", "reaction taken back")
        assert await scene.reactions(thread["uri"]) == {}


async def test_unfollow_ends_deliveries(scene: Scene, group: GroupWithActor, max_: Figure) -> None:
    """After the Undo nothing more is sent; a new Follow begins anew."""
    await scene.thread(group.actor.id, "one")
    before = len(scene.good.got("Announce"))
    assert before == 2
    asked = scene.good.got("Accept")[0]["object"]
    assert await scene.tell(max_, mastodon.undo(max_, asked)) == ("done", "left")
    assert await scene.house.membership(group.actor.uri, max_.uri) is None
    await scene.thread(group.actor.id, "two")
    assert len(scene.good.got("Announce")) == before
    await scene.member(max_, group)
    await scene.thread(group.actor.id, "three")
    assert len(scene.good.got("Announce")) == before + 2


async def test_who_does_not_follow_cannot_open_threads(
    scene: Scene, group: GroupWithActor, max_: Figure
) -> None:
    """Answering is open to all, as the reply policy says; opening a thread is for members."""
    nia = mastodon.person(scene.good, "nia")
    thread = await scene.thread(group.actor.id)
    status = mastodon.note(nia, f"<p>{named(group)} Hello</p>", [group.actor.uri])
    assert await scene.tell(nia, mastodon.create(nia, status)) == ("refused", "not-a-member")
    assert await scene.post(status["id"]) is None
    reply = mastodon.note(nia, "<p>Hello</p>", [group.actor.uri], thread["uri"])
    assert await scene.tell(nia, mastodon.create(nia, reply)) == ("done", "reply")
    again = mastodon.note(max_, f"<p>{named(group)} Hello</p>", [group.actor.uri])
    assert await scene.tell(max_, mastodon.create(max_, again)) == ("done", "thread")


@pytest.mark.parametrize("kind", ["boost", "vote in a poll", "profile", "not for the group"])
async def test_what_is_not_for_the_group_changes_nothing(
    scene: Scene, group: GroupWithActor, max_: Figure, kind: str
) -> None:
    """Votes and statuses elsewhere are ignored, a boost is somebody's own and no thread."""
    thread = await scene.thread(group.actor.id)
    elsewhere = mastodon.note(max_, "<p>A sandwich</p>", [])
    vote = mastodon.note(max_, "", [scene.ann.uri], thread["uri"], name="Yes", to=[scene.ann.uri])
    vote |= {"cc": [], "content": None, "contentMap": None}
    said = {
        "boost": lemmy.announce(max_, thread["uri"]),
        "vote in a poll": mastodon.create(max_, vote),
        "profile": mastodon.create(max_, elsewhere)
        | {"type": "Update", "id": f"{max_.uri}#updates/1", "object": max_.document},
        "not for the group": mastodon.create(max_, elsewhere),
    }[kind]
    state, _ = await scene.tell(max_, said)
    assert state == ("done" if kind in ("profile", "boost") else "ignored")
    assert await scene.threads(group.actor.uri) == ["First winter"]
    assert (await scene.kept(thread["uri"])).reply_count == 0
    status = mastodon.note(max_, f"<p>{named(group)} Soup</p>", [group.actor.uri])
    assert await scene.tell(max_, mastodon.create(max_, status)) == ("done", "thread")
