"""Threads, replies, reactions and the moderation log, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database import Database, UnitOfWork
from storage.errors import AlreadyThere, NotThere
from storage.moderation import ModerationEntry
from storage.posts import Post, PostView
from tests.storage.rows import NOW, a_reaction, a_reply, a_thread, an_actor, each, found_group

AUTHOR, OTHER, GROUP, LOCAL_GROUP = 1, 2, 10, 11
ROOT = a_thread(100, GROUP, AUTHOR, content_warning="loss", reply_wanted="listen", language="en")
REPLY = a_reply(101, ROOT, OTHER, created_at=NOW + timedelta(minutes=1))
NESTED = a_reply(102, REPLY, AUTHOR, created_at=NOW + timedelta(minutes=2))


@pytest.fixture
async def place(database: Database) -> Database:
    """A thread with a reply and a reply to that."""

    def settle(uow: UnitOfWork) -> None:
        uow.actors.add(an_actor(AUTHOR))
        uow.actors.add(an_actor(OTHER, host="there.example"))
        found_group(uow, GROUP)
        found_group(uow, LOCAL_GROUP, visibility="local")
        for post in (ROOT, REPLY, NESTED):
            uow.posts.add(post)

    await database.write(settle)
    return database


async def get(database: Database, post_id: int) -> Post:
    post = await database.read(lambda uow: uow.posts.get(post_id))
    assert post is not None
    return post


def ids(views: list[PostView]) -> list[int]:
    return [view.post.id for view in views]


async def test_a_reply_counts_for_its_thread_and_brings_it_up(place: Database) -> None:
    root = await get(place, 100)
    assert root == replace(ROOT, reply_count=2, last_activity_at=NESTED.created_at)
    assert await get(place, 101) == REPLY
    early = a_reply(103, ROOT, OTHER, created_at=NOW - timedelta(days=1))
    await place.write(lambda uow: uow.posts.add(early))
    assert await get(place, 100) == replace(root, reply_count=3)


async def test_a_reply_that_arrives_as_a_tombstone_does_not_count(place: Database) -> None:
    await place.write(lambda uow: uow.posts.add(a_reply(103, ROOT, OTHER, deleted_at=NOW)))
    assert (await get(place, 100)).reply_count == 2


async def test_posts_are_found_by_uri_and_with_their_author(place: Database) -> None:
    def find(uow: UnitOfWork) -> None:
        assert uow.posts.by_uri(REPLY.uri) == REPLY
        assert uow.posts.by_uri("https://here.example/posts/999") is None
        assert uow.posts.by_uris([REPLY.uri, NESTED.uri, "x"]) == {
            REPLY.uri: REPLY,
            NESTED.uri: NESTED,
        }
        assert uow.posts.view(101) == PostView(
            post=REPLY, author=an_actor(OTHER, host="there.example")
        )
        assert uow.posts.view(999) is None
        assert uow.posts.replies_of(100, 10) == [REPLY]
        assert uow.posts.replies_of(100, 0) == []

    await place.read(find)


async def test_a_uri_is_posted_once_and_under_a_known_post(place: Database) -> None:
    with pytest.raises(AlreadyThere):
        await place.write(lambda uow: uow.posts.add(replace(REPLY, id=200)))
    with pytest.raises(NotThere):
        await place.write(lambda uow: uow.posts.add(a_reply(201, replace(ROOT, id=999), OTHER)))
    assert (await get(place, 100)).reply_count == 2


async def test_a_thread_is_read_from_its_root_in_order(place: Database) -> None:
    assert ids(await place.read(lambda uow: uow.posts.thread(100))) == [100, 101, 102]
    assert ids(await place.read(lambda uow: uow.posts.thread(100, limit=2))) == [100, 101]
    assert await place.read(lambda uow: uow.posts.thread(101)) == []


async def test_threads_are_listed_by_last_activity_page_by_page(place: Database) -> None:
    def post(uow: UnitOfWork) -> None:
        for number in (110, 111, 112):
            uow.posts.add(
                a_thread(number, GROUP, AUTHOR, last_activity_at=NOW + timedelta(minutes=1))
            )
        uow.posts.pin(110, NOW)

    await place.write(post)
    first = await place.read(lambda uow: uow.posts.threads(GROUP, 2))
    assert ids(first) == [100, 112]
    last = first[-1].post
    second = await place.read(
        lambda uow: uow.posts.threads(GROUP, 2, (last.last_activity_at, last.id))
    )
    assert ids(second) == [111]
    assert ids(await place.read(lambda uow: uow.posts.pinned(GROUP))) == [110]
    assert ids(await place.read(lambda uow: uow.posts.threads(LOCAL_GROUP, 2))) == []
    await place.write(lambda uow: uow.posts.pin(110, None))
    assert ids(await place.read(lambda uow: uow.posts.threads(GROUP, 9))) == [100, 112, 111, 110]


async def test_gone_threads_are_listed_only_where_asked_for(place: Database) -> None:
    def post(uow: UnitOfWork) -> None:
        uow.posts.add(a_thread(110, GROUP, AUTHOR))
        uow.posts.add(a_thread(111, GROUP, AUTHOR, pinned_at=NOW))
        uow.posts.tombstone(100, NOW)
        uow.posts.remove(110, AUTHOR, None, NOW)
        uow.posts.remove(111, AUTHOR, None, NOW)

    await place.write(post)

    def look(uow: UnitOfWork) -> None:
        assert ids(uow.posts.threads(GROUP, 9)) == []
        assert ids(uow.posts.threads(GROUP, 9, with_gone=True)) == [100, 110]
        assert ids(uow.posts.pinned(GROUP)) == []
        assert ids(uow.posts.outbox_of_group(GROUP, 9)) == []

    await place.read(look)


async def test_an_edit_replaces_what_was_written(place: Database) -> None:
    def edit(uow: UnitOfWork, post_id: int) -> bool:
        return uow.posts.edit(
            post_id,
            title="New",
            content="<p>New</p>",
            source="New",
            content_warning=None,
            language="de",
            reply_wanted=None,
            edited_at=NOW,
        )

    assert await place.write(lambda uow: edit(uow, 100))
    edited = await get(place, 100)
    assert (edited.title, edited.content, edited.language) == ("New", "<p>New</p>", "de")
    assert (edited.content_warning, edited.reply_wanted, edited.edited_at) == (None, None, NOW)
    assert await get(place, 101) == REPLY
    await place.write(lambda uow: uow.posts.tombstone(101, NOW))
    assert not await place.write(lambda uow: edit(uow, 101))
    assert (await get(place, 101)).content == ""


async def test_a_tombstone_keeps_the_place_and_nothing_of_the_text(place: Database) -> None:
    assert await place.write(lambda uow: uow.posts.tombstone(100, NOW))
    assert await place.write(lambda uow: uow.posts.tombstone(101, NOW))
    assert not await place.write(lambda uow: uow.posts.tombstone(101, NOW))
    root, reply = await get(place, 100), await get(place, 101)
    assert root == replace(
        ROOT,
        title=None,
        content="",
        source=None,
        content_warning=None,
        reply_wanted=None,
        deleted_at=NOW,
        reply_count=1,
        last_activity_at=NESTED.created_at,
    )
    assert (reply.uri, reply.author_id, reply.parent_id) == (REPLY.uri, OTHER, 100)
    assert ids(await place.read(lambda uow: uow.posts.thread(100))) == [100, 101, 102]


async def test_a_removed_post_comes_back_as_it_was(place: Database) -> None:
    assert await place.write(lambda uow: uow.posts.remove(101, AUTHOR, "unkind", NOW))
    assert not await place.write(lambda uow: uow.posts.remove(101, AUTHOR, "again", NOW))
    removed = await get(place, 101)
    assert removed == replace(REPLY, removed_at=NOW, removed_by=AUTHOR, removal_reason="unkind")
    assert (await get(place, 100)).reply_count == 1
    assert await place.write(lambda uow: uow.posts.restore(101))
    assert not await place.write(lambda uow: uow.posts.restore(101))
    assert await get(place, 101) == REPLY
    assert (await get(place, 100)).reply_count == 2


async def test_a_post_both_removed_and_deleted_is_counted_out_once(place: Database) -> None:
    def both(uow: UnitOfWork) -> None:
        uow.posts.remove(101, AUTHOR, None, NOW)
        uow.posts.tombstone(101, NOW)
        uow.posts.restore(101)
        uow.posts.tombstone(102, NOW)
        uow.posts.remove(102, AUTHOR, None, NOW)

    await place.write(both)
    assert (await get(place, 100)).reply_count == 0


async def test_a_thread_is_locked_and_opened(place: Database) -> None:
    assert await place.write(lambda uow: uow.posts.lock(100, NOW))
    assert (await get(place, 100)).locked_at == NOW
    assert await place.write(lambda uow: uow.posts.lock(100, None))
    assert (await get(place, 100)).locked_at is None
    assert not await place.write(lambda uow: uow.posts.lock(999, NOW))


async def test_an_author_is_seen_outside_in_public_groups_only(place: Database) -> None:
    def post(uow: UnitOfWork) -> None:
        uow.posts.add(a_thread(110, LOCAL_GROUP, AUTHOR))
        uow.posts.add(a_thread(111, GROUP, AUTHOR))
        uow.posts.add(a_thread(112, GROUP, AUTHOR, removed_at=NOW))

    await place.write(post)

    async def seen(limit: int, before: int | None = None) -> list[int]:
        posts = await place.read(lambda uow: uow.posts.by_author(AUTHOR, limit, before))
        return [post.id for post in posts]

    assert await seen(9) == [111, 102, 100]
    assert await seen(1) == [111]
    assert await seen(9, 102) == [100]


async def test_the_outbox_of_a_group_holds_its_threads_newest_first(place: Database) -> None:
    await place.write(lambda uow: uow.posts.add(a_thread(110, GROUP, AUTHOR, pinned_at=NOW)))
    assert ids(await place.read(lambda uow: uow.posts.outbox_of_group(GROUP, 9))) == [110, 100]
    assert ids(await place.read(lambda uow: uow.posts.outbox_of_group(GROUP, 9, 110))) == [100]


async def test_an_actor_has_one_reaction_to_a_post(place: Database) -> None:
    first, second = a_reaction(1, 101, AUTHOR), a_reaction(2, 101, AUTHOR, kind="thank-you")
    assert await place.write(lambda uow: uow.reactions.put(first)) is None
    assert await place.write(lambda uow: uow.reactions.put(second)) == first

    def look(uow: UnitOfWork) -> None:
        uow.reactions.put(a_reaction(3, 101, OTHER, kind="thank-you"))
        uow.reactions.put(a_reaction(4, 100, OTHER))
        assert uow.reactions.get(101, AUTHOR) == second
        assert uow.reactions.by_uri(second.uri or "") == second
        assert uow.reactions.by_uri(first.uri or "") is None
        assert uow.reactions.counts([100, 101, 102]) == {
            100: {"me-too": 1},
            101: {"thank-you": 2},
        }
        assert uow.reactions.of_actor([100, 101, 102], OTHER) == {100: "me-too", 101: "thank-you"}
        assert uow.reactions.remove(101, AUTHOR)
        assert not uow.reactions.remove(101, AUTHOR)
        assert uow.reactions.counts([101]) == {101: {"thank-you": 1}}

    await place.write(look)


async def test_the_moderation_log_is_read_backwards(place: Database) -> None:
    entries = [
        ModerationEntry(
            id=number, group_id=GROUP, moderator_id=AUTHOR, act="remove", post_id=101,
            reason="unkind", created_at=NOW,
        )
        for number in (1, 2, 3)
    ]  # fmt: skip
    await place.write(lambda uow: each(uow.moderation.add, entries))
    assert await place.read(lambda uow: uow.moderation.list(GROUP, 2)) == [entries[2], entries[1]]
    assert await place.read(lambda uow: uow.moderation.list(GROUP, 2, 2)) == [entries[0]]
    assert await place.read(lambda uow: uow.moderation.list(LOCAL_GROUP, 2)) == []
