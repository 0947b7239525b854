"""HTTP Signatures as the fediverse grew up with them: draft-cavage-http-signatures-12.

One header with quoted parameters, and a signing string of one line for every covered header. Where
the draft and the fediverse differ we follow the fediverse: `hs2019` means what the key's type says
(RSA: PKCS#1 v1.5 with SHA-256), and so does a missing `algorithm`.
"""

import re
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from activitypub.errors import SignatureError
from activitypub.signatures.algorithms import sign_rsa
from activitypub.signatures.digests import cavage_digest
from activitypub.signatures.message import (
    HttpMessage,
    ParsedSignature,
    check_signable,
    content_type_of,
    covered_value,
    is_visible,
    join_lines,
    moment,
)
from activitypub.signatures.structured import MAX_FIELD

ALGORITHMS = frozenset({"rsa-sha256", "hs2019", "ed25519"})
_PARAMETER = re.compile(
    r'[ \t]*([A-Za-z]{1,32})[ \t]*=[ \t]*(?:"([^"\\]*)"|([0-9]+(?:\.[0-9]+)?))[ \t]*(?:,|$)'
)
_PSEUDO = frozenset({"(created)", "(expires)"})
_MAX_COVERED = 32


def read_cavage(message: HttpMessage, fields: dict[str, str], value: str) -> ParsedSignature:
    """Read the value of a cavage Signature header and build what it must have signed.

    `fields` are the message's headers by lower-case name. Raises SignatureError for a malformed
    or ambiguous value, an algorithm outside the profile, and for too little being covered.
    """
    params = _parameters(value)
    key_id, encoded = params.get("keyid", ""), params.get("signature", "")
    if not key_id or not encoded:
        raise SignatureError("malformed", "The signature names no key, or is empty.")
    names = tuple(params.get("headers", "(created)").lower().split())
    _check_cover(message, names)
    created, expires = _time(params, "created"), _time(params, "expires")
    bases = [signing_string(message, fields, names, params)]
    if "?" in message.target and not message.carries_body:
        # Some senders sign a GET without its query string (SIG-32).
        bases.append(signing_string(message, fields, names, params, query=False))
    return ParsedSignature(
        profile="cavage",
        key_id=key_id,
        algorithm=_algorithm(params, names),
        components=names,
        created=created,
        expires=expires,
        signature=_decode(encoded),
        signed_at=_signed_at(names, fields, created, expires),
        digest=fields["digest"] if "digest" in names else None,
        bases=tuple(bases),
        message=message,
    )


def signing_string(
    message: HttpMessage,
    fields: dict[str, str],
    names: tuple[str, ...],
    params: dict[str, str],
    *,
    query: bool = True,
) -> bytes:
    """The lines that are signed (draft 12, section 2.3), for header names in lower case.

    `params` gives the texts of (created) and (expires). Raises SignatureError for a covered header
    that was not sent, for a pseudo-header without a value, and for one that is unknown.
    """
    lines = []
    for name in names:
        if name == "(request-target)":
            target = message.target if query else message.target.partition("?")[0]
            value = f"{message.method.lower()} {target}"
        elif name.startswith("("):
            if name not in _PSEUDO or name[1:-1] not in params:
                raise SignatureError("header-absent", f"The signature gives no value for {name!r}.")
            value = params[name[1:-1]]
        else:
            value = covered_value(fields, name)
        lines.append(f"{name}: {value}")
    return join_lines(lines)


