"""Messages that only one device can read: RFC 8291, in the coding aes128gcm of RFC 8188.

The device's key and ours agree on a secret by ECDH on P-256; its `auth` secret keeps the push
service out. A fresh key of ours is made for each message. What is sent is padded, so that its
length tells nothing of what it says.
"""

import base64
import binascii
import os
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from node.errors import Invalid

POINT_BYTES: Final = 65
AUTH_BYTES: Final = 16
RECORD: Final = 4096
"""Bytes of the one record; push services take no more (RFC 8291 section 4)."""
PADDED_TO: Final = 1024
"""Bytes of each message, its end marked."""
_SALT_BYTES: Final = 16


def encrypt(plain: bytes, device: bytes, auth: bytes, padded_to: int = PADDED_TO) -> bytes:
    """The body to post to the push service of a device with this public key and secret. ValueError
    for a key that is no point of the curve."""
    own, salt = generate_private_key(SECP256R1()), os.urandom(_SALT_BYTES)
    return encrypt_with(own, salt, plain, device, auth, padded_to)


def encrypt_with(
    own: EllipticCurvePrivateKey,
    salt: bytes,
    plain: bytes,
    device: bytes,
    auth: bytes,
    padded_to: int,
) -> bytes:
    """The same with a key and a salt that are given: for the example in the RFC."""
    theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), device)
    ours = point_of(own.public_key())
    shared = own.exchange(ECDH(), theirs)
    secret = _derive(auth, shared, b"WebPush: info\0" + device + ours, 32)
    key = _derive(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derive(salt, secret, b"Content-Encoding: nonce\0", 12)
    record = (plain + b"\2").ljust(padded_to, b"\0")
    head = salt + RECORD.to_bytes(4) + len(ours).to_bytes(1) + ours
    return head + AESGCM(key).encrypt(nonce, record, None)


def point_of(key: EllipticCurvePublicKey) -> bytes:
    """A public key as an uncompressed point."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def device_key(text: str) -> bytes:
    """The public key of a device, checked. Raises Invalid."""
    field = "subscription[keys][p256dh]"
    point = unpacked(field, text, POINT_BYTES)
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except ValueError:
        raise Invalid(field, f"{field} must be a point on the curve P-256") from None
    return point


def unpacked(field: str, text: str, length: int) -> bytes:
    """base64url, with or without padding, of so many bytes. Raises Invalid."""
    try:
        value = base64.urlsafe_b64decode(
            text.strip().rstrip("=") + "=" * (-len(text.strip().rstrip("=")) % 4)
        )
    except (binascii.Error, ValueError):
        value = b""
    if len(value) != length:
        raise Invalid(field, f"{field} must be {length} bytes in base64url")
    return value


def packed(value: bytes) -> str:
    """base64url without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _derive(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
