"""The ledger of consents: who agreed to what, in which words, when, and when they took it back.

A row is an act, and no row is ever changed: the last one of an account, a purpose and, where a
consent is for one group, a persona and a group, is what stands.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, select

from storage.shapes import Shape
from storage.tables import consents

Act = Literal["given", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One act. `version` names the words that were shown; `thing_id` is what it was for, where each
    of several things is agreed to by itself, such as a story."""

    id: int
    account_id: int
    purpose: str
    version: str
    act: Act
    persona_id: int | None = None
    group_id: int | None = None
    thing_id: int | None = None
    created_at: datetime


_CONSENT = Shape(Consent, consents)
_OF_ACCOUNT = (
    select(*_CONSENT.columns)
    .where(consents.c.account_id == bindparam("account"), consents.c.id > bindparam("after"))
    .order_by(consents.c.id)
    .limit(bindparam("limit"))
)
_LAST_OF_PERSONA = (
    select(*_CONSENT.columns)
    .where(
        consents.c.persona_id == bindparam("persona"),
        consents.c.group_id == bindparam("group"),
        consents.c.purpose == bindparam("purpose"),
    )
    .order_by(consents.c.id.desc())
    .limit(1)
)
_IN_GROUPS = (
    select(consents.c.group_id, consents.c.act)
    .where(
        consents.c.persona_id == bindparam("persona"),
        consents.c.group_id.is_not(None),
        consents.c.purpose == bindparam("purpose"),
    )
    .order_by(consents.c.id)
)
_LAST_ANYWHERE = (
    select(*_CONSENT.columns)
    .where(
        consents.c.persona_id == bindparam("persona"),
        consents.c.group_id.is_(None),
        consents.c.purpose == bindparam("purpose"),
    )
    .order_by(consents.c.id.desc())
    .limit(1)
)
_DELETE_ALL = consents.delete().where(consents.c.account_id == bindparam("account"))


class ConsentRepository:
    """Only ever added to, until the account is erased."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, consent: Consent) -> None:
        self._connection.execute(consents.insert(), _CONSENT.values(consent))

    def of_account(self, account_id: int, limit: int = 1000, after: int = 0) -> list[Consent]:
        """The account's acts, oldest first, those above id `after`."""
        key = {"account": account_id, "limit": limit, "after": after}
        return [_CONSENT.read(row) for row in self._connection.execute(_OF_ACCOUNT, key)]

    def last(self, persona_id: int, group_id: int, purpose: str) -> Consent | None:
        """What a persona last said about this purpose in this group."""
        key = {"persona": persona_id, "group": group_id, "purpose": purpose}
        return _CONSENT.maybe(self._connection.execute(_LAST_OF_PERSONA, key).first())

    def given_in(self, persona_id: int, purpose: str) -> frozenset[int]:
        """The groups in which a persona agrees to a purpose now, in one question."""
        key = {"persona": persona_id, "purpose": purpose}
        rows = self._connection.execute(_IN_GROUPS, key)
        last = {row.group_id: row.act for row in rows}
        return frozenset(number for number, act in last.items() if act == "given")

    def last_anywhere(self, persona_id: int, purpose: str) -> Consent | None:
        """What a persona last said about a purpose that is of no single group."""
        key = {"persona": persona_id, "purpose": purpose}
        return _CONSENT.maybe(self._connection.execute(_LAST_ANYWHERE, key).first())

    def delete_all(self, account_id: int) -> int:
        """Of an account that is erased; how many there were."""
        return self._connection.execute(_DELETE_ALL, {"account": account_id}).rowcount
