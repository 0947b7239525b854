"""Public keys from other nodes: RSA of 2048 to 4096 bits and Ed25519, and nothing else.

A key document is written by a stranger. What is refused here: keys too small to trust or so large
that one verification would hold the processor, exponents that make forging easy, private keys and
certificates (someone's accident, or a probe), and texts too long to be a key at all.
"""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from activitypub.errors import SignatureError

PublicKey = RSAPublicKey | Ed25519PublicKey

MAX_PEM = 8 * 1024
_SMALLEST, _LARGEST = 2048, 4096
_FIRST_EXPONENT, _EXPONENT_LIMIT = 65537, 1 << 33
_LABELS = ("PUBLIC KEY", "RSA PUBLIC KEY")  # SPKI (RFC 7468 13) and PKCS#1 (RFC 8017 A.1.1)


def load_public_pem(pem: str) -> PublicKey:
    """The key in a `publicKeyPem`, in SPKI or PKCS#1 form.

    Raises SignatureError for anything that is not one RSA or Ed25519 public key of our profile.
    The cheap tests come first, so that a megabyte of text costs no parsing (SIG-13).
    """
    if len(pem) > MAX_PEM:
        raise SignatureError("bad-key", "The key is longer than any key we accept.")
    text = pem.strip()
    if text.count("-----BEGIN ") != 1 or not any(
        text.startswith(f"-----BEGIN {label}-----") and text.endswith(f"-----END {label}-----")
        for label in _LABELS
    ):
        raise SignatureError("bad-key", "The key is not one PEM public key.")
    try:
        key = load_pem_public_key(text.encode("ascii"))
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SignatureError("bad-key", "The key cannot be read.") from error
    if not isinstance(key, PublicKey):
        raise SignatureError("bad-key", "Only RSA and Ed25519 keys are accepted.")
    refuse_weak(key)
    return key


def refuse_weak(key: PublicKey) -> None:
    """SignatureError for an RSA key whose size or exponent is outside the profile."""
    if isinstance(key, Ed25519PublicKey):
        return
    if not _SMALLEST <= key.key_size <= _LARGEST:
        raise SignatureError("weak-key", "RSA keys must have 2048 to 4096 bits.")
    # Even exponents, which are none, do not get through the parser.
    if not _FIRST_EXPONENT <= key.public_numbers().e < _EXPONENT_LIMIT:
        raise SignatureError("weak-key", "The public exponent of an RSA key must be 65537.")
