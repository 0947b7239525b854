"""The two values that everything in this room is about.

`HttpMessage` is a request as it stood on the wire, without any HTTP library: what we are about to
send, or what arrived. Its `authority` is always ours to say (from configuration when we receive,
from the address we call when we send), never what a Host header claims.

`ParsedSignature` is a signature header that was read and found to cover enough. It already holds
the exact bytes that were signed, so that verifying costs nothing but the public key operation, and
it remembers its message, so that it cannot be held against another one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from activitypub.errors import SignatureError

BODILESS = frozenset({"GET", "HEAD"})
_LATEST = 99_999_999_999  # the year 5138; larger numbers only serve to overflow something
_DEFAULT_PORTS = {"https": ":443", "http": ":80"}
_SINGLE = frozenset(
    [
        "authorization",
        "content-length",
        "content-type",
        "date",
        "host",
        "signature",
        "signature-input",
    ]
)


@dataclass(frozen=True, slots=True)
class HttpMessage:
    """One request. `target` is the raw path with its query, `headers` are in wire order."""

    method: str
    scheme: str
    authority: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None

    @property
    def carries_body(self) -> bool:
        """Whether the signature must vouch for a body: everything but a plain read does."""
        return self.method.upper() not in BODILESS


@dataclass(frozen=True, slots=True)
class ParsedSignature:
    """A well-formed signature that covers what our profile asks for; not verified yet.

    `algorithm` is the label the sender wrote, None when it wrote none. `signed_at` is the moment
    the signature covers: `created`, else the Date header. `digest` is the covered (Content-)Digest
    field. `bases` are the byte strings of which one must be what was signed.
    """

    profile: Literal["cavage", "rfc9421"]
    key_id: str
    algorithm: str | None
    components: tuple[str, ...]
    created: datetime | None
    expires: datetime | None
    signature: bytes
    signed_at: datetime
    digest: str | None
    bases: tuple[bytes, ...] = field(repr=False)
    message: HttpMessage = field(repr=False)


def index_fields(message: HttpMessage) -> dict[str, str]:
    """Lower-case field name to its value, lines of one name joined by ", " (RFC 9110 5.3).

    Fields that cannot be lists are refused when they stand twice: which of the two would count
    is exactly what an attacker would like to choose.
    """
    fields: dict[str, str] = {}
    for name, value in message.headers:
        lower = name.lower()
        value = value.strip(" \t")
        if lower in fields:
            if lower in _SINGLE:
                raise SignatureError("duplicate-header", f"The header {lower} stands twice.")
            value = f"{fields[lower]}, {value}"
        fields[lower] = value
    return fields


def check_request_line(message: HttpMessage, fields: Mapping[str, str]) -> None:
    """Refuse a target that is not in origin form, and a Host that is not who we are.

    The absolute form ("GET https://other/ HTTP/1.1") would let the sender name another authority.
    """
    target = message.target
    if not target.startswith("/") or not is_visible(target) or " " in target:
        raise SignatureError("bad-target", "The request target is not a plain path.")
    if not is_visible(message.method):
        raise SignatureError("bad-target", "The request method is not a word.")
    host = fields.get("host")
    if host is None:
        return
    host = host.lower().removesuffix(_DEFAULT_PORTS.get(message.scheme, ""))
    if host != message.authority:
        raise SignatureError("other-host", "The Host header names another server.")


def is_visible(text: str) -> bool:
    """Whether a text is printable ASCII, so that it cannot add a line to what is signed."""
    return text.isascii() and text.isprintable()


def covered_value(fields: Mapping[str, str], name: str) -> str:
    """The value of a covered header; a header that was not sent is never taken as empty."""
    value = fields.get(name)
    if value is None:
        raise SignatureError("header-absent", f"The signature covers {name!r}, which is not sent.")
    if not is_visible(value.replace("\t", " ")):
        raise SignatureError("bad-header", f"The header {name} holds characters it must not.")
    return value


def join_lines(lines: list[str]) -> bytes:
    """The lines that are signed, as bytes; SignatureError when one of them is not ASCII."""
    try:
        return "\n".join(lines).encode("ascii")
    except UnicodeEncodeError as error:
        raise SignatureError("bad-target", "The request line is not ASCII.") from error


def moment(seconds: float) -> datetime:
    """Seconds since 1970 as an aware UTC time, or SignatureError when out of any sane range."""
    if not 0 <= seconds <= _LATEST:
        raise SignatureError("bad-time", "A time in the signature is out of range.")
    return datetime.fromtimestamp(seconds, UTC)


def check_same(parsed: ParsedSignature, message: HttpMessage) -> None:
    """Refuse a signature that was read from another message than the one it is held against."""
    if message is not parsed.message and message != parsed.message:
        raise SignatureError("other-message", "The signature was read from another request.")


def check_signable(message: HttpMessage, key_id: str) -> None:
    """Refuse to sign what could break out of its line or quotes: a target is a stranger's text."""
    texts = (message.method, message.authority, message.target, key_id)
    if not all(map(is_visible, texts)) or '"' in key_id or "\\" in key_id:
        raise SignatureError("unsignable", "The target or the key id has forbidden characters.")


def content_type_of(message: HttpMessage) -> str:
    """The Content-Type of a request that we sign; SignatureError when it has none to sign."""
    for name, value in message.headers:
        if name.lower() == "content-type" and is_visible(value):
            return value
    raise SignatureError("unsignable", "A request with a body needs a Content-Type.")
