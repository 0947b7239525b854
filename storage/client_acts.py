"""What personas did through ActivityPub's client-to-server side, where no activity of it travelled.

A row holds who, what kind and which ids; the words of an act, such as those of a report, stand
where they belong. Posts, messages, reactions to private posts and shares need no row: the activity
that made them is written anew from them whenever it is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.events import notes_of
from storage.shapes import NEWEST, Shape
from storage.tables import client_acts


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAct:
    """One act. `inner_type` is the kind of what an Undo, Accept or Reject is about; `target_uri` is
    what something was added to or taken from."""

    id: int
    actor_id: int
    type: str
    object_uri: str
    inner_type: str | None = None
    target_uri: str | None = None
    created_at: datetime


_ACT = Shape(ClientAct, client_acts)
_OWN = client_acts.c.actor_id == bindparam("actor")
_SELECT = select(*_ACT.columns).where(_OWN)
_GET = _SELECT.where(client_acts.c.id == bindparam("id"))
_PAGE = (
    _SELECT.where(client_acts.c.id < bindparam("before"))
    .order_by(client_acts.c.id.desc())
    .limit(bindparam("limit"))
)
_OLD = (
    select(client_acts.c.id)
    .where(client_acts.c.created_at < bindparam("before"))
    .limit(bindparam("limit"))
)
_PRUNE = client_acts.delete().where(client_acts.c.id.in_(_OLD))
_DROP = client_acts.delete().where(_OWN, client_acts.c.id.in_(bindparam("ids", expanding=True)))


class ClientActRepository:
    """Acts by persona, newest first. Nobody is shown those of another."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, act: ClientAct) -> None:
        self._connection.execute(client_acts.insert(), _ACT.values(act))
        notes_of(self._connection).add("act", act.id, act.actor_id)

    def get(self, act_id: int, actor_id: int) -> ClientAct | None:
        """An act, if it is this persona's own."""
        row = self._connection.execute(_GET, {"id": act_id, "actor": actor_id}).first()
        return _ACT.maybe(row)

    def page(self, actor_id: int, limit: int, before: int | None = None) -> list[ClientAct]:
        """The persona's acts, newest first, those below the id `before`."""
        key = {"actor": actor_id, "limit": limit, "before": NEWEST if before is None else before}
        return [_ACT.read(row) for row in self._connection.execute(_PAGE, key)]

    def drop(self, actor_id: int, ids: Iterable[int]) -> None:
        """Forget some of the persona's acts."""
        self._connection.execute(_DROP, {"actor": actor_id, "ids": list(ids)})

    def prune(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` older ones; how many."""
        return self._connection.execute(_PRUNE, {"before": before, "limit": limit}).rowcount
