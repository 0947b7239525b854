"""What was read of a data set, whatever shape it came in: services, organizations, locations, who
offers what where, and terms. Pure.

Records that belong to one other record stand inside it, as in HSDS's nested form. Services point to
their organization and places to their location by id, so that each is kept once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from node.directory.hsds.fields import LISTS, SINGLE

Record = dict[str, Any]

_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
REFERENCES: Final = {
    "organization_id": "organization",
    "parent_organization_id": "organization",
    "service_id": "service",
    "program_id": "program",
    "location_id": "location",
    "service_at_location_id": "service_at_location",
    "phone_id": "phone",
    "contact_id": "contact",
    "taxonomy_id": "taxonomy",
    "taxonomy_term_id": "taxonomy_term",
    "parent_id": "taxonomy_term",
}
"""Fields that hold the id of another record, and of which kind."""


@dataclass(slots=True)
class Package:
    """Records by the id that their source gave them. `places` are the `service_at_location`s of a
    service, by the id of the service."""

    services: dict[str, Record] = field(default_factory=dict)
    organizations: dict[str, Record] = field(default_factory=dict)
    locations: dict[str, Record] = field(default_factory=dict)
    places: dict[str, list[Record]] = field(default_factory=dict)
    taxonomies: dict[str, Record] = field(default_factory=dict)
    terms: dict[str, Record] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to keep."""
        return not (
            self.services or self.organizations or self.locations or self.terms or self.taxonomies
        )

    def place(self, record: Record) -> None:
        """Add a place of the service that it names, once."""
        known = self.places.setdefault(str(record.get("service_id", "")), [])
        if all(one.get("id") != record.get("id") for one in known):
            known.append(record)


class Ids:
    """Makes ids of a data set ids of the world: a UUID stays, anything else becomes the UUIDv5 of
    the data set, the kind and the id (RFC 9562, section 5.5), the same at every import."""

    def __init__(self, source: str) -> None:
        self.space = uuid5(NAMESPACE_URL, "kith-directory:" + " ".join(source.lower().split()))

    def of(self, kind: str, own: object) -> str:
        """The UUID of the record that its source calls `own`."""
        text = str(own).strip()
        return text.lower() if _UUID.fullmatch(text) else self.another(kind, text)

    def another(self, kind: str, own: str) -> str:
        """A UUID that only this data set has, also for what is a UUID already."""
        return str(uuid5(self.space, f"{kind}:{own}"))

    def record(self, kind: str, record: Record) -> Record:
        """The record with its ids, and those of the records in it, made ids of the world."""
        made: Record = {}
        for name, value in record.items():
            if name == "id":
                made[name] = self.of(kind, value)
            elif name in REFERENCES and isinstance(value, str):
                made[name] = self.of(REFERENCES[name], value)
            elif name in LISTS and isinstance(value, list):
                made[name] = [self._inner(LISTS[name], one) for one in value]
            elif name in SINGLE and isinstance(value, dict):
                made[name] = self._inner(SINGLE[name], value)
            else:
                made[name] = value
        for inner in made.get("attributes", ()):
            inner["link_id"] = made["id"]
        return made

    def _inner(self, kind: str, value: Any) -> Any:
        return self.record(kind, value) if isinstance(value, dict) else value


def is_uuid(text: str) -> bool:
    """Whether it is written like a UUID."""
    return _UUID.fullmatch(text) is not None


def uuid_of(text: str) -> str:
    """A UUID for a word of our own, such as a term's slug."""
    return str(uuid5(UUID(int=0x6B697468), text))


def records_in(record: Record, kind: str) -> Iterator[tuple[str, Record]]:
    """The record and all records in it, each with its kind, from the outside in."""
    yield kind, record
    for name, value in record.items():
        if name in LISTS and isinstance(value, list):
            for one in value:
                if isinstance(one, dict):
                    yield from records_in(one, LISTS[name])
        elif name in SINGLE and isinstance(value, dict):
            yield from records_in(value, SINGLE[name])
