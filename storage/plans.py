"""Everybody's own plan for hard days: one for each account, sealed as a whole under it."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Seals
from storage.tables import plans

PLACE: Final = "plans.sealed"
_INSERT = insert(plans)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[plans.c.account_id],
    set_={"sealed": _INSERT.excluded.sealed, "changed_at": _INSERT.excluded.changed_at},
)
_THIS = plans.c.account_id == bindparam("account")
_GET = select(plans.c.sealed, plans.c.changed_at).where(_THIS)
_DROP = plans.delete().where(_THIS)


class PlanRepository:
    """Plans by account."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, account_id: int, plain: bytes, at: datetime) -> None:
        """Keeps the plan as it is now."""
        sealed = self._seals.seal(
            plain,
            place=PLACE,
            row=account_id,
            author=account_id,
            holders=(Holder("account", account_id),),
        )
        row = {"account_id": account_id, "sealed": sealed, "changed_at": at}
        self._connection.execute(_PUT, row)

    def get(self, account_id: int) -> tuple[bytes, datetime] | None:
        """The plan, and when it was changed."""
        row = self._connection.execute(_GET, {"account": account_id}).first()
        if row is None:
            return None
        plain = self._seals.open(row.sealed, place=PLACE, row=account_id, author=account_id)
        return None if plain is None else (plain, row.changed_at)

    def drop(self, account_id: int) -> None:
        """There is no plan any more."""
        self._connection.execute(_DROP, {"account": account_id})
