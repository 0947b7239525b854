"""Ed25519 keys and signatures as text: base58btc with its multibase letter "z".

`Multikey` (Controlled Identifiers 2.2.2, FEP-521a) puts the two bytes 0xed 0x01 before the key,
which is why every Ed25519 key starts with "z6Mk".
"""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from activitypub.errors import SignatureError

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)}
_ED25519 = b"\xed\x01"
_MAX_TEXT = 128  # a signature of 64 bytes takes 89 letters; decoding is quadratic, so it is capped


def encode_base58btc(data: bytes) -> str:
    """Bytes as multibase base58btc text, with the letter "z" in front."""
    number, letters = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        letters = _ALPHABET[rest] + letters
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + letters


def decode_base58btc(text: str) -> bytes:
    """The bytes of a multibase base58btc text; SignatureError when it is not one, or is long."""
    if not text.startswith("z") or len(text) > _MAX_TEXT:
        raise SignatureError("bad-multibase", "This is not a base58btc value of a key's size.")
    number, digits = 0, text[1:]
    for letter in digits:
        if letter not in _VALUES:
            raise SignatureError("bad-multibase", "This is not a base58btc value.")
        number = number * 58 + _VALUES[letter]
    zeros = len(digits) - len(digits.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def encode_multikey(key: Ed25519PublicKey) -> str:
    """The `publicKeyMultibase` of an Ed25519 key: "z6Mk…"."""
    return encode_base58btc(_ED25519 + key.public_bytes_raw())


def decode_multikey(text: str) -> Ed25519PublicKey:
    """The Ed25519 key in a `publicKeyMultibase`; SignatureError for any other kind of key."""
    raw = decode_base58btc(text)
    if len(raw) != 34 or not raw.startswith(_ED25519):
        raise SignatureError("bad-key", "Only Ed25519 keys are accepted as a Multikey.")
    return Ed25519PublicKey.from_public_bytes(raw[2:])
