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
from federation.actors import load_key
from federation.errors import FetchError
from federation.fetch import Fetcher
from federation.flights import Flights
from federation.key_fetches import KeyFetches, KeyUnavailable
from federation.limits import FetchBudget
from federation.origins import authority_or_none, without_fragment
from storage.actors import Actor
from storage.database import Database
from storage.keys import PublicKeyRecord

REFETCH_EVERY: Final = timedelta(minutes=1)
"""How often a key that failed to verify is asked for again."""
TRUSTED_FOR: Final = timedelta(minutes=10)
"""How long a key is used from memory before storage is asked: another process may know more."""
KEPT: Final = 10_000
FETCHES_PER_KEY: Final = 3
"""A key document, the actor it names, and one more where an id differs from its URL."""


class KnownKey(NamedTuple):
    """A public key and the record of the actor it belongs to."""

    key: PublicKey
    actor: Actor


@dataclass(frozen=True, slots=True)
class _Kept:
    known: KnownKey
    record: PublicKeyRecord
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
        self._refetched: OrderedDict[str, datetime] = OrderedDict()

    async def key(self, key_id: str, budget: FetchBudget | None = None) -> KnownKey:
        """The key `key_id` and its actor. Raises KeyUnavailable."""
        kept = self._kept.get(key_id)
        if kept is not None and self._now() < kept.until:
            return kept.known
        if authority_or_none(key_id) in (None, self._own):
            raise KeyUnavailable(
                "own-key", "A key of this node, or of none, signs no request here."
            )
        return await self._from_storage(key_id) or await self._flights.join(
            key_id, lambda: self._fetch(key_id, budget or FetchBudget(FETCHES_PER_KEY))
        )

    async def another(self, key_id: str) -> KnownKey | None:
        """A newer key of this id, after the one that `key` gave did not verify (SIG-28).

        At most one fetch for each key in REFETCH_EVERY. None when there is no other key to be had;
        raises KeyUnavailable when the actor itself is gone.
        """
        kept = self._kept.get(key_id)
        if kept is None or not self._may_refetch(key_id):
            return None
        del self._kept[key_id]
        known = await self._from_storage(key_id)
        if known is not None and self._kept[key_id].record.material != kept.record.material:
            return known
        self.forget(kept.known.actor.id)
        try:
            known = await self._fetch(key_id, FetchBudget(FETCHES_PER_KEY), kept.known.actor.uri)
        except KeyUnavailable as error:
            if error.status in (404, 410):
                raise
            return None
        return known if self._kept[key_id].record.material != kept.record.material else None

    def forget(self, actor_id: int) -> None:
        """Drop the keys of an actor from memory, as after its keys were stored anew."""
        for key_id in [key for key, kept in self._kept.items() if kept.known.actor.id == actor_id]:
            del self._kept[key_id]

    async def _from_storage(self, key_id: str) -> KnownKey | None:
        found = await self._db.read(lambda uow: uow.keys.public(key_id))
        if found is None:
            return None
        record, actor = found
        try:
            known = KnownKey(load_key(record), actor)
        except SignatureError:
            return None
        self._kept[key_id] = _Kept(known, record, self._now() + TRUSTED_FOR)
        self._kept.move_to_end(key_id)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return known

    async def _fetch(
        self, key_id: str, budget: FetchBudget, actor_uri: str | None = None
    ) -> KnownKey:
        async with self._fetches.one(key_id):
            try:
                owner = actor_uri or await self._owner(key_id, budget)
                await self._fetcher.actor(owner, budget, fresh=True)
            except FetchError as error:
                raise KeyUnavailable.after(error) from error
            known = await self._from_storage(key_id)
            if known is None or known.actor.uri != owner:
                raise KeyUnavailable("key-not-listed", "Its actor does not list this key.")
            return known

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

    def _may_refetch(self, key_id: str) -> bool:
        now, last = self._now(), self._refetched.get(key_id)
        if last is not None and now - last < REFETCH_EVERY:
            return False
        self._refetched[key_id] = now
        self._refetched.move_to_end(key_id)
        if len(self._refetched) > KEPT:
            self._refetched.popitem(last=False)
        return True
