"""An actor of another node as we keep it: its record and its keys.

`store_actor` is for a document that its own host served, or that came inline in an activity the
actor itself signed. Keys that name another owner, live elsewhere or cannot be used are not kept
(SIG-13, SIG-23).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from activitypub.addressing import authority
from activitypub.content import clean_html
from activitypub.errors import SignatureError
from activitypub.signatures import PublicKey, decode_multikey, load_public_pem
from activitypub.vocabulary import Actor as WireActor
from federation.origins import same_authority
from storage.actors import Actor
from storage.keys import KeyKind, PublicKeyRecord
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ActorToStore:
    """A remote actor, cleaned and checked, that only has to be written. `asks_followers` says that
    it decides who may follow it."""

    record: Actor
    keys: tuple[PublicKeyRecord, ...]
    asks_followers: bool

    def store(self, uow: UnitOfWork) -> Actor:
        """Insert or update it and replace its keys; the record as stored, with the id it keeps.

        An actor of ours is what it is: nothing that another node says changes it or its keys.
        """
        stored = uow.actors.upsert_remote(self.record)
        if stored.is_local:
            return stored
        keys = [replace(key, actor_id=stored.id) for key in self.keys]
        uow.keys.put_public(keys, stored.id)
        uow.profiles.set_locked(stored.id, self.asks_followers)
        return stored


def prepare_actor(wire: WireActor, now: datetime, new_id: Callable[[], int]) -> ActorToStore:
    """Clean the texts and check the keys of `wire`. May take a while: not for the event loop."""
    record = _record(wire, now, new_id())
    keys = tuple(_keys(wire, record.id, now))
    return ActorToStore(record, keys, wire.manually_approves_followers)


def store_actor(
    uow: UnitOfWork, wire: WireActor, now: datetime, new_id: Callable[[], int]
) -> Actor:
    """Insert or update a remote actor and its keys. The caller knows that `wire` is true."""
    return prepare_actor(wire, now, new_id).store(uow)


def load_key(record: PublicKeyRecord) -> PublicKey:
    """The key object of a stored key. Raises SignatureError for one outside our profile."""
    if record.kind == "ed25519":
        return decode_multikey(record.material)
    return load_public_pem(record.material)


def _record(wire: WireActor, now: datetime, actor_id: int) -> Actor:
    return Actor(
        id=actor_id,
        uri=wire.id,
        type=wire.type,
        handle=wire.preferred_username,
        authority=authority(wire.id),
        name=wire.name or wire.preferred_username,
        summary=clean_html(wire.summary or ""),
        summary_source=wire.summary_source,
        url=wire.url,
        inbox=wire.inbox,
        shared_inbox=wire.shared_inbox,
        outbox=wire.outbox,
        followers=wire.followers,
        featured=wire.featured,
        moderators=wire.moderators,
        icon_url=wire.icon,
        header_url=wire.image,
        language=wire.language,
        sensitive=wire.sensitive,
        posting_restricted=wire.posting_restricted_to_mods,
        is_local=False,
        created_at=now,
        fetched_at=now,
        updated_at=wire.updated,
        gone_at=None,
        suspended_at=None,
    )


def _keys(wire: WireActor, actor_id: int, now: datetime) -> list[PublicKeyRecord]:
    offered: list[tuple[str, str, KeyKind, str]] = [
        *((key.id, key.owner, "rsa", key.pem) for key in wire.public_keys),
        *((key.id, key.controller, "ed25519", key.multibase) for key in wire.assertion_methods),
    ]
    kept: dict[str, PublicKeyRecord] = {}
    for key_id, owner, kind, material in offered:
        record = PublicKeyRecord(
            key_id=key_id, actor_id=actor_id, kind=kind, material=material, fetched_at=now
        )
        if owner == wire.id and same_authority(key_id, wire.id) and _usable(record):
            kept.setdefault(key_id, record)
    return list(kept.values())


def _usable(record: PublicKeyRecord) -> bool:
    try:
        load_key(record)
    except SignatureError:
        return False
    return True
