"""The place in the queue where its next page starts, as it stands in an address: `?after=…`. It
tells nothing that the page before did not show."""

import re
from datetime import UTC, datetime, timedelta

from storage.waiting import Spot

_SHAPE = re.compile(r"([01])-([0-9]{1,17})-([0-9]{1,19})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def write_spot(spot: Spot | None) -> str | None:
    """1 for a first thread, a dash, microseconds since 1970, a dash, the id."""
    if spot is None:
        return None
    return f"{int(spot.is_first)}-{(spot.created_at - _EPOCH) // _MICROSECOND}-{spot.id}"


def read_spot(text: str | None) -> Spot | None:
    """None for nothing, and for what is none: the first page then."""
    match = _SHAPE.fullmatch(text or "")
    if match is None or int(match[3]) >= 2**63:
        return None
    try:
        return Spot(match[1] == "1", _EPOCH + int(match[2]) * _MICROSECOND, int(match[3]))
    except OverflowError:
        return None
