"""Receipts take effect once, in order, and none is lost, loops or costs the world a flood."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from activitypub.vocabulary import Announce, Create, Follow, Like, Undo, Update
from activitypub.vocabulary import Post as WirePost
from federation.dispatch import Context, Done, Ignored, Needs, Outcome, Refused
from federation.process import LEASE, MAX_ATTEMPTS, summed_up
from federation.verify import Verified
from storage.database import Database
from storage.groups import Group
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.federation.peer import Document, Peer, Someone
from tests.federation.us import ORIGIN, Us, local_actor, us

NOTE = f"{ORIGIN}/posts/1"


async def keep(node: Us, who: Someone, *documents: Document) -> None:
    for document in documents:
        answer = await node.inbox.receive(who.post(document, node.clock.now()))
        assert answer.status == 202, answer


async def a_group(node: Us) -> int:
    """A group to put posts into; its id."""
    actor = replace(local_actor("grief", node.new_id(), node.clock), type="Group")
    group = Group(
        actor_id=actor.id,
        visibility="public",
        is_local=True,
        guidelines="",
        created_by=None,
        reply_policy="anyone",
        posting_policy="members",
        backfilled_at=None,
        created_at=node.clock.now(),
    )

    def write(uow: UnitOfWork) -> None:
        uow.actors.add(actor)
        uow.groups.add(group)

    await node.db.write(write)
    return actor.id


def store_post(uow: UnitOfWork, verified: Verified[Create], group_id: int, node: Us) -> None:
    """As a room would, in short."""
    author = uow.actors.by_uri(verified.activity.actor)
    wire = verified.activity.object
    assert author is not None
    assert isinstance(wire, WirePost)
    number, now = node.new_id(), node.clock.now()
    post = Post(
        id=number,
        uri=wire.id,
        group_id=group_id,
        thread_id=number,
        author_id=author.id,
        content=wire.content,
        wire_type=wire.type,
        is_local=False,
        created_at=now,
        last_activity_at=now,
    )
    uow.posts.add(post)


def answered(activity: Any) -> Needs:
    post = activity.object
    return Needs(posts=(post.in_reply_to,) if post.in_reply_to else ())


async def test_out_11_a_thread_of_ten_thousand_costs_twenty_fetches(node: Us, there: Peer) -> None:
    heard = node.heard(Create, answered)
    ann = there.someone("ann")
    for number in range(1, 60):
        there.note(ann, number, inReplyTo=f"{there.origin}/notes/{number + 1}")
    await keep(node, ann, ann.says("Create", there.documents["/notes/1"]))
    before = there.total()
    await node.process()
    assert there.total() - before == 20
    [(_, context)] = heard
    ids = [item.post.id for item in context.posts]
    assert ids[-1] == f"{there.origin}/notes/2"  # oldest ancestor first
    assert len(ids) == 20


async def test_ancestors_come_oldest_first_with_their_authors_stored(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    heard = node.heard(Create, answered)
    ann, bea = there.someone("ann"), elsewhere.someone("bea")
    root = elsewhere.note(bea, 1)
    middle = there.note(ann, 2, inReplyTo=root["id"])
    await keep(node, ann, ann.says("Create", there.note(ann, 3, inReplyTo=middle["id"])))
    await node.process()
    [(_, context)] = heard
    assert [item.post.id for item in context.posts] == [root["id"], middle["id"]]
    assert await node.db.read(lambda uow: uow.actors.by_uri(bea.uri)) is not None


async def test_what_arrives_in_the_same_moment_is_not_fetched(node: Us, there: Peer) -> None:
    ann = there.someone("ann")
    first = there.note(ann, 1)
    second = there.note(ann, 2, inReplyTo=first["id"])
    group_id = await a_group(node)

    def create(uow: UnitOfWork, verified: Verified[Create], context: Context) -> Outcome:
        store_post(uow, verified, group_id, node)
        return Done(f"fetched {len(context.posts)}")

    node.dispatcher.on(Create, create, answered)
    await keep(node, ann, ann.says("Create", first, 1), ann.says("Create", second, 2))
    await node.processor.run_once()
    assert [receipt.reason for receipt in await node.receipts()] == ["fetched 0", "fetched 0"]
    assert there.asked["/notes/1"] == 0


async def test_who_loses_a_race_to_store_the_same_looks_again(node: Us, there: Peer) -> None:
    looks: list[int] = []

    def like(uow: UnitOfWork, _verified: Verified[Like], _context: Context) -> Outcome:
        looks.append(1)
        uow.actors.add(bob)
        if len(looks) == 1:  # as if another process had stored him between our look and our write
            uow.actors.add(replace(bob, id=node.new_id()))
        return Done("liked")

    bob = local_actor("bob", node.new_id(), node.clock)
    ann = there.someone("ann")
    await keep(node, ann, ann.says("Like", NOTE))
    node.dispatcher.on(Like, like)
    await node.process()
    [receipt] = await node.receipts()
    assert (receipt.state, receipt.attempts) == ("done", 1)
    assert len(looks) == 2


async def test_receipts_about_one_object_take_effect_in_order(node: Us, there: Peer) -> None:
    order: list[str] = []

    def note(_uow: UnitOfWork, verified: Verified[Any], _context: Context) -> Outcome:
        order.append(type(verified.activity).__name__)
        return Done("noted")

    for kind in (Create, Update, Undo, Like):
        node.dispatcher.on(kind, note)
    ann = there.someone("ann")
    post = there.note(ann, 1)
    like = ann.says("Like", post["id"], 3)
    await keep(node, ann, ann.says("Create", post, 1), ann.says("Update", post, 2))
    await keep(node, ann, like, ann.says("Undo", like, 4))
    await node.process()
    assert order.index("Create") < order.index("Update")
    assert order.index("Like") < order.index("Undo")
    lanes = [receipt.ordering_key for receipt in await node.receipts()]
    assert lanes == [post["id"], post["id"], ann.uri, ann.uri]


async def test_handlers_of_one_batch_share_a_transaction(node: Us, there: Peer) -> None:
    def like(uow: UnitOfWork, verified: Verified[Like], _context: Context) -> Outcome:
        uow.settings.put(verified.activity.id, "here")
        return Done("liked")

    def follow(_uow: UnitOfWork, _verified: Verified[Follow], _context: Context) -> Outcome:
        raise RuntimeError("broken")

    node.dispatcher.on(Like, like)
    node.dispatcher.on(Follow, follow)
    group, ann = there.someone("group", "Group", key=1), there.someone("ann")
    good, bad = ann.says("Like", NOTE, 1), ann.says("Follow", NOTE, 2)
    await keep(node, group, group.says("Announce", [good, bad], 1))
    await node.process()
    assert await node.db.read(lambda uow: uow.settings.get(good["id"])) is None
    await keep(node, group, group.says("Announce", [good], 2))
    await node.process()
    assert await node.db.read(lambda uow: uow.settings.get(good["id"])) == "here"


async def test_a_handler_that_breaks_is_logged_once_and_tried_five_times_then_failed(
    node: Us, there: Peer, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_uow: UnitOfWork, _verified: Verified[Like], _context: Context) -> Outcome:
        raise RuntimeError("broken")

    node.dispatcher.on(Like, broken)
    node.heard(Follow)
    ann = there.someone("ann")
    await keep(node, ann, ann.says("Like", NOTE, 1), ann.says("Follow", NOTE, 2))
    for _ in range(MAX_ATTEMPTS + 3):
        await node.process()
        node.clock.advance(hours=1)
    [like, follow] = await node.receipts()
    assert (like.state, like.reason, like.attempts) == ("failed", "fault", MAX_ATTEMPTS)
    assert follow.state == "done"
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


async def test_an_origin_that_is_down_postpones_and_then_gives_up(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    heard = node.heard(Like)
    group, ann = there.someone("group", "Group", key=1), elsewhere.someone("ann")
    path = "/users/ann/activities/1"
    elsewhere.documents[path] = web.Response(status=503)
    await keep(node, group, group.says("Announce", ann.says("Like", NOTE)))
    await node.process()
    [receipt] = await node.receipts()
    assert (receipt.state, receipt.reason) == ("waiting", "status")
    assert await node.processor.next_due() == receipt.next_attempt_at
    elsewhere.documents[path] = ann.says("Like", NOTE)
    node.clock.advance(seconds=6)
    await node.process()
    assert [verified.how for verified, _ in heard] == ["fetch"]

    elsewhere.documents[path] = web.Response(status=503)
    await keep(node, group, group.says("Announce", ann.says("Like", NOTE), 2))
    for _ in range(MAX_ATTEMPTS + 2):
        await node.process()
        node.clock.advance(hours=1)
    receipt = (await node.receipts())[-1]
    assert (receipt.state, receipt.attempts) == ("refused", MAX_ATTEMPTS)


async def test_a_worker_that_dies_leaves_its_receipts_to_the_next_one(
    node: Us, there: Peer
) -> None:
    heard = node.heard(Like)
    ann = there.someone("ann")
    await keep(node, ann, ann.says("Like", NOTE))
    now = node.clock.now()
    claimed = await node.db.write(lambda uow: uow.receipts.claim(now, LEASE, 10))
    assert len(claimed) == 1
    await node.process()
    assert heard == []
    node.clock.advance(seconds=61)
    await node.process()
    assert len(heard) == 1


async def test_two_processors_do_not_repeat_each_other(node: Us, there: Peer) -> None:
    heard = node.heard(Like)
    ann = there.someone("ann")
    await keep(node, ann, *(ann.says("Like", f"{NOTE}{n}", n) for n in range(12)))
    while sum(await asyncio.gather(*(node.processor.run_once(4) for _ in range(3)))):
        pass
    assert len({verified.activity.id for verified, _ in heard}) == len(heard) == 12


async def test_nobodys_announcer_costs_no_fetch(
    database: Database, clock: Clock, ids: Callable[[], int], there: Peer, elsewhere: Peer
) -> None:
    async with us(database, clock, ids, cares=False) as node:
        node.heard(Announce, lambda activity: Needs(posts=activity.objects))
        group, ann = there.someone("group", "Group"), elsewhere.someone("ann")
        note = elsewhere.note(ann, 1)
        await keep(node, group, group.says("Announce", note["id"], 1))
        await keep(node, group, group.says("Announce", ann.says("Like", NOTE), 2))
        await node.process()
        assert {receipt.state for receipt in await node.receipts()} == {"ignored"}
        assert elsewhere.total() == 0


def test_the_end_of_a_receipt_sums_up_what_was_in_it() -> None:
    assert summed_up([Ignored("a"), Refused("b"), Done("c")]) == ("done", "c")
    assert summed_up([Ignored("a"), Refused("b"), Refused("b")]) == ("refused", "b")
    assert summed_up([Ignored("a")]) == ("ignored", "a")
    assert summed_up([]) == ("ignored", "nothing in it")
