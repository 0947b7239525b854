"""What a group hands on is a pointer, not a proof (b16, ORG-18, ORG-20, ORG-36).

The group `den` lives on an evil server that says in it whatever it likes; zoe lives on a good one.
bea of our node is a member of den, so that its Announces are looked at.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork
from tests import lemmy
from tests.figures import CONTEXT, Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene


@dataclass
class Stage:
    """Who is there; `group` is ours, `page` is zoe's thread in it, `told` another that den has."""

    scene: Scene
    den: Figure
    boss: Figure
    zoe: Figure
    group: GroupWithActor
    page: Document
    told: Document

    async def says(self, inner: Any, group: Figure | None = None) -> tuple[str, str]:
        """What comes of an inner thing that den, or another group, announces."""
        group = group or self.den
        return await self.scene.tell(group, lemmy.announce(group, inner))

    async def changes_nothing(self, inner: Any) -> None:
        """den says it, and every row stays what it was."""
        await self.is_left(self.den, lemmy.announce(self.den, inner))

    async def is_left(self, figure: Figure, activity: Document) -> None:
        """The figure sends it, and every row stays what it was."""
        before = await self.scene.belief()
        state, reason = await self.scene.tell(figure, activity)
        assert await self.scene.belief() == before, (activity, state, reason)
        assert state in ("refused", "ignored"), (state, reason)


@pytest.fixture
async def stage(scene: Scene) -> Stage:
    boss, zoe = scene.evil.person("boss"), scene.good.person("zoe")
    den = scene.evil.group("den", boss)
    await scene.follow(den)
    group = await scene.house.group("grief", scene.ann)
    await scene.member(zoe, group)
    page = scene.good.serve(lemmy.page(zoe, group.actor.uri))
    assert await scene.tell(zoe, lemmy.create(zoe, page)) == ("done", "thread")
    told = scene.good.serve(lemmy.page(zoe, den.uri, "Told in the den"))
    assert await scene.tell(den, lemmy.announce(den, told["id"])) == ("done", "post of a group")
    scene.clock.advance(minutes=10)
    return Stage(scene, den, boss, zoe, group, page, told)


def forged(stage: Stage) -> list[Document]:
    """What zoe never said and never did, as den might tell it."""
    zoe, den = stage.zoe, stage.den.uri
    words = {"content": "<p>I take it all back.</p>", "updated": "2026-11-23T12:05:00Z"}
    like = lemmy.like(zoe, stage.told["id"], den)
    return [
        lemmy.create(zoe, lemmy.page(zoe, den, "I hate you all")),
        lemmy.create(zoe, lemmy.comment(zoe, den, stage.told["id"], zoe.uri)),
        lemmy.create(zoe, stage.told | words, "Update"),
        lemmy.create(zoe, stage.page | words, "Update"),
        lemmy.act(zoe, "Delete", stage.page["id"], den),
        lemmy.act(zoe, "Delete", zoe.uri, den),
        like,
        lemmy.undo(zoe, like),
        lemmy.act(zoe, "Update", zoe.uri, den) | {"object": zoe.document | {"name": "Zoë"}},
        lemmy.follow(zoe, stage.group.actor.uri),
        lemmy.undo(zoe, lemmy.follow(zoe, stage.group.actor.uri)),
    ]


async def test_b16_forged_activities(stage: Stage) -> None:
    """Neither inline nor wrapped twice nor by an id that the good server does not know."""
    for inner in forged(stage):
        await stage.changes_nothing(inner)
        await stage.changes_nothing(inner["id"])
        await stage.changes_nothing(lemmy.announce(stage.den, inner))
    page = lemmy.page(stage.boss, stage.den.uri, "By its own people")
    assert await stage.says(lemmy.create(stage.boss, page)) == ("done", "thread")


async def test_b16_with_a_proof(stage: Stage) -> None:
    """The same things count when zoe has signed them; a proof by den's people, or over other words,
    is none."""
    zoe, reasons = stage.zoe, []
    for inner in forged(stage)[:3] + forged(stage)[6:7]:
        unproven = {"@context": CONTEXT} | inner
        proven = zoe.prove(unproven)
        await stage.changes_nothing(stage.boss.prove(unproven))
        await stage.changes_nothing(proven | {"audience": stage.boss.uri})
        stolen = stage.boss.prove(unproven)["proof"]
        stolen["verificationMethod"] = proven["proof"]["verificationMethod"]
        await stage.changes_nothing(unproven | {"proof": stolen})
        reasons.append((await stage.says(proven))[1])
    assert reasons == ["thread", "reply", "edited", "reaction"]


async def test_b16_fetched_from_its_origin(stage: Stage) -> None:
    """What the good server serves at the id counts, and only that, whatever den says it is."""
    zoe, good = stage.zoe, stage.scene.good
    for inner in forged(stage)[:3]:
        true = inner | {"object": inner["object"] | {"content": "<p>As zoe wrote it.</p>"}}
        good.serve({"@context": CONTEXT} | true)
        assert (await stage.says(inner))[0] == "done"
        kept = await stage.scene.kept(inner["object"]["id"])
        assert kept.content == "<p>As zoe wrote it.</p>"
    other = lemmy.create(zoe, lemmy.page(zoe, stage.den.uri))
    good.serve_at(other["id"], {"@context": CONTEXT} | other | {"id": good.uri("activities")})
    await stage.changes_nothing(other)
    served_by_den = lemmy.create(zoe, lemmy.page(zoe, stage.den.uri))
    stage.scene.evil.serve_at(f"{stage.scene.evil.origin}/copy", served_by_den)
    await stage.changes_nothing(f"{stage.scene.evil.origin}/copy")


