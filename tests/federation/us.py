"""Our side of the conversation, built from its real parts on a real database."""

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
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
    http: AiohttpClient
    policy: PeerPolicy
    fetcher: Fetcher
    keys: KeyDirectory
    verifier: Verifier
    contacts: Contacts
    inbox: Inbox
    dispatcher: Dispatcher
    processor: Processor
    own_keys: OwnKeys
    outbox: Outbox
    signer: RequestSigner
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
    now = clock.now
    own_keys = OwnKeys(now)
    alice = await database.write(lambda uow: _alice(uow, own_keys, clock, new_id))
    policy = PeerPolicy(mode, database, now)
    signer = RequestSigner(db=database, own_keys=own_keys, node_actor=alice, now=now)
    async with opened(own=(OURS,)) as http:
        fetcher = Fetcher(
            db=database,
            http=http,
            sign=signer.sign_get,
            policy=policy,
            own=OURS,
            now=now,
            new_id=new_id,
        )
        keys = KeyDirectory(db=database, fetcher=fetcher, own=OURS, now=now)
        verifier = Verifier(
            db=database, fetcher=fetcher, keys=keys, policy=policy, own=OURS, now=now
        )
        contacts = Contacts(database, now, new_id)
        dispatcher = Dispatcher()
        node = Us(
            db=database,
            clock=clock,
            new_id=new_id,
            http=http,
            policy=policy,
            fetcher=fetcher,
            keys=keys,
            verifier=verifier,
            contacts=contacts,
            inbox=Inbox(
                db=database,
                keys=keys,
                policy=policy,
                contacts=contacts,
                own=OURS,
                now=now,
                new_id=new_id,
                rate=rate,
                burst=burst,
            ),
            dispatcher=dispatcher,
            processor=Processor(
                db=database,
                dispatcher=dispatcher,
                fetcher=fetcher,
                verifier=verifier,
                cares=lambda _uow, _uri: cares,
                origin=ORIGIN,
                now=now,
                new_id=new_id,
            ),
            own_keys=own_keys,
            outbox=Outbox(own_keys, new_id, now, origin=ORIGIN, policy=policy),
            signer=signer,
            deliverer=Deliverer(
                db=database,
                http=http,
                signer=signer,
                policy=policy,
                contacts=contacts,
                now=now,
                chance=random.Random(1).random,
            ),
            alice=alice,
        )
        try:
            yield node
        finally:
            await node.deliverer.close()
            await contacts.settle()
            signer.close()


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
