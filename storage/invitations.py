"""Links that let people into a group: a hash of the code, a limit of uses, an end.

A use is counted by a conditional UPDATE, so that two who come at the same moment cannot both take
the last one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Connection, bindparam, select

from storage.seals import Holder, Sealed, Seals
from storage.shapes import Shape
from storage.tables import invitations
from storage.tables.metadata import UtcTime

_NOTE = "invitations.note"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRow:
    """What is kept in the open: nothing that opens a door."""

    id: int
    group_id: int
    max_uses: int
    uses: int
    created_by: int
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation(InvitationRow):
    """An invitation with the note that its maker left for the other moderators."""

    note: str | None = None

    def is_open(self, now: datetime) -> bool:
        """Whether it still lets somebody in."""
        return self.revoked_at is None and self.expires_at > now and self.uses < self.max_uses

    def days_left(self, now: datetime) -> int:
        """How many days it works, the one that has begun counted whole."""
        return ceil((self.expires_at - now) / timedelta(days=1))


_ROW = Shape(InvitationRow, invitations)
_SELECT = select(*_ROW.columns, invitations.c.note)
_NOW = bindparam("now", type_=UtcTime())
_IS_OPEN = (
    invitations.c.code_hash == bindparam("code"),
    invitations.c.revoked_at.is_(None),
    invitations.c.expires_at > _NOW,
    invitations.c.uses < invitations.c.max_uses,
)
_FIND = select(*_ROW.columns).where(*_IS_OPEN)
_SPEND = (
    invitations.update()
    .where(*_IS_OPEN)
    .values(uses=invitations.c.uses + 1)
    .returning(invitations.c.id)
)
_OF_GROUP = (
    _SELECT.where(invitations.c.group_id == bindparam("group"))
    .order_by(invitations.c.id.desc())
    .limit(bindparam("limit"))
)
_REVOKE = (
    invitations.update()
    .where(
        invitations.c.id == bindparam("invitation"),
        invitations.c.group_id == bindparam("group"),
        invitations.c.revoked_at.is_(None),
    )
    .values(revoked_at=_NOW)
)
_OLD = (
    select(invitations.c.id)
    .where(invitations.c.expires_at < bindparam("before", type_=UtcTime()))
    .limit(bindparam("limit"))
)
_PRUNE = invitations.delete().where(invitations.c.id.in_(_OLD))


class InvitationRepository:
    """Invitations by their code, and those of one group."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(self, invitation: Invitation, code_hash: bytes) -> None:
        """Keep an invitation; its note is sealed under the group."""
        row = {name: getattr(invitation, name) for name in InvitationRow.__dataclass_fields__}
        row |= {"code_hash": code_hash, "note": None}
        if invitation.note:
            row["note"] = self._seals.seal(
                invitation.note.encode(),
                place=_NOTE,
                row=invitation.id,
                author=invitation.created_by,
                holders=(Holder("group", invitation.group_id),),
            )
        self._connection.execute(invitations.insert(), row)

    def find(self, code_hash: bytes, now: datetime) -> InvitationRow | None:
        """The invitation with this code, while it lets anybody in."""
        key = {"code": code_hash, "now": now}
        return _ROW.maybe(self._connection.execute(_FIND, key).first())

    def spend(self, code_hash: bytes, now: datetime) -> bool:
        """Count one use. False when none is left, or it has ended: then nobody comes in."""
        key = {"code": code_hash, "now": now}
        return self._connection.execute(_SPEND, key).first() is not None

    def of_group(self, group_id: int, limit: int) -> list[Invitation]:
        """The group's invitations, newest first, those that have ended among them."""
        rows = self._connection.execute(_OF_GROUP, {"group": group_id, "limit": limit}).all()
        kept = [_ROW.read(row) for row in rows]
        noted = [
            Sealed(row.note, _NOTE, one.id, one.created_by)
            for row, one in zip(rows, kept, strict=True)
            if row.note is not None
        ]
        notes = dict(zip((one.row for one in noted), self._seals.open_many(noted), strict=True))
        return [_with_note(one, notes.get(one.id)) for one in kept]

    def revoke(self, group_id: int, invitation_id: int, now: datetime) -> bool:
        """End it. False when there is no such invitation of the group, or it is revoked already."""
        key = {"group": group_id, "invitation": invitation_id, "now": now}
        return self._connection.execute(_REVOKE, key).rowcount == 1

    def prune(self, before: datetime, limit: int) -> int:
        """Forget up to `limit` that expired before then; how many."""
        return self._connection.execute(_PRUNE, {"before": before, "limit": limit}).rowcount


def _with_note(row: InvitationRow, note: bytes | None) -> Invitation:
    fields = {name: getattr(row, name) for name in InvitationRow.__dataclass_fields__}
    return Invitation(**fields, note=note.decode() if note is not None else None)
