"""Supportive reactions: one of each actor to each post."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.shapes import Shape
from storage.tables import reactions


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What an actor felt on reading a post. `uri` is the id of the activity that said so."""

    id: int
    post_id: int
    actor_id: int
    kind: str
    uri: str | None = None
    created_at: datetime


_REACTION = Shape(Reaction, reactions)
_SELECT = select(*_REACTION.columns)
_PAIR = (
    reactions.c.post_id == bindparam("post"),
    reactions.c.actor_id == bindparam("actor"),
)
_OF_POSTS = reactions.c.post_id.in_(bindparam("posts", expanding=True))

_GET = _SELECT.where(*_PAIR)
_BY_URI = _SELECT.where(reactions.c.uri == bindparam("uri")).limit(1)
_INSERT = insert(reactions)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[reactions.c.post_id, reactions.c.actor_id],
    set_={name: _INSERT.excluded[name] for name in ("id", "kind", "uri", "created_at")},
)
_REMOVE = reactions.delete().where(*_PAIR)
_COUNTS = (
    select(reactions.c.post_id, reactions.c.kind, func.count())
    .where(_OF_POSTS)
    .group_by(reactions.c.post_id, reactions.c.kind)
)
_OF_ACTOR = select(reactions.c.post_id, reactions.c.kind).where(
    _OF_POSTS, reactions.c.actor_id == bindparam("actor")
)


class ReactionRepository:
    """Reactions by post and actor."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, reaction: Reaction) -> Reaction | None:
        """Stores the reaction in the place of the actor's earlier one, which is returned."""
        previous = self.get(reaction.post_id, reaction.actor_id)
        self._connection.execute(_PUT, _REACTION.values(reaction))
        return previous

    def get(self, post_id: int, actor_id: int) -> Reaction | None:
        row = self._connection.execute(_GET, {"post": post_id, "actor": actor_id}).first()
        return _REACTION.maybe(row)

    def by_uri(self, uri: str) -> Reaction | None:
        return _REACTION.maybe(self._connection.execute(_BY_URI, {"uri": uri}).first())

    def remove(self, post_id: int, actor_id: int) -> bool:
        """False when there was none."""
        done = self._connection.execute(_REMOVE, {"post": post_id, "actor": actor_id})
        return done.rowcount == 1

    def counts(self, post_ids: Iterable[int]) -> dict[int, dict[str, int]]:
        """How many of each kind, for those posts that have any."""
        counts: dict[int, dict[str, int]] = {}
        for post_id, kind, count in self._connection.execute(_COUNTS, {"posts": list(post_ids)}):
            counts.setdefault(post_id, {})[kind] = count
        return counts

    def of_actor(self, post_ids: Iterable[int], actor_id: int) -> dict[int, str]:
        """The kind of the actor's own reaction, for those posts that have one."""
        rows = self._connection.execute(_OF_ACTOR, {"posts": list(post_ids), "actor": actor_id})
        return {post_id: kind for post_id, kind in rows}  # noqa: C416 a Row is no pair
