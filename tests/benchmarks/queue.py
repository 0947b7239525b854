"""(g) Who waits for a reply: a member of 50 groups with 20,000 threads, of which one in five waits.

The limit is the bare work of the same run: the same threads, read by their ids, with their authors.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from node.database import open_database
from node.groups.membership import new_membership
from node.rooms import Rooms, open_rooms
from node.sources import real_sources
from storage.actors import Actor
from storage.groups import Group
from storage.post_record import Post
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.subject import Subject, remote_actor, settle_in

GROUPS = 50
THREADS = 20_000
AUTHORS = 400
WAITING = 5
"""One in so many waits."""
ROUNDS = 100


async def measure_queue(folder: Path) -> list[Figure]:
    """Figure (g): p50 in milliseconds, against reading the threads of the page alone."""
    subject = Subject(folder)
    reader = await subject.prepare(_seed)
    sources = real_sources()
    db = open_database(subject.config)
    try:
        rooms = open_rooms(subject.config, db, sources.now, sources.new_id)
        await rooms.policy.refresh()
        return await db.read(lambda uow: _measure(uow, rooms, reader))
    finally:
        await db.close()


def _measure(uow: UnitOfWork, rooms: Rooms, reader: Actor) -> list[Figure]:
    replying = rooms.replying
    shown = replying.queue(uow, reader, most=80).threads
    assert len(shown) == 80
    ids = [one.waiting.view.post.id for one in shown]

    def bare() -> None:
        posts = uow.statuses.posts(ids)
        uow.actors.get_many({post.author_id for post in posts.values()})

    floor = _p50(bare)
    after = replying.queue(uow, reader).next
    parts: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("first page", lambda: replying.queue(uow, reader)),
        ("second page", lambda: replying.queue(uow, reader, after=after)),
        ("next one", lambda: replying.next_one(uow, reader)),
        ("whether anybody waits", lambda: replying.waits(uow, reader)),
    )
    what = f"(g) {GROUPS} groups, {THREADS:,} threads"
    return [Figure(f"{what}: {name}, p50", _p50(act), "ms", floor) for name, act in parts]


def _p50(act: Callable[[], Any]) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return percentile(taken, 0.5)


def _seed(uow: UnitOfWork, rooms: Rooms) -> Actor:
    """The groups and most of their authors are of other nodes."""
    reader, _, _ = settle_in(uow, rooms)
    places = [_group(uow, rooms, reader, number) for number in range(GROUPS)]
    authors = [remote_actor(rooms, "other.test", f"author{number}") for number in range(AUTHORS)]
    for one in authors:
        uow.actors.add(one)
    for number in range(THREADS):
        _thread(uow, rooms, places[number % GROUPS], authors[number % AUTHORS], number)
    # That two others answered is all that a thread tells of its answers here.
    answered = f"UPDATE posts SET repliers = 2 WHERE id % {WAITING} <> 0"
    uow.connection.exec_driver_sql(answered)
    return reader


def _group(uow: UnitOfWork, rooms: Rooms, reader: Actor, number: int) -> int:
    actor = replace(remote_actor(rooms, "groups.test", f"group{number}"), type="Group")
    uow.actors.add(actor)
    group = Group(
        actor_id=actor.id,
        visibility="public",
        is_local=False,
        guidelines="",
        reply_policy="anyone",
        posting_policy="members",
        created_at=rooms.now(),
    )
    uow.groups.add(group)
    uow.memberships.put(new_membership(actor.id, reader.id, rooms.now()))
    return actor.id


def _thread(uow: UnitOfWork, rooms: Rooms, group: int, author: Actor, number: int) -> None:
    post_id, at = rooms.new_id(), rooms.now() - timedelta(seconds=number * 100)
    uow.posts.add(
        Post(
            id=post_id,
            uri=f"http://other.test/{post_id}",
            group_id=group,
            thread_id=post_id,
            author_id=author.id,
            title=f"Thread {number}",
            content="<p>A paragraph about an ordinary day, and about the night after it.</p>" * 3,
            wire_type="Page",
            is_local=False,
            created_at=at,
            last_activity_at=at,
        )
    )
