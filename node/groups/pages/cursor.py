"""The place in a list where its next page starts, as it stands in an address: `?before=…`."""

import re
from datetime import UTC, datetime, timedelta

from node.groups.reading import Cursor

_SHAPE = re.compile(r"([0-9]{1,17})-([0-9]{1,19})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def write_cursor(cursor: Cursor | None) -> str | None:
    """Microseconds since 1970, a dash, the id."""
    return f"{(cursor[0] - _EPOCH) // _MICROSECOND}-{cursor[1]}" if cursor else None


def read_cursor(text: str | None) -> Cursor | None:
    """None for nothing, and for what is none: the first page then."""
    match = _SHAPE.fullmatch(text or "")
    if match is None or int(match[2]) >= 2**63:
        return None
    try:
        return _EPOCH + int(match[1]) * _MICROSECOND, int(match[2])
    except OverflowError:
        return None
