"""Safety invariant 19: a node speaks with those that it trusts, and where it is open to all, those
alone write in its groups (settings `federation` and `outside_posts` as they are by default)."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from node.config import Config
from storage.peers import PeerPolicy
from tests import lemmy
from tests.clock import Clock
from tests.figures import Document, Figure
from tests.scene import Ids, Scene, open_scene
from tests.stranger import Stranger

DEFAULT = Config()

Opened = Callable[[str], AbstractAsyncContextManager[Scene]]


@pytest.fixture(name="opened")
def opened_with(sqlite_template: Path, clock: Clock, ids: Ids, tmp_path: Path) -> Opened:
    """A node among strangers with this `federation`, and what else is default."""

    def opened(federation: str) -> AbstractAsyncContextManager[Scene]:
        path = tmp_path / "harbour" / "kith.sqlite3"
        path.parent.mkdir()
        shutil.copyfile(sqlite_template, path)
        settings = {"federation": federation, "outside_posts": DEFAULT.outside_posts}
        return open_scene(tmp_path, f"sqlite:///{path}", clock, ids, **settings)

    return opened


@pytest.fixture
async def wide(opened: Opened) -> AsyncIterator[Scene]:
    """A node that is open to all."""
    async with opened("open") as scene:
        yield scene


async def rule(scene: Scene, stranger: Stranger, policy: PeerPolicy) -> None:
    """What `kith peer allow` and `kith peer block` do."""
    rooms = scene.house.node.rooms
    await rooms.db.write(
        lambda uow: uow.peers.set_policy(stranger.authority, policy, rooms.now(), rooms.new_id)
    )
    await rooms.policy.refresh()


async def test_invariant_19_by_default_only_the_circle_is_heard(opened: Opened) -> None:
    async with opened(DEFAULT.federation) as scene:
        group = await scene.house.group("grief", scene.ann)
        thread = await scene.thread(group.actor.id)
        await rule(scene, scene.good, "allow")
        for stranger, status in ((scene.good, 202), (scene.evil, 403)):
            zoe = stranger.person("zoe")
            words = lemmy.comment(zoe, group.actor.uri, thread["uri"], scene.ann.uri)
            letter = zoe.seal(f"{scene.house.origin}/inbox", lemmy.create(zoe, words))
            assert await stranger.send(letter) == status
            await scene.world.settle()
            assert (await scene.post(words["id"]) is not None) == (status == 202)
        assert scene.evil.asked == [], "nobody asked a node that is not trusted"


async def test_invariant_19_replies_from_outside_the_circle_are_refused(wide: Scene) -> None:
    group = await wide.house.group("grief", wide.ann)
    thread = await wide.thread(group.actor.id)
    zoe, mia = wide.good.person("zoe"), wide.evil.person("mia")
    await rule(wide, wide.good, "allow")
    for figure in (zoe, mia):
        await wide.member(figure, group)
    said = answers(figure=mia, scene=wide, group=group.actor.uri, thread=thread["uri"])
    before = await wide.belief()
    for words in said:
        told = await wide.tell(mia, lemmy.create(mia, words))
        assert told == ("refused", "outside-the-circle")
        update = lemmy.create(mia, words | {"updated": "2026-11-23T12:08:00Z"}, "Update")
        assert await wide.tell(mia, update) == ("refused", "outside-the-circle")
    assert await wide.belief() == before
    for words in answers(figure=zoe, scene=wide, group=group.actor.uri, thread=thread["uri"]):
        assert (await wide.tell(zoe, lemmy.create(zoe, words)))[0] == "done"


async def test_invariant_19_nor_is_one_brought_in_by_an_answer_to_it(wide: Scene) -> None:
    """Somebody of the circle answers it: it is fetched, and refused with what hangs on it."""
    group = await wide.house.group("grief", wide.ann)
    thread = await wide.thread(group.actor.id)
    await rule(wide, wide.good, "allow")
    zoe, mia = wide.good.person("zoe"), wide.evil.person("mia")
    words = lemmy.comment(mia, group.actor.uri, thread["uri"], wide.ann.uri)
    wide.evil.serve(words)
    below = lemmy.comment(zoe, group.actor.uri, words["id"], mia.uri)
    told = await wide.tell(zoe, lemmy.create(zoe, below))
    assert told == ("refused", "outside-the-circle")
    assert await wide.post(words["id"]) is None


async def test_invariant_19_what_was_taken_is_not_changed_from_outside(wide: Scene) -> None:
    """A node that leaves the circle: other words are refused; taking back always works."""
    group = await wide.house.group("grief", wide.ann)
    thread = await wide.thread(group.actor.id)
    await rule(wide, wide.good, "allow")
    zoe = wide.good.person("zoe")
    words = lemmy.comment(zoe, group.actor.uri, thread["uri"], wide.ann.uri)
    assert await wide.tell(zoe, lemmy.create(zoe, words)) == ("done", "reply")
    await rule(wide, wide.good, "default")
    other = words | {"content": "<p>Buy this.</p>", "updated": "2026-11-23T12:08:00Z"}
    wide.clock.advance(minutes=10)
    told = await wide.tell(zoe, lemmy.create(zoe, other, "Update"))
    assert told == ("refused", "outside-the-circle")
    assert "With you." in (await wide.kept(words["id"])).content
    delete = lemmy.act(zoe, "Delete", words["id"], group.actor.uri)
    assert await wide.tell(zoe, delete) == ("done", "deleted")


async def test_people_from_outside_can_follow_feel_and_take_back(wide: Scene) -> None:
    group = await wide.house.group("grief", wide.ann)
    thread = await wide.thread(group.actor.id)
    mia = wide.evil.person("mia")
    await wide.member(mia, group)
    assert wide.evil.got("Accept")
    like = lemmy.like(mia, thread["uri"], group.actor.uri)
    assert await wide.tell(mia, like) == ("done", "reaction")
    told = await wide.tell(mia, lemmy.undo(mia, like))
    assert told == ("done", "reaction taken back")


def answers(*, figure: Figure, scene: Scene, group: str, thread: str) -> list[Document]:
    """A thread and a reply."""
    return [
        lemmy.page(figure, group),
        lemmy.comment(figure, group, thread, scene.ann.uri),
    ]
