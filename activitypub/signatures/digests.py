"""The body's fingerprint: `Digest` (RFC 3230, for cavage) and `Content-Digest` (RFC 9530).

At least one of SHA-256 and SHA-512 must be there and every one of them that is there must match:
a sender that is right once and wrong once is not believed. MD5, SHA-1 and checksums prove nothing
and never count.
"""

from base64 import b64decode, b64encode
from hashlib import sha256, sha512

from activitypub.errors import SignatureError
from activitypub.signatures.message import HttpMessage, ParsedSignature, check_same
from activitypub.signatures.structured import MAX_FIELD, parse_dictionary

_STRONG = {"sha-256": sha256, "sha-512": sha512}


def cavage_digest(body: bytes) -> str:
    """The value of a `Digest` header for a body."""
    return f"SHA-256={b64encode(sha256(body).digest()).decode('ascii')}"


def content_digest(body: bytes) -> str:
    """The value of a `Content-Digest` header for a body (RFC 9530 2)."""
    return f"sha-256=:{b64encode(sha256(body).digest()).decode('ascii')}:"


def check_digest(message: HttpMessage, parsed: ParsedSignature) -> None:
    """Compare the covered digest with the body that arrived, byte for byte as it was sent.

    Nothing is asked of a GET whose signature covers no digest. Raises SignatureError.
    """
    check_same(parsed, message)
    if parsed.digest is None:
        if message.carries_body:
            raise SignatureError("digest-missing", "The signature does not cover the body.")
        return
    read = _read_digest if parsed.profile == "cavage" else _read_content_digest
    claimed = read(parsed.digest)
    body = message.body or b""
    strong = [(name, make) for name, make in _STRONG.items() if name in claimed]
    if not strong:
        raise SignatureError("digest-weak", "The body needs a SHA-256 digest.")
    for name, make in strong:
        if make(body).digest() != claimed[name]:
            raise SignatureError("digest-mismatch", f"The body does not match its {name} digest.")


def _read_content_digest(value: str) -> dict[str, bytes]:
    claimed: dict[str, bytes] = {}
    for name, (digest, _) in parse_dictionary("content-digest", value).items():
        if not isinstance(digest, bytes):
            raise SignatureError("bad-digest", "Content-Digest holds something not a digest.")
        claimed[name] = digest
    return claimed


def _read_digest(value: str) -> dict[str, bytes]:
    if len(value) > MAX_FIELD:
        raise SignatureError("bad-digest", "The Digest header is too long.")
    claimed: dict[str, bytes] = {}
    for part in value.split(","):
        name, equals, encoded = part.strip(" \t").partition("=")
        name = name.lower()
        if not equals or name in claimed:
            raise SignatureError("bad-digest", "The Digest header is malformed.")
        # Weak algorithms are not even decoded: some of them are not written in base64.
        claimed[name] = _decode(encoded) if name in _STRONG else b""
    return claimed


def _decode(encoded: str) -> bytes:
    try:
        return b64decode(encoded, validate=True)
    except ValueError as error:
        raise SignatureError("bad-digest", "The Digest header is not base64.") from error
