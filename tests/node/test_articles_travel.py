"""A post with fields goes from node to node whole, is changed and taken back; what others call an
Article stays an ordinary thread."""

from dataclasses import replace
from typing import Any

import pytest

from node.errors import Refused
from node.groups.drafts import ThreadDraft
from storage.articles import Article
from storage.groups import GroupWithActor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests import lemmy
from tests.figures import Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene
from tests.world import House, World

CARD = Article(
    kind="coping-card",
    details={
        "what": "Name five things that you can see.",
        "effort": "little",
        "steps": ["Look around.", "Say them aloud."],
        "topics": ["anxiety", "sleep"],
    },
    licence="https://creativecommons.org/licenses/by/4.0/",
)
DRAFT = ThreadDraft(title="Five things", text="Name **five** things.", article=CARD)


async def posted(house: House, group: GroupWithActor, author: Any, draft: ThreadDraft) -> Post:
    rooms = house.node.rooms
    return await rooms.db.write(
        lambda uow: rooms.groups.post_thread(uow, group.actor.id, author, draft)
    )


async def kept_fields(house: House, uri: str) -> Article | None:
    def read(uow: UnitOfWork) -> Article | None:
        post = uow.posts.by_uri(uri)
        assert post is not None
        return uow.articles.of([post.id]).get(post.id)

    return await house.node.rooms.db.read(read)


async def test_a_card_arrives_whole_is_changed_and_goes(world: World) -> None:
    harbour, meadow = world
    ann = await harbour.persona("ann")
    await meadow.persona("bea")
    group = await harbour.group("grief", ann)
    await meadow.join(f"!grief@{harbour.authority}", "bea")
    await world.settle()

    post = await posted(harbour, group, ann, DRAFT)
    await world.settle()
    there = await meadow.post(post.uri)
    assert there is not None
    assert (there.wire_type, there.title) == ("Article", "Five things")
    assert "<strong>five</strong>" in there.content
    assert await kept_fields(meadow, post.uri) == CARD

    changed = replace(CARD, details=CARD.details | {"effort": "some"})
    draft = ThreadDraft(title="Six things", text="Name six.", article=changed)
    rooms = harbour.node.rooms
    world.clock.advance(minutes=5)
    await rooms.db.write(lambda uow: rooms.groups.edit(uow, post.id, ann, draft))
    await world.settle()
    assert await kept_fields(meadow, post.uri) == changed
    edited = await meadow.post(post.uri)
    assert edited is not None
    assert edited.title == "Six things"

    await rooms.db.write(lambda uow: rooms.groups.delete(uow, post.id, ann))
    await world.settle()
    for house in (harbour, meadow):
        assert await kept_fields(house, post.uri) is None


async def test_invariant_16_fields_of_closed_groups_stay_and_lie_sealed(world: World) -> None:
    harbour, _ = world
    ann = await harbour.persona("ann")
    group = await harbour.group("us", ann, "private")
    post = await posted(harbour, group, ann, DRAFT)
    assert await kept_fields(harbour, post.uri) == CARD
    found = await harbour.node.rooms.db.read(
        lambda uow: uow.articles.in_groups("coping-card", [group.actor.id], 10)
    )
    assert [(view.post.title, view.article) for view in found] == [("Five things", CARD)]
    by_mark = await harbour.node.rooms.db.read(
        lambda uow: uow.articles.in_groups(
            "coping-card", [group.actor.id], 10, marks=["topic/sleep"]
        )
    )
    assert by_mark == []
    async with harbour.http.get(
        post.uri, headers={"Accept": "application/activity+json"}
    ) as answer:
        assert answer.status == 404
        assert "five" not in await answer.text()


async def test_a_group_that_closes_seals_the_fields_of_its_posts(world: World) -> None:
    harbour, _ = world
    ann = await harbour.persona("ann")
    group = await harbour.group("us", ann, "local")
    post = await posted(harbour, group, ann, DRAFT)

    def found(uow: UnitOfWork) -> list[int]:
        views = uow.articles.in_groups(
            "coping-card", [group.actor.id], 10, marks=["topic/sleep"], words="FIVE things"
        )
        return [view.post.id for view in views]

    rooms = harbour.node.rooms
    assert await rooms.db.read(found) == [post.id]
    await rooms.db.write(lambda uow: rooms.groups.narrow(uow, group.actor.id, ann, "private"))
    await rooms.db.write(lambda uow: uow.posts.seal_threads(group.actor.id, 0, 50))
    assert await rooms.db.read(found) == []
    assert await kept_fields(harbour, post.uri) == CARD


async def test_words_alone_do_not_change_what_has_fields(world: World) -> None:
    harbour, _ = world
    ann = await harbour.persona("ann")
    group = await harbour.group("grief", ann)
    post = await posted(harbour, group, ann, DRAFT)
    rooms = harbour.node.rooms
    draft = ThreadDraft(title="x", text="y")
    with pytest.raises(Refused, match="its own page"):
        await rooms.db.write(lambda uow: rooms.groups.edit(uow, post.id, ann, draft))
    assert await kept_fields(harbour, post.uri) == CARD


@pytest.fixture
async def group(scene: Scene) -> GroupWithActor:
    return await scene.house.group("grief", scene.ann)


@pytest.fixture
async def zoe(scene: Scene, group: GroupWithActor) -> Figure:
    zoe = scene.good.person("zoe")
    await scene.member(zoe, group)
    return zoe


def article(zoe: Figure, group: GroupWithActor, **more: Any) -> Document:
    fields = {"type": "Article", "articleKind": CARD.kind, "articleDetails": CARD.details}
    return lemmy.page(zoe, group.actor.uri, **fields | more)


async def test_an_article_of_others_is_an_ordinary_thread(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    page = lemmy.page(zoe, group.actor.uri, type="Article", summary="<p>A year</p>")
    assert await scene.tell(zoe, lemmy.create(zoe, page)) == ("done", "thread")
    post = await scene.kept(page["id"])
    assert (post.title, post.wire_type) == ("A long year", "Article")
    assert await kept_fields(scene.house, page["id"]) is None


async def test_a_card_in_the_shape_of_lemmy_is_one(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    page = article(zoe, group, license=CARD.licence)
    assert await scene.tell(zoe, lemmy.create(zoe, page)) == ("done", "thread")
    assert await kept_fields(scene.house, page["id"]) == CARD
    [handed_on] = scene.good.announced("Create")
    assert handed_on["object"] == page


async def test_an_edit_without_fields_leaves_an_ordinary_thread(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    page = article(zoe, group)
    await scene.tell(zoe, lemmy.create(zoe, page))
    scene.clock.advance(minutes=10)
    plain = lemmy.page(zoe, group.actor.uri, id=page["id"], updated="2026-11-23T12:08:00Z")
    assert await scene.tell(zoe, lemmy.create(zoe, plain, "Update")) == ("done", "edited")
    assert await kept_fields(scene.house, page["id"]) is None


async def test_nobody_changes_the_fields_of_somebody_else(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    page = article(zoe, group)
    await scene.tell(zoe, lemmy.create(zoe, page))
    mallory = scene.evil.person("mallory")
    await scene.member(mallory, group)
    scene.clock.advance(minutes=10)
    forged = page | {"articleDetails": {"what": "x"}, "updated": "2026-11-23T12:08:00Z"}
    update = lemmy.create(mallory, forged, "Update")
    assert (await scene.tell(mallory, update))[0] == "refused"
    found = await kept_fields(scene.house, page["id"])
    assert found is not None
    assert found.details == CARD.details
