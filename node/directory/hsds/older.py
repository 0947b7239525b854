"""HSDS 1.0 and 1.1, and Ohana's CSV of the same time, as tables of 3.0. Pure.

What was a table of its own there is a field here, or the other way round. It goes by columns, not
by a version, since real packages mix them. Nothing is lost: what has no place in 3.0 stays beside
what has.
"""

import re
from typing import Any, Final

from node.directory.hsds.report import Place, Report
from node.directory.hsds.tables import Tables

Record = dict[str, Any]

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_RENAMED: Final[dict[str, dict[str, str]]] = {
    "organization": {"url": "website", "date_incorporated": "year_incorporated"},
    "service": {"website": "url", "audience": "eligibility_description"},
    "location": {"website": "url"},
    "phone": {"number_type": "type"},
    "language": {"language": "name"},
    "accessibility": {"accessibility": "description"},
    "service_area": {"service_area": "name"},
    "taxonomy_term": {"vocabulary": "taxonomy", "term": "name"},
}


def upgrade(tables: Tables, report: Report) -> None:
    """Make all of it tables of 3.0, in place."""
    for kind, names in _RENAMED.items():
        for _, row in tables.of(kind):
            _rename(row, names)
    for place, row in tables.of("organization"):
        _organization(tables, place, row)
    for place, row in tables.of("location"):
        _location(tables, place, row, report)
    for place, row in tables.of("service"):
        _service(tables, place, row)
    for place, row in tables.of("phone"):
        _phone(tables, place, row)
    _terms(tables)
    _schedules(tables, report)
    _addresses(tables)
    _of_services(tables)


def _rename(row: Record, names: dict[str, str]) -> None:
    for old, new in names.items():
        if row.get(old) and not row.get(new):
            row[new] = row.pop(old)


def _list(text: object) -> list[str]:
    return [one.strip() for one in re.split(r"[,;]", str(text or "")) if one.strip()]


def _organization(tables: Tables, place: Place, row: Record) -> None:
    year = re.search(r"\b(1[89]\d\d|20\d\d)\b", str(row.get("year_incorporated", "")))
    if row.get("year_incorporated"):
        row["year_incorporated"] = year[1] if year else ""
    for number, source in enumerate(_list(row.pop("funding_sources", ""))):
        one = {"id": f"o{row.get('id')}-{number}", "source": source}
        tables.add("funding", place, one | {"organization_id": row.get("id", "")})


def _location(tables: Tables, place: Place, row: Record, report: Report) -> None:
    if not row.get("location_type"):
        is_virtual = str(row.pop("virtual", "")).lower() in {"true", "t", "1", "yes"}
        row["location_type"] = "virtual" if is_virtual else "physical"
    if row.pop("admin_emails", None):
        report.cleaned(
            place, "admin_emails", "addresses of editors are nobody's business; left out"
        )
    own = row.get("id", "")
    for number, word in enumerate(_list(row.pop("accessibility", ""))):
        one = {"id": f"a{own}-{number}", "description": word.replace("_", " ")}
        tables.add("accessibility", place, one | {"location_id": own})
    for number, name in enumerate(_list(row.pop("languages", ""))):
        tables.add("language", place, {"id": f"l{own}-{number}", "name": name, "location_id": own})


def _service(tables: Tables, place: Place, row: Record) -> None:
    own = row.get("id", "")
    if row.get("location_id"):
        where = {"id": f"s{own}-l{row['location_id']}", "service_id": own}
        tables.add("service_at_location", place, where | {"location_id": row.pop("location_id")})
    _join(row, "eligibility_description", row.pop("eligibility", ""))
    paid = ", ".join(_list(row.pop("accepted_payments", "")))
    _join(row, "fees_description", f"Accepted: {paid}" if paid else "")
    for number, name in enumerate(_list(row.pop("languages", ""))):
        tables.add("language", place, {"id": f"s{own}-{number}", "name": name, "service_id": own})
    for number, name in enumerate(_list(row.pop("service_areas", ""))):
        one = {"id": f"sa{own}-{number}", "name": name, "service_id": own}
        tables.add("service_area", place, one)
    for number, name in enumerate(_list(row.pop("required_documents", ""))):
        one = {"id": f"d{own}-{number}", "document": name, "service_id": own}
        tables.add("required_document", place, one)
    for number, name in enumerate(_list(row.pop("funding_sources", ""))):
        tables.add("funding", place, {"id": f"f{own}-{number}", "source": name, "service_id": own})
    for term in _list(row.pop("taxonomy_ids", "")):
        _tie(tables, place, str(own), term)


