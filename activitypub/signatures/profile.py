"""Which signatures we accept at all, and when: the front door of this room.

The caller goes through it in this order: `read_signature`, `check_time`, `check_digest`, and with
the key at hand `verify`. Each refuses with a SignatureError and nothing else.
"""

from datetime import datetime, timedelta

from activitypub.errors import SignatureError
from activitypub.signatures.cavage import read_cavage
from activitypub.signatures.message import (
    HttpMessage,
    ParsedSignature,
    check_request_line,
    check_same,
    index_fields,
)
from activitypub.signatures.rfc9421 import read_rfc9421

DEFAULT_WINDOW = timedelta(hours=1)
_SCHEME = "signature "


def read_signature(message: HttpMessage) -> ParsedSignature:
    """The one signature of a request: RFC 9421 if it has a Signature-Input, else cavage.

    Raises SignatureError when there is none, more than one, or one that is malformed, ambiguous,
    of an unknown algorithm, for another host, or covers less than the profile asks for.
    """
    fields = index_fields(message)
    check_request_line(message, fields)
    authorization = fields.get("authorization", "")
    signed_there = authorization[: len(_SCHEME)].lower() == _SCHEME
    if signed_there and "signature" in fields:
        raise SignatureError("not-one-signature", "The request carries more than one signature.")
    if "signature-input" in fields:
        return read_rfc9421(message, fields)
    value = authorization[len(_SCHEME) :] if signed_there else fields.get("signature")
    if value is None:
        raise SignatureError("unsigned", "The request is not signed.")
    return read_cavage(message, fields, value)


def check_time(
    parsed: ParsedSignature,
    message: HttpMessage,
    now: datetime,
    window: timedelta = DEFAULT_WINDOW,
) -> None:
    """Refuse a signature made further than `window` from `now`, or past its own end.

    Both edges still count. `now` is aware UTC. Raises SignatureError.
    """
    check_same(parsed, message)
    if now - parsed.signed_at > window:
        raise SignatureError("too-old", "The signature is too old.")
    if parsed.signed_at - now > window:
        raise SignatureError("from-the-future", "The signature is from the future.")
    if parsed.expires is not None and now > parsed.expires:
        raise SignatureError("expired", "The signature has expired.")
