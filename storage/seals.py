"""Private text at rest: sealed with authenticated encryption, opened only where it belongs.

Every conversation, private group, persona and account has a data key of its own, 256 random bits,
which stands in the database wrapped by the node's key (`storage.keyring`), which does not. A text
is sealed under the keys of all its holders together, such as a conversation and the author: when
one of those keys is destroyed, nobody can read it again, in no backup of the database either.

    version 1 | count | count x (kind, holder id) | nonce, 12 bytes | AES-256-GCM of the text

The key of a text is HKDF-SHA256 (RFC 5869) of the data keys in that order. The head, the place
("messages.sealed"), the row and the author are bound as associated data: sealed bytes that were
moved to another row, column or author do not open. Another version may hold what even this node
cannot open (end-to-end ciphertext); readers refuse versions they do not know.
"""

import os
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection

from storage.data_keys import DataKeys
from storage.errors import NotOpened
from storage.keyring import Keyring

HolderKind = Literal["conversation", "group", "persona", "account", "report", "node"]

VERSION: Final = 1
_KINDS: Final[tuple[HolderKind, ...]] = get_args(HolderKind)
_NONCE: Final = 12
_INFO: Final = b"kith seal 1"
_HOLDER: Final = struct.Struct(">Bq")


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose key takes part. `id` is of a conversation, a group's or persona's actor, an account."""

    kind: HolderKind
    id: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """Sealed bytes and where they stand: `place` is "table.column", `row` and `author` are ids."""

    sealed: bytes
    place: str
    row: int
    author: int


class Seals:
    """Seals and opens within the transaction of one connection."""

    def __init__(self, connection: Connection, keyring: Keyring | None) -> None:
        self.keys = DataKeys(connection, keyring)

    def seal(
        self, plain: bytes, *, place: str, row: int, author: int, holders: tuple[Holder, ...]
    ) -> bytes:
        """The text as it may be stored. A holder's key is made when it is first needed. Raises
        Erased for a holder whose key was destroyed."""
        keys = self.keys.get_or_make([(one.kind, one.id) for one in holders])
        head = bytes((VERSION, len(holders))) + b"".join(
            _HOLDER.pack(_KINDS.index(one.kind), one.id) for one in holders
        )
        nonce = os.urandom(_NONCE)
        cipher = AESGCM(_text_key(keys))
        return head + nonce + cipher.encrypt(nonce, plain, _bound(head, place, row, author))

    def open(self, sealed: bytes, *, place: str, row: int, author: int) -> bytes | None:
        """The text, or None when a holder's key was destroyed. Raises NotOpened for bytes that do
        not belong there."""
        return self.open_many([Sealed(sealed, place, row, author)])[0]

    def open_many(self, many: Sequence[Sealed]) -> list[bytes | None]:
        """The texts in the same order. One query brings the keys of all of them."""
        heads = [_read_head(one.sealed) for one in many]
        wanted = {(holder.kind, holder.id) for _, holders in heads for holder in holders}
        found = self.keys.find(wanted)
        ciphers: dict[tuple[Holder, ...], AESGCM | None] = {}
        opened: list[bytes | None] = []
        for one, (head, holders) in zip(many, heads, strict=True):
            if holders not in ciphers:
                ciphers[holders] = _cipher(found.get((each.kind, each.id)) for each in holders)
            cipher = ciphers[holders]
            opened.append(None if cipher is None else _open(cipher, head, one))
        return opened

    def destroy(self, holder: Holder) -> None:
        """Nothing that this holder took part in can be opened again, and nothing new is sealed
        for it. There is no way back."""
        self.keys.destroy(holder.kind, holder.id)


def _cipher(keys: Iterable[bytes | None]) -> AESGCM | None:
    present = list(keys)
    there = [key for key in present if key is not None]
    return AESGCM(_text_key(there)) if len(there) == len(present) else None


def _text_key(keys: Sequence[bytes]) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_INFO).derive(b"".join(keys))


def _open(cipher: AESGCM, head: bytes, one: Sealed) -> bytes:
    body = one.sealed[len(head) :]
    try:
        return cipher.decrypt(
            body[:_NONCE], body[_NONCE:], _bound(head, one.place, one.row, one.author)
        )
    except (InvalidTag, ValueError):
        raise NotOpened(f"what stands in {one.place} of row {one.row} was changed") from None


def _bound(head: bytes, place: str, row: int, author: int) -> bytes:
    return head + struct.pack(">qq", row, author) + place.encode()


def _read_head(sealed: bytes) -> tuple[bytes, tuple[Holder, ...]]:
    if len(sealed) < 2 or sealed[0] != VERSION:
        raise NotOpened("sealed by another version of Kith")
    size = 2 + sealed[1] * _HOLDER.size
    try:
        holders = tuple(
            Holder(_KINDS[kind], number) for kind, number in _HOLDER.iter_unpack(sealed[2:size])
        )
    except (IndexError, struct.error):
        raise NotOpened("sealed bytes were changed") from None
    if not holders or len(holders) != sealed[1]:
        raise NotOpened("sealed bytes were changed")
    return sealed[:size], holders
