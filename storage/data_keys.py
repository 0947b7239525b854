"""Data keys: one for each conversation, private group, persona and account, wrapped at rest.

A row without `wrapped` is a key that was destroyed: its holder never gets another one. Each node
key that is in use has a row with a proof, by which a wrong key file is told at once.
"""

import os
from collections.abc import Collection, Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, bindparam, func, null, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from storage.errors import Erased, NoNodeKey, WrongNodeKey
from storage.keyring import KEY_BYTES, Keyring, NodeKey
from storage.tables import data_keys, node_keys

_NONCE: Final = 12
_PROOF: Final = b"kith node key"

Name = tuple[str, int]
"""The kind of a holder, and its id."""

_KEY = tuple_(data_keys.c.kind, data_keys.c.holder_id)
_FIND = select(
    data_keys.c.kind, data_keys.c.holder_id, data_keys.c.wrapped, data_keys.c.node_key_id
).where(_KEY.in_(bindparam("names", expanding=True)))
_MAKE = insert(data_keys).on_conflict_do_nothing(
    index_elements=[data_keys.c.kind, data_keys.c.holder_id]
)
_INSERT = insert(data_keys)
_DESTROY = _INSERT.on_conflict_do_update(
    index_elements=[data_keys.c.kind, data_keys.c.holder_id],
    set_={"wrapped": null(), "node_key_id": null()},
)
_IN_USE = select(node_keys.c.id, node_keys.c.proof).where(~node_keys.c.retired)
# A rotation retires a key only after everybody who wraps with it has committed.
_STILL_IN_USE = (
    select(node_keys.c.proof)
    .where(node_keys.c.id == bindparam("id"), ~node_keys.c.retired)
    .with_for_update(read=True)
)
_ADD = insert(node_keys).on_conflict_do_nothing(index_elements=[node_keys.c.id])
_RETIRE = (
    node_keys.update()
    .where(node_keys.c.id == bindparam("node_key"))
    .values(retired=bindparam("is_retired"))
)
_UNDER = (
    select(data_keys.c.kind, data_keys.c.holder_id, data_keys.c.wrapped)
    .where(data_keys.c.node_key_id == bindparam("node_key"))
    .limit(bindparam("limit"))
)
_COUNT_UNDER = (
    select(func.count()).select_from(data_keys).where(data_keys.c.node_key_id == bindparam("id"))
)
_REWRAP = (
    data_keys.update()
    .where(data_keys.c.kind == bindparam("of"), data_keys.c.holder_id == bindparam("holder"))
    .values(wrapped=bindparam("new"), node_key_id=bindparam("by"))
)


