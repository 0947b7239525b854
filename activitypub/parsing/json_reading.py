"""Bytes to one JSON object, before anyone looks at what it says.

The nesting is measured with a linear scan first, so that a body of a hundred thousand brackets is
refused without a decoder ever recursing into it. Then the JSON-LD profile is checked: documents are
read as plain JSON with fixed names, so anything that would make a JSON-LD processor see a different
document than we do is refused (`context_rules.py`).
"""

import re
from typing import Any

import msgspec

from activitypub.errors import WireError
from activitypub.parsing.context_rules import check_profile

_ESCAPED = re.compile(rb"\\.", re.DOTALL)
_AS_SQUARE = bytes.maketrans(b"{}", b"[]")
_ALL_BUT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"{}[]")


def check_depth(body: bytes, max_depth: int) -> None:
    """Raise WireError "too-deep" if brackets outside strings nest deeper than `max_depth`.

    Strings are cut out, then all innermost pairs of brackets at once, level by level: each step
    runs in C and is linear. Brackets that pair with nothing are left to the decoder, if few.
    """
    plain = _ESCAPED.sub(b"", body) if b"\\" in body else body
    outside_strings = b"".join(plain.split(b'"')[::2])
    brackets = outside_strings.translate(_AS_SQUARE, _ALL_BUT_BRACKETS)
    for _ in range(max_depth + 1):
        outer = brackets.replace(b"[]", b"")
        if len(outer) == len(brackets):
            break
        brackets = outer
    else:
        raise WireError("too-deep", f"JSON may nest at most {max_depth} levels")
    if brackets.count(b"[") > max_depth:
        raise WireError("too-deep", f"JSON may nest at most {max_depth} levels")


def read_json(body: bytes, *, max_depth: int = 32) -> dict[str, Any]:
    """The JSON object in `body`. The caller has checked its size.

    Raises WireError "too-deep", "not-json", "not-an-object", or "json-ld" for a document that is
    not plain ActivityStreams.
    """
    check_depth(body, max_depth)
    try:
        document = msgspec.json.decode(body)
    except (ValueError, RecursionError) as error:
        raise WireError("not-json", "the body is not valid JSON in UTF-8") from error
    if not isinstance(document, dict):
        raise WireError("not-an-object", "expected one JSON object")
    check_profile(document)
    return document
