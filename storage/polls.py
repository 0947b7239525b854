"""Polls of posts. The options are sealed for the author of the post, wherever it stands; what each
voter chose is one ballot, and nobody is ever shown another's.

Votes on our polls are counted from the ballots. Of a poll elsewhere, its node tells the numbers,
and the ballots here are only those of our own people.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Sealed, Seals
from storage.tables import poll_ballots, polls
from storage.tables.metadata import UtcTime

_OPTIONS: Final = "polls.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One question with its options, each up to 1 bit of a ballot.

    `options` are () when they were not opened or the author was erased. `counts` has a number for
    each option, `voters` how many people voted. `tally` says that both are another node's word.
    `closed_at` is an end that came before `expires_at`, or of a poll that has none.
    """

    id: int
    post_id: int
    owner_id: int
    options: tuple[str, ...]
    multiple: bool = False
    hide_totals: bool = False
    expires_at: datetime | None = None
    closed_at: datetime | None = None
    tally: str | None = None
    voters: int | None = None
    counts: tuple[int, ...] = ()
    told_at: datetime | None = None
    created_at: datetime

    @property
    def is_counted_here(self) -> bool:
        """Whether the ballots of this node are all there are."""
        return self.tally is None


_PLAIN: Final = (
    *("id", "post_id", "owner_id", "multiple", "hide_totals", "expires_at", "closed_at"),
    *("tally", "voters", "told_at", "created_at"),
)
_SELECT = select(*(polls.c[name] for name in _PLAIN), polls.c.sealed)
_THIS = polls.c.id == bindparam("poll")
_BY_ID = _SELECT.where(_THIS)
_OF_POSTS = _SELECT.where(polls.c.post_id.in_(bindparam("posts", expanding=True)))
_PLACE = select(polls.c.post_id).where(_THIS)
_WITHIN = poll_ballots.c.poll_id.in_(bindparam("polls", expanding=True))
_COUNTS = (
    select(poll_ballots.c.poll_id, poll_ballots.c.choices, func.count())
    .where(_WITHIN)
    .group_by(poll_ballots.c.poll_id, poll_ballots.c.choices)
)
_OWN = select(poll_ballots.c.poll_id, poll_ballots.c.choices).where(
    poll_ballots.c.actor_id == bindparam("voter"), _WITHIN
)
# PostgreSQL tells no row count of an INSERT, so the row says whether it is new.
_INSERT_BALLOT = (
    insert(poll_ballots)
    .on_conflict_do_nothing(index_elements=[poll_ballots.c.poll_id, poll_ballots.c.actor_id])
    .returning(poll_ballots.c.id)
)
_BIT = bindparam("bit", type_=poll_ballots.c.choices.type)
_ADD_CHOICE = (
    poll_ballots.update()
    .where(
        poll_ballots.c.poll_id == bindparam("poll"),
        poll_ballots.c.actor_id == bindparam("voter"),
        poll_ballots.c.choices.bitwise_and(_BIT) == 0,
    )
    .values(choices=poll_ballots.c.choices.bitwise_or(_BIT))
)
_VOTERS = (
    select(poll_ballots.c.actor_id)
    .where(poll_ballots.c.poll_id == bindparam("poll"))
    .order_by(poll_ballots.c.actor_id)
)
_DROP_BALLOTS = poll_ballots.delete().where(poll_ballots.c.poll_id == bindparam("poll"))
_DROP = polls.delete().where(polls.c.post_id == bindparam("post"))
_CHANGE = (
    update(polls)
    .where(_THIS)
    .values(
        {name: bindparam(f"new_{name}") for name in ("sealed", "multiple", "hide_totals")}
        | {"expires_at": bindparam("new_expires_at"), "told_at": None, "closed_at": None}
    )
)
_TALLY = (
    update(polls)
    .where(_THIS)
    .values(
        tally=bindparam("new_tally"),
        voters=bindparam("new_voters"),
        expires_at=bindparam("new_expires_at"),
        closed_at=bindparam("new_closed_at"),
    )
)
_DUE = (
    select(polls.c.id)
    .where(
        polls.c.told_at.is_(None),
        polls.c.expires_at <= bindparam("now", type_=UtcTime()),
    )
    .order_by(polls.c.expires_at)
    .limit(bindparam("limit"))
)
_NEXT_DUE = select(func.min(polls.c.expires_at)).where(polls.c.told_at.is_(None))
_TOLD = update(polls).where(_THIS, polls.c.told_at.is_(None)).values(told_at=bindparam("now"))