def sign_cavage(
    message: HttpMessage,
    key_id: str,
    private_key: RSAPrivateKey,
    date: datetime,
    digest: str | None = None,
) -> dict[str, str]:
    """The headers that sign a request: Host, Date, Signature, and Digest when there is a body.

    `digest` is `cavage_digest(body)` when the caller has it already. A request with a body must
    have its Content-Type among its headers. Raises SignatureError when it lacks one, or when the
    target or the key's id could break out of the header.
    """
    check_signable(message, key_id)
    stamp = format_datetime(date.astimezone(UTC), usegmt=True)
    added = {"Host": message.authority, "Date": stamp}
    lines = (
        f"(request-target): {message.method.lower()} {message.target}\n"
        f"host: {message.authority}\ndate: {stamp}"
    )
    names = "(request-target) host date"
    if message.body is not None:
        added["Digest"] = digest if digest is not None else cavage_digest(message.body)
        lines += f"\ndigest: {added['Digest']}\ncontent-type: {content_type_of(message)}"
        names += " digest content-type"
    signature = b64encode(sign_rsa(private_key, lines.encode("ascii"))).decode("ascii")
    added["Signature"] = (
        f'keyId="{key_id}",algorithm="rsa-sha256",headers="{names}",signature="{signature}"'
    )
    return added


def _parameters(value: str) -> dict[str, str]:
    """The parameters by lower-case name; one that stands twice is refused (Mastodon #37375)."""
    if len(value) > MAX_FIELD or not is_visible(value.replace("\t", " ")):
        raise SignatureError("malformed", "The Signature header is too long or not ASCII.")
    params: dict[str, str] = {}
    position = 0
    while position < len(value):
        match = _PARAMETER.match(value, position)
        if match is None:
            raise SignatureError("malformed", "The Signature header cannot be read.")
        name, quoted, number = match.groups()
        if name.lower() in params:
            raise SignatureError("duplicate-parameter", f"{name} stands twice in the signature.")
        params[name.lower()] = number if quoted is None else quoted
        position = match.end()
    return params


def _check_cover(message: HttpMessage, names: tuple[str, ...]) -> None:
    covered = set(names)
    if len(names) > _MAX_COVERED or len(covered) != len(names):
        raise SignatureError("malformed", "The signature names a header twice, or too many.")
    needed = {"(request-target)", "host"}
    if message.carries_body:
        needed.add("digest")
    missing = needed - covered
    if missing or not covered & {"date", "(created)"}:
        asked = " ".join(sorted(missing)) or "date or (created)"
        raise SignatureError("covers-too-little", f"The signature must also cover {asked}.")


def _algorithm(params: dict[str, str], names: tuple[str, ...]) -> str | None:
    """The sender's label if we know it; draft 2.3 forbids (created) with the older ones."""
    algorithm = params.get("algorithm")
    if algorithm is not None and algorithm not in ALGORITHMS:
        raise SignatureError("algorithm", "Only rsa-sha256, hs2019 and ed25519 are accepted.")
    if algorithm == "rsa-sha256" and not _PSEUDO.isdisjoint(names):
        raise SignatureError("algorithm", "(created) cannot be signed with rsa-sha256.")
    return algorithm


def _time(params: dict[str, str], name: str) -> datetime | None:
    text = params.get(name)
    if text is None:
        return None
    # The draft allows parts of a second for the end only.
    if not re.fullmatch(r"[0-9]{1,11}" + (r"(\.[0-9]{1,9})?" if name == "expires" else ""), text):
        raise SignatureError("bad-time", f"The parameter {name} is not a time.")
    return moment(float(text))


def _signed_at(
    names: tuple[str, ...],
    fields: dict[str, str],
    created: datetime | None,
    expires: datetime | None,
) -> datetime:
    """The covered moment; a `created` that is not covered could be anyone's and does not count."""
    signed_at = created if "(created)" in names else None
    if signed_at is None:
        signed_at = parse_http_date(fields["date"])
    if expires is not None and expires < signed_at:
        raise SignatureError("bad-time", "The signature ends before it begins.")
    return signed_at


def parse_http_date(value: str) -> datetime:
    """The moment of a Date header (RFC 9110 5.6.7), aware; SignatureError when it is none."""
    try:
        date = parsedate_to_datetime(value)
        if date.tzinfo is None:
            raise ValueError("no zone")
        return date.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise SignatureError("bad-time", "The Date header is not a date.") from error


def _decode(encoded: str) -> bytes:
    try:
        return b64decode(encoded, validate=True)
    except ValueError as error:
        raise SignatureError("malformed", "The signature is not base64.") from error
