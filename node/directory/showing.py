"""Services put together for showing: nested records of HSDS 3.0, without what is confidential.

Everything that leaves the store passes here, for pages, cards and the API alike. A fixed number of
queries, however many services.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from node.directory.deriving import decoded
from node.directory.hsds.completing import completed
from node.directory.hsds.fields import LISTS, SINGLE
from node.directory.hsds.redaction import hidden_place, traces, without_traces
from storage.directory_records import DataSet, Listing, Location, Service, ServicePlace, SetKind
from storage.services import Shown
from storage.unit_of_work import UnitOfWork

Record = dict[str, Any]

KINDS: Final[tuple[SetKind, ...]] = ("file", "own", "node", "terms")
"""Of data sets: all there are."""


@dataclass(frozen=True, slots=True)
class Card:
    """A service ready to be shown. `record` is the nested record, redacted. `hidden` are the
    locations of it that are not shown, for staff."""

    service: Service
    listing: Listing
    record: Record
    data_set: DataSet | None
    hidden: tuple[str, ...] = field(default_factory=tuple)

    @property
    def id(self) -> str:
        return self.listing.public_id


class Showing:
    """Reads and puts together within one transaction."""

    def __init__(self, uow: UnitOfWork, kinds: Sequence[str] = KINDS) -> None:
        self._uow = uow
        self._sets = {
            one.edition_id: one
            for one in uow.directory_sets.list()
            if one.edition_id is not None and one.kind in kinds
        }
        self.editions: Sequence[int] = list(self._sets)

    def by_listings(self, ids: Iterable[int]) -> list[Card]:
        """Cards in the order of the ids; what is not there is left out."""
        wanted = list(ids)
        found = self._uow.services.by_listings(self.editions, wanted) if wanted else {}
        return self.cards([found[own] for own in wanted if own in found])

    def by_public(self, ids: Iterable[str]) -> list[Card]:
        """The same by the ids that everybody knows."""
        wanted = list(ids)
        found = self._uow.services.by_public(self.editions, wanted) if wanted else {}
        return self.cards([found[own] for own in wanted if own in found])

    def cards(self, many: Sequence[Shown]) -> list[Card]:
        """Put together: three queries for all of them."""
        if not many:
            return []
        services = [one.service for one in many]
        places = self._uow.services.places_of([one.id for one in services])
        ids = {one.location_id for here in places.values() for one in here if one.location_id}
        locations = self._uow.services.locations(self.editions, ids) if ids else {}
        owners = {one.organization_id for one in services if one.organization_id}
        known = self._uow.services.organizations(self.editions, owners) if owners else {}
        organizations = {own: decoded(one.document) for own, one in known.items()}
        return [
            self._card(one, places.get(one.service.id, []), locations, organizations)
            for one in many
        ]

    def _card(
        self,
        shown: Shown,
        places: list[ServicePlace],
        locations: dict[str, Location],
        organizations: dict[str, Record],
    ) -> Card:
        record = decoded(shown.service.document)
        here = [locations[one.location_id] for one in places if one.location_id in locations]
        hidden = [one for one in here if one.is_hidden]
        record["service_at_locations"] = [
            self._place(one, shown.listing.public_id, locations) for one in places
        ]
        organization = organizations.get(shown.service.organization_id or "")
        if organization is not None:
            record["organization"] = organization
        found = [trace for one in hidden for trace in traces(decoded(one.document))]
        clean = without_traces(record, found) if found else record
        clean["id"] = shown.listing.public_id
        return Card(
            shown.service,
            shown.listing,
            complete("service", clean),
            self._sets.get(shown.service.edition_id),
            tuple(one.id for one in hidden),
        )

    def _place(self, place: ServicePlace, public_id: str, locations: dict[str, Location]) -> Record:
        made = decoded(place.document) | {"service_id": public_id}
        location = locations.get(place.location_id or "")
        if location is None:
            return made
        if location.is_hidden:
            # Contacts and descriptions of a place say where it is, too.
            kept = ("id", "service_id", "location_id", "phones", "schedules")
            made = {name: made[name] for name in kept if name in made}
        return made | {"location": shown_location(location)}

    def organizations(self, ids: Iterable[str], *, full: bool) -> dict[str, Record]:
        """Organizations; with their locations and services where they are asked for in full."""
        wanted = list(ids)
        found = self._uow.services.organizations(self.editions, wanted)
        records = {own: decoded(one.document) for own, one in found.items()}
        hidden: dict[str, list[str]] = {}
        for location in self._uow.services.locations_of(self.editions, wanted):
            owner = location.organization_id or ""
            if full and owner in records:
                records[owner].setdefault("locations", []).append(shown_location(location))
            if location.is_hidden:
                hidden.setdefault(owner, []).extend(traces(decoded(location.document)))
        return {
            own: complete("organization", without_traces(one, hidden.get(own, ())))
            for own, one in records.items()
        }


def shown_location(location: Location) -> Record:
    """A location as anybody may see it."""
    record = decoded(location.document)
    return hidden_place(record) if location.is_hidden else record


def complete(kind: str, record: Record) -> Record:
    """The record and all records in it with the fields that HSDS wants."""
    made: Record = {}
    for name, value in record.items():
        if name in LISTS and isinstance(value, list):
            made[name] = [
                complete(LISTS[name], one) if isinstance(one, dict) else one for one in value
            ]
        elif name in SINGLE and isinstance(value, dict):
            made[name] = complete(SINGLE[name], value)
        else:
            made[name] = value
    return completed(kind, made)
