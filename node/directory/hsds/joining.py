"""Tables put together: each row goes into the record that it belongs to. Pure."""

from typing import Any, Final

from node.directory.hsds.cleaning import clean_record
from node.directory.hsds.completing import settle
from node.directory.hsds.fields import BY_NAME, OWNERS
from node.directory.hsds.package import Package
from node.directory.hsds.report import Place, Report
from node.directory.hsds.tables import Tables

Record = dict[str, Any]
Found = dict[str, dict[str, Record]]
"""Records by kind and id."""

_ORDER: Final = (
    *("language", "phone", "contact", "schedule", "address", "accessibility", "cost_option"),
    *("required_document", "service_area", "funding", "program", "organization_identifier"),
    *("url", "service_capacity"),
)
_TIES: Final = frozenset({"attribute", "metadata", "meta_table_description"})
_CORE: Final = frozenset({"service", "organization", "location"})
_HELD: Final = {"url": "additional_urls"}


def join(tables: Tables, package: Package, report: Report) -> None:
    """Put all rows into the package. Rows of kinds that HSDS does not have were named before."""
    found: Found = {}
    places: dict[tuple[str, str], Place] = {}
    for kind in BY_NAME:
        for place, row in tables.of(kind):
            _take(kind, place, row, found, places, report)
    for kind in _ORDER:
        for own, record in found.get(kind, {}).items():
            _attach(kind, record, found, places[kind, own], report)
    _programs(found)
    _tie_attributes(found, places, report)
    _tie_metadata(found)
    _hand_over(found, places, package, report)


def _take(
    kind: str,
    place: Place,
    row: Record,
    found: Found,
    places: dict[tuple[str, str], Place],
    report: Report,
) -> None:
    if kind not in _CORE and not str(row.get("id") or "").strip():
        row = row | {"id": f"{place.file} {place.row}"}
    record = settle(kind, clean_record(kind, row, place, report), place, report)
    own = str(record.get("id", ""))
    if not own or (kind == "phone" and not record.get("number")):
        return
    known = found.setdefault(kind, {}).get(own)
    if known is None:
        found[kind][own] = record
        places[kind, own] = place
        return
    if kind in _CORE and known.get("name") != record.get("name"):
        there = places[kind, own]
        report.broken(place, "id", f"{own} is another {kind} in {there.file}, row {there.row}")
        return
    found[kind][own] = record | known
    report.note(place, "id", f"{own} comes twice; what the first says stands")


def _attach(kind: str, record: Record, found: Found, place: Place, report: Report) -> None:
    """Into each record that the row names; a row that names none is reported."""
    is_held = False
    named = [(column, owner) for column, owner in OWNERS[kind] if record.get(column)]
    for column, owner in named:
        whole = found.get(owner, {}).get(str(record[column]))
        if whole is None:
            report.note(place, column, f"there is no {owner} {record[column]}")
            continue
        whole.setdefault(_HELD.get(kind, BY_NAME[kind].plural), []).append(record)
        is_held = True
    if not is_held and kind != "program":
        report.cleaned(place, "", f"this {kind} belongs to nothing; it is left out")


def _programs(found: Found) -> None:
    for service in found.get("service", {}).values():
        program = found.get("program", {}).get(str(service.get("program_id")))
        if program is not None:
            service["program"] = program


def _tie_attributes(found: Found, places: dict[tuple[str, str], Place], report: Report) -> None:
    terms = found.get("taxonomy_term", {})
    by_id = {own: one for kind in BY_NAME if kind not in _TIES for own, one in _of(found, kind)}
    services = found.get("service", {})
    for own, record in found.get("attribute", {}).items():
        linked = str(record.get("link_id"))
        is_service = record.get("link_entity") == "service" and linked in services
        whole = services[linked] if is_service else by_id.get(linked)
        if whole is None:
            report.note(places["attribute", own], "link_id", f"there is no record {linked}")
            continue
        term = terms.get(str(record.get("taxonomy_term_id")))
        whole.setdefault("attributes", []).append(
            record if term is None else record | {"taxonomy_term": term}
        )


def _tie_metadata(found: Found) -> None:
    for _, record in _of(found, "metadata"):
        for kind in ("service", "organization", "location", "service_at_location"):
            whole = found.get(kind, {}).get(str(record.get("resource_id")))
            if whole is not None and record.get("resource_type", kind) in {kind, ""}:
                whole.setdefault("metadata", []).append(record)


def _of(found: Found, kind: str) -> list[tuple[str, Record]]:
    return list(found.get(kind, {}).items())


def _hand_over(
    found: Found, places: dict[tuple[str, str], Place], package: Package, report: Report
) -> None:
    package.organizations |= found.get("organization", {})
    package.locations |= found.get("location", {})
    package.taxonomies |= found.get("taxonomy", {})
    package.terms |= found.get("taxonomy_term", {})
    package.services |= found.get("service", {})
    for own, record in _of(found, "service_at_location"):
        service = package.services.get(str(record.get("service_id")))
        place = places["service_at_location", own]
        if service is None:
            report.note(place, "service_id", f"there is no service {record.get('service_id')}")
            continue
        location = package.locations.get(str(record.get("location_id")))
        if location is None:
            report.note(place, "location_id", f"there is no location {record.get('location_id')}")
        elif not service.get("organization_id") and location.get("organization_id"):
            # Ohana says whose a service is through its location.
            service["organization_id"] = location["organization_id"]
        package.place(record)
