"""Reading a data set in: rows laid ready in an edition, and the one moment in which they show.

Rows of an edition that its set does not point to are seen by nobody, so they are written in small
transactions beside everything else that goes on.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, and_, bindparam, exists, select
from sqlalchemy.dialects.postgresql import insert

from storage.directory_records import Listing, Location, Organization, StagedService, Taxonomy, Term
from storage.shapes import Shape
from storage.tables import (
    listings,
    locations,
    organizations,
    service_languages,
    service_places,
    service_schedules,
    service_terms,
    service_words,
    services,
    taxonomies,
    taxonomy_terms,
)

AT_ONCE: Final = 500
_LISTING = Shape(Listing, listings)
_PARTS: Final = (
    *(service_words, service_terms, service_languages, service_schedules, service_places),
)
_KEYED: Final = (locations, organizations, taxonomies, taxonomy_terms)
_KNOWN = select(*_LISTING.columns).where(
    listings.c.set_id == bindparam("set"), listings.c.own_key.in_(bindparam("keys", expanding=True))
)
_TAKEN = select(listings.c.public_id).where(
    listings.c.public_id.in_(bindparam("ids", expanding=True))
)
_PLAIN: Final = tuple(
    name
    for name in (one.name for one in fields(StagedService))
    if name in services.c and name != "id"
)
_STATES = (
    select(listings.c.id, listings.c.state, services.c.status)
    .join_from(services, listings)
    .where(services.c.edition_id == bindparam("edition"))
)
_LISTED = select(listings.c.id, listings.c.own_key, listings.c.state).where(
    listings.c.set_id == bindparam("set")
)
_FIRST: Final = (
    select(services.c.id).where(services.c.edition_id == bindparam("edition")).limit(AT_ONCE)
)
_GONE = select(services.c.listing_id).where(
    services.c.edition_id == bindparam("old"),
    services.c.listing_id.not_in(
        select(services.c.listing_id).where(services.c.edition_id == bindparam("new"))
    ),
)


class DirectoryStaging:
    """Writes editions, and lets go of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, set_id: int, keys: Iterable[str]) -> dict[str, Listing]:
        """Listings of the set by the key that their source gives them."""
        rows = self._connection.execute(_KNOWN, {"set": set_id, "keys": list(keys)})
        return {one.own_key: one for one in map(_LISTING.read, rows)}

    def taken(self, ids: Iterable[str]) -> set[str]:
        """Which of these ids some listing has already."""
        return {row[0] for row in self._connection.execute(_TAKEN, {"ids": list(ids)})}

    def add_listings(self, many: Sequence[Listing]) -> None:
        self._insert(listings, [_LISTING.values(one) for one in many])

    def put_services(
        self,
        edition_id: int,
        many: Sequence[tuple[int, StagedService]],
        new_id: Callable[[], int],
    ) -> None:
        """(listing id, service) each, with all that is searched of it."""
        rows: dict[Table, list[dict[str, Any]]] = {one: [] for one in (services, *_PARTS)}
        for listing_id, one in many:
            own = new_id()
            plain = {name: getattr(one, name) for name in _PLAIN}
            rows[services].append(
                plain | {"id": own, "edition_id": edition_id, "listing_id": listing_id}
            )
            _parts(rows, own, one)
        for table, values in rows.items():
            self._insert(table, values)

    def put_locations(self, many: Sequence[Location]) -> None:
        self._put(locations, many)

    def put_organizations(self, many: Sequence[Organization]) -> None:
        self._put(organizations, many)

    def put_taxonomies(self, many: Sequence[Taxonomy]) -> None:
        self._put(taxonomies, many)

    def put_terms(self, many: Sequence[Term]) -> None:
        self._put(taxonomy_terms, many)

    def states(self, edition_id: int) -> list[tuple[int, str, str]]:
        """(listing, its state, what the edition says of it) of every service of an edition."""
        rows = self._connection.execute(_STATES, {"edition": edition_id})
        return [(row[0], row[1], row[2]) for row in rows]

    def listed(self, set_id: int) -> list[tuple[int, str, str]]:
        """(listing, its source's key, its state) of every service of a set."""
        rows = self._connection.execute(_LISTED, {"set": set_id})
        return [(row[0], row[1], row[2]) for row in rows]

    def gone(self, old: int, new: int) -> list[int]:
        """Listings that the old edition has and the new one has not."""
        return [row[0] for row in self._connection.execute(_GONE, {"old": old, "new": new})]

    def move(self, listing_ids: Sequence[int], old: int, new: int) -> None:
        """Take services, and what they stand on, from one edition over into another."""
        for part in _slices(listing_ids):
            self._connection.execute(
                services.update()
                .where(services.c.edition_id == old, services.c.listing_id.in_(part))
                .values(edition_id=new)
            )
        self.move_rest(old, new)

    def move_rest(self, old: int, new: int) -> None:
        """Organizations, locations and terms that the new edition does not have itself."""
        for table in _KEYED:
            other = table.alias()
            self._connection.execute(
                table.update()
                .where(
                    table.c.edition_id == old,
                    ~exists().where(and_(other.c.edition_id == new, other.c.id == table.c.id)),
                )
                .values(edition_id=new)
            )

    def drop_services(self, edition_id: int, listing_ids: Sequence[int]) -> None:
        """These services of an edition."""
        for part in _slices(listing_ids):
            found = select(services.c.id).where(
                services.c.edition_id == edition_id, services.c.listing_id.in_(part)
            )
            self._drop([row[0] for row in self._connection.execute(found)])

    def drop_keyed(self, edition_id: int, newer: int) -> None:
        """Organizations, locations and terms that the newer edition has as well."""
        for table in _KEYED:
            other = table.alias()
            self._connection.execute(
                table.delete().where(
                    table.c.edition_id == edition_id,
                    table.c.id.in_(select(other.c.id).where(other.c.edition_id == newer)),
                )
            )

    def drop_some(self, edition_id: int) -> bool:
        """Some rows of an edition; False once there is none left."""
        found = [row[0] for row in self._connection.execute(_FIRST, {"edition": edition_id})]
        if found:
            self._drop(found)
            return True
        for table in _KEYED:
            self._connection.execute(table.delete().where(table.c.edition_id == edition_id))
        return False

    def drop_unseen_listings(self, set_id: int) -> None:
        """Listings that no edition of the set tells of."""
        self._connection.execute(
            listings.delete().where(
                listings.c.set_id == set_id,
                listings.c.state == "draft",
                ~exists().where(services.c.listing_id == listings.c.id),
            )
        )

    def set_states(self, listing_ids: Sequence[int], state: str, at: datetime) -> None:
        """The state of many listings at once."""
        for part in _slices(listing_ids):
            self._connection.execute(
                listings.update().where(listings.c.id.in_(part)).values(state=state, since=at)
            )

    def _drop(self, service_ids: Sequence[int]) -> None:
        for table in _PARTS:
            self._connection.execute(table.delete().where(table.c.service_id.in_(service_ids)))
        self._connection.execute(services.delete().where(services.c.id.in_(service_ids)))

    def _put(self, table: Table, many: Sequence[Any]) -> None:
        """Inserted, or replaced where the edition has that id already."""
        if not many:
            return
        statement = insert(table)
        changed = {
            column.name: statement.excluded[column.name]
            for column in table.c
            if not column.primary_key
        }
        keys = [column.name for column in table.primary_key]
        names = [column.name for column in table.c]
        rows = [{name: getattr(one, name) for name in names} for one in many]
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=changed), rows
        )

    def _insert(self, table: Table, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(table.insert(), rows)


def _parts(rows: dict[Table, list[dict[str, Any]]], own: int, one: StagedService) -> None:
    rows[service_words] += [{"word": word, "service_id": own} for word in one.words]
    rows[service_terms] += [
        {"term_id": term, "service_id": own, "taxonomy_id": taxonomy}
        for term, taxonomy in one.terms
    ]
    rows[service_languages] += [{"language": code, "service_id": own} for code in one.languages]
    for position, hours in enumerate(one.schedules):
        rows[service_schedules].append(
            {
                "service_id": own,
                "position": position,
                "valid_to": hours.valid_to,
                "timezone": hours.timezone,
                "document": hours.document,
            }
        )
    for position, place in enumerate(one.places):
        rows[service_places].append(
            {
                "service_id": own,
                "position": position,
                "place_id": place.place_id,
                "location_id": place.location_id,
                "document": place.document,
            }
        )


def _slices(many: Sequence[int]) -> Iterable[Sequence[int]]:
    return (many[start : start + AT_ONCE] for start in range(0, len(many), AT_ONCE))
