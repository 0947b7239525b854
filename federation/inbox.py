"""Receive: believe a signed request or refuse it, and keep what it carries before saying so.

The checks stand in the order of `receive`, cheapest first, and nothing of a refused request stays
behind. The only call to another node is for a key that we do not have. What the activity means is
not looked at here: `process.py` does that later, from the receipt.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from activitypub.errors import SignatureError, WireError
from activitypub.signatures import (
    HttpMessage,
    ParsedSignature,
    check_digest,
    check_time,
    read_signature,
    verify,
)
from federation.buckets import Buckets
from federation.envelope import Envelope, read_envelope
from federation.key_fetches import KeyUnavailable
from federation.keys import KeyDirectory, KnownKey
from federation.limits import SIGNATURE_WINDOW
from federation.origins import authority_or_none, without_fragment
from federation.peers import Contacts
from federation.policy import PeerPolicy
from federation.receiving import ReceiptBook
from storage.actors import Actor
from storage.database import Database
from storage.errors import NotStorable, StorageError
from storage.receipts import Receipt

RATE: Final = 100.0
BURST: Final = 1000
_WINDOW: Final = timedelta(seconds=SIGNATURE_WINDOW)
_LATER: Final = 60

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a short reason that is safe to show, and for 429 the seconds to wait."""

    status: int
    reason: str
    retry_after: int | None = None


class _Refusal(Exception):
    def __init__(self, status: int, reason: str, retry_after: int | None = None) -> None:
        super().__init__(reason)
        self.answer = Answer(status, reason, retry_after)