async def test_org_18_inlined_post_of_another(stage: Stage) -> None:
    """Of an inlined post only its id is used: the words come from where it lives."""
    true = stage.scene.good.serve(lemmy.page(stage.zoe, stage.den.uri, "True"))
    fake = true | {"name": "Fake", "content": "<p>fake</p>", "actor": stage.zoe.uri}
    assert (await stage.says(fake))[0] == "done"
    post = await stage.scene.kept(true["id"])
    assert (post.title, "fake" in post.content) == ("True", False)
    await stage.changes_nothing(lemmy.page(stage.zoe, stage.den.uri, "Never written"))
    stolen = lemmy.page(stage.boss, stage.den.uri, attributedTo=stage.zoe.uri)
    await stage.changes_nothing(stolen)
    stage.scene.evil.serve(stolen)
    await stage.changes_nothing(stolen["id"])


def moderation(stage: Stage, by: Figure, post: Document, home: str) -> list[Document]:
    """Each verb of moderation about a post."""
    return [
        lemmy.act(by, "Delete", post["id"], home, summary="spam"),
        lemmy.act(by, "Lock", post["id"], home),
        lemmy.act(by, "Add", post["id"], home, target=f"{home}/featured"),
        lemmy.act(by, "Add", by.uri, home, target=f"{home}/moderators"),
        lemmy.act(by, "Remove", stage.scene.ann.uri, home, target=f"{home}/moderators"),
        lemmy.undo(by, lemmy.act(by, "Delete", post["id"], home)),
        lemmy.undo(by, lemmy.act(by, "Lock", post["id"], home)),
    ]


async def test_org_20_moderators_of_other_groups(stage: Stage) -> None:
    """den's moderators act neither on our group nor, without den, on what we hold of den; and den
    itself only on its own."""
    other = stage.scene.good.group("other", stage.zoe)
    await stage.scene.follow(other)
    theirs = stage.scene.good.serve(lemmy.page(stage.zoe, other.uri))
    assert (await stage.says(theirs["id"], other))[0] == "done"
    for post, home in ((stage.page, stage.group.actor.uri), (theirs, other.uri)):
        for act in moderation(stage, stage.boss, post, home):
            await stage.changes_nothing(act)
            await stage.is_left(stage.boss, act)
    for act in moderation(stage, stage.boss, stage.told, stage.den.uri):
        await stage.is_left(stage.boss, act)


async def test_org_20_a_group_keeps_its_own(stage: Stage) -> None:
    """den removes zoe's thread from den on its own word, also if a moderator elsewhere did it; the
    log has accepted acts alone."""
    remove = lemmy.act(stage.boss, "Delete", stage.told["id"], stage.den.uri, summary="spam")
    assert await stage.says(remove) == ("done", "removed")
    assert (await stage.scene.kept(stage.told["id"])).removal_reason == "spam"
    far = lemmy.act(stage.zoe, "Lock", stage.told["id"], stage.den.uri)
    assert await stage.says(lemmy.undo(stage.boss, remove)) == ("done", "restored")
    assert await stage.says(far) == ("done", "locked")
    await stage.changes_nothing(
        lemmy.act(stage.boss, "Delete", stage.page["id"], stage.den.uri, summary="spam")
    )
    assert await log(stage, stage.den.uri) == ["remove", "restore", "lock"]
    assert await log(stage, stage.group.actor.uri) == []


async def log(stage: Stage, group: str) -> list[str]:
    """The acts in a group's moderation log, oldest first."""

    def read(uow: UnitOfWork) -> list[str]:
        found = uow.groups.by_uri(group)
        assert found is not None
        return [entry.act for entry in reversed(uow.moderation.list(found.actor.id, 10))]

    return await stage.scene.read(read)


async def test_org_36_suspended_author(stage: Stage) -> None:
    """Whichever way it comes, what a suspended person writes is neither kept nor shown; what others
    answer there finds nothing to answer."""
    scene, zoe, den = stage.scene, stage.zoe, stage.den
    pages = [scene.good.serve(lemmy.page(zoe, den.uri, str(n))) for n in range(4)]
    creates = [{"@context": CONTEXT} | lemmy.create(zoe, page) for page in pages]
    scene.good.serve(creates[1])
    assert (await stage.says(zoe.prove(creates[0])))[0] == "done"
    await scene.suspend(zoe.uri)
    ways: list[Any] = [pages[1]["id"], pages[2], creates[1], zoe.prove(creates[3])]
    for way in ways:
        await stage.changes_nothing(way)
    answer = lemmy.comment(stage.boss, den.uri, pages[2]["id"], zoe.uri)
    await stage.changes_nothing(lemmy.create(stage.boss, answer))
    inbox = f"{scene.house.origin}/inbox"
    own = lemmy.create(zoe, lemmy.page(zoe, stage.group.actor.uri))
    assert await scene.good.send(zoe.seal(inbox, own)) == 403
    assert [await scene.post(page["id"]) is None for page in pages] == [False, True, True, True]
