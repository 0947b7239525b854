"""The composition root: a node, opened from a configuration, with everything it is made of.

Rooms      use cases on the database           (rooms.py)
Network    what talks to other nodes           (network.py)
Worker     background work                     (worker.py)
site       pages, API and the ActivityPub edge (site.py)
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from importlib.metadata import version

from federation.own_keys import OwnKeys, public_half
from node.buddies.prompting import next_due as next_prompt
from node.clients.keys import open_scheduling
from node.clients.push.opening import open_push_sender
from node.clients.push.sending import PushSender
from node.clients.scheduling import Scheduling
from node.clients.streaming.pruning import EventPruning
from node.config import Config
from node.database import open_database
from node.directory.fetching import open_following
from node.goals.service import next_due as next_reminder
from node.groups.chores import Chores
from node.groups.taking_back import Deletes
from node.housekeeping import Housekeeping
from node.network import Network, open_network
from node.rights.work import RightsWork, open_rights_work
from node.rooms import Rooms, open_rooms
from node.sources import Sources
from node.support_work import support_tasks
from node.worker import Task, Worker
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An open node. `close` ends it."""

    config: Config
    sources: Sources
    rooms: Rooms
    network: Network
    rights_work: RightsWork
    worker: Worker
    chores: Chores
    scheduling: Scheduling
    push: PushSender
    version: str

    async def close(self) -> None:
        """Stop the work, then let go of peers and database."""
        await self.worker.stop()
        await self.network.close()
        await self.rooms.db.close()


async def open_node(config: Config, sources: Sources) -> Node:
    """Open a node whose database is at the newest schema. Call it on the loop that will run it."""
    db = open_database(config)
    rooms = open_rooms(config, db, sources.now, sources.new_id)
    await rooms.policy.refresh()
    await db.write(lambda uow: begin_again(uow, sources.now(), alone=not config.database))
    node_actor = await ensure_node_actor(rooms)
    network = open_network(rooms, sources, node_actor, version("kith"))
    chores = Chores(db, rooms.groups, Deletes(rooms.outbox, sources.now), sources.now)
    rights_work = open_rights_work(db, sources.now, rooms.rights)
    scheduling = open_scheduling(rooms)
    push = await open_push_sender(rooms, network.http)
    tasks = (
        *_with_other_nodes(network, rooms),
        Task("chores", chores.run_once, chores.next_due),
        Task("jobs", rights_work.run_once, rights_work.next_due),
        Task("scheduled", scheduling.run_once, scheduling.next_due),
        Task("push", push.run_once, push.next_due),
        Task("old events", EventPruning(db, sources.now).run_once),
        *_of_rooms(rooms),
        *support_tasks(rooms),
    )
    keeper = Housekeeping(db, config, sources.now, sweep=rooms.pictures.sweep)
    return Node(
        config=config,
        sources=sources,
        rooms=rooms,
        network=network,
        rights_work=rights_work,
        worker=Worker(db, sources.now, tasks, keeper),
        chores=chores,
        scheduling=scheduling,
        push=push,
        version=version("kith"),
    )


def _of_rooms(rooms: Rooms) -> tuple[Task, ...]:
    db = rooms.db
    return (
        Task("polls", lambda: db.write(rooms.voting.end_due), lambda: db.read(_next_poll)),
        Task(
            "holds",
            lambda: db.write(rooms.sending.let_go_due),
            lambda: db.read(rooms.sending.next_due),
        ),
        Task("personas", lambda: db.write(rooms.personas.delete_posts)),
        *(Task("welcoming", partial(db.write, turn)) for turn in rooms.welcoming.turns),
        Task("circles", lambda: rooms.circles.run_once(db), lambda: db.read(_next_circle)),
        Task("goals", lambda: db.write(rooms.goals.give_reminders), lambda: db.read(next_reminder)),
        Task("buddies", lambda: db.write(rooms.buddies.run_due), lambda: db.read(next_prompt)),
        Task("listening", lambda: db.write(rooms.listening.run_once)),
    )


def _with_other_nodes(network: Network, rooms: Rooms) -> tuple[Task, ...]:
    hours = rooms.config.directory_refresh_hours
    following = open_following(rooms.db, rooms.directory, network.http, rooms.policy, hours)
    return (
        Task("directory", following.run_once, following.next_due),
        Task("receipts", network.processor.run_once, network.processor.next_due),
        Task("deliveries", network.deliverer.run_once, network.deliverer.next_due),
        Task("jobs", network.backfill.run_once, network.backfill.next_due),
    )


def begin_again(uow: UnitOfWork, now: datetime, *, alone: bool) -> None:
    """Go on where the last process was broken off.

    Peers that could not be reached are tried once, whenever that was due: perhaps it was we who
    were cut off, and now they wait for a word of ours. A process that works `alone`, as it does on
    SQLite, ends all leases: what they cover was under way when the last one was killed.
    """
    uow.peers.half_open(now)
    uow.deliveries.hasten(now)
    if alone:
        uow.receipts.release_all()
        uow.deliveries.release_all()
        uow.jobs.release_all()
        uow.push.release_all()


async def ensure_node_actor(rooms: Rooms) -> Actor:
    """The Application that signs this node's own requests; made at the first start."""
    uri = f"{rooms.config.origin}/actor"
    known = await rooms.db.read(lambda uow: uow.actors.by_uri(uri))
    if known is not None:
        return known
    keys = await asyncio.to_thread(OwnKeys(rooms.now).generate)

    def make(uow: UnitOfWork) -> Actor:
        made = uow.actors.by_uri(uri)
        if made is not None:
            return made
        actor = _node_actor(rooms, uri)
        own = replace(keys, actor_id=actor.id)
        uow.actors.add(actor)
        uow.keys.add_private(own)
        uow.keys.put_public(public_half(uri, actor.id, own), actor.id)
        return actor

    return await rooms.db.write(make)


def _node_actor(rooms: Rooms, uri: str) -> Actor:
    config = rooms.config
    return Actor(
        id=rooms.new_id(),
        uri=uri,
        type="Application",
        handle=config.authority,
        authority=config.authority,
        name=config.node_name,
        summary="",
        summary_source=None,
        url=config.origin + "/",
        inbox=f"{config.origin}/inbox",
        shared_inbox=f"{config.origin}/inbox",
        outbox=f"{uri}/outbox",
        followers=None,
        featured=None,
        moderators=None,
        icon_url=None,
        language=None,
        sensitive=False,
        posting_restricted=False,
        is_local=True,
        created_at=rooms.now(),
        fetched_at=None,
        updated_at=None,
        gone_at=None,
        suspended_at=None,
    )


def _next_circle(uow: UnitOfWork) -> datetime | None:
    """When something has to be done for a circle."""
    return uow.circles.next_due()


def _next_poll(uow: UnitOfWork) -> datetime | None:
    """When the next poll ends."""
    return uow.polls.next_due()
