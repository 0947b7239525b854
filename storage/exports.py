"""Copies of a person's data, made on request, sealed with the account's key, kept for a while."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Seals
from storage.shapes import Shape
from storage.tables import export_chunks, exports

ExportState = Literal["waiting", "ready", "failed"]
_PLACE: Final = "export_chunks.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The one copy that an account may have at a time. `size` is in bytes, of the whole file."""

    id: int
    account_id: int
    state: ExportState = "waiting"
    size: int = 0
    created_at: datetime
    expires_at: datetime


_EXPORT = Shape(Export, exports)
_OF_ACCOUNT = select(*_EXPORT.columns).where(exports.c.account_id == bindparam("account"))
_GET = select(*_EXPORT.columns).where(exports.c.id == bindparam("id"))
_SETTLE = (
    exports.update()
    .where(exports.c.id == bindparam("export"))
    .values(state=bindparam("new"), size=bindparam("bytes"), expires_at=bindparam("until"))
)
_CHUNK = select(export_chunks.c.sealed).where(
    export_chunks.c.export_id == bindparam("export"), export_chunks.c.number == bindparam("place")
)
_DROP_CHUNKS = export_chunks.delete().where(export_chunks.c.export_id == bindparam("export"))
_DROP = exports.delete().where(exports.c.id == bindparam("export"))
_EXPIRED = (
    select(exports.c.id).where(exports.c.expires_at < bindparam("now")).limit(bindparam("limit"))
)


class ExportRepository:
    """Copies by account, and their bytes in pieces."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, export: Export) -> None:
        """AlreadyThere when the account has one."""
        self._connection.execute(exports.insert(), _EXPORT.values(export))

    def get(self, export_id: int) -> Export | None:
        return _EXPORT.maybe(self._connection.execute(_GET, {"id": export_id}).first())

    def of_account(self, account_id: int) -> Export | None:
        row = self._connection.execute(_OF_ACCOUNT, {"account": account_id}).first()
        return _EXPORT.maybe(row)

    def put_chunk(self, export: Export, number: int, plain: bytes) -> None:
        """Seal a piece and keep it, in the place of one of the same number."""
        sealed = self._seals.seal(
            plain,
            place=_PLACE,
            row=export.id,
            author=number,
            holders=(Holder("account", export.account_id),),
        )
        put = insert(export_chunks)
        put = put.on_conflict_do_update(
            index_elements=[export_chunks.c.export_id, export_chunks.c.number],
            set_={"sealed": put.excluded.sealed},
        )
        row = {"export_id": export.id, "number": number, "sealed": sealed}
        self._connection.execute(put, row)

    def chunk(self, export_id: int, number: int) -> bytes | None:
        """A piece, opened; None after the last one, and when the account's key is destroyed."""
        key = {"export": export_id, "place": number}
        sealed: bytes | None = self._connection.execute(_CHUNK, key).scalar()
        if sealed is None:
            return None
        return self._seals.open(sealed, place=_PLACE, row=export_id, author=number)

    def settle(self, export: Export, state: ExportState, size: int, until: datetime) -> None:
        """It is there, to be fetched `until` then, or it could not be made."""
        key = {"export": export.id, "new": state, "bytes": size, "until": until}
        self._connection.execute(_SETTLE, key)

    def drop(self, export_id: int) -> None:
        self._connection.execute(_DROP_CHUNKS, {"export": export_id})
        self._connection.execute(_DROP, {"export": export_id})

    def prune(self, now: datetime, limit: int) -> int:
        """Forgets copies that can be fetched no longer; how many."""
        ids = list(self._connection.execute(_EXPIRED, {"now": now, "limit": limit}).scalars())
        for export_id in ids:
            self.drop(export_id)
        return len(ids)
