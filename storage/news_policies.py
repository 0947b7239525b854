"""What a persona lets its news bring: whose news it wants at once, whose it is asked about first,
and whose not at all. What is held back waits as a request of who did it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, false, func, select, true
from sqlalchemy.dialects.postgresql import insert

from storage.shapes import NEWEST, Shape
from storage.tables import (
    actors,
    notification_permissions,
    notification_policies,
    notifications,
)
from storage.tables.metadata import Id

Choice = Literal["accept", "filter", "drop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsPolicy:
    """What becomes of news of whom the persona does not follow, who does not follow it, who is new,
    of private messages out of the blue, and of whom the node keeps short."""

    persona_id: int
    not_following: Choice = "accept"
    not_followers: Choice = "accept"
    new_accounts: Choice = "accept"
    private_mentions: Choice = "accept"
    limited_accounts: Choice = "filter"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsRequest:
    """All that is held back of one actor."""

    by_id: int
    count: int
    first_at: datetime
    last_at: datetime
    newest_id: int


_POLICY = Shape(NewsPolicy, notification_policies)
_N = notifications.c
_OF_PERSONA = _N.persona_id == bindparam("persona")
_HELD = (_OF_PERSONA, _N.filtered == true())
_GET = select(*_POLICY.columns).where(notification_policies.c.persona_id == bindparam("persona"))
_INSERT = insert(notification_policies)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[notification_policies.c.persona_id],
    set_={
        column.name: _INSERT.excluded[column.name]
        for column in notification_policies.columns
        if column.name != "persona_id"
    },
)
_PERMIT = insert(notification_permissions).on_conflict_do_nothing()
_PERMITTED = select(notification_permissions.c.by_id).where(
    notification_permissions.c.persona_id == bindparam("persona"),
    notification_permissions.c.by_id == bindparam("by"),
)
_REQUESTS = (
    select(
        _N.by_id,
        func.count(),
        func.min(_N.created_at),
        func.max(_N.created_at),
        func.max(_N.id),
    )
    .join(actors, actors.c.id == _N.by_id)
    .where(
        *_HELD,
        actors.c.gone_at.is_(None),
        actors.c.suspended_at.is_(None),
        _N.by_id.not_in(bindparam("without", expanding=True, type_=Id)),
    )
    .group_by(_N.by_id)
    .having(func.max(_N.id) < bindparam("before"), func.max(_N.id) > bindparam("after"))
    .limit(bindparam("limit"))
)
_DOWN = _REQUESTS.order_by(func.max(_N.id).desc())
_UP = _REQUESTS.order_by(func.max(_N.id))
_OF = _REQUESTS.where(_N.by_id == bindparam("by"))
_RELEASE = (
    notifications.update()
    .where(*_HELD, _N.by_id.in_(bindparam("people", expanding=True)))
    .values(filtered=false())
)
_DISMISS = notifications.delete().where(*_HELD, _N.by_id.in_(bindparam("people", expanding=True)))
_WAITING_OF = (
    select(_N.by_id).where(*_HELD, _N.by_id.in_(bindparam("people", expanding=True))).distinct()
)
_SUMMARY = select(func.count(), func.count(_N.by_id.distinct())).where(*_HELD)


class NewsPolicies:
    """Policies, and what they hold back, by persona."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, persona_id: int) -> NewsPolicy:
        """What the persona chose, or what holds for those who chose nothing."""
        found = _POLICY.maybe(self._connection.execute(_GET, {"persona": persona_id}).first())
        return found or NewsPolicy(persona_id=persona_id)

    def put(self, policy: NewsPolicy) -> None:
        self._connection.execute(_PUT, _POLICY.values(policy))

    def is_permitted(self, persona_id: int, by_id: int) -> bool:
        """Whether the persona said that it wants the news of this one."""
        key = {"persona": persona_id, "by": by_id}
        return self._connection.execute(_PERMITTED, key).first() is not None

    def requests(
        self,
        persona_id: int,
        without: Iterable[int],
        limit: int,
        before: int = NEWEST,
        after: int = 0,
        upward: bool = False,
    ) -> list[NewsRequest]:
        """What waits to be asked for, the latest first, between two ids of notifications; `upward`
        what is next to `after`. Nothing of the people `without`."""
        key = {
            "persona": persona_id,
            "without": list(without),
            "limit": limit,
            "before": before,
            "after": after,
        }
        rows = self._connection.execute(_UP if upward else _DOWN, key)
        found = [NewsRequest(**dict(zip(_FIELDS, row, strict=True))) for row in rows]
        return found[::-1] if upward else found

    def request(self, persona_id: int, by_id: int, without: Iterable[int]) -> NewsRequest | None:
        """What is held back of one."""
        key = {
            "persona": persona_id,
            "by": by_id,
            "without": list(without),
            "limit": 1,
            "before": NEWEST,
            "after": 0,
        }
        row = self._connection.execute(_OF, key).first()
        return None if row is None else NewsRequest(**dict(zip(_FIELDS, row, strict=True)))

    def accept(self, persona_id: int, people: Iterable[int]) -> None:
        """Tell what was held back of these, and all of them from now on."""
        wanted = list(people)
        if wanted:
            rows = [{"persona_id": persona_id, "by_id": one} for one in wanted]
            self._connection.execute(_PERMIT, rows)
            self._connection.execute(_RELEASE, {"persona": persona_id, "people": wanted})

    def dismiss(self, persona_id: int, people: Iterable[int]) -> None:
        """Forget what was held back of these."""
        self._connection.execute(_DISMISS, {"persona": persona_id, "people": list(people)})

    def waiting_of(self, persona_id: int, people: Iterable[int]) -> frozenset[int]:
        """Those of these of whom something is held back."""
        key = {"persona": persona_id, "people": list(people)}
        return frozenset(self._connection.execute(_WAITING_OF, key).scalars())

    def waiting(self, persona_id: int) -> tuple[int, int]:
        """How much is held back, and of how many."""
        row = self._connection.execute(_SUMMARY, {"persona": persona_id}).one()
        return int(row[0]), int(row[1])


_FIELDS = ("by_id", "count", "first_at", "last_at", "newest_id")
