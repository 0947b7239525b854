"""Nested records taken apart: JSON of HSDS 3.x as APIs serve it and files keep it. Pure."""

from collections.abc import Iterable
from typing import Any, Final

from node.directory.hsds.cleaning import clean_record
from node.directory.hsds.completing import settle
from node.directory.hsds.fields import LISTS, SINGLE
from node.directory.hsds.package import Package
from node.directory.hsds.report import Place, Report

Record = dict[str, Any]

DEEPEST: Final = 12
_WORDS: Final = (
    ("service_at_location", "service_at_location"),
    ("taxonomy_term", "taxonomy_term"),
    ("taxonomies", "taxonomy"),
    ("taxonomy", "taxonomy"),
    ("organization", "organization"),
    ("service", "service"),
    ("location", "location"),
)


def kind_by_name(name: str) -> str | None:
    """What a file or folder of this name should hold; the longest word decides."""
    stem = name.lower().rpartition(".")[0] or name.lower()
    return next((kind for word, kind in _WORDS if stem.startswith(word)), None)


def kind_of(record: Record, hint: str | None) -> str | None:
    """What an object is, by what it holds; where that does not say, by the name of its file."""
    if "service_id" in record and ("location" in record or "location_id" in record):
        return "service_at_location"
    if isinstance(record.get("location"), dict):
        return "service_at_location"
    if "location_type" in record:
        return "location"
    if {"organization_identifiers", "year_incorporated", "legal_status"} & record.keys():
        return "organization"
    if {"service_at_locations", "organization_id", "eligibility_description"} & record.keys():
        return "service"
    if "status" in record:
        return "service"
    if {"parent_id", "taxonomy_id", "term_uri", "taxonomy_detail"} & record.keys():
        return "taxonomy_term"
    if hint is None and "name" in record and "version" in record:
        return "taxonomy"
    return hint if "id" in record else None


class TakingApart:
    """Puts nested records into a package. `name` is the file, for the report."""

    def __init__(self, package: Package, report: Report, name: str) -> None:
        self._package = package
        self._report = report
        self._name = name

    def take(self, value: Any, hint: str | None = None) -> bool:
        """An object, a list of them, or a `Page` with `contents`. False when it is no HSDS."""
        if isinstance(value, dict) and isinstance(value.get("contents"), list):
            value = value["contents"]
        records: Iterable[Any] = value if isinstance(value, list) else (value,)
        is_ours = False
        for number, record in enumerate(records, start=1):
            place = Place(self._name, number if isinstance(value, list) else 0)
            if not isinstance(record, dict):
                self._report.broken(place, "", "an object of HSDS belongs here")
                return True
            kind = kind_of(record, hint)
            if kind is None:
                continue
            is_ours = True
            self._whole(kind, record, place)
        return is_ours

    def _whole(self, kind: str, record: Record, place: Place) -> None:
        match kind:
            case "service":
                self._service(record, place)
            case "organization":
                self._organization(record, place)
            case "location":
                self._location(record, place)
            case "service_at_location":
                self._place(record, place, None)
            case "taxonomy":
                self._keep(self._package.taxonomies, self._plain("taxonomy", record, place))
            case _:
                self._term(record, place)

    def _service(self, record: Record, place: Place) -> str | None:
        made = self._plain("service", record, place, leave=("organization", "service_at_locations"))
        organization = record.get("organization")
        if isinstance(organization, dict):
            made["organization_id"] = self._organization(organization, place) or ""
        own = self._keep(self._package.services, made)
        for one in _records(record, "service_at_locations"):
            self._place(one, place, own)
        return own

    def _organization(self, record: Record, place: Place) -> str | None:
        made = self._plain("organization", record, place, leave=("locations", "services"))
        own = self._keep(self._package.organizations, made)
        for one in _records(record, "locations"):
            self._location(one, place, own)
        for one in _records(record, "services"):
            if one.get("name"):
                self._service({"organization_id": own} | one, place)
        return own

    def _location(self, record: Record, place: Place, owner: str | None = None) -> str | None:
        made = self._plain("location", record, place)
        if owner is not None:
            made.setdefault("organization_id", owner)
        return self._keep(self._package.locations, made)

    def _place(self, record: Record, place: Place, service_id: str | None) -> None:
        made = self._plain("service_at_location", record, place, leave=("location", "service"))
        location, service = record.get("location"), record.get("service")
        if isinstance(location, dict):
            made["location_id"] = self._location(location, place) or ""
        if isinstance(service, dict):
            service_id = self._service(service, place)
        made["service_id"] = service_id or made.get("service_id", "")
        if made.get("id"):
            self._package.place(made)

    def _term(self, record: Record, place: Place) -> Record:
        made = self._plain("taxonomy_term", record, place)
        self._keep(self._package.terms, made)
        return made

    def _plain(
        self, kind: str, record: Record, place: Place, leave: tuple[str, ...] = (), depth: int = 0
    ) -> Record:
        """The record cleaned, with the records in it cleaned as well, but for those in `leave`."""
        made = settle(kind, clean_record(kind, record, place, self._report), place, self._report)
        if depth > DEEPEST:
            self._report.broken(place, "", f"records stand more than {DEEPEST} deep in each other")
            return made
        for name in record:
            if name in leave:
                continue
            if name in LISTS and isinstance(record[name], list):
                inner = self._inner(LISTS[name], _records(record, name), place, depth)
                if inner:
                    made[name] = inner
            elif name in SINGLE and isinstance(record[name], dict):
                made[name] = self._one(SINGLE[name], record[name], place, depth)
        return made

    def _inner(
        self, kind: str, records: Iterable[Record], place: Place, depth: int
    ) -> list[Record]:
        made = [self._one(kind, one, place, depth) for one in records]
        return [one for one in made if kind != "phone" or one.get("number")]

    def _one(self, kind: str, record: Record, place: Place, depth: int) -> Record:
        made = self._plain(kind, record, place, depth=depth + 1)
        if kind == "taxonomy_term":
            self._keep(self._package.terms, made)
        elif kind == "taxonomy":
            self._keep(self._package.taxonomies, made)
        return made

    def _keep(self, kept: dict[str, Record], made: Record) -> str | None:
        """The same record may stand in many others: what any of them says is kept."""
        own = made.get("id")
        if not own:
            return None
        kept[str(own)] = made | kept.get(str(own), {})
        return str(own)


def _records(record: Record, name: str) -> list[Record]:
    value = record.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
