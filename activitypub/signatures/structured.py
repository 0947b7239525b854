"""Structured fields (RFC 9651) as RFC 9421 and RFC 9530 use them: dictionaries without doubles."""

from typing import Any

import http_sf

from activitypub.errors import SignatureError

MAX_FIELD = 8 * 1024


def _refuse_duplicate(key: str, where: str) -> None:
    raise SignatureError("duplicate-parameter", f"{key!r} stands twice in one {where}.")


def parse_dictionary(name: str, value: str) -> dict[str, Any]:
    """The members of a dictionary field, each a pair of value and parameters.

    RFC 9651 lets the last of two equal keys win. We refuse both, since the signer and we must not
    be able to read one text in two ways. Raises SignatureError, also for a value over 8 KiB.
    """
    if len(value) > MAX_FIELD:
        raise SignatureError("bad-header", f"The header {name} is too long.")
    try:
        members = http_sf.parse(
            value.encode("ascii"), tltype="dictionary", on_duplicate_key=_refuse_duplicate
        )
    except (ValueError, OverflowError, ArithmeticError, RecursionError) as error:
        raise SignatureError("bad-header", f"The header {name} is malformed: {error}") from error
    return dict(members) if isinstance(members, dict) else {}


def serialize_member(member: Any) -> str:
    """One dictionary member in the one form that both sides must sign (RFC 9421 2.3)."""
    try:
        return str(http_sf.ser([member]))
    except (ValueError, TypeError) as error:
        raise SignatureError("malformed", f"A parameter cannot be signed: {error}") from error
