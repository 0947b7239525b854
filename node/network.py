"""What talks to other nodes, built on the rooms of the node."""

from dataclasses import dataclass
from typing import Final

from federation.addresses import AddressPolicy
from federation.backfill import Backfill
from federation.deliver import Deliverer
from federation.dispatch import Dispatcher
from federation.fetch import Fetcher
from federation.http import AiohttpClient
from federation.inbox import Inbox
from federation.keys import KeyDirectory
from federation.peers import Contacts
from federation.process import Processor
from federation.resolver import Names
from federation.signer import RequestSigner
from federation.tls import peer_tls
from federation.verify import Verifier
from node.config import Config
from node.groups.backfilling import keep_backfilled, keep_lists
from node.groups.inbound import register
from node.groups.look_up import LookUp
from node.groups.reading import cares as groups_care
from node.profiles.inbound import cares as profiles_care
from node.profiles.inbound import register as register_profiles
from node.profiles.look_up import FindActor
from node.rooms import Rooms
from node.sources import Sources
from node.voting.inbound import register as register_votes
from storage.actors import Actor

INBOX_RATE: Final = 500.0
INBOX_BURST: Final = 5000
"""Requests that one peer may post: per second in the long run, and at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Built once per process by `open_network`, inside the event loop that uses it."""

    http: AiohttpClient
    names: Names
    signer: RequestSigner
    fetcher: Fetcher
    contacts: Contacts
    inbox: Inbox
    processor: Processor
    deliverer: Deliverer
    backfill: Backfill
    look_up: LookUp
    find_actor: FindActor

    async def close(self) -> None:
        """End connections and threads."""
        await self.deliverer.close()
        await self.contacts.settle()
        await self.http.close()
        self.names.close()
        self.signer.close()


def open_network(rooms: Rooms, sources: Sources, node_actor: Actor, version: str) -> Network:
    """Everything between this node and others, wired together."""
    config, db, now, new_id = rooms.config, rooms.db, sources.now, sources.new_id
    names = Names()
    http = _door(config, names, version)
    signer = RequestSigner(db=db, own_keys=rooms.own_keys, node_actor=node_actor, now=now)
    fetcher = Fetcher(
        db=db,
        http=http,
        sign=signer.sign_get,
        policy=rooms.policy,
        own=config.authority,
        now=now,
        new_id=new_id,
    )
    keys = KeyDirectory(db=db, fetcher=fetcher, own=config.authority, now=now)
    contacts = Contacts(db, now, new_id)
    return Network(
        http=http,
        names=names,
        signer=signer,
        fetcher=fetcher,
        contacts=contacts,
        inbox=_inbox(rooms, keys, contacts),
        processor=_processor(rooms, fetcher, keys),
        deliverer=_deliverer(rooms, sources, http, signer, contacts),
        backfill=_backfill(rooms, fetcher),
        look_up=LookUp(db, fetcher, now, config.authority),
        find_actor=FindActor(db, fetcher, now, config.authority),
    )


def _door(config: Config, names: Names, version: str) -> AiohttpClient:
    return AiohttpClient(
        AddressPolicy(config.allowed_test_networks, (config.authority,)),
        user_agent=f"Kith/{version} (+{config.origin})",
        tls=peer_tls(),
        names=names,
    )


def _inbox(rooms: Rooms, keys: KeyDirectory, contacts: Contacts) -> Inbox:
    return Inbox(
        db=rooms.db,
        keys=keys,
        policy=rooms.policy,
        contacts=contacts,
        own=rooms.config.authority,
        now=rooms.now,
        new_id=rooms.new_id,
        rate=INBOX_RATE,
        burst=INBOX_BURST,
    )


def _processor(rooms: Rooms, fetcher: Fetcher, keys: KeyDirectory) -> Processor:
    verifier = Verifier(
        db=rooms.db,
        fetcher=fetcher,
        keys=keys,
        policy=rooms.policy,
        own=rooms.config.authority,
        now=rooms.now,
    )
    dispatcher = Dispatcher()
    register_votes(dispatcher, rooms.voting)
    register_profiles(dispatcher, rooms.profiles)
    register(dispatcher, rooms.groups)
    return Processor(
        db=rooms.db,
        dispatcher=dispatcher,
        fetcher=fetcher,
        verifier=verifier,
        cares=lambda uow, uri: groups_care(uow, uri) or profiles_care(uow, uri),
        origin=rooms.config.origin,
        now=rooms.now,
        new_id=rooms.new_id,
    )


def _deliverer(
    rooms: Rooms,
    sources: Sources,
    http: AiohttpClient,
    signer: RequestSigner,
    contacts: Contacts,
) -> Deliverer:
    return Deliverer(
        db=rooms.db,
        http=http,
        signer=signer,
        policy=rooms.policy,
        contacts=contacts,
        now=rooms.now,
        chance=sources.chance,
    )


def _backfill(rooms: Rooms, fetcher: Fetcher) -> Backfill:
    return Backfill(
        db=rooms.db,
        fetcher=fetcher,
        store=keep_backfilled(rooms.groups),
        store_lists=keep_lists(rooms.now),
        origin=rooms.config.origin,
        now=rooms.now,
        new_id=rooms.new_id,
    )
