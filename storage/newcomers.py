"""How long people have been here, how much they have read, and for whom somebody has vouched.

Of reading a number is kept and no more: not what was read, and nothing once there was enough.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, case, exists, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import accounts, newcomers, personas, posts, vouches
from storage.tables.metadata import UtcTime


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the account behind a persona. `role` is its role on the node."""

    account_id: int
    since: datetime
    role: str
    threads_read: int
    vouched: bool


_vouched = personas.alias("vouched")
_STANDING = (
    select(
        accounts.c.id,
        accounts.c.created_at,
        accounts.c.role,
        func.coalesce(newcomers.c.threads_read, 0),
        exists()
        .where(
            vouches.c.persona_id == _vouched.c.actor_id,
            _vouched.c.account_id == accounts.c.id,
        )
        .label("is_vouched"),
    )
    .select_from(personas)
    .join(accounts, personas.c.account_id == accounts.c.id)
    .outerjoin(newcomers, newcomers.c.account_id == accounts.c.id)
    .where(personas.c.actor_id == bindparam("persona"))
)
_OWN = select(personas.c.actor_id).where(personas.c.account_id == bindparam("account"))
_WRITTEN = select(
    func.coalesce(func.sum(case((posts.c.parent_id.is_(None), 1), else_=0)), 0),
    func.coalesce(func.sum(case((posts.c.parent_id.is_(None), 0), else_=1)), 0),
).where(
    posts.c.author_id.in_(_OWN),
    posts.c.created_at >= bindparam("since", type_=UtcTime()),
)
_INSERT = insert(newcomers)
_COUNT_READ = _INSERT.on_conflict_do_update(
    index_elements=[newcomers.c.account_id],
    set_={
        "threads_read": newcomers.c.threads_read + 1,
        "counted_at": _INSERT.excluded.counted_at,
    },
    where=newcomers.c.counted_at <= bindparam("pause_began", type_=UtcTime()),
)
_VOUCH = insert(vouches).on_conflict_do_nothing()
_IS_VOUCHED = select(vouches.c.persona_id).where(vouches.c.persona_id == bindparam("persona"))
_FORGET_READING = newcomers.delete().where(newcomers.c.account_id == bindparam("account"))
_FORGET_VOUCHES = vouches.delete().where(vouches.c.persona_id == bindparam("persona"))
_FORGET_VOUCHER = vouches.update().where(vouches.c.by_id == bindparam("persona")).values(by_id=None)


class NewcomerRepository:
    """Standing by persona."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def standing(self, persona_id: int) -> Standing | None:
        """None for whoever has no account here."""
        row = self._connection.execute(_STANDING, {"persona": persona_id}).first()
        return None if row is None else Standing(row[0], row[1], row[2], row[3], bool(row[4]))

    def written(self, account_id: int, since: datetime) -> tuple[int, int]:
        """How many threads and how many replies all personas of an account wrote, what they
        deleted again among them."""
        key = {"account": account_id, "since": since}
        threads, replies = self._connection.execute(_WRITTEN, key).one()
        return int(threads), int(replies)

    def count_read(self, account_id: int, now: datetime, pause: timedelta) -> None:
        """One more thread was read; not, when the last one was counted less than `pause` ago."""
        row = {"account_id": account_id, "threads_read": 1, "counted_at": now}
        self._connection.execute(_COUNT_READ, row | {"pause_began": now - pause})

    def vouch(self, persona_id: int, by_id: int | None, now: datetime) -> None:
        """Twice changes nothing. `by_id` is None for whoever runs commands on the machine."""
        row = {"persona_id": persona_id, "by_id": by_id, "created_at": now}
        self._connection.execute(_VOUCH, row)

    def is_vouched(self, persona_id: int) -> bool:
        """Whether somebody vouched for exactly this persona."""
        return self._connection.execute(_IS_VOUCHED, {"persona": persona_id}).first() is not None

    def forget_account(self, account_id: int) -> None:
        """What an account that is erased has read."""
        self._connection.execute(_FORGET_READING, {"account": account_id})

    def forget_persona(self, persona_id: int) -> None:
        """Who vouched for a persona that is erased; that it vouched for others."""
        self._connection.execute(_FORGET_VOUCHES, {"persona": persona_id})
        self._connection.execute(_FORGET_VOUCHER, {"persona": persona_id})
