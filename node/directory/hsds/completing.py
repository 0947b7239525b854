"""Words that HSDS fixes put right, and the fields that it wants filled in what is served. Pure."""

import re
from typing import Any, Final

from node.directory.hsds.report import Place, Report

Record = dict[str, Any]

CHOICES: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("service", "status"): ("active", "inactive", "defunct", "temporarily closed"),
    ("location", "location_type"): ("physical", "postal", "virtual"),
    ("address", "address_type"): ("physical", "postal", "virtual"),
    ("schedule", "freq"): ("WEEKLY", "MONTHLY", "DAILY", "YEARLY"),
    ("schedule", "wkst"): ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
}
_FALL_BACK: Final = {
    ("service", "status"): "active",
    ("location", "location_type"): "physical",
    ("address", "address_type"): "physical",
}
_REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    "organization": ("description",),
    "address": ("address_1", "city", "state_province", "postal_code", "country"),
    "organization_identifier": ("identifier_type", "identifier"),
    "program": ("name", "description"),
    "taxonomy": ("description",),
    "taxonomy_term": ("description",),
    "metadata": (
        *("last_action_date", "last_action_type", "field_name", "previous_value"),
        *("replacement_value", "updated_by"),
    ),
}
_QUOTED: Final = re.compile(r'^"(.*)"$')


def settle(kind: str, record: Record, place: Place, report: Report) -> Record:
    """Fields of which HSDS fixes the words hold one of them; a phone number is written as it is
    dialled, without quotes round it."""
    for (of_kind, name), known in CHOICES.items():
        if of_kind == kind:
            _choose(kind, name, known, record, place, report)
    number = _QUOTED.match(str(record.get("number", ""))) if kind == "phone" else None
    if number is not None:
        record["number"] = number[1].strip()
        report.cleaned(place, "number", "quotes round it are gone")
    return record


def _choose(
    kind: str, name: str, known: tuple[str, ...], record: Record, place: Place, report: Report
) -> None:
    value = record.get(name)
    if value in known:
        return
    by_key = {one.lower(): one for one in known}
    right = by_key.get(str(value or "").strip().lower().replace("_", " "))
    right = right or _FALL_BACK.get((kind, name))
    if value:
        report.cleaned(place, name, f"“{str(value)[:40]}” is not one of: {', '.join(known)}")
        record[f"{name}_as_published"] = value
    if right is None:
        record.pop(name, None)
    else:
        record[name] = right


def completed(kind: str, record: Record) -> Record:
    """The record with an empty text in each field that HSDS wants filled and its source left
    empty: what is served is HSDS, and says no more than what was published."""
    missing = {name: "" for name in _REQUIRED.get(kind, ()) if name not in record}
    return missing | record if missing else record
