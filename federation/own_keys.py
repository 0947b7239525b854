"""The private keys of our own actors, as objects that are ready to sign.

Each actor has two: RSA-2048 for requests, which every peer verifies, and Ed25519 for the proofs
that travel with what it wrote (FEP-521a, FEP-8b32). Loading one from PEM costs more than signing
with it, so they are kept in memory once loaded.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from activitypub.signatures import encode_multikey
from storage.database import Database
from storage.keys import KeyKind, PrivateKeys, PublicKeyRecord
from storage.unit_of_work import UnitOfWork

RSA_BITS: Final = 2048
_KEPT: Final = 4096


class NoSuchKeys(LookupError):
    """An actor that has no keys here, and so cannot sign."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Both private keys of one actor."""

    rsa: RSAPrivateKey
    ed25519: Ed25519PrivateKey


def rsa_key_id(actor_uri: str) -> str:
    """The id that peers know an actor's RSA key by; the fragment is the one they all accept."""
    return f"{actor_uri}#main-key"


def ed25519_key_id(actor_uri: str) -> str:
    """The id of an actor's Ed25519 key, the verification method of its proofs."""
    return f"{actor_uri}#ed25519-key"


def public_half(actor_uri: str, actor_id: int, keys: PrivateKeys) -> list[PublicKeyRecord]:
    """The two public keys of an actor of ours, as its document shows them."""
    pair = _load(keys)
    pem = pair.rsa.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    multibase = encode_multikey(pair.ed25519.public_key())
    offered: tuple[tuple[str, KeyKind, str], ...] = (
        (rsa_key_id(actor_uri), "rsa", pem.decode("ascii")),
        (ed25519_key_id(actor_uri), "ed25519", multibase),
    )
    return [
        PublicKeyRecord(
            key_id=key_id,
            actor_id=actor_id,
            kind=kind,
            material=material,
            fetched_at=keys.created_at,
        )
        for key_id, kind, material in offered
    ]


class OwnKeys:
    """Loads, keeps and makes the keys of this node's actors. Safe to use from several threads."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._pairs: OrderedDict[int, KeyPair] = OrderedDict()

    def rsa(self, uow: UnitOfWork, actor_id: int) -> RSAPrivateKey:
        """The RSA key of an actor of ours, or NoSuchKeys."""
        return self.pair(uow, actor_id).rsa

    def ed25519(self, uow: UnitOfWork, actor_id: int) -> Ed25519PrivateKey:
        """The Ed25519 key of an actor of ours, or NoSuchKeys."""
        return self.pair(uow, actor_id).ed25519

    def pair(self, uow: UnitOfWork, actor_id: int) -> KeyPair:
        """Both keys of an actor of ours, or NoSuchKeys."""
        pair = self._pairs.get(actor_id)
        if pair is None:
            record = uow.keys.private(actor_id)
            if record is None:
                raise NoSuchKeys(f"actor {actor_id} has no private keys here")
            pair = _load(record)
            self._keep(actor_id, pair)
        return pair

    async def load(self, db: Database, actor_id: int) -> KeyPair:
        """The same outside a transaction: reads the database only when the keys are not kept."""
        kept = self._pairs.get(actor_id)
        if kept is not None:
            return kept
        return await db.read(lambda uow: self.pair(uow, actor_id))

    def generate(self) -> PrivateKeys:
        """Fresh keys for an actor that does not exist yet. Takes up to a second: never on the loop.

        `actor_id` is 0; whoever stores them puts the real one in with `dataclasses.replace`.
        """
        rsa = generate_private_key(public_exponent=65537, key_size=RSA_BITS)
        return PrivateKeys(
            actor_id=0,
            rsa_pem=_pem(rsa),
            ed25519_pem=_pem(Ed25519PrivateKey.generate()),
            created_at=self._now(),
        )

    def _keep(self, actor_id: int, pair: KeyPair) -> None:
        self._pairs[actor_id] = pair
        if len(self._pairs) > _KEPT:
            self._pairs.popitem(last=False)


def _pem(key: RSAPrivateKey | Ed25519PrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")


def _load(keys: PrivateKeys) -> KeyPair:
    """Our own keys are not checked again at each start: the check costs fifty signatures."""
    rsa = load_pem_private_key(keys.rsa_pem.encode(), None, unsafe_skip_rsa_key_validation=True)
    ed25519 = load_pem_private_key(keys.ed25519_pem.encode(), None)
    return KeyPair(cast(RSAPrivateKey, rsa), cast(Ed25519PrivateKey, ed25519))
