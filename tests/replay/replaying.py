"""One document through the doors that a peer would use for it, and what came of it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from activitypub.errors import WireError
from activitypub.nodeinfo import parse_links, parse_nodeinfo
from activitypub.parse import parse_object, read_json, sender
from activitypub.vocabulary import Activity, Actor, Collection, Post, Tombstone
from federation.actors import store_actor
from federation.dispatch import Context, Dispatcher
from federation.fetch import FetchedPost, Fetcher
from federation.keys import KeyDirectory
from federation.process import Processor
from federation.verify import Verifier
from node.database import open_database
from node.groups.backfilling import keep_backfilled
from node.groups.inbound import register
from node.groups.look_up import keep_group
from node.groups.reading import cares
from node.rooms import Rooms, open_rooms
from storage.receipts import Receipt
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.replay.documents import Document
from tests.replay.scene import Corpus, Scene, uri_of
from tests.replay.staging import stage
from tests.world import make_config

ORIGIN = "https://somewhere.test"


@dataclass(frozen=True, slots=True)
class Result:
    """`outcome` is "effect", "ignored" or "refused"; `reason` says which effect or why."""

    document: Document
    outcome: str
    reason: str


async def replay(document: Document, template: Path, folder: Path, corpus: Corpus) -> Result:
    """Parse the document and let it take effect in a fresh world that is ready for it."""
    raw = document.read()
    if isinstance(raw, dict) and "subject" in raw and "links" in raw:
        return Result(document, "effect", "discovery document")
    if isinstance(raw, dict) and ("software" in raw or "links" in raw):
        (parse_nodeinfo if "software" in raw else parse_links)(raw)
        return Result(document, "effect", "discovery document")
    try:
        body = document.body()
        thing = parse_object(read_json(body))
        if isinstance(thing, Activity):
            sender(read_json(body))
    except WireError as error:
        return Result(document, "refused", error.reason)
    async with _rooms(template, folder) as rooms:
        return await _act(document, raw, body, thing, rooms, corpus)


@asynccontextmanager
async def _rooms(template: Path, folder: Path) -> AsyncIterator[Rooms]:
    path = folder / "kith.sqlite3"
    shutil.copyfile(template, path)
    config = make_config(ORIGIN, folder, f"sqlite:///{path}")
    db = open_database(config)
    try:
        rooms = open_rooms(config, db, Clock().now, count(1).__next__)
        await rooms.policy.refresh()
        yield rooms
    finally:
        await db.close()


async def _act(
    document: Document, raw: dict[str, Any], body: bytes, thing: Any, rooms: Rooms, corpus: Corpus
) -> Result:
    match thing:
        case Activity():
            return await _process(document, raw, body, thing, rooms, corpus)
        case Actor():
            return Result(
                document, "effect", await rooms.db.write(lambda u: _actor(u, rooms, thing))
            )
        case Post():
            return await rooms.db.write(lambda uow: _post(uow, rooms, document, raw, thing))
        case Tombstone() | Collection():
            return Result(document, "effect", type(thing).__name__.lower())
        case _:
            raise AssertionError(f"{document.name} became {type(thing).__name__}")


def _actor(uow: UnitOfWork, rooms: Rooms, thing: Actor) -> str:
    stored = store_actor(uow, thing, rooms.now(), rooms.new_id)
    assert stored.uri == thing.id
    if stored.type == "Group":
        keep_group(uow, stored, rooms.now())
        return "group"
    return "actor"


def _post(
    uow: UnitOfWork, rooms: Rooms, document: Document, raw: dict[str, Any], thing: Post
) -> Result:
    """A fetched object: listed by a group that one of us follows."""
    scene = Scene(uow, rooms)
    group = scene.group("https://lists.test/groups/all", hosted=False)
    scene.actor(thing.attributed_to)
    if thing.in_reply_to:
        scene.post(group, thing.in_reply_to, "https://elsewhere.test/users/asker")
    fetched = FetchedPost(thing)
    context = Context(rooms.now(), rooms.new_id, ORIGIN, (fetched,))
    keep_backfilled(rooms.groups)(uow, group.actor.uri, [fetched], context)
    kept = uow.posts.by_uri(thing.id)
    if kept is None:
        return Result(document, "ignored", "not for the public")
    return Result(document, "effect", "thread" if kept.parent_id is None else "reply")


async def _process(
    document: Document,
    raw: dict[str, Any],
    body: bytes,
    thing: Activity,
    rooms: Rooms,
    corpus: Corpus,
) -> Result:
    def prepare(uow: UnitOfWork) -> None:
        scene = Scene(uow, rooms)
        if not document.receiver_should.startswith("MUST REJECT"):
            stage(uow, scene, raw)
        scene.actor(thing.actor)
        now = rooms.now()
        receipt = Receipt(
            id=rooms.new_id(),
            actor_uri=thing.actor,
            activity_uri=thing.id,
            type=str(raw.get("type")),
            authority="peer.test",
            signed_by=f"{thing.actor}#main-key",
            ordering_key=uri_of(raw.get("object")) or thing.actor,
            body=body,
            received_at=now,
            next_attempt_at=now,
        )
        assert uow.receipts.keep(receipt)

    await rooms.db.write(prepare)
    processor = _processor(rooms, corpus)
    while await processor.run_once():
        await asyncio.sleep(0)
    kept = await rooms.db.read(lambda uow: uow.receipts.by_activity(thing.actor, thing.id))
    assert kept is not None
    outcome = {"done": "effect"}.get(kept.state, kept.state)
    return Result(document, outcome, kept.reason or "")


def _processor(rooms: Rooms, corpus: Corpus) -> Processor:
    async def unsigned(_method: str, _url: str, _body: bytes | None) -> dict[str, str]:
        return {}

    own, db, now = rooms.config.authority, rooms.db, rooms.now
    fetcher = Fetcher(
        db=db,
        http=corpus,
        sign=unsigned,
        policy=rooms.policy,
        own=own,
        now=now,
        new_id=rooms.new_id,
    )
    keys = KeyDirectory(db=db, fetcher=fetcher, own=own, now=now)
    verifier = Verifier(db=db, fetcher=fetcher, keys=keys, policy=rooms.policy, own=own, now=now)
    dispatcher = Dispatcher()
    register(dispatcher, rooms.groups)
    return Processor(
        db=db,
        dispatcher=dispatcher,
        fetcher=fetcher,
        verifier=verifier,
        cares=cares,
        origin=ORIGIN,
        now=now,
        new_id=rooms.new_id,
    )
