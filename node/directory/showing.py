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
from node.directory.rules import FOUND
from storage.directory_records import DataSet, Listing, Location, Service, ServicePlace, SetKind
from storage.services import Own, Shown
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
        """Put together: five queries for all of them."""
        if not many:
            return []
        services = [one.service for one in many]
        places = self._uow.services.places_of([one.id for one in services])
        ids = {one.location_id for here in places.values() for one in here if one.location_id}
        locations = self._uow.services.locations(self.editions, ids) if ids else {}
        owners = {one.organization_id for one in services if one.organization_id}
        around = self._around(owners, locations) if owners else _Around(locations)
        return [self._card(one, places.get(one.service.id, []), around) for one in many]

    def _around(self, owners: Iterable[str], locations: dict[Own, Location]) -> "_Around":
        known = self._uow.services.organizations(self.editions, owners)
        return _Around(
            locations,
            {own: decoded(one.document) for own, one in known.items()},
            self._uow.services.hidden_of(self.editions, owners),
        )

    def _card(self, shown: Shown, places: list[ServicePlace], around: "_Around") -> Card:
        service = shown.service
        record = decoded(service.document)
        owner = (service.edition_id, service.organization_id or "")
        organization = around.organizations.get(owner)
        names = [str(one.get("name", "")) for one in (record, organization or {})]
        here = [around.locations.get((service.edition_id, one.location_id or "")) for one in places]
        hidden = [one for one in here if one is not None and one.is_hidden]
        documents = [one.document for one in hidden] + around.hidden.get(owner, [])
        found = [trace for one in documents for trace in traces(decoded(one), names)]
        if organization is not None:
            record["organization"] = organization
        record = without_traces(record, found)
        record["id"] = shown.listing.public_id
        record["service_at_locations"] = [
            _place(one, location, shown.listing.public_id, found)
            for one, location in zip(places, here, strict=True)
        ]
        return Card(
            service,
            shown.listing,
            complete("service", record),
            self._sets.get(service.edition_id),
            tuple(one.id for one in hidden),
        )

    def organizations(self, ids: Iterable[str], *, full: bool) -> dict[str, Record]:
        """Organizations; with their locations where they are asked for in full, but for those
        where nothing is offered any more."""
        wanted = list(ids)
        known = self._uow.services.organizations(self.editions, wanted)
        hidden = self._uow.services.hidden_of(self.editions, wanted)
        records: dict[str, Record] = {}
        for (_, own), one in known.items():
            record = decoded(one.document)
            name = [str(record.get("name", ""))]
            documents = [text for at in self.editions for text in hidden.get((at, own), ())]
            found = [trace for text in documents for trace in traces(decoded(text), name)]
            records[own] = without_traces(record, found)
        if full and wanted:
            self._add_locations(records, wanted)
        return {own: complete("organization", one) for own, one in records.items()}

    def _add_locations(self, records: dict[str, Record], wanted: list[str]) -> None:
        found = self._uow.services.locations_of(self.editions, wanted)
        unseen = self._uow.services.unseen(self.editions, [one.id for one in found], FOUND)
        for location in found:
            owner = records.get(location.organization_id or "")
            if owner is not None and (location.edition_id, location.id) not in unseen:
                owner.setdefault("locations", []).append(shown_location(location))


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands round services, by edition and id; `hidden` are documents by organization."""

    locations: dict[Own, Location]
    organizations: dict[Own, Record] = field(default_factory=dict)
    hidden: dict[Own, list[str]] = field(default_factory=dict)


def _place(
    place: ServicePlace, location: Location | None, public_id: str, found: list[str]
) -> Record:
    """A place of a service. Texts of one that is shown are told, but for what they say of one that
    is hidden; its own address is nobody's secret."""
    made = decoded(place.document) | {"service_id": public_id}
    if location is not None and location.is_hidden:
        # Contacts and descriptions of a place say where it is, too.
        kept = ("id", "service_id", "location_id", "phones", "schedules")
        made = {name: made[name] for name in kept if name in made}
    made = dict(without_traces(made, found))
    if location is None:
        return made
    shown = shown_location(location)
    own = {name: shown[name] for name in _OWN if name in shown and not location.is_hidden}
    made["location"] = without_traces(shown, found) | own
    return made


_OWN: Final = ("name", "alternate_name", "addresses", "latitude", "longitude")


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
