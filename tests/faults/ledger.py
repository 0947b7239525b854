"""What a node's database says from outside, beside the running node: who wrote what, what waits."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy.pool import NullPool

from storage import tables
from storage.engine import parse_url

T = TypeVar("T")


@dataclass(frozen=True)
class Kept:
    """A post as a node keeps it."""

    uri: str
    parent: str | None
    content: str


@dataclass(frozen=True)
class Queues:
    """Work by state, and how much there ever was."""

    receipts: Counter[str]
    deliveries: Counter[str]
    jobs: Counter[str]

    @property
    def resting(self) -> bool:
        """Whether nothing waits or is set aside."""
        return not any(
            one["waiting"] or one["parked"] for one in (self.receipts, self.deliveries, self.jobs)
        )


class Ledger:
    """One node's database."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(parse_url(url), poolclass=NullPool)

    def read(self, fn: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection:
            return fn(connection)

    def posts(self) -> dict[str, Kept]:
        """Every post, by URI."""
        parents = tables.posts.alias()
        statement = select(
            tables.posts.c.uri, parents.c.uri.label("parent"), tables.posts.c.content
        ).join_from(tables.posts, parents, tables.posts.c.parent_id == parents.c.id, isouter=True)
        return self.read(lambda at: {row.uri: Kept(*row) for row in at.execute(statement)})

    def queues(self) -> Queues:
        """How much of each kind of work there is, in one snapshot."""

        def states(at: Connection) -> Queues:
            return Queues(
                *(
                    Counter(at.execute(select(table.c.state)).scalars())
                    for table in (tables.receipts, tables.deliveries, tables.jobs)
                )
            )

        return self.read(states)

    def unfinished(self) -> list[str]:
        """A few of the receipts and deliveries that wait or are set aside, for people to read."""
        receipts, deliveries = tables.receipts.c, tables.deliveries.c
        peers = tables.peers.c
        common = ("state", "attempts", "next_attempt_at", "locked_until")
        asked = (
            select(receipts.type, receipts.reason, *(receipts[name] for name in common)),
            select(deliveries.type, deliveries.last_error, *(deliveries[name] for name in common)),
        )
        open_ones = (receipts.state == "waiting", deliveries.state.in_(["waiting", "parked"]))
        first = [one.where(is_open).limit(5) for one, is_open in zip(asked, open_ones, strict=True)]
        everything = (*first, select(peers.state, peers.failures, peers.open_until))
        return self.read(lambda at: [str(row) for one in everything for row in at.execute(one)])

    def leases(self) -> int:
        """Pieces of work that some process holds, or held when it was killed."""

        def held(at: Connection) -> int:
            return sum(
                at.execute(
                    select(func.count()).where(
                        table.c.locked_until.is_not(None), table.c.state == "waiting"
                    )
                ).scalar_one()
                for table in (tables.receipts, tables.deliveries, tables.jobs)
            )

        return self.read(held)

    def reasons(self) -> Counter[tuple[str, str]]:
        """The ends of receipts: (state, reason)."""
        statement = select(tables.receipts.c.state, tables.receipts.c.reason, func.count())
        grouped = statement.group_by(tables.receipts.c.state, tables.receipts.c.reason)
        return self.read(lambda at: Counter({(a, b): n for a, b, n in at.execute(grouped)}))

    def receipt_ids(self) -> set[str]:
        """The ids of the activities that were kept."""
        statement = select(tables.receipts.c.activity_uri)
        return self.read(lambda at: set(at.execute(statement).scalars()))

    def handed_on(self) -> Counter[str]:
        """How often each activity was announced, by its id."""
        announced = self.read(lambda at: list(at.execute(_ANNOUNCES).scalars()))
        inner = (msgspec.json.decode(body)["object"] for body in announced)
        return Counter(one["id"] for one in inner if isinstance(one, dict) and "object" in one)

    def faults(self) -> list[str]:
        """What is wrong with the database itself, and where counts differ from a recount."""
        return self.read(lambda at: [*_broken_pages(at), *_miscounts(at)])


_ANNOUNCES = select(tables.activities.c.body).where(tables.activities.c.type == "Announce")


def _broken_pages(at: Connection) -> Iterator[str]:
    if at.dialect.name == "sqlite":
        for check in ("integrity_check", "foreign_key_check"):
            yield from (str(row) for row in at.exec_driver_sql(f"PRAGMA {check}") if row[0] != "ok")


def _miscounts(at: Connection) -> Iterator[str]:
    posts, replies = tables.posts, tables.posts.alias()
    live = (replies.c.deleted_at.is_(None), replies.c.removed_at.is_(None))
    count = (
        select(func.count())
        .where(replies.c.thread_id == posts.c.id, replies.c.parent_id.is_not(None), *live)
        .scalar_subquery()
    )
    rows = at.execute(
        select(posts.c.uri, posts.c.reply_count, count).where(posts.c.parent_id.is_(None))
    )
    for uri, kept, counted in rows:
        if kept != counted:
            yield f"{uri} says {kept} replies and has {counted}"