class Inbox:
    """The inbox of every actor of this node. `own` is the node's authority.

    A peer may post `rate` requests per second in the long run and `burst` at once.
    """

    def __init__(
        self,
        *,
        db: Database,
        keys: KeyDirectory,
        policy: PeerPolicy,
        contacts: Contacts,
        own: str,
        now: Callable[[], datetime],
        new_id: Callable[[], int],
        rate: float = RATE,
        burst: int = BURST,
    ) -> None:
        self._db = db
        self._keys = keys
        self._policy = policy
        self._contacts = contacts
        self._own = own
        self._now = now
        self._new_id = new_id
        self._buckets = Buckets(rate, burst, now)
        self._book = ReceiptBook(db)

    async def receive(self, message: HttpMessage) -> Answer:
        """Answer a POST whose body the caller has capped (security.md section 2).

        202 once the activity is durable, was here before, or needs nothing; 400 for what is no
        activity, 401 for what is not proven, 403 for who may not, 415, 429,
        and 503 when the database fails.
        """
        try:
            _refuse_packed(message)
            await self._policy.keep_fresh()
            parsed = read_signature(message)
            peer = self._admit(parsed)
            check_time(parsed, message, self._now(), _WINDOW)
            check_digest(message, parsed)
            envelope = read_envelope(message.body or b"")
            self._check_hosts(envelope, peer)
            return await self._believe(message, parsed, envelope, peer)
        except _Refusal as refusal:
            return refusal.answer
        except SignatureError as error:
            return Answer(401, str(error))
        except WireError as error:
            return Answer(400, str(error))
        except StorageError:
            # The one answer that makes every peer come back: nothing was promised.
            _log.warning("the database kept no receipt", exc_info=True)
            return Answer(503, "This node cannot keep it now.", _LATER)

    def _admit(self, parsed: ParsedSignature) -> str:
        """The peer that the key names, if it may talk to us at all."""
        peer = authority_or_none(parsed.key_id)
        if peer is None:
            raise _Refusal(401, "The key id is not an http or https URL.")
        if peer == self._own:
            raise _Refusal(401, "A key of this node signs no request to it.")
        if not self._policy.allows(peer):
            raise _Refusal(403, "This node does not federate with yours.")
        return peer

    def _check_hosts(self, envelope: Envelope, peer: str) -> None:
        """Key, actor and activity must live at one authority (FEP-fe34, SIG-20, ORG-23)."""
        if authority_or_none(envelope.actor) != peer:
            raise _Refusal(401, "The key is not one of the activity's actor.")
        if authority_or_none(envelope.id) != peer:
            raise _Refusal(400, "The activity's id is not on its actor's host.")

    async def _believe(
        self, message: HttpMessage, parsed: ParsedSignature, envelope: Envelope, peer: str
    ) -> Answer:
        if envelope.erases_its_actor and await self._actor(envelope.actor) is None:
            return Answer(202, "Nothing of this actor is here.")
        try:
            known = await self._verified_key(message, parsed)
        except KeyUnavailable as error:
            return await self._without_key(error, parsed.key_id, envelope)
        if known.actor.uri != envelope.actor:
            raise _Refusal(401, "The key is not the one of the activity's actor.")
        if known.actor.suspended_at is not None:
            raise _Refusal(403, "This actor is suspended here.")
        self._refuse_haste(peer)
        if envelope.is_personal:
            # Private messages stay on the node where they are written: here nobody would see it.
            self._contacts.heard_from(peer)
            return Answer(202, "Addressed to people, not to the public: nothing of it is kept.")
        return await self._keep(message, parsed, envelope, peer)

    def _refuse_haste(self, peer: str) -> None:
        """Only what is proven counts, or anyone could use up a peer's share in its name."""
        wait = self._buckets.take(peer)
        if wait:
            raise _Refusal(429, "Too many requests from your node.", wait)

    async def _verified_key(self, message: HttpMessage, parsed: ParsedSignature) -> KnownKey:
        """The key that made this signature: the known one, or a newer one after one fetch."""
        known = await self._keys.key(parsed.key_id)
        try:
            verify(parsed, message, known.key)
        except SignatureError:
            newer = await self._keys.another(parsed.key_id, known)
            if newer is None:
                raise
            verify(parsed, message, newer.key)
            known = newer
        return await self._keys.confirm(parsed.key_id, known) if known.pending else known

    async def _without_key(self, error: KeyUnavailable, key_id: str, envelope: Envelope) -> Answer:
        """An actor that erased itself has no key to fetch any more (SIG-29).

        Nothing is proven then, so only its own document's 410 counts: anyone can name a key at
        some other address of that host which is gone.
        """
        if envelope.erases_its_actor and error.status in (404, 410):
            actor = await self._actor(envelope.actor)
            its_own = without_fragment(key_id) == envelope.actor
            if actor is not None and error.status == 410 and its_own:
                now = self._now()
                await self._db.write(lambda uow: uow.actors.mark_gone(actor.id, now))
            return Answer(202, "Noted.")
        if error.retryable:
            return Answer(429, str(error), _LATER)
        return Answer(401, str(error))

    async def _actor(self, uri: str) -> Actor | None:
        return await self._db.read(lambda uow: uow.actors.by_uri(uri))

    async def _keep(
        self, message: HttpMessage, parsed: ParsedSignature, envelope: Envelope, peer: str
    ) -> Answer:
        now = self._now()
        receipt = Receipt(
            id=self._new_id(),
            actor_uri=envelope.actor,
            activity_uri=envelope.id,
            type=envelope.type,
            authority=peer,
            signed_by=parsed.key_id,
            ordering_key=envelope.lane,
            body=message.body or b"",
            received_at=now,
            state="waiting",
            reason=None,
            attempts=0,
            next_attempt_at=now,
            locked_until=None,
            finished_at=None,
        )
        try:
            new = await self._book.keep(receipt)
        except NotStorable:
            return Answer(400, "The activity holds characters that cannot be kept.")
        self._contacts.heard_from(peer)
        return Answer(202, "Kept." if new else "Kept before.")


def _refuse_packed(message: HttpMessage) -> None:
    for name, value in message.headers:
        if name.lower() == "content-encoding" and value.strip().lower() != "identity":
            raise _Refusal(415, "Send the body without a Content-Encoding.")
