"""Finding and reading services, in the editions that show.

A search runs in two steps, each of a fixed number of queries: first the ids of all that fit, light
enough for thousands, then what a page shows of a few. Nothing of a search is kept anywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, func, select

from storage.directory_records import Hours, Listing, Location, Organization, Service, ServicePlace
from storage.service_search import Box, Wanted, at_place, conditions, inside
from storage.shapes import Shape
from storage.tables import (
    listings,
    locations,
    organizations,
    service_places,
    service_schedules,
    services,
)

Own = tuple[int, str]
"""An edition, and the id of a record in it."""
MOST: Final = 20_000
"""Services that one search looks through."""
_SERVICE = Shape(Service, services)
_LISTING = Shape(Listing, listings)
_LOCATION = Shape(Location, locations)
_ORGANIZATION = Shape(Organization, organizations)
_BOTH = (*_SERVICE.columns, *_LISTING.columns)
_SHOWN = select(*_BOTH).join_from(services, listings)
_BY_LISTINGS = _SHOWN.where(
    services.c.edition_id.in_(bindparam("editions", expanding=True)),
    listings.c.id.in_(bindparam("ids", expanding=True)),
)
_BY_PUBLIC = _SHOWN.where(
    services.c.edition_id.in_(bindparam("editions", expanding=True)),
    listings.c.public_id.in_(bindparam("ids", expanding=True)),
)
_PLACES = select(
    service_places.c.service_id,
    service_places.c.place_id,
    service_places.c.location_id,
    service_places.c.document,
)
_PLACES_OF = _PLACES.where(
    service_places.c.service_id.in_(bindparam("ids", expanding=True))
).order_by(service_places.c.service_id, service_places.c.position)
_LOCATIONS = select(*_LOCATION.columns).where(
    locations.c.edition_id.in_(bindparam("editions", expanding=True)),
    locations.c.id.in_(bindparam("ids", expanding=True)),
)
_LOCATIONS_OF = select(*_LOCATION.columns).where(
    locations.c.edition_id.in_(bindparam("editions", expanding=True)),
    locations.c.organization_id.in_(bindparam("ids", expanding=True)),
)
_ORGANIZATIONS = select(*_ORGANIZATION.columns).where(
    organizations.c.edition_id.in_(bindparam("editions", expanding=True)),
    organizations.c.id.in_(bindparam("ids", expanding=True)),
)
_HIDDEN_OWN = select(
    locations.c.edition_id, locations.c.organization_id, locations.c.document
).where(
    locations.c.edition_id.in_(bindparam("editions", expanding=True)),
    locations.c.organization_id.in_(bindparam("ids", expanding=True)),
    locations.c.is_hidden.is_(True),
)
_OFFERED = and_(
    locations.c.edition_id == services.c.edition_id,
    locations.c.id == service_places.c.location_id,
)
_HIDDEN_OFFERED = (
    select(services.c.edition_id, services.c.organization_id, locations.c.document)
    .join_from(service_places, services)
    .join(locations, _OFFERED)
    .where(
        services.c.edition_id.in_(bindparam("editions", expanding=True)),
        services.c.organization_id.in_(bindparam("ids", expanding=True)),
        locations.c.is_hidden.is_(True),
    )
    .distinct()
)
_STATES_AT = (
    select(services.c.edition_id, service_places.c.location_id, listings.c.state)
    .join_from(service_places, services)
    .join(listings)
    .where(
        services.c.edition_id.in_(bindparam("editions", expanding=True)),
        service_places.c.location_id.in_(bindparam("ids", expanding=True)),
    )
)
_POINTS = select(locations.c.latitude, locations.c.longitude).where(
    locations.c.edition_id.in_(bindparam("editions", expanding=True)),
    locations.c.latitude.is_not(None),
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A service that fits."""

    id: int
    listing_id: int
    sort_key: str
    checked_on: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A service with its listing."""

    service: Service
    listing: Listing


class ServiceRepository:
    """Services as they show."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, wanted: Wanted) -> list[Hit]:
        """All that fit, by name. One query."""
        if not wanted.editions:
            return []
        statement = (
            select(services.c.id, services.c.listing_id, services.c.sort_key, services.c.checked_on)
            .join_from(services, listings)
            .where(*conditions(wanted))
            .order_by(services.c.sort_key, services.c.id)
            .limit(MOST)
        )
        return [Hit(*row) for row in self._connection.execute(statement)]

    def points_of(self, service_ids: Sequence[int], box: Box | None) -> dict[int, list[Any]]:
        """(latitude, longitude) of places that are not hidden, by service."""
        found: dict[int, list[Any]] = {}
        for part in _slices(service_ids):
            statement = (
                select(service_places.c.service_id, locations.c.latitude, locations.c.longitude)
                .join_from(service_places, services)
                .join(locations, _OFFERED)
                .where(service_places.c.service_id.in_(part), *inside(box))
            )
            for own, at, along in self._connection.execute(statement):
                found.setdefault(own, []).append((at, along))
        return found

    def points_at(self, editions: Sequence[int], place: str) -> list[tuple[float, float]]:
        """Where a town or a postcode lies, by the places that say they are there."""
        if not editions:
            return []
        statement = _POINTS.where(at_place(place)).limit(500)
        rows = self._connection.execute(statement, {"editions": list(editions)})
        return [(row[0], row[1]) for row in rows]

    def hours_of(self, service_ids: Sequence[int]) -> dict[int, list[Hours]]:
        """Schedules by service, those of its places among them."""
        found: dict[int, list[Hours]] = {}
        for part in _slices(service_ids):
            statement = (
                select(
                    service_schedules.c.service_id,
                    service_schedules.c.timezone,
                    service_schedules.c.document,
                    service_schedules.c.valid_to,
                )
                .where(service_schedules.c.service_id.in_(part))
                .order_by(service_schedules.c.service_id, service_schedules.c.position)
            )
            for own, zone, document, valid_to in self._connection.execute(statement):
                found.setdefault(own, []).append(Hours(zone, document, valid_to))
        return found

    def by_listings(self, editions: Sequence[int], ids: Iterable[int]) -> dict[int, Shown]:
        """Services by listing, as the editions that show have them."""
        where = {"editions": list(editions), "ids": list(ids)}
        rows = self._connection.execute(_BY_LISTINGS, where)
        return {one.listing.id: one for one in map(_shown, rows)}

    def by_public(self, editions: Sequence[int], ids: Iterable[str]) -> dict[str, Shown]:
        """The same by the id that everybody knows."""
        where = {"editions": list(editions), "ids": list(ids)}
        rows = self._connection.execute(_BY_PUBLIC, where)
        return {one.listing.public_id: one for one in map(_shown, rows)}

    def places_of(self, service_ids: Iterable[int]) -> dict[int, list[ServicePlace]]:
        """Where services are offered."""
        found: dict[int, list[ServicePlace]] = {}
        for own, *rest in self._connection.execute(_PLACES_OF, {"ids": list(service_ids)}):
            found.setdefault(own, []).append(ServicePlace(*rest))
        return found

    def place_owner(self, editions: Sequence[int], place_id: str) -> int | None:
        """The listing of the service that is offered at this `service_at_location`."""
        statement = (
            select(services.c.listing_id)
            .join_from(service_places, services)
            .where(
                service_places.c.place_id == place_id,
                services.c.edition_id.in_(list(editions)),
            )
            .limit(1)
        )
        found: int | None = self._connection.execute(statement).scalar()
        return found

    def locations(self, editions: Sequence[int], ids: Iterable[str]) -> dict[Own, Location]:
        """Locations by edition and id: what one data set says of a place is not what another says
        that uses the same id."""
        where = {"editions": list(editions), "ids": list(ids)}
        rows = self._connection.execute(_LOCATIONS, where)
        return {(one.edition_id, one.id): one for one in map(_LOCATION.read, rows)}

    def locations_of(self, editions: Sequence[int], owners: Iterable[str]) -> list[Location]:
        """The locations that organizations say are theirs."""
        where = {"editions": list(editions), "ids": list(owners)}
        return [_LOCATION.read(row) for row in self._connection.execute(_LOCATIONS_OF, where)]

    def hidden_of(self, editions: Sequence[int], owners: Iterable[str]) -> dict[Own, list[str]]:
        """Documents of hidden locations by edition and organization: those that say that they are
        its own, and those where a service of it is offered. Two queries."""
        where = {"editions": list(editions), "ids": list(owners)}
        found: dict[Own, list[str]] = {}
        for statement in (_HIDDEN_OWN, _HIDDEN_OFFERED):
            for edition, owner, document in self._connection.execute(statement, where):
                found.setdefault((edition, owner), []).append(document)
        return found

    def unseen(
        self, editions: Sequence[int], location_ids: Iterable[str], states: Sequence[str]
    ) -> set[Own]:
        """Those of the locations (by edition and id) where services are offered, but none in one
        of these states."""
        where = {"editions": list(editions), "ids": list(location_ids)}
        held: dict[Own, bool] = {}
        for edition, own, state in self._connection.execute(_STATES_AT, where):
            held[edition, own] = held.get((edition, own), False) or state in states
        return {own for own, is_seen in held.items() if not is_seen}

    def organizations(self, editions: Sequence[int], ids: Iterable[str]) -> dict[Own, Organization]:
        """Organizations by edition and id."""
        where = {"editions": list(editions), "ids": list(ids)}
        rows = self._connection.execute(_ORGANIZATIONS, where)
        return {(one.edition_id, one.id): one for one in map(_ORGANIZATION.read, rows)}

    def of_organizations(
        self, editions: Sequence[int], owners: Sequence[str], states: Sequence[str]
    ) -> list[Shown]:
        """The services of organizations, by name."""
        statement = _SHOWN.where(
            services.c.edition_id.in_(list(editions)),
            services.c.organization_id.in_(list(owners)),
            listings.c.state.in_(list(states)),
        ).order_by(services.c.sort_key, services.c.id)
        return [_shown(row) for row in self._connection.execute(statement)]

    def same_names(self, editions: Sequence[int], limit: int = 200) -> list[str]:
        """Keys of names that more than one service has: perhaps they are the same."""
        if not editions:
            return []
        statement = (
            select(services.c.sort_key)
            .where(services.c.edition_id.in_(list(editions)))
            .group_by(services.c.sort_key)
            .having(func.count() > 1)
            .order_by(services.c.sort_key)
            .limit(limit)
        )
        return [row[0] for row in self._connection.execute(statement)]

    def by_names(self, editions: Sequence[int], keys: Sequence[str]) -> list[Shown]:
        """All services of these names."""
        if not keys:
            return []
        statement = _SHOWN.where(
            services.c.edition_id.in_(list(editions)), services.c.sort_key.in_(keys)
        ).order_by(services.c.sort_key, services.c.id)
        return [_shown(row) for row in self._connection.execute(statement)]


def _shown(row: Sequence[Any]) -> Shown:
    return Shown(_SERVICE.read(row), _LISTING.read_after(row, _SERVICE.width))


def _slices(many: Sequence[int]) -> Iterable[Sequence[int]]:
    return (many[start : start + 5000] for start in range(0, len(many), 5000))
