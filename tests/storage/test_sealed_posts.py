"""What is said in a private group lies sealed in its row, and reads as it was written."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.moderation import ModerationEntry
from storage.posts import Post
from storage.seals import Holder
from storage.tables import groups, moderation_entries, posts
from storage.unit_of_work import UnitOfWork
from tests.storage.rows import NOW, a_reply, a_thread, an_actor, found_group

GROUP, OPEN, ANN, MOD = 10, 20, 1, 2
WORD = "zugzwang"


@pytest.fixture
async def place(database: Database) -> Database:
    def make(uow: UnitOfWork) -> None:
        found_group(uow, GROUP)
        found_group(uow, OPEN)
        for number in (ANN, MOD):
            uow.actors.add(an_actor(number))
        _set(uow, GROUP, "private")

    await database.write(make)
    return database


def _set(uow: UnitOfWork, group_id: int, visibility: str) -> None:
    uow.connection.execute(
        groups.update().where(groups.c.actor_id == group_id).values(visibility=visibility)
    )


WORDS = {
    "title": f"{WORD} title",
    "content": f"<p>{WORD}</p>",
    "source": WORD,
    "content_warning": f"{WORD} warning",
}


def a_secret(number: int, group_id: int = GROUP) -> Post:
    return a_thread(number, group_id, ANN, **WORDS)


async def at_rest(database: Database) -> str:
    """All rows of posts and of the moderation log."""
    tables = (posts, moderation_entries)
    return await database.read(
        lambda uow: repr([uow.connection.execute(select(table)).all() for table in tables])
    )


async def test_a_post_is_sealed_and_read_in_every_way(place: Database) -> None:
    post = a_secret(100)
    await place.write(lambda uow: uow.posts.add(post))
    assert WORD not in await at_rest(place)
    ways: tuple[Callable[[UnitOfWork], Any], ...] = (
        lambda uow: uow.posts.get(100),
        lambda uow: uow.posts.by_uri(post.uri),
        lambda uow: uow.posts.by_uris([post.uri])[post.uri],
        lambda uow: uow.posts.thread(100)[0].post,
        lambda uow: uow.posts.threads(GROUP, 5)[0].post,
        lambda uow: uow.posts.outbox_of_group(GROUP, 5)[0].post,
    )
    for way in ways:
        assert await place.read(way) == post
    await place.write(lambda uow: uow.posts.pin(100, NOW))
    pinned = await place.read(lambda uow: uow.posts.pinned(GROUP)[0].post)
    assert pinned == replace(post, pinned_at=NOW)


async def test_an_edit_and_a_reason_are_sealed_too(place: Database) -> None:
    post = a_secret(100)
    changes = {"title": f"{WORD} other", "content": f"<p>{WORD} other</p>", "source": WORD}
    more = {"content_warning": None, "language": "en", "reply_wanted": None}

    def change(uow: UnitOfWork) -> None:
        uow.posts.add(post)
        uow.posts.edit(100, **changes, **more, edited_at=NOW)  # type: ignore[arg-type]
        uow.posts.remove(100, MOD, f"{WORD} reason", NOW)
        uow.moderation.add(an_entry())

    await place.write(change)
    assert WORD not in await at_rest(place)
    read = await place.read(lambda uow: uow.posts.get(100))
    assert read is not None
    assert (read.title, read.removal_reason) == (f"{WORD} other", f"{WORD} reason")
    assert await place.read(lambda uow: uow.moderation.list(GROUP, 5)) == [an_entry()]
    await place.write(lambda uow: uow.posts.restore(100))
    restored = await place.read(lambda uow: uow.posts.get(100))
    assert restored is not None
    assert (restored.title, restored.removal_reason) == (f"{WORD} other", None)
    await place.write(lambda uow: uow.posts.tombstone(100, NOW))
    gone = await place.read(lambda uow: uow.posts.get(100))
    assert gone is not None
    assert (gone.title, gone.content) == (None, "")


def an_entry() -> ModerationEntry:
    return ModerationEntry(
        id=5, group_id=GROUP, moderator_id=MOD, act="remove", reason=f"{WORD} why", created_at=NOW
    )


async def test_what_others_say_stands_open(place: Database) -> None:
    await place.write(lambda uow: uow.posts.add(a_secret(100, OPEN)))
    assert WORD in await at_rest(place)


async def test_who_is_erased_takes_the_words_along(place: Database) -> None:
    reply = a_reply(101, a_secret(100), MOD, content=f"<p>{WORD} 2</p>")

    def change(uow: UnitOfWork) -> None:
        uow.posts.add(a_secret(100))
        uow.posts.add(reply)
        uow.seals.destroy(Holder("persona", ANN))

    await place.write(change)
    first, second = [view.post for view in await place.read(lambda uow: uow.posts.thread(100))]
    assert (first.title, first.content, first.content_warning) == (None, "", None)
    assert second.content == reply.content


def _seal_some(uow: UnitOfWork, after: int) -> int | None:
    return uow.posts.seal_threads(OPEN, after, 3)


async def test_a_group_that_becomes_private_is_sealed_step_by_step(place: Database) -> None:
    def fill(uow: UnitOfWork) -> None:
        for thread in range(100, 150, 10):
            root = a_secret(thread, OPEN)
            uow.posts.add(root)
            for number in range(thread + 1, thread + 4):
                uow.posts.add(a_reply(number, root, ANN, content=f"<p>{WORD}</p>"))
        uow.posts.remove(101, MOD, f"{WORD} reason", NOW)
        uow.posts.tombstone(102, NOW)

    def everything(uow: UnitOfWork) -> list[Post | None]:
        return [uow.posts.get(one) for one in range(100, 150)]

    await place.write(fill)
    before = await place.read(everything)
    await place.write(lambda uow: _set(uow, OPEN, "private"))
    after: int | None = 0
    steps = 0
    while after is not None:
        assert await place.read(everything) == before
        after = await place.write(partial(_seal_some, after=after))
        steps += 1
    assert steps > 5
    assert WORD not in await at_rest(place)
    assert await place.read(everything) == before
