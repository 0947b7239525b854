"""What a group said before we followed it comes home: threads, replies, pins, moderators."""

from collections.abc import Callable, Sequence

import pytest
from aiohttp import web

from activitypub.vocabulary import Post
from federation.backfill import MAX_ATTEMPTS, Backfill
from federation.conversation import in_order, post_in
from federation.dispatch import Context
from federation.fetch import FetchedPost
from federation.limits import FetchBudget
from storage.groups import Group
from storage.jobs import Job
from storage.unit_of_work import UnitOfWork
from tests.federation.peer import Document, Peer, Someone
from tests.federation.us import ORIGIN, Us


class Kept:
    """Stands where the rooms stand: notes what it is given to store."""

    def __init__(self) -> None:
        self.threads: list[list[str]] = []
        self.authors: list[bool] = []
        self.lists: list[tuple[list[str], list[str]]] = []

    def store(
        self, uow: UnitOfWork, _group: str, posts: Sequence[FetchedPost], _context: Context
    ) -> int:
        self.threads.append([one.post.id for one in posts])
        self.authors += [uow.actors.by_uri(one.post.attributed_to) is not None for one in posts]
        return len(posts)

    def note_lists(
        self, _uow: UnitOfWork, _group: str, moderators: Sequence[str], pinned: Sequence[str]
    ) -> None:
        self.lists.append((list(moderators), list(pinned)))


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
async def backfill(node: Us, kept: Kept) -> Backfill:
    return Backfill(
        db=node.db,
        fetcher=node.fetcher,
        store=kept.store,
        origin=ORIGIN,
        now=node.clock.now,
        new_id=node.new_id,
        store_lists=kept.note_lists,
    )


def collection(there: Peer, path: str, items: Sequence[object]) -> str:
    uri = there.origin + path
    there.documents[path] = {"id": uri, "type": "OrderedCollection", "orderedItems": list(items)}
    return uri


def group_with(there: Peer, threads: Sequence[Document], author: Someone) -> Someone:
    """A group whose outbox announces the Creates of these threads, newest first."""
    group = there.someone("grief", "Group", key=1)
    items = [
        group.says("Announce", author.says("Create", thread, number), number)
        for number, thread in enumerate(threads)
    ]
    outbox = collection(there, "/grief/outbox", items[::-1])
    there.someone("grief", "Group", key=1, outbox=outbox)
    return group


async def order(node: Us, group: Someone, new_id: Callable[[], int]) -> int:
    """A job for the group, whose record is here."""
    actor = await node.fetcher.actor(group.uri, FetchBudget())
    now, job_id = node.clock.now(), new_id()
    row = Group(
        actor_id=actor.id,
        visibility="public",
        is_local=False,
        guidelines="",
        created_by=None,
        reply_policy="anyone",
        posting_policy="members",
        backfilled_at=None,
        created_at=now,
    )
    job = Job(
        id=job_id,
        kind="backfill",
        target=group.uri,
        group_id=actor.id,
        next_attempt_at=now,
        created_at=now,
    )

    def write(uow: UnitOfWork) -> None:
        uow.groups.add(row)
        uow.jobs.add(job)

    await node.db.write(write)
    return job_id


async def state_of(node: Us, job_id: int) -> str:
    job = await node.db.read(lambda uow: uow.jobs.get(job_id))
    assert job is not None
    return job.state


async def test_threads_come_oldest_first_with_their_replies_parents_first(
    node: Us, there: Peer, elsewhere: Peer, backfill: Backfill, kept: Kept
) -> None:
    ann, bea = there.someone("ann"), elsewhere.someone("bea")
    old = there.note(ann, 1, published="2026-01-01T00:00:00Z", context=f"{there.origin}/c/1")
    new = there.note(ann, 2, published="2026-02-01T00:00:00Z")
    answer = elsewhere.note(bea, 3, inReplyTo=old["id"])
    deeper = there.note(ann, 4, inReplyTo=answer["id"])
    collection(there, "/c/1", [deeper["id"], answer["id"], old["id"]])
    job = await order(node, group_with(there, [old, new], ann), node.new_id)
    assert await backfill.run_once() == 1
    assert kept.threads == [[old["id"], answer["id"], deeper["id"]], [new["id"]]]
    assert all(kept.authors)
    assert await state_of(node, job) == "done"
    assert there.asked["/notes/1"] == there.asked["/notes/2"] == 0  # they stood in the outbox
    group = await node.db.read(lambda uow: uow.groups.by_uri(f"{there.origin}/users/grief"))
    assert group is not None
    assert group.group.backfilled_at == node.clock.now()