class DataKeys:
    """The keys of holders, within the transaction of one connection."""

    def __init__(self, connection: Connection, keyring: Keyring | None) -> None:
        self._connection = connection
        self._keyring = keyring

    def find(self, names: Collection[Name]) -> dict[Name, bytes]:
        """Those keys that are there. Raises WrongNodeKey when one cannot be unwrapped."""
        if not names:
            return {}
        rows = self._connection.execute(_FIND, {"names": list(names)})
        return {
            (row.kind, row.holder_id): self._unwrap(
                (row.kind, row.holder_id), row.wrapped, row.node_key_id
            )
            for row in rows
            if row.wrapped is not None
        }

    def get_or_make(self, names: Sequence[Name]) -> list[bytes]:
        """The keys in the same order, fresh ones where there was none. Raises Erased for one that
        was destroyed."""
        found = self.find(names)
        missing = [name for name in names if name not in found]
        if missing:
            self._make(missing)
            found |= self.find(missing)
        for name in names:
            if name not in found:
                raise Erased(f"the key of this {name[0]} was destroyed")
        return [found[name] for name in names]

    def destroy(self, kind: str, holder_id: int) -> None:
        """Overwrite the key; also one that was never made can never be."""
        self._connection.execute(_DESTROY, {"kind": kind, "holder_id": holder_id})

    def check(self) -> None:
        """Raises WrongNodeKey unless the keyring holds every node key that is in use."""
        for row in self._connection.execute(_IN_USE):
            self._check_proof(self._node_key(row.id), row.proof)

    def in_use(self) -> list[str]:
        """The ids of node keys that may wrap something."""
        return [row.id for row in self._connection.execute(_IN_USE)]

    def adopt(self, key: NodeKey) -> None:
        """Note that this node key is in use from now on."""
        proof = _encrypt(key.secret, _PROOF, key.id.encode())
        self._connection.execute(_ADD, {"id": key.id, "proof": proof, "retired": False})

    def wrapped_by(self, node_key_id: str) -> int:
        """How many data keys this node key wraps."""
        return int(self._connection.execute(_COUNT_UNDER, {"id": node_key_id}).scalar_one())

    def rewrap(self, old_id: str, new: NodeKey, limit: int) -> int:
        """Wrap up to `limit` data keys of the old node key with the new one; how many."""
        rows = self._connection.execute(_UNDER, {"node_key": old_id, "limit": limit}).all()
        for kind, holder_id, wrapped in rows:
            name = (kind, holder_id)
            again = _encrypt(new.secret, self._unwrap(name, wrapped, old_id), _aad(name, new.id))
            self._connection.execute(
                _REWRAP, {"of": kind, "holder": holder_id, "new": again, "by": new.id}
            )
        return len(rows)

    def retire(self, node_key_id: str) -> bool:
        """Put a node key out of use; False, and nothing done, while it still wraps something."""
        self._connection.execute(_RETIRE, {"node_key": node_key_id, "is_retired": True})
        if self.wrapped_by(node_key_id) == 0:
            return True
        self._connection.execute(_RETIRE, {"node_key": node_key_id, "is_retired": False})
        return False

    def _make(self, names: Sequence[Name]) -> None:
        key = self._current()
        # In one order, so that two transactions that make the same keys do not lock each other.
        for name in sorted(set(names)):
            wrapped = _encrypt(key.secret, os.urandom(KEY_BYTES), _aad(name, key.id))
            values = {"kind": name[0], "holder_id": name[1], "wrapped": wrapped}
            self._connection.execute(_MAKE, values | {"node_key_id": key.id})

    def _current(self) -> NodeKey:
        """The key to wrap with, in use and kept so until this transaction ends."""
        if self._keyring is None:
            raise NoNodeKey("this database was opened without a node key")
        key = self._keyring.current
        if not self._is_in_use(key):
            self._keyring.reload()
            key = self._keyring.current
        if not self._is_in_use(key):
            self.check()
            self.adopt(key)
            if not self._is_in_use(key):
                raise WrongNodeKey(f"the node key {key.id} was retired")
        return key

    def _is_in_use(self, key: NodeKey) -> bool:
        row = self._connection.execute(_STILL_IN_USE, {"id": key.id}).first()
        if row is not None:
            self._check_proof(key, row.proof)
        return row is not None

    def _node_key(self, key_id: str) -> NodeKey:
        if self._keyring is None:
            raise NoNodeKey("this database was opened without a node key")
        key = self._keyring.get(key_id)
        if key is None:
            raise WrongNodeKey(f"the node key {key_id} is needed and is not in the key file")
        return key

    def _unwrap(self, name: Name, wrapped: bytes, node_key_id: str) -> bytes:
        key = self._node_key(node_key_id)
        try:
            return AESGCM(key.secret).decrypt(
                wrapped[:_NONCE], wrapped[_NONCE:], _aad(name, key.id)
            )
        except InvalidTag:
            raise WrongNodeKey(f"the node key {key.id} is not the one of this database") from None

    @staticmethod
    def _check_proof(key: NodeKey, proof: bytes) -> None:
        try:
            AESGCM(key.secret).decrypt(proof[:_NONCE], proof[_NONCE:], key.id.encode())
        except InvalidTag:
            raise WrongNodeKey(f"the node key {key.id} is not the one of this database") from None


def _encrypt(secret: bytes, plain: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, plain, bound)


def _aad(name: Name, node_key_id: str) -> bytes:
    return f"{name[0]} {name[1]} {node_key_id}".encode()
