"""Requests signed by plain cryptography for the tests of `activitypub/signatures`.

The builders here know nothing of our own signer: they write the lines of a signature themselves,
so that they can also write wrong ones. `accept` walks a request through the whole front door.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from activitypub.errors import SignatureError
from activitypub.signatures import (
    HttpMessage,
    ParsedSignature,
    PublicKey,
    check_digest,
    check_time,
    read_signature,
    verify,
)

PrivateKey = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
BODY = b'{"type":"Follow"}'
KEY_ID = "https://peer.example/users/alice#main-key"
RSA_KEY = rsa.generate_private_key(65537, 2048)
OTHER_RSA_KEY = rsa.generate_private_key(65537, 2048)
ED25519_KEY = ed25519.Ed25519PrivateKey.from_private_bytes(b"kith" * 8)

CAVAGE_POST = ("(request-target)", "host", "date", "digest", "content-type")
CAVAGE_GET = ("(request-target)", "host", "date")
RFC9421_POST = ("@method", "@target-uri", "content-digest", "content-type")
RFC9421_GET = ("@method", "@target-uri")


def request(
    method: str = "POST",
    target: str = "/inbox",
    body: bytes | None = BODY,
    date: datetime = NOW,
    host: str = "kith.example",
) -> HttpMessage:
    """A request to kith.example with every header that a signature may want to cover."""
    headers = [("Host", host), ("Date", http_date(date)), ("Accept", "application/json")]
    if body is not None:
        digest = b64encode(sha256(body).digest()).decode()
        headers += [
            ("Content-Type", "application/activity+json"),
            ("Digest", f"SHA-256={digest}"),
            ("Content-Digest", f"sha-256=:{digest}:"),
        ]
    return HttpMessage(method, "https", "kith.example", target, tuple(headers), body)


def http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


def with_header(message: HttpMessage, name: str, *values: str) -> HttpMessage:
    """The request with these lines in place of its own of that name; none takes them away."""
    kept = [pair for pair in message.headers if pair[0].lower() != name.lower()]
    return replace(message, headers=(*kept, *((name, value) for value in values)))


def header(message: HttpMessage, name: str) -> str:
    return ", ".join(value for key, value in message.headers if key.lower() == name.lower())


def raw_sign(key: PrivateKey, base: str) -> str:
    if isinstance(key, rsa.RSAPrivateKey):
        made = key.sign(base.encode(), padding.PKCS1v15(), SHA256())
    else:
        made = key.sign(base.encode())
    return b64encode(made).decode()


def cavage(
    message: HttpMessage,
    covered: Sequence[str] = CAVAGE_POST,
    *,
    algorithm: str | None = "rsa-sha256",
    key: PrivateKey = RSA_KEY,
    target: str | None = None,
    extra: str = "",
    pseudo: dict[str, str] | None = None,
    make: Callable[[str], str] | None = None,
) -> HttpMessage:
    """Sign with draft-cavage: `pseudo` gives (created) and (expires), `make` another signature."""
    known = {"(request-target)": f"{message.method.lower()} {target or message.target}"}
    known |= pseudo or {}
    lines = [f"{name}: {known.get(name, header(message, name))}" for name in covered]
    base = "\n".join(lines)
    signature = make(base) if make else raw_sign(key, base)
    label = "" if algorithm is None else f'algorithm="{algorithm}",'
    value = f'keyId="{KEY_ID}",{label}{extra}headers="{" ".join(covered)}",signature="{signature}"'
    return with_header(message, "Signature", value)


def rfc9421(
    message: HttpMessage,
    covered: Sequence[str] = RFC9421_POST,
    *,
    params: str | None = None,
    key: PrivateKey = RSA_KEY,
    label: str = "sig1",
    uri: str | None = None,
    make: Callable[[str], str] | None = None,
) -> HttpMessage:
    """Sign with RFC 9421: `params` is what follows the list of components, `uri` another target."""
    path, _, query = message.target.partition("?")
    known = {
        "@method": message.method,
        "@target-uri": uri or f"https://{message.authority}{message.target}",
        "@authority": message.authority,
        "@path": path,
        "@query": f"?{query}",
    }
    if params is None:
        params = f';created={int(NOW.timestamp())};keyid="{KEY_ID}"'
    described = f"({' '.join(quoted(name) for name in covered)}){params}"
    lines = [f"{quoted(name)}: {known.get(name, header(message, name))}" for name in covered]
    base = "\n".join([*lines, f'"@signature-params": {described}'])
    signature = make(base) if make else raw_sign(key, base)
    message = with_header(message, "Signature-Input", f"{label}={described}")
    return with_header(message, "Signature", f"{label}=:{signature}:")


def quoted(name: str) -> str:
    return name if name.startswith('"') else f'"{name}"'


def accept(
    message: HttpMessage, key: PublicKey | None = None, now: datetime = NOW
) -> ParsedSignature:
    """Take a request in as the inbox does; SignatureError when any of the checks refuses."""
    parsed = read_signature(message)
    check_time(parsed, message, now, timedelta(hours=1))
    check_digest(message, parsed)
    verify(parsed, message, RSA_KEY.public_key() if key is None else key)
    return parsed


def refusal(message: HttpMessage, key: PublicKey | None = None, now: datetime = NOW) -> str:
    """The reason for which a request is refused; the test fails when it is accepted."""
    with pytest.raises(SignatureError) as refused:
        accept(message, key, now)
    return refused.value.reason