async def test_without_a_context_replies_are_followed(
    node: Us, there: Peer, backfill: Backfill, kept: Kept
) -> None:
    ann = there.someone("ann")
    root = there.note(ann, 1, replies=f"{there.origin}/r/1")
    first = there.note(ann, 2, inReplyTo=root["id"], replies=f"{there.origin}/r/2")
    second = there.note(ann, 3, inReplyTo=first["id"], replies=f"{there.origin}/r/1")
    collection(there, "/r/1", [first["id"]])
    collection(there, "/r/2", [second])
    await order(node, group_with(there, [root], ann), node.new_id)
    await backfill.run_once()
    assert kept.threads == [[root["id"], first["id"], second["id"]]]
    assert there.asked["/notes/3"] == 0


async def test_what_a_group_says_of_others_is_read_at_its_origin(
    node: Us, there: Peer, elsewhere: Peer, backfill: Backfill, kept: Kept
) -> None:
    bea = elsewhere.someone("bea")
    true = elsewhere.note(bea, 1)
    invented = {**true, "id": f"{elsewhere.origin}/notes/2"}
    await order(node, group_with(there, [true | {"content": "x"}, invented], bea), node.new_id)
    await backfill.run_once()
    assert kept.threads == [[true["id"]]]
    assert elsewhere.asked["/notes/1"] == elsewhere.asked["/notes/2"] == 1


async def test_pins_and_moderators_are_noted(
    node: Us, there: Peer, backfill: Backfill, kept: Kept
) -> None:
    ann = there.someone("ann")
    pinned = there.note(ann, 1)
    group = there.someone(
        "grief",
        "Group",
        key=1,
        outbox=collection(there, "/o", []),
        featured=collection(there, "/f", [pinned]),
        attributedTo=collection(there, "/m", [ann.uri]),
    )
    await order(node, group, node.new_id)
    await backfill.run_once()
    assert kept.threads == [[pinned["id"]]]
    assert kept.lists == [([ann.uri], [pinned["id"]])]


async def test_no_more_than_fifty_threads_and_two_hundred_replies(
    node: Us, there: Peer, backfill: Backfill, kept: Kept
) -> None:
    ann = there.someone("ann")
    threads = [there.note(ann, number) for number in range(60)]
    threads[-1] |= {"context": f"{there.origin}/c"}
    root = threads[-1]["id"]
    replies = [there.note(ann, number, inReplyTo=root) for number in range(100, 320)]
    collection(there, "/c", replies)
    await order(node, group_with(there, threads, ann), node.new_id)
    await backfill.run_once()
    assert len(kept.threads) == 50
    assert max(len(thread) for thread in kept.threads) == 201


async def test_a_group_that_is_down_is_asked_again_and_then_left(
    node: Us, there: Peer, backfill: Backfill
) -> None:
    group = group_with(there, [], there.someone("ann"))
    job = await order(node, group, node.new_id)
    there.documents["/users/grief"] = web.Response(status=503)
    assert await backfill.run_once() == 1
    assert await state_of(node, job) == "waiting"
    assert await backfill.next_due() is not None
    for _ in range(MAX_ATTEMPTS):
        node.clock.advance(hours=3)
        await backfill.run_once()
    assert await state_of(node, job) == "failed"


def test_the_post_is_found_inside_what_is_around_it() -> None:
    note = {"type": "Note", "id": "https://a.example/1"}
    create = {"type": "Create", "object": note}
    assert post_in({"type": "Announce", "object": create}) == note
    assert post_in({"type": "Announce", "object": "https://a.example/1"}) == "https://a.example/1"
    assert post_in([create]) == note
    for nothing in ({"type": "Like", "object": note}, 7, None, {"type": "Announce"}):
        assert post_in(nothing) is None


def test_replies_that_hang_in_the_air_or_in_a_circle_are_left_out() -> None:
    def answer(number: int, to: int) -> FetchedPost:
        post = Post(
            id=f"https://a.example/{number}",
            type="Note",
            attributed_to="https://a.example/ann",
            in_reply_to=f"https://a.example/{to}",
        )
        return FetchedPost(post)

    root, child, grandchild = answer(1, 2), answer(2, 1), answer(3, 2)
    stray, knot = answer(8, 7), answer(9, 9)
    ordered = in_order(root.post.id, [stray, grandchild, knot, child, root])
    assert ordered == [child, grandchild]
