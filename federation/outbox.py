"""Publish: write an activity and its deliveries inside the caller's transaction.

The activity gets its actor's proof (FEP-8b32), is rendered and digested once, and becomes one row;
each inbox it goes to becomes another. Nothing is sent here: when the transaction commits, the
deliverer wakes. When it rolls back, nothing was ever said.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from activitypub.addressing import authority
from activitypub.errors import WireError
from activitypub.signatures import add_proof, cavage_digest, content_digest
from federation.own_keys import OwnKeys, ed25519_key_id
from federation.policy import PeerPolicy
from storage.activities import OutboxActivity
from storage.actors import Actor
from storage.deliveries import Delivery
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Published:
    """A published activity. `document` is it with its proof, ready to be put in an Announce."""

    activity: OutboxActivity
    document: dict[str, Any]


class Outbox:
    """The one way from a use case to other nodes. `origin` is this node's, without a slash."""

    def __init__(
        self,
        own_keys: OwnKeys,
        new_id: Callable[[], int],
        now: Callable[[], datetime],
        *,
        origin: str,
        policy: PeerPolicy,
    ) -> None:
        self._own_keys = own_keys
        self._new_id = new_id
        self._now = now
        self._origin = origin
        self._policy = policy

    def new_activity_uri(self) -> tuple[int, str]:
        """A fresh id and the URI that an activity with it will have."""
        number = self._new_id()
        return number, f"{self._origin}/activities/{number}"

    def publish(
        self,
        uow: UnitOfWork,
        *,
        actor: Actor,
        document: dict[str, Any],
        inboxes: Iterable[tuple[str, str]],
        root: str,
        object_uri: str | None,
        public: bool = True,
    ) -> Published:
        """Store `document` as an activity of `actor` and one delivery per distinct inbox.

        `inboxes` are pairs of a peer's authority and an inbox there; inboxes of blocked or not
        allowed peers, of ourselves, and on another host than they claim are left out. Deliveries
        with the same `root` reach a peer in order. An author's Delete takes back what was not sent
        yet of `object_uri`. Raises NoSuchKeys when the actor is not ours.
        """
        now = self._now()
        signed = add_proof(
            document,
            verification_method=ed25519_key_id(actor.uri),
            key=self._own_keys.ed25519(uow, actor.id),
            created=now,
        )
        activity = self._row(signed, actor, root, object_uri, public, now)
        uow.activities.add(activity)
        if object_uri is not None and is_final(signed):
            uow.deliveries.cancel_unsent(object_uri, before_id=activity.id)
        deliveries = self._deliveries(uow, activity, inboxes, now)
        if deliveries:
            uow.deliveries.add_many(deliveries)
            uow.wake("deliveries")
        return Published(activity, signed)

    def _row(
        self,
        document: dict[str, Any],
        actor: Actor,
        root: str,
        object_uri: str | None,
        public: bool,
        now: datetime,
    ) -> OutboxActivity:
        body, uri = msgspec.json.encode(document), str(document["id"])
        return OutboxActivity(
            id=self._number(uri),
            uri=uri,
            actor_id=actor.id,
            type=str(document["type"]),
            object_uri=object_uri,
            root=root,
            body=body,
            cavage_digest=cavage_digest(body),
            content_digest=content_digest(body),
            public=public,
            created_at=now,
        )

    def _number(self, uri: str) -> int:
        """The number in a URI of ours, so that the row and the URI agree; else a fresh one."""
        prefix, _, number = uri.rpartition("/")
        ours = prefix == f"{self._origin}/activities" and number.isascii() and number.isdigit()
        return int(number) if ours else self._new_id()

    def _deliveries(
        self,
        uow: UnitOfWork,
        activity: OutboxActivity,
        inboxes: Iterable[tuple[str, str]],
        now: datetime,
    ) -> list[Delivery]:
        if not self._policy.federating:
            return []
        wanted = [pair for pair in dict.fromkeys(inboxes) if self._may_go_to(*pair)]
        if not wanted:
            return []
        peers = uow.peers.ensure_many({name for name, _ in wanted}, now, self._new_id)
        return [
            Delivery(
                id=self._new_id(),
                activity_id=activity.id,
                peer_id=peers[name].id,
                inbox=inbox,
                root=activity.root,
                object_uri=activity.object_uri,
                type=activity.type,
                state="waiting",
                attempts=0,
                next_attempt_at=now,
                locked_until=None,
                last_status=None,
                last_error=None,
                created_at=now,
                finished_at=None,
            )
            for name, inbox in wanted
            if self._policy.permits(name, peers[name].policy)
        ]

    def _may_go_to(self, name: str, inbox: str) -> bool:
        """An inbox on a third host would let its actor aim us at someone else (ORG-30)."""
        try:
            return authority(inbox) == name and name != authority(self._origin)
        except WireError:
            return False


def is_final(document: dict[str, Any]) -> bool:
    """Whether it is a Delete after which nothing said before matters: its author's.

    A moderator's removal, which has a summary (b9), may be undone; then a peer needs the rest.
    """
    return document.get("type") == "Delete" and "summary" not in document