def _tie(tables: Tables, place: Place, service_id: str, term_id: str) -> None:
    one = {"id": f"t{service_id}-{term_id}", "link_id": service_id, "link_entity": "service"}
    tables.add("attribute", place, one | {"taxonomy_term_id": term_id})


def _join(row: Record, name: str, more: object) -> None:
    words = str(more or "").strip()
    if words:
        row[name] = f"{row[name]}\n{words}" if row.get(name) else words


def _phone(tables: Tables, place: Place, row: Record) -> None:
    for number, code in enumerate(_list(row.pop("language", ""))):
        one = {"id": f"p{row.get('id')}-{number}", "phone_id": row.get("id", "")}
        is_code = re.fullmatch(r"[a-z]{2,3}", code) is not None
        tables.add("language", place, one | ({"code": code} if is_code else {"name": code}))
    if row.get("department") and not row.get("description"):
        row["description"] = row.pop("department")
    prefix = str(row.pop("country_prefix", "")).strip().lstrip("+")
    if prefix and row.get("number") and not str(row["number"]).startswith("+"):
        row["number"] = f"+{prefix} {row['number']}"


def _terms(tables: Tables) -> None:
    named: dict[str, Record] = {}
    for place, row in tables.of("taxonomy_term"):
        if not row.get("id") and row.get("taxonomy_id"):
            row["id"] = row.pop("taxonomy_id")
        row.pop("parent_name", None)
        if str(row.get("parent_id", "")) in {"", "0"}:
            row.pop("parent_id", None)
        name = str(row.get("taxonomy") or "")
        if name and not row.get("taxonomy_id"):
            row["taxonomy_id"] = f"taxonomy {name}"
            named.setdefault(name, {"id": row["taxonomy_id"], "name": name, "_place": place})
    known = {row.get("id") for _, row in tables.of("taxonomy")}
    for one in named.values():
        place = one.pop("_place")
        if one["id"] not in known:
            tables.add("taxonomy", place, one)


def _schedules(tables: Tables, report: Report) -> None:
    for place, row in tables.take("regular_schedule"):
        day = _day(row.pop("weekday", ""))
        if day is None:
            report.cleaned(place, "weekday", "it is no day of the week; the row is left out")
            continue
        tables.add("schedule", place, row | {"freq": "WEEKLY", "byday": day})
    for place, row in tables.take("holiday_schedule"):
        row["valid_from"] = row.pop("start_date", "")
        row["valid_to"] = row.pop("end_date", "") or row["valid_from"]
        is_closed = str(row.pop("closed", "")).lower() in {"true", "t", "1", "yes"}
        if is_closed:
            row |= {"opens_at": "", "closes_at": "", "closed": True, "description": "Closed"}
        tables.add("schedule", place, row)


def _day(text: object) -> str | None:
    word = str(text).strip().upper()
    if word.isdigit() and 1 <= int(word) <= 7:
        return _DAYS[int(word) - 1]
    return word[:2] if word[:2] in _DAYS and len(word) <= 9 else None


def _addresses(tables: Tables) -> None:
    for old, kind in (("physical_address", "physical"), ("postal_address", "postal")):
        for place, row in tables.take(old):
            row["address_type"] = kind
            row["id"] = f"{kind} {row['id']}" if str(row.get("id", "")).isdigit() else row.get("id")
            for name in ("address_3", "address_4"):
                if row.get(name):
                    row["address_2"] = f"{row.get('address_2', '')}, {row.pop(name)}".strip(", ")
            tables.add("address", place, row)


def _of_services(tables: Tables) -> None:
    services = {str(row.get("id")): row for _, row in tables.of("service")}
    for _, row in tables.take("eligibility"):
        owner = services.get(str(row.get("service_id")))
        if owner is not None:
            _join(owner, "eligibility_description", row.get("eligibility"))
    for _, row in tables.take("payment_accepted"):
        owner = services.get(str(row.get("service_id")))
        if owner is not None:
            _join(owner, "fees_description", f"Accepted: {row.get('payment', '')}")
    for place, row in tables.take("service_taxonomy"):
        _tie(tables, place, str(row.get("service_id", "")), str(row.get("taxonomy_id", "")))
