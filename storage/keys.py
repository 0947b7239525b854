"""Keys: public ones of every actor that we have met, private ones of our own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, or_, select

from storage.actors import ACTOR, Actor
from storage.shapes import Shape
from storage.tables import actors, private_keys, public_keys

KeyKind = Literal["rsa", "ed25519"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKeyRecord:
    """A key that an actor has published: PEM for RSA, multibase for Ed25519."""

    key_id: str
    actor_id: int
    kind: KeyKind
    material: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateKeys:
    """The pair of keys that one of our actors signs with."""

    actor_id: int
    rsa_pem: str
    ed25519_pem: str
    created_at: datetime


_PUBLIC = Shape(PublicKeyRecord, public_keys)
_PRIVATE = Shape(PrivateKeys, private_keys)

_WITH_ACTOR = (
    select(*_PUBLIC.columns, *ACTOR.columns)
    .join_from(public_keys, actors, public_keys.c.actor_id == actors.c.id)
    .where(public_keys.c.key_id == bindparam("key_id"))
)
_OF_ACTOR = (
    select(*_PUBLIC.columns)
    .where(public_keys.c.actor_id == bindparam("actor"))
    .order_by(public_keys.c.key_id)
)
# A key id belongs to one actor. Whoever fetched it has checked that it is this one, so an older
# claim to the same id gives way.
_DELETE = public_keys.delete().where(
    or_(
        public_keys.c.actor_id == bindparam("actor"),
        public_keys.c.key_id.in_(bindparam("key_ids", expanding=True)),
    )
)
_PRIVATE_OF = select(*_PRIVATE.columns).where(private_keys.c.actor_id == bindparam("actor"))


class KeyRepository:
    """Public and private keys."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put_public(self, keys: Sequence[PublicKeyRecord], actor_id: int) -> None:
        """Replaces all public keys of the actor. ValueError when one is another actor's."""
        if any(key.actor_id != actor_id for key in keys):
            raise ValueError("a key of another actor")
        self._connection.execute(
            _DELETE, {"actor": actor_id, "key_ids": [key.key_id for key in keys]}
        )
        if keys:
            self._connection.execute(public_keys.insert(), [_PUBLIC.values(key) for key in keys])

    def public(self, key_id: str) -> tuple[PublicKeyRecord, Actor] | None:
        """The key and whose it is."""
        row = self._connection.execute(_WITH_ACTOR, {"key_id": key_id}).first()
        if row is None:
            return None
        return _PUBLIC.read(row), ACTOR.read_after(row, _PUBLIC.width)

    def of_actor(self, actor_id: int) -> list[PublicKeyRecord]:
        rows = self._connection.execute(_OF_ACTOR, {"actor": actor_id})
        return [_PUBLIC.read(row) for row in rows]

    def add_private(self, keys: PrivateKeys) -> None:
        """AlreadyThere when the actor has keys."""
        self._connection.execute(private_keys.insert(), _PRIVATE.values(keys))

    def private(self, actor_id: int) -> PrivateKeys | None:
        row = self._connection.execute(_PRIVATE_OF, {"actor": actor_id}).first()
        return _PRIVATE.maybe(row)
