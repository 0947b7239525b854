"""What is never shown of a place that is to stay confidential, such as a refuge. Pure.

A place is taken for one when its record says so, or when the word stands anywhere in what is said
of it or of a service there. That hides a few too many ("your call is confidential"); staff can say
of each that it may be shown. What is left of a hidden place is a list of what may stay, not of what
must go: a field that nobody thought of is not shown.
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from node.directory.hsds import fields

Record = dict[str, Any]

SHORTEST: Final = 4
"""Letters of a text that could tell a place; "5" or "A" stands everywhere."""
WITHHELD: Final = "(address withheld)"
STAYS: Final = ("id", "location_type", "organization_id", "languages", "accessibility")
"""Of a hidden location. Its phones and schedules stand with the service."""

_WORD: Final = re.compile(
    r"\b(?:confidential(?:ly)?|undisclosed|secret location|address (?:is )?withheld|"
    r"location (?:is )?(?:withheld|not (?:disclosed|published)))\b",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"-?\d+\.\d+")
_EXACT: Final = 6
"""Letters of a number that is a coordinate and not by chance the same as one."""
_PIECES: Final = re.compile(r"[\s,.]+")
_UNTOUCHED: Final = fields.DATES | fields.MOMENTS | fields.TIMES | {"id", "number", "extension"}
"""Fields in which figures are no place: "2024" is a year and a postcode."""
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


def traces(location: Record, known: Iterable[str] = ()) -> list[str]:
    """Texts by which a hidden location could be found: its streets, codes, name and coordinates.
    `known` are names of the service and of who offers it, which are told anyway: a place that is
    called the same gives nothing away by it."""
    found: list[str] = []
    for address in location.get("addresses", ()):
        found += [str(address.get(name, "")) for name in ("address_1", "address_2", "postal_code")]
    told = {_plain(one) for one in known}
    names = (str(location.get(name, "")) for name in ("name", "alternate_name"))
    found += [one for one in names if _plain(one) not in told]
    found += [_coarse(location.get(name)) for name in ("latitude", "longitude")]
    return [text for text in map(str.strip, found) if _tells(text)]


def _tells(text: str) -> bool:
    """Whether a text could lead there: four figures are a year as well, and 51.5 a price."""
    if text.isdigit():
        return len(text) > SHORTEST
    if _NUMBER.fullmatch(text):
        return len(text) >= _EXACT
    return len(text) >= SHORTEST and any(one.isalnum() for one in text)


def street_of(location: Record) -> tuple[str, str] | None:
    """(street, postcode or town) by which two records are known to tell of one place."""
    for address in location.get("addresses", ()):
        street = _plain(str(address.get("address_1", "")))
        area = _plain(str(address.get("postal_code") or address.get("city") or ""))
        if street and area:
            return street, area
    return None


def without_traces(record: Any, found: Iterable[str]) -> Any:
    """The record with each trace taken out of every text in it, also where it is written with
    other spaces, as in an address of a map; and out of numbers that are its coordinates."""
    words = sorted(set(found), key=len, reverse=True)
    if not words:
        return record
    pattern = re.compile("|".join(map(_written, words)), re.IGNORECASE)
    exact = tuple(one for one in words if _NUMBER.fullmatch(one))
    return _cleaned(record, pattern, exact)


def _plain(text: str) -> str:
    return " ".join(_PIECES.split(text.lower())).strip()


def _coarse(value: Any) -> str:
    """A coordinate as far as 100 metres: whatever goes on from there is a trace as well."""
    text = str(value or "")
    whole, point, rest = text.partition(".")
    return whole + point + rest[:3]


def _written(trace: str) -> str:
    if _NUMBER.fullmatch(trace):
        return rf"(?<![\w.]){re.escape(trace)}\d*"
    pieces = [re.escape(one) for one in _PIECES.split(trace) if one]
    return r"(?<!\w)" + r"(?:[\s,.+_-]|%20)+".join(pieces) + r"(?!\w)"


def _cleaned(value: Any, pattern: re.Pattern[str], exact: tuple[str, ...]) -> Any:
    if isinstance(value, str):
        return pattern.sub(WITHHELD, value)
    if isinstance(value, float) and str(value).startswith(exact or ("none",)):
        return WITHHELD
    if isinstance(value, list):
        return [_cleaned(one, pattern, exact) for one in value]
    if isinstance(value, dict):
        return {
            name: one
            if name in _UNTOUCHED or name.endswith("_id")
            else _cleaned(one, pattern, exact)
            for name, one in value.items()
        }
    return value
