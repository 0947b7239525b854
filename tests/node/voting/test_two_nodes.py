"""A picture and a poll on two nodes: both arrive, votes travel, and the end is told."""

from datetime import timedelta

from node.groups.drafts import PollDraft, ThreadDraft
from node.media.posting import MediaWords
from storage.polls import Poll
from storage.post_media import PostMedia
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.node.media.photos import png
from tests.world import House, World


async def poll_of(house: House, post: Post) -> Poll:
    found = await house.node.rooms.db.read(lambda uow: uow.polls.of_posts([post.id]))
    return found[post.id]


async def media_of(house: House, post: Post) -> list[PostMedia]:
    found = await house.node.rooms.db.read(lambda uow: uow.post_media.of_posts([post.id]))
    return found.get(post.id, [])


async def test_votes_travel_and_the_end_is_told(world: World) -> None:
    harbour, meadow = world
    ann, bea = await harbour.persona("ann"), await meadow.persona("bea")
    group = await harbour.group("grief", ann)
    await meadow.join(f"!grief@{harbour.authority}", "bea")
    await world.settle()
    rooms, there = harbour.node.rooms, meadow.node.rooms
    poll = PollDraft(
        options=("Tea", "Coffee", "Water"),
        multiple=True,
        closes_at=rooms.now() + timedelta(hours=1),
    )
    draft = ThreadDraft(title="What warms you?", text="Tell us.", poll=poll)

    def ask(uow: UnitOfWork) -> Post:
        found = uow.groups.get(group.actor.id)
        assert found is not None
        rooms.groups.agree_to_share(uow, found, ann, agrees=True)
        return rooms.groups.post_thread(uow, group.actor.id, ann, draft)

    thread = await rooms.db.write(ask)
    await world.settle()
    copy = await meadow.post(thread.uri)
    assert copy is not None
    assert (copy.title, copy.wire_type) == ("What warms you?", "Question")
    assert "What warms you?" not in copy.content
    seen = await poll_of(meadow, copy)
    assert (seen.options, seen.multiple, seen.counts) == (poll.options, True, (0, 0, 0))
    assert seen.expires_at == poll.closes_at

    await there.db.write(lambda uow: there.voting.vote(uow, seen.id, bea, [0, 2]))
    assert (await poll_of(meadow, copy)).counts == (1, 0, 1)
    await world.settle()
    counted = await poll_of(harbour, thread)
    assert (counted.counts, counted.voters) == ((1, 0, 1), 1)

    world.clock.advance(hours=2)
    assert await rooms.db.write(rooms.voting.end_due) == 1
    await world.settle()
    ended = await poll_of(meadow, copy)
    assert (ended.counts, ended.voters, ended.closed_at) == ((1, 0, 1), 1, poll.closes_at)
    assert await there.db.write(there.voting.end_due) == 1
    told = await there.db.read(lambda uow: uow.notifications.list(bea.id, 5))
    assert "poll" in [one.notification.kind for one in told]


async def test_a_picture_arrives_as_one_with_its_words(world: World) -> None:
    harbour, meadow = world
    ann = await harbour.persona("ann")
    await meadow.persona("bea")
    group = await harbour.group("grief", ann)
    await meadow.join(f"!grief@{harbour.authority}", "bea")
    await world.settle()
    rooms = harbour.node.rooms
    kept = await rooms.uploads.keep(ann, png(), "My garden", (0.5, 0.5))
    draft = ThreadDraft(title="Look", text="Here.", media_ids=(kept.id,))

    def post(uow: UnitOfWork) -> Post:
        found = uow.groups.get(group.actor.id)
        assert found is not None
        rooms.groups.agree_to_share(uow, found, ann, agrees=True)
        return rooms.groups.post_thread(uow, group.actor.id, ann, draft)

    thread = await rooms.db.write(post)
    await world.settle()
    copy = await meadow.post(thread.uri)
    assert copy is not None
    assert "garden" not in copy.content
    [media] = await media_of(meadow, copy)
    assert media.remote_url == f"{harbour.origin}/media/posts/{kept.name}.webp"
    assert (media.alt, media.blurhash, media.width) == ("My garden", kept.blurhash, 120)
    assert (media.kind, media.type, media.focus_x) == ("image", "image/webp", 0.5)
    world.clock.advance(hours=1)
    again = ThreadDraft(title="Look", text="Here.", media_ids=(kept.id,))

    def mend(uow: UnitOfWork) -> None:
        said = [MediaWords(id=kept.id, alt="My garden in May")]
        rooms.uploads.pictures.describe_for(uow, ann, thread.id, (kept.id,), said)
        rooms.groups.edit(uow, thread.id, ann, again)

    await rooms.db.write(mend)
    await world.settle()
    [media] = await media_of(meadow, copy)
    assert media.alt == "My garden in May"
    edited = ThreadDraft(title="Look", text="Gone.", media_ids=())
    world.clock.advance(hours=1)
    await rooms.db.write(lambda uow: rooms.groups.edit(uow, thread.id, ann, edited))
    await world.settle()
    assert await media_of(meadow, copy) == []
