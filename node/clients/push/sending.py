"""The worker: what waits for devices is encrypted and posted to their push services.

Rows are the memory: a lease keeps other workers off, a crash repeats a message, which its topic
replaces at the service. What a person may not see any more, or its device did not ask for, is
dropped unsent. A service that says 404 or 410 knows the device no longer, and neither do we then.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec

from federation.errors import Blocked, FetchError
from federation.http import HttpClient
from federation.retry import wished
from node.clients.push.encryption import AUTH_BYTES, device_key, encrypt, unpacked
from node.clients.push.rules import TITLE, Ties, alert_of, body_of, is_wanted, needs_ties
from node.clients.push.vapid import Vapid
from node.notifications.apps import NewsOfApps
from node.ports import Clock
from storage.actors import Actor
from storage.database import Database
from storage.notifications import Told
from storage.push import PushDelivery, PushSubscription
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

AT_ONCE: Final = 32
LEASE: Final = timedelta(seconds=60)
TTL: Final = timedelta(days=1)
"""So long a service keeps a message for a device that is off; older news is not sent at all."""
STEPS: Final = tuple(timedelta(seconds=seconds) for seconds in (30, 300, 1800, 7200, 21600))
MAX_ATTEMPTS: Final = len(STEPS) + 1
GONE: Final = frozenset({404, 410})
_MAY_PASS: Final = frozenset({408, 425, 429})


class Message(msgspec.Struct):
    """What apps expect to find in it; never a token."""

    preferred_locale: str
    notification_id: str
    notification_type: str
    icon: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message, ready to be sent."""

    delivery: PushDelivery
    subscription: PushSubscription
    message: bytes
    topic: str


Say = Callable[[str | None, str, dict[str, str]], tuple[str, str]]
"""(language, sentence, what to fill in) to the language's tag and the words."""


class PushSender:
    """Built once per process; `with_names` says that people may have names said."""

    def __init__(
        self,
        *,
        db: Database,
        http: HttpClient,
        vapid: Vapid,
        news: NewsOfApps,
        say: Say,
        icon: str,
        with_names: bool,
        now: Clock,
    ) -> None:
        self._db = db
        self._http = http
        self._vapid = vapid
        self._news = news
        self._say = say
        self._icon = icon
        self._with_names = with_names
        self._now = now

    async def run_once(self) -> int:
        """Send what is due; how many were looked at."""
        now = self._now()
        claimed = await self._db.write(lambda uow: uow.push.claim(now, now + LEASE, AT_ONCE))
        if not claimed:
            return 0
        try:
            parcels = await self._db.read(lambda uow: self._pack(uow, claimed))
            packed = {_pair(one.delivery) for one in parcels}
            unwanted = [pair for one in claimed if (pair := _pair(one)) not in packed]
            await self._db.write(lambda uow: uow.push.finish(unwanted))
            await asyncio.gather(*map(self._send, parcels))
        except BaseException:
            pairs = [_pair(one) for one in claimed]
            await asyncio.shield(self._db.write(lambda uow: uow.push.release(pairs)))
            raise
        return len(claimed)

    async def next_due(self) -> datetime | None:
        """When the next one that was put off is due, or None."""
        return await self._db.read(lambda uow: uow.push.next_due())

    def _pack(self, uow: UnitOfWork, claimed: Sequence[PushDelivery]) -> list[Parcel]:
        """Those that shall go out, with what they say."""
        subscriptions = uow.push.these(one.subscription_id for one in claimed)
        alive = uow.listening.alive([one.token_id for one in subscriptions.values()])
        personas = uow.actors.get_many({one.persona_id for one in subscriptions.values()})
        found = []
        for delivery in claimed:
            subscription = subscriptions.get(delivery.subscription_id)
            if subscription is None or subscription.token_id not in alive:
                continue
            persona = personas[subscription.persona_id]
            told = self._told(uow, persona, delivery.notification_id)
            if told is not None and self._wants(uow, subscription, told):
                found.append(self._parcel(uow, delivery, subscription, persona, told))
        return found

    def _told(self, uow: UnitOfWork, persona: Actor, number: int) -> Told | None:
        """The news, if it may still be seen and is no older than a message lives."""
        told = self._news.tellable(uow, persona, number)
        if told is None or told.notification.read_at is not None:
            return None
        return None if self._now() - told.notification.created_at > TTL else told

    def _wants(self, uow: UnitOfWork, subscription: PushSubscription, told: Told) -> bool:
        ties = Ties(follows=True, is_followed=True)
        if needs_ties(subscription.policy):
            me, other = subscription.persona_id, told.by.id
            members = uow.listening.members([me, other], [me, other])
            ties = Ties(follows=(other, me) in members, is_followed=(me, other) in members)
        return is_wanted(subscription.alerts, subscription.policy, told.notification.kind, ties)

    def _parcel(
        self,
        uow: UnitOfWork,
        delivery: PushDelivery,
        subscription: PushSubscription,
        persona: Actor,
        told: Told,
    ) -> Parcel:
        named = self._with_names and uow.push.wants_names(persona.id)
        kind = told.notification.kind
        sentence, values = body_of(kind, told.by.name or told.by.handle if named else None)
        tag, body = self._say(persona.language, sentence, values)
        message = Message(
            preferred_locale=tag,
            notification_id=str(delivery.notification_id),
            notification_type=alert_of(kind),
            icon=self._icon,
            title=TITLE,
            body=body,
        )
        # One that says nothing takes the place of the one before while a device is off.
        topic = f"{delivery.notification_id:x}" if named else "news"
        return Parcel(delivery, subscription, msgspec.json.encode(message), topic)

    async def _send(self, parcel: Parcel) -> None:
        device, now = parcel.subscription, self._now()
        body = encrypt(
            parcel.message,
            device_key(device.p256dh),
            unpacked("auth", device.auth, AUTH_BYTES),
        )
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "TTL": str(int(TTL.total_seconds())),
            "Urgency": "normal",
            "Topic": parcel.topic,
            "Authorization": await self._vapid.authorization(self._db, device.endpoint, now),
        }
        try:
            answer = await self._http.post(device.endpoint, body, headers)
            status, wish = answer.status, wished(answer.headers.get("Retry-After"), now)
        except FetchError as error:
            status, wish = (410 if isinstance(error, Blocked) else 0), None
        await self._note(parcel, status, wish)

    async def _note(self, parcel: Parcel, status: int, wish: timedelta | None) -> None:
        """What came of it: 0 is no answer, and an address that we do not call is gone."""
        one = parcel.delivery
        may_pass = status == 0 or status >= 500 or status in _MAY_PASS
        if status in GONE:
            await self._db.write(lambda uow: uow.push.drop([one.subscription_id]))
        elif may_pass and one.attempts < MAX_ATTEMPTS:
            pause = max(STEPS[one.attempts - 1], min(wish or timedelta(), TTL))
            due = self._now() + pause
            await self._db.write(lambda uow: uow.push.postpone(one, due))
        else:
            if not 200 <= status < 300:
                log.info("a push message was given up: the service answered %d", status)
            await self._db.write(lambda uow: uow.push.finish([_pair(one)]))


def _pair(one: PushDelivery) -> tuple[int, int]:
    return one.subscription_id, one.notification_id
