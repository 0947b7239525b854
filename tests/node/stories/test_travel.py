"""A story goes to another node whole, is changed there when it is changed here, and is taken back
from there with a receipt."""

from typing import Any

from msgspec import structs

from node.viewer import Viewer
from storage.actors import Actor
from storage.posts import Post
from storage.stories import Story, StoryWords
from storage.unit_of_work import UnitOfWork
from tests.scene import opened_scene as opened_scene
from tests.world import House, World

WORDS = StoryWords(
    title="The winter I stayed",
    text="It was dark at four.",
    topics=("bereavement",),
    helped=("somebody-listened",),
    others=("A lamp on a timer",),
)


def nobody(uow: UnitOfWork, group_id: int, draft: Any) -> Post:
    raise AssertionError("told under a name")


async def viewer_of(house: House, persona: Actor) -> Viewer:
    def read(uow: UnitOfWork) -> Viewer:
        account = uow.accounts.get(uow.accounts.account_of(persona.id) or 0)
        assert account is not None
        return Viewer(account=account, persona=persona, via="session")

    return await house.node.rooms.db.read(read)


async def told(house: House, viewer: Viewer, group_id: int, text: str = WORDS.text) -> Story:
    stories, words = house.node.rooms.stories, structs.replace(WORDS, text=text)

    def tell(uow: UnitOfWork) -> Story:
        made = stories.write(uow, viewer, group_id, words)
        stories.offer(uow, viewer, made.id)
        return stories.consent(uow, viewer, made.id, str, agrees=True, tell_unnamed=nobody)

    return await house.node.rooms.db.write(tell)


async def shelf(house: House) -> list[str | None]:
    """The titles that a visitor of a node's member sees."""

    def read(uow: UnitOfWork) -> list[str | None]:
        bea = uow.actors.local_by_handle("bea")
        found = house.node.rooms.stories.shelf(uow, bea, topic="bereavement")
        return [one.view.post.title for one in found.stories]

    return await house.node.rooms.db.read(read)


async def test_invariant_20_taken_back_everywhere_with_a_receipt(world: World) -> None:
    harbour, meadow = world
    ann = await harbour.persona("ann")
    await meadow.persona("bea")
    group = await harbour.group("grief", ann)
    await meadow.join(f"!grief@{harbour.authority}", "bea")
    await world.settle()
    viewer, rooms = await viewer_of(harbour, ann), harbour.node.rooms
    story = await told(harbour, viewer, group.actor.id)
    await world.settle()
    assert await shelf(meadow) == ["The winter I stayed"]
    post = await rooms.db.read(lambda uow: uow.posts.get(story.post_id or 0))
    assert post is not None
    there = await meadow.post(post.uri)
    assert there is not None
    assert "A lamp on a timer" in there.content
    assert "Somebody listened" in there.content

    world.clock.advance(minutes=5)
    changed = StoryWords(title="The winter I stayed", text="It got lighter.", topics=WORDS.topics)
    await rooms.db.write(lambda uow: rooms.stories.change(uow, viewer, story.id, changed, str))
    await world.settle()
    edited = await meadow.post(post.uri)
    assert edited is not None
    assert "It got lighter." in edited.content

    world.clock.advance(minutes=5)
    await rooms.db.write(lambda uow: rooms.stories.withdraw(uow, viewer, story.id))
    before = await rooms.db.read(lambda uow: rooms.stories.own_story(uow, viewer, story.id))
    assert [(one.node, one.state) for one in before.receipts] == [(meadow.authority, "waiting")]
    assert before.confirmed == 0
    await world.settle()
    own = await rooms.db.read(lambda uow: rooms.stories.own_story(uow, viewer, story.id))
    assert own.standing == "withdrawn"
    assert (len(own.receipts), own.confirmed) == (1, 1)
    assert await shelf(meadow) == []
    gone = await meadow.post(post.uri)
    assert gone is not None
    assert "lighter" not in gone.content
    assert own.story.words.text == ""


async def test_invariant_16_a_story_of_a_closed_group_goes_nowhere(world: World) -> None:
    harbour, meadow = world
    ann = await harbour.persona("ann")
    group = await harbour.group("us", ann, "local")
    viewer = await viewer_of(harbour, ann)
    await told(harbour, viewer, group.actor.id)
    await world.settle()
    sent = await harbour.node.rooms.db.read(
        lambda uow: uow.connection.exec_driver_sql(
            "SELECT count(*) FROM activities WHERE type IN ('Create', 'Announce')"
        ).scalar()
    )
    assert sent == 0
    assert meadow is not harbour
