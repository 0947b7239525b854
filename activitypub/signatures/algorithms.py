"""The two algorithms of the profile: RSASSA-PKCS1-v1_5 with SHA-256, and Ed25519.

The label that a sender writes never chooses the algorithm, it can only contradict the key: that
closes the door on "hmac-sha256 with your public key as the secret" and its relatives.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from activitypub.errors import SignatureError
from activitypub.signatures.keys import PublicKey, refuse_weak
from activitypub.signatures.message import HttpMessage, ParsedSignature, check_same

_PADDING, _HASH = PKCS1v15(), SHA256()
_RSA_LABELS = frozenset({None, "rsa-sha256", "hs2019", "rsa-v1_5-sha256"})
_ED25519_LABELS = frozenset({None, "ed25519", "hs2019"})


def sign_rsa(key: RSAPrivateKey, base: bytes) -> bytes:
    """An RSASSA-PKCS1-v1_5 SHA-256 signature (about a millisecond with 2048 bits)."""
    return key.sign(base, _PADDING, _HASH)


def verify(parsed: ParsedSignature, message: HttpMessage, key: PublicKey) -> None:
    """Check the signature itself; SignatureError when it does not hold.

    `message` must be the one that `parsed` was read from. Time and digest are `check_time` and
    `check_digest`; whose key it is, and of whom the activity speaks, is for the caller to compare.
    """
    check_same(parsed, message)
    labels = _RSA_LABELS if isinstance(key, RSAPublicKey) else _ED25519_LABELS
    if parsed.algorithm not in labels:
        raise SignatureError("algorithm", "The algorithm does not fit the key.")
    refuse_weak(key)
    if not any(_holds(key, parsed.signature, base) for base in parsed.bases):
        raise SignatureError("bad-signature", "The signature does not match the request.")


def _holds(key: PublicKey, signature: bytes, base: bytes) -> bool:
    try:
        if isinstance(key, Ed25519PublicKey):
            key.verify(signature, base)
        else:
            key.verify(signature, base, _PADDING, _HASH)
    except InvalidSignature:
        return False
    return True
