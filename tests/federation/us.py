"""Our side of the conversation, built from its real parts on a real database."""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from activitypub.vocabulary import Activity
from federation.deliver import Deliverer
from federation.dispatch import Context, Dispatcher, Done, Needs, Outcome, no_needs
from federation.fetch import Fetcher
from federation.http import AiohttpClient
from federation.inbox import Inbox
from federation.keys import KeyDirectory
from federation.outbox import Outbox
from federation.own_keys import OwnKeys, public_half
from federation.peers import Contacts
from federation.policy import Mode, PeerPolicy
from federation.process import Processor
from federation.signer import RequestSigner
from federation.verify import Verified, Verifier
from storage.actors import Actor
from storage.database import Database
from storage.keys import PrivateKeys
from storage.receipts import Receipt
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.federation.door import opened
from tests.federation.peer import OURS

ORIGIN = f"https://{OURS}"
_made: list[PrivateKeys] = []


@dataclass
class Us:
    """A node without rooms: tests give `dispatcher` their own handlers."""

    db: Database
    clock: Clock
    new_id: Callable[[], int]
    policy: PeerPolicy
    fetcher: Fetcher
    keys: KeyDirectory
    contacts: Contacts
    inbox: Inbox
    dispatcher: Dispatcher
    processor: Processor
    own_keys: OwnKeys
    outbox: Outbox
    deliverer: Deliverer
    alice: Actor

    def heard(
        self, kind: type[Activity], needs: Callable[[Any], Needs] = no_needs
    ) -> list[tuple[Verified[Any], Context]]:
        """Register a handler that notes what it was given; the notes."""
        notes: list[tuple[Verified[Any], Context]] = []

        def handle(uow: UnitOfWork, verified: Verified[Any], context: Context) -> Outcome:
            uow.settings.put(f"effect {verified.activity.id}", verified.how)
            notes.append((verified, context))
            return Done("heard")

        self.dispatcher.on(kind, handle, needs)
        return notes

    async def receipts(self) -> list[Receipt]:
        """All receipts there are, oldest first."""

        def read(uow: UnitOfWork) -> list[Receipt]:
            rows = uow.connection.exec_driver_sql(
                "SELECT actor_uri, activity_uri FROM receipts ORDER BY id"
            ).all()
            found = [uow.receipts.by_activity(actor, activity) for actor, activity in rows]
            return [one for one in found if one is not None]

        return await self.db.read(read)

    async def process(self) -> None:
        """Work off all receipts that are due."""
        while await self.processor.run_once():
            pass


@asynccontextmanager
async def us(
    database: Database,
    clock: Clock,
    new_id: Callable[[], int],
    *,
    mode: Mode = "open",
    cares: bool = True,
    rate: float = 100.0,
    burst: int = 1000,
) -> AsyncIterator[Us]:
    """Our node, with one actor, alice, who also signs fetches."""
    own_keys = OwnKeys(clock.now)
    alice = await database.write(lambda uow: _alice(uow, own_keys, clock, new_id))
    policy = PeerPolicy(mode, database, clock.now)
    signer = RequestSigner(db=database, own_keys=own_keys, node_actor=alice, now=clock.now)
    async with opened(own=(OURS,)) as http:
        whole = _Parts(database, clock.now, new_id, http, policy, own_keys, signer)
        node = whole.node(clock, alice, cares, rate, burst)
        try:
            yield node
        finally:
            await node.deliverer.close()
            await node.contacts.settle()
            signer.close()


@dataclass
class _Parts:
    """What all parts of a node are built on."""

    db: Database
    now: Callable[[], datetime]
    new_id: Callable[[], int]
    http: AiohttpClient
    policy: PeerPolicy
    own_keys: OwnKeys
    signer: RequestSigner

    def node(self, clock: Clock, alice: Actor, cares: bool, rate: float, burst: int) -> Us:
        db, now, policy = self.db, self.now, self.policy
        contacts = Contacts(db, now, self.new_id)
        fetcher = self.fetcher()
        keys = KeyDirectory(db=db, fetcher=fetcher, own=OURS, now=now)
        verifier = Verifier(db=db, fetcher=fetcher, keys=keys, policy=policy, own=OURS, now=now)
        dispatcher = Dispatcher()
        return Us(
            db=db,
            clock=clock,
            new_id=self.new_id,
            policy=policy,
            fetcher=fetcher,
            keys=keys,
            contacts=contacts,
            inbox=self.inbox(keys, contacts, rate, burst),
            dispatcher=dispatcher,
            processor=Processor(
                db=db,
                dispatcher=dispatcher,
                fetcher=fetcher,
                verifier=verifier,
                cares=lambda _uow, _uri: cares,
                origin=ORIGIN,
                now=now,
                new_id=self.new_id,
            ),
            own_keys=self.own_keys,
            outbox=Outbox(self.own_keys, self.new_id, now, origin=ORIGIN, policy=policy),
            deliverer=self.deliverer(contacts),
            alice=alice,
        )

    def fetcher(self) -> Fetcher:
        return Fetcher(
            db=self.db,
            http=self.http,
            sign=self.signer.sign_get,
            policy=self.policy,
            own=OURS,
            now=self.now,
            new_id=self.new_id,
        )

    def inbox(self, keys: KeyDirectory, contacts: Contacts, rate: float, burst: int) -> Inbox:
        return Inbox(
            db=self.db,
            keys=keys,
            policy=self.policy,
            contacts=contacts,
            own=OURS,
            now=self.now,
            new_id=self.new_id,
            rate=rate,
            burst=burst,
        )

    def deliverer(self, contacts: Contacts) -> Deliverer:
        return Deliverer(
            db=self.db,
            http=self.http,
            signer=self.signer,
            policy=self.policy,
            contacts=contacts,
            now=self.now,
            chance=random.Random(1).random,
        )


def _alice(uow: UnitOfWork, own_keys: OwnKeys, clock: Clock, new_id: Callable[[], int]) -> Actor:
    if not _made:
        _made.append(own_keys.generate())
    actor = local_actor("alice", new_id(), clock)
    keys = replace(_made[0], actor_id=actor.id)
    uow.actors.add(actor)
    uow.keys.add_private(keys)
    uow.keys.put_public(public_half(actor.uri, actor.id, keys), actor.id)
    return actor


def local_actor(name: str, number: int, clock: Clock) -> Actor:
    uri = f"{ORIGIN}/personas/{name}"
    return Actor(
        id=number,
        uri=uri,
        type="Person",
        handle=name,
        authority=OURS,
        name=name,
        summary="",
        inbox=f"{uri}/inbox",
        is_local=True,
        created_at=clock.now(),
    )