class PollRepository:
    """Polls by id and by post, with their votes."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, poll: Poll) -> None:
        """AlreadyThere when the post has one, NotThere without the post."""
        values = {name: getattr(poll, name) for name in _PLAIN}
        self._connection.execute(polls.insert(), values | {"sealed": self._closed(poll)})

    def get(self, poll_id: int) -> Poll | None:
        """With its votes."""
        rows = self._connection.execute(_BY_ID, {"poll": poll_id}).all()
        return next(iter(self._read(rows)), None)

    def post_of(self, poll_id: int) -> int | None:
        """The post of a poll, to be asked before the options are opened for anybody."""
        found: int | None = self._connection.execute(_PLACE, {"poll": poll_id}).scalar()
        return found

    def of_posts(self, posts: Collection[int]) -> dict[int, Poll]:
        """The poll of each post that has one, with its votes. Three queries for all, one where
        there is none."""
        if not posts:
            return {}
        rows = self._connection.execute(_OF_POSTS, {"posts": list(posts)}).all()
        return {poll.post_id: poll for poll in self._read(rows)}

    def votes_of(self, voter_id: int, ids: Collection[int]) -> dict[int, tuple[int, ...]]:
        """What one persona chose, in each poll in which it voted. One query for all."""
        if not ids:
            return {}
        rows = self._connection.execute(_OWN, {"voter": voter_id, "polls": list(ids)})
        return {poll_id: chosen(choices) for poll_id, choices in rows}

    def vote(
        self, ballot_id: int, poll_id: int, voter_id: int, choices: Collection[int], now: datetime
    ) -> bool:
        """A persona's one ballot. False when it has voted already."""
        done = self._connection.execute(
            _INSERT_BALLOT,
            {
                "id": ballot_id,
                "poll_id": poll_id,
                "actor_id": voter_id,
                "choices": _bits(choices),
                "created_at": now,
            },
        )
        return done.first() is not None

    def vote_more(self, poll_id: int, voter_id: int, choice: int) -> bool:
        """One choice more on the ballot of a voter elsewhere, whose choices come one by one. False
        when it is there already."""
        key = {"poll": poll_id, "voter": voter_id, "bit": 1 << choice}
        return self._connection.execute(_ADD_CHOICE, key).rowcount == 1

    def voters(self, poll_id: int) -> list[int]:
        """Who voted, to be told how it ended."""
        return list(self._connection.execute(_VOTERS, {"poll": poll_id}).scalars())

    def change(self, poll: Poll) -> None:
        """Other options: whoever voted chose among the old ones, so the votes go."""
        self._connection.execute(_DROP_BALLOTS, {"poll": poll.id})
        self._connection.execute(
            _CHANGE,
            {
                "poll": poll.id,
                "new_sealed": self._closed(poll),
                "new_multiple": poll.multiple,
                "new_hide_totals": poll.hide_totals,
                "new_expires_at": poll.expires_at,
            },
        )

    def refresh(self, poll: Poll) -> None:
        """What its node says of it now."""
        self._connection.execute(
            _TALLY,
            {
                "poll": poll.id,
                "new_tally": poll.tally,
                "new_voters": poll.voters,
                "new_expires_at": poll.expires_at,
                "new_closed_at": poll.closed_at,
            },
        )

    def drop_of_post(self, post_id: int) -> None:
        """Forget it, with all votes."""
        self._connection.execute(_DROP, {"post": post_id})

    def due(self, now: datetime, limit: int) -> list[int]:
        """Polls that ended and whose end nobody was told."""
        return list(self._connection.execute(_DUE, {"now": now, "limit": limit}).scalars())

    def next_due(self) -> datetime | None:
        """When the next one ends."""
        found: datetime | None = self._connection.execute(_NEXT_DUE).scalar()
        return found

    def told(self, poll_id: int, now: datetime) -> bool:
        """Its end is being told. False when it was already."""
        return self._connection.execute(_TOLD, {"poll": poll_id, "now": now}).rowcount == 1

    def _closed(self, poll: Poll) -> bytes:
        return self._seals.seal(
            msgspec.json.encode(poll.options),
            place=_OPTIONS,
            row=poll.id,
            author=poll.owner_id,
            holders=(Holder("persona", poll.owner_id),),
        )

    def _read(self, rows: Sequence[Any]) -> list[Poll]:
        if not rows:
            return []
        opened = self._seals.open_many(
            [Sealed(row.sealed, _OPTIONS, row.id, row.owner_id) for row in rows]
        )
        found = [_poll(row, plain) for row, plain in zip(rows, opened, strict=True)]
        votes = self._counted([poll.id for poll in found if poll.is_counted_here])
        return [_with_votes(poll, votes.get(poll.id, [])) for poll in found]

    def _counted(self, ids: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
        votes: dict[int, list[tuple[int, int]]] = {}
        if ids:
            for poll_id, choices, count in self._connection.execute(_COUNTS, {"polls": list(ids)}):
                votes.setdefault(poll_id, []).append((choices, count))
        return votes


def chosen(choices: int) -> tuple[int, ...]:
    """The numbers of the bits that are set."""
    return tuple(place for place in range(choices.bit_length()) if choices >> place & 1)


def _bits(choices: Collection[int]) -> int:
    return sum(1 << choice for choice in set(choices))


def _poll(row: Any, plain: bytes | None) -> Poll:
    options = () if plain is None else msgspec.json.decode(plain, type=tuple[str, ...])
    return Poll(**{name: getattr(row, name) for name in _PLAIN}, options=options)


def _with_votes(poll: Poll, votes: Sequence[tuple[int, int]]) -> Poll:
    counts = [0] * len(poll.options)
    if poll.tally is not None:
        for place, number in enumerate(poll.tally.split(",")[: len(counts)]):
            counts[place] = int(number)
        return replace(poll, counts=tuple(counts))
    for choices, people in votes:
        for place in chosen(choices):
            if place < len(counts):
                counts[place] += people
    return replace(poll, counts=tuple(counts), voters=sum(people for _, people in votes))
