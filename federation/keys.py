"""Whose key is this: key ids to key objects and the actors they belong to.

A key counts only when its actor's own document lists it (SIG-22, SIG-23). Looked for in memory,
then in storage, then with one fetch; what could not be had is remembered for a while too, so that a
flood of requests with made-up keys costs the named host a handful of fetches (SIG-27) and never our
own node one (SIG-26).
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from activitypub.errors import SignatureError
from activitypub.signatures import PublicKey
from federation.actors import ActorToStore, load_key
from federation.errors import FetchError
from federation.fetch import Fetcher
from federation.flights import Flights
from federation.key_fetches import KeyFetches, KeyUnavailable
from federation.limits import FetchBudget
from federation.origins import authority_or_none, without_fragment
from storage.actors import Actor
from storage.database import Database

REFETCH_EVERY: Final = timedelta(minutes=1)
"""How often a key that failed to verify is asked for again."""
TRUSTED_FOR: Final = timedelta(minutes=10)
"""How long a key is used from memory before storage is asked: another process may know more."""
KEPT: Final = 10_000
FETCHES_PER_KEY: Final = 3
"""A key document, the actor it names, and one more where an id differs from its URL."""


class KnownKey(NamedTuple):
    """A public key and the record of the actor it belongs to.

    `pending` is set while the actor is not stored: nothing that a stranger's request made us fetch
    is kept before the key has proved something (SIG-01). See `KeyDirectory.confirm`.
    """

    key: PublicKey
    actor: Actor
    pending: ActorToStore | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    known: KnownKey
    until: datetime


class KeyDirectory:
    """Finds keys. `own` is this node's authority: no stranger signs with a key of ours."""

    def __init__(
        self, *, db: Database, fetcher: Fetcher, own: str, now: Callable[[], datetime]
    ) -> None:
        self._db = db
        self._fetcher = fetcher
        self._own = own
        self._now = now
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._fetches = KeyFetches(now)
        self._flights: Flights[KnownKey] = Flights()
        self._again: Flights[KnownKey | None] = Flights()
        self._refetched: OrderedDict[str, datetime] = OrderedDict()

    async def key(self, key_id: str, budget: FetchBudget | None = None) -> KnownKey:
        """The key `key_id` and its actor. Raises KeyUnavailable."""
        kept = self._in_mind(key_id)
        if kept is not None:
            return kept
        if authority_or_none(key_id) in (None, self._own):
            raise KeyUnavailable("own-key", "This key is ours, or of no node.")
        stored = await self._from_storage(key_id)
        # Someone else's fetch may have landed while we looked in storage.
        known = stored or self._in_mind(key_id)
        if known is not None:
            return known
        return await self._flights.join(
            key_id, lambda: self._fetch(key_id, budget or FetchBudget(FETCHES_PER_KEY))
        )

    def _in_mind(self, key_id: str) -> KnownKey | None:
        kept = self._kept.get(key_id)
        return kept.known if kept is not None and self._now() < kept.until else None

    async def confirm(self, key_id: str, known: KnownKey) -> KnownKey:
        """Store the actor of a key that has just verified something, if it is not stored yet."""
        kept = self._kept.get(key_id)
        if kept is not None and kept.known.pending is None and kept.known.key == known.key:
            return kept.known
        if known.pending is None:
            return known
        actor = await self._db.write(known.pending.store)
        stored = KnownKey(known.key, actor)
        if kept is not None:
            self._keep(key_id, stored)
        return stored

    async def another(self, key_id: str, tried: KnownKey) -> KnownKey | None:
        """A newer key of this id, after `tried`, which `key` gave, did not verify (SIG-28).

        At most one fetch for each key in REFETCH_EVERY, which everyone who asks meanwhile shares.
        None when there is no other key to be had; raises KeyUnavailable when the actor is gone.
        """
        kept = self._kept.get(key_id)
        if kept is not None and kept.known.key != tried.key:
            return kept.known
        found = await self._again.join(key_id, lambda: self._find_again(key_id, tried))
        return found if found is not None and found.key != tried.key else None

    async def _find_again(self, key_id: str, tried: KnownKey) -> KnownKey | None:
        kept = self._kept.get(key_id)
        if kept is not None and not self._may_refetch(key_id, kept):
            return None
        self.forget(tried.actor.id)
        known = await self._from_storage(key_id)
        if known is None or known.key == tried.key:
            known = await self._fetch_again(key_id, tried)
        return known

    def forget(self, actor_id: int) -> None:
        """Drop the keys of an actor from memory, as after its keys were stored anew."""
        for key_id in [key for key, kept in self._kept.items() if kept.known.actor.id == actor_id]:
            del self._kept[key_id]

    def _keep(self, key_id: str, known: KnownKey) -> None:
        self._kept[key_id] = _Kept(known, self._now() + TRUSTED_FOR)
        self._kept.move_to_end(key_id)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    async def _from_storage(self, key_id: str) -> KnownKey | None:
        found = await self._db.read(lambda uow: uow.keys.public(key_id))
        if found is None:
            return None
        record, actor = found
        try:
            known = KnownKey(load_key(record), actor)
        except SignatureError:
            return None
        self._keep(key_id, known)
        return known

    async def _fetch(self, key_id: str, budget: FetchBudget) -> KnownKey:
        """The key of an actor that is not here yet, or not with this key."""
        async with self._fetches.one(key_id):
            try:
                owner = await self._owner(key_id, budget)
                found = await self._fetcher.read_actor(owner, budget)
            except FetchError as error:
                raise KeyUnavailable.after(error) from error
            listed = [record for record in found.keys if record.key_id == key_id]
            if not listed or found.record.uri != owner:
                raise KeyUnavailable("key-not-listed", "Its actor does not list this key.")
            known = KnownKey(load_key(listed[0]), found.record, found)
            self._keep(key_id, known)
            return known

    async def _fetch_again(self, key_id: str, known: KnownKey) -> KnownKey | None:
        """The key as its actor lists it now, stored if the actor is: the old one stops working."""
        budget = FetchBudget(FETCHES_PER_KEY)
        try:
            if known.pending is not None:
                return await self._fetch(key_id, budget)
            async with self._fetches.one(key_id):
                try:
                    await self._fetcher.actor(known.actor.uri, budget, fresh=True)
                except FetchError as error:
                    raise KeyUnavailable.after(error) from error
        except KeyUnavailable as error:
            if error.status in (404, 410):
                raise
            return None
        self.forget(known.actor.id)
        return await self._from_storage(key_id)

    async def _owner(self, key_id: str, budget: FetchBudget) -> str:
        """Whose key it says it is. The actor's own document then has the last word."""
        url = without_fragment(key_id)
        if url != key_id:
            return url
        document = await self._fetcher.document(url, budget)
        owner = document.get("owner", document.get("controller"))
        if isinstance(owner, str) and document["id"] != key_id:
            raise KeyUnavailable("other-key", "The document at this key's URL is another key.")
        return owner if isinstance(owner, str) else str(document["id"])

    def _may_refetch(self, key_id: str, kept: _Kept) -> bool:
        now, last = self._now(), self._refetched.get(key_id)
        if last is None and kept.known.pending is not None:
            last = kept.until - TRUSTED_FOR  # fetched for a request that proved nothing yet
        if last is not None and now - last < REFETCH_EVERY:
            return False
        self._refetched[key_id] = now
        self._refetched.move_to_end(key_id)
        if len(self._refetched) > KEPT:
            self._refetched.popitem(last=False)
        return True
