"""Where a person's devices are told of news (Web Push), and what waits to be sent to them.

An endpoint and its keys let their holder write to somebody's device, so they are sealed under the
persona's key. A row in `push_deliveries` is one piece of news for one device; `storage/events.py`
adds it in the transaction that tells the person, and it goes once it is sent or has become old.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, and_, bindparam, func, null, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import (
    access_tokens,
    notifications,
    push_choices,
    push_deliveries,
    push_subscriptions,
)
from storage.tables.metadata import Id, UtcTime

PLACE: Final = "push_subscriptions.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PushSubscription:
    """One device of one app: `endpoint` is its push service, `p256dh` and `auth` the keys of the
    device in base64url (RFC 8291). `alerts` are the kinds of news it asks for."""

    id: int
    token_id: int
    persona_id: int
    endpoint: str
    p256dh: str
    auth: str
    alerts: frozenset[str]
    policy: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PushDelivery:
    """One piece of news for one device. `attempts` counts this one."""

    subscription_id: int
    notification_id: int
    attempts: int


class _Device(msgspec.Struct, array_like=True):
    endpoint: str
    p256dh: str
    auth: str


_S, _D = push_subscriptions.c, push_deliveries.c
_NOW = bindparam("now", type_=UtcTime())
_SELECT = select(push_subscriptions)
_INSERT = insert(push_subscriptions)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[_S.token_id],
    set_={
        name: _INSERT.excluded[name] for name in ("id", "sealed", "alerts", "policy", "created_at")
    },
)
_BY_TOKEN = _SELECT.where(_S.token_id == bindparam("token"))
_THESE = _SELECT.where(_S.id.in_(bindparam("ids", expanding=True)))
_OF_PERSONA = _SELECT.where(_S.persona_id == bindparam("persona")).order_by(_S.id)
_CHANGE = (
    push_subscriptions.update()
    .where(_S.id == bindparam("subscription"))
    .values(alerts=bindparam("new_alerts"), policy=bindparam("new_policy"))
)
_IDS = bindparam("ids", type_=Id, expanding=True)
_DROP_WAITING = push_deliveries.delete().where(_D.subscription_id.in_(_IDS))
_DROP = push_subscriptions.delete().where(_S.id.in_(_IDS))
_DEAD = (
    select(_S.id)
    .outerjoin(access_tokens, access_tokens.c.id == _S.token_id)
    .where(or_(access_tokens.c.id.is_(None), access_tokens.c.revoked_at.is_not(None)))
    .limit(bindparam("limit"))
)
_DUE = (
    select(_D.subscription_id, _D.notification_id)
    .where(
        or_(_D.next_attempt_at.is_(None), _D.next_attempt_at <= _NOW),
        or_(_D.locked_until.is_(None), _D.locked_until <= _NOW),
    )
    .order_by(_D.notification_id, _D.subscription_id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=push_deliveries)
)
_PAIRS = tuple_(_D.subscription_id, _D.notification_id).in_(bindparam("pairs", expanding=True))
_LEASE = (
    push_deliveries.update()
    .where(_PAIRS)
    .values(locked_until=bindparam("until"), attempts=_D.attempts + 1)
    .returning(_D.subscription_id, _D.notification_id, _D.attempts)
)
_DONE = push_deliveries.delete().where(_PAIRS)
_THIS = and_(
    _D.subscription_id == bindparam("subscription"), _D.notification_id == bindparam("notification")
)
_POSTPONE = (
    push_deliveries.update()
    .where(_THIS)
    .values(next_attempt_at=bindparam("due"), locked_until=null())
)
_RELEASE = (
    push_deliveries.update().where(_PAIRS).values(locked_until=null(), attempts=_D.attempts - 1)
)
_RELEASE_ALL = (
    push_deliveries.update().where(_D.locked_until.is_not(None)).values(locked_until=null())
)
_NEXT_DUE = select(func.min(func.coalesce(_D.locked_until, _D.next_attempt_at, type_=UtcTime())))
_OLD = (
    select(_D.subscription_id, _D.notification_id)
    .outerjoin(notifications, notifications.c.id == _D.notification_id)
    .where(or_(notifications.c.id.is_(None), notifications.c.created_at < bindparam("before")))
    .limit(bindparam("limit"))
)
_CHOICE = select(push_choices.c.with_names).where(push_choices.c.persona_id == bindparam("persona"))
_NEW_CHOICE = insert(push_choices)
_CHOOSE = _NEW_CHOICE.on_conflict_do_update(
    index_elements=[push_choices.c.persona_id],
    set_={"with_names": _NEW_CHOICE.excluded.with_names},
)
_Pair = tuple[int, int]


class PushRepository:
    """Subscriptions of devices and what waits for them."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, one: PushSubscription) -> None:
        """Adds the subscription; the one that its token had before is forgotten with all that
        waited for it."""
        old = self.by_token(one.token_id)
        if old is not None:
            self._connection.execute(_DROP_WAITING, {"ids": [old.id]})
        self._connection.execute(
            _PUT,
            {
                "id": one.id,
                "token_id": one.token_id,
                "persona_id": one.persona_id,
                "sealed": self._sealed(one),
                "alerts": " ".join(sorted(one.alerts)),
                "policy": one.policy,
                "created_at": one.created_at,
            },
        )

    def by_token(self, token_id: int) -> PushSubscription | None:
        """The subscription of one app's token."""
        return next(iter(self._read(_BY_TOKEN, {"token": token_id})), None)

    def these(self, ids: Iterable[int]) -> dict[int, PushSubscription]:
        """Those that there are, by id."""
        return {one.id: one for one in self._read(_THESE, {"ids": sorted(set(ids))})}

    def of_persona(self, persona_id: int) -> list[PushSubscription]:
        """All devices of one persona."""
        return self._read(_OF_PERSONA, {"persona": persona_id})

    def change(self, subscription_id: int, alerts: frozenset[str], policy: str) -> None:
        """What the device asks for from now on."""
        key = {"subscription": subscription_id, "new_policy": policy}
        self._connection.execute(_CHANGE, key | {"new_alerts": " ".join(sorted(alerts))})

    def drop(self, ids: Sequence[int]) -> None:
        """Forgets subscriptions and what waits for them."""
        if ids:
            self._connection.execute(_DROP_WAITING, {"ids": list(ids)})
            self._connection.execute(_DROP, {"ids": list(ids)})

    def drop_dead(self, limit: int) -> int:
        """Forgets up to `limit` whose token opens nothing any more; how many."""
        dead = list(self._connection.execute(_DEAD, {"limit": limit}).scalars())
        self.drop(dead)
        return len(dead)

    def forget_persona(self, persona_id: int) -> None:
        """No device of this persona is told anything any more: it is erased."""
        self.drop(
            [one.id for one in self._connection.execute(_OF_PERSONA, {"persona": persona_id})]
        )

    def claim(self, now: datetime, until: datetime, limit: int) -> list[PushDelivery]:
        """Takes what is due, oldest first, and keeps others off it until the lease ends."""
        due = self._connection.execute(_DUE, {"now": now, "limit": limit})
        pairs = [(row[0], row[1]) for row in due]
        if not pairs:
            return []
        rows = self._connection.execute(_LEASE, {"pairs": pairs, "until": until})
        taken = [
            PushDelivery(subscription_id=row[0], notification_id=row[1], attempts=row[2])
            for row in rows
        ]
        return sorted(taken, key=lambda one: (one.notification_id, one.subscription_id))

    def finish(self, pairs: Iterable[_Pair]) -> None:
        """Sent, or no longer wanted."""
        if many := list(pairs):
            self._connection.execute(_DONE, {"pairs": many})

    def postpone(self, one: PushDelivery, due: datetime) -> None:
        """To be tried again, not before then."""
        key = {"subscription": one.subscription_id, "notification": one.notification_id}
        self._connection.execute(_POSTPONE, key | {"due": due})

    def release(self, pairs: Iterable[_Pair]) -> None:
        """Gives claimed deliveries back untried."""
        if many := list(pairs):
            self._connection.execute(_RELEASE, {"pairs": many})

    def release_all(self) -> int:
        """Ends every lease: for a node that works alone and was killed."""
        return self._connection.execute(_RELEASE_ALL).rowcount

    def next_due(self) -> datetime | None:
        """When the next postponed delivery is due or the next lease ends."""
        due: datetime | None = self._connection.execute(_NEXT_DUE).scalar()
        return due

    def prune(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` deliveries of news from before then, or that is gone; how many."""
        old = [
            (row[0], row[1])
            for row in self._connection.execute(_OLD, {"before": before, "limit": limit})
        ]
        self.finish(old)
        return len(old)

    def wants_names(self, persona_id: int) -> bool:
        """Whether the persona chose that its devices say who did something."""
        return bool(self._connection.execute(_CHOICE, {"persona": persona_id}).scalar())

    def choose_names(self, persona_id: int, with_names: bool) -> None:
        """The persona's choice."""
        self._connection.execute(_CHOOSE, {"persona_id": persona_id, "with_names": with_names})

    def _sealed(self, one: PushSubscription) -> bytes:
        return self._seals.seal(
            msgspec.json.encode(_Device(one.endpoint, one.p256dh, one.auth)),
            place=PLACE,
            row=one.id,
            author=one.persona_id,
            holders=(Holder("persona", one.persona_id),),
        )

    def _read(self, statement: Any, parameters: dict[str, Any]) -> list[PushSubscription]:
        rows = list(self._connection.execute(statement, parameters))
        opened = self._seals.open_many(
            [Sealed(row.sealed, PLACE, row.id, row.persona_id) for row in rows]
        )
        found = []
        for row, device in zip(rows, opened, strict=True):
            if device is None:  # its persona was erased
                continue
            keys = msgspec.json.decode(device, type=_Device)
            found.append(
                PushSubscription(
                    id=row.id,
                    token_id=row.token_id,
                    persona_id=row.persona_id,
                    endpoint=keys.endpoint,
                    p256dh=keys.p256dh,
                    auth=keys.auth,
                    alerts=frozenset(row.alerts.split()),
                    policy=row.policy,
                    created_at=row.created_at,
                )
            )
        return found
