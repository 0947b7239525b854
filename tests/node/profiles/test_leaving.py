"""What becomes of life outside groups when somebody goes, here and where it was heard of."""

import pytest

from node.profiles.drafts import ProfileDraft
from storage.actors import Actor
from storage.post_record import Audience
from storage.posts import Post
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests import mastodon
from tests.figures import Figure
from tests.node.profiles.test_strangers import accept, follow, known
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene

MARKER = "a word that must go"


@pytest.fixture
async def bea(scene: Scene) -> Actor:
    return await scene.house.persona("bea")


@pytest.fixture
async def max_(scene: Scene, bea: Actor) -> Figure:
    """Somebody elsewhere: bea and max follow each other."""
    figure, rooms = mastodon.person(scene.good, "max"), scene.house.node.rooms
    await scene.tell(figure, follow(figure, bea.uri))
    other = await known(scene, figure)
    await rooms.db.write(lambda uow: rooms.profiles.accept(uow, bea, other.id))
    await rooms.db.write(lambda uow: rooms.profiles.follow(uow, bea, other.id))
    await scene.world.settle()
    asked = figure.home.got("Follow")[-1]
    assert await scene.tell(figure, accept(figure, asked)) == ("done", "accepted")
    return figure


async def write(scene: Scene, who: Actor, audience: Audience) -> Post:
    rooms, draft = scene.house.node.rooms, ProfileDraft(text=MARKER, audience=audience)
    return await rooms.db.write(lambda uow: rooms.profiles.post(uow, who, draft))


async def live(scene: Scene, bea: Actor, max_: Figure) -> Post:
    """Bea writes for all, for few and for herself, and shares what max wrote; her public post."""
    rooms, status = scene.house.node.rooms, mastodon.note(max_, "<p>Good morning</p>", [])
    await scene.tell(max_, mastodon.create(max_, status))
    theirs = await scene.kept(status["id"])
    await rooms.db.write(lambda uow: rooms.profiles.share(uow, theirs.id, bea))
    await write(scene, bea, "followers")
    await write(scene, bea, "self")
    post = await write(scene, bea, "public")
    await scene.world.settle()
    assert scene.good.got("Create")[-1]["object"]["id"] == post.uri
    assert scene.good.got("Announce")[-1]["object"] == theirs.uri
    return post


def check_other_nodes_were_asked(scene: Scene, post: Post) -> None:
    assert [one["object"] for one in scene.good.got("Delete")] == [post.uri]
    undone = sorted(one["object"]["type"] for one in scene.good.got("Undo"))
    assert undone == ["Announce", "Follow"]
    assert scene.good.got("Reject")[-1]["object"]["type"] == "Follow"


async def ties(scene: Scene, who: Actor) -> int:
    """Follows in both directions, and shares."""

    def count(uow: UnitOfWork) -> int:
        followers = uow.profiles.followers(who.id, 9)
        return len([*followers, *uow.profiles.following(who.id, 9), *uow.shares.by(who.id, 9)])

    return await scene.read(count)


async def test_prv_21_an_account_takes_all_of_it_along(
    scene: Scene, bea: Actor, max_: Figure
) -> None:
    post, rooms = await live(scene, bea, max_), scene.house.node.rooms

    def leave(uow: UnitOfWork) -> None:
        account = uow.accounts.by_name("bea-name")
        assert account is not None
        rooms.rights.leaving.ask(uow, account, at_once=True)

    await rooms.db.write(leave)
    await scene.world.settle()
    # The Delete of the persona, after which nothing else of it counts, takes the rest along. Which
    # of the two comes first is left open: they are about different things.
    assert {one["object"] for one in scene.good.got("Delete")} == {post.uri, bea.uri}
    assert await ties(scene, bea) == 0

    def everything(uow: UnitOfWork) -> str:
        tables = metadata.sorted_tables
        return "\n".join(
            repr(tuple(row)) for one in tables for row in uow.connection.execute(one.select())
        )

    assert MARKER not in await scene.read(everything)


async def test_a_retired_persona_follows_nobody_and_keeps_no_post(
    scene: Scene, bea: Actor, max_: Figure
) -> None:
    post, rooms = await live(scene, bea, max_), scene.house.node.rooms

    def retire(uow: UnitOfWork) -> None:
        uow.personas.retire(bea.id, scene.clock.now(), deletes_posts=True)
        rooms.personas.delete_posts(uow)

    await rooms.db.write(retire)
    await scene.world.settle()
    check_other_nodes_were_asked(scene, post)
    assert await ties(scene, bea) == 0
    left = await scene.read(lambda uow: uow.posts.left_by(bea.id, 9))
    assert left == []


async def test_somebody_elsewhere_who_is_gone_leaves_nothing_here(
    scene: Scene, bea: Actor, max_: Figure
) -> None:
    await live(scene, bea, max_)
    other = await known(scene, max_)
    erase = {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{max_.uri}#delete",
        "type": "Delete",
        "actor": max_.uri,
        "object": max_.uri,
    }
    assert await scene.tell(max_, erase) == ("done", "account erased")
    assert await ties(scene, other) == 0
    assert await scene.read(lambda uow: uow.posts.left_by(other.id, 9)) == []
