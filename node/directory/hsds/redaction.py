"""What is never shown of a place that is to stay confidential, such as a refuge. Pure.

A place is taken for one when its record says so, or when the word stands anywhere in what is said
of it or of a service there. That hides a few too many ("your call is confidential"); staff can say
of each that it may be shown. What is left of a hidden place is a list of what may stay, not of what
must go: a field that nobody thought of is not shown.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from node.directory.hsds.package import each_text

Record = dict[str, Any]

WITHHELD: Final = "(address withheld)"
STAYS: Final = ("id", "location_type", "organization_id", "languages", "accessibility")
"""Of a hidden location. Its phones and schedules stand with the service."""

_WORD: Final = re.compile(
    r"\b(?:confidential(?:ly)?|undisclosed|secret location|address (?:is )?withheld|"
    r"location (?:is )?(?:withheld|not (?:disclosed|published)))\b",
    re.IGNORECASE,
)
_FLAGS: Final = ("confidential", "is_confidential", "redacted", "location_type_as_published")


def says_confidential(*values: Any) -> bool:
    """Whether the word stands in any text of these records, or one of them is flagged."""
    return any(_flagged(one) or _says(one) for one in values)


def _flagged(record: Any) -> bool:
    if not isinstance(record, dict):
        return False
    return any(
        str(record.get(name, "")).lower() in {"true", "1", "yes", "redacted", "confidential"}
        for name in _FLAGS
    )


def _says(value: Any) -> bool:
    if isinstance(value, str):
        return _WORD.search(value) is not None
    if isinstance(value, list):
        return any(_says(one) for one in value)
    if isinstance(value, dict):
        return any(_says(one) for one in value.values())
    return False


def hidden_place(location: Record) -> Record:
    """What may be shown of a hidden location."""
    return {name: location[name] for name in STAYS if name in location}


def traces(location: Record) -> list[str]:
    """Texts by which a hidden location could be found: its streets, codes, name and coordinates."""
    found: list[str] = []
    for address in location.get("addresses", ()):
        found += [str(address.get(name, "")) for name in ("address_1", "address_2", "postal_code")]
    found += [str(location.get(name, "")) for name in ("name", "alternate_name", "latitude")]
    found.append(str(location.get("longitude", "")))
    return [one.strip() for one in found if len(one.strip()) >= 4]


def without_traces(record: Any, found: Iterable[str]) -> Any:
    """The record with each trace taken out of every text in it."""
    words = sorted({one.lower() for one in found}, key=len, reverse=True)
    if not words:
        return record
    pattern = re.compile("|".join(re.escape(one) for one in words), re.IGNORECASE)
    return each_text(record, lambda text: pattern.sub(WITHHELD, text))
