"""What this node keeps of a service beside what its source says: its state, what happens when you
call, words of people who have been there, and which places staff decided to show."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.directory_records import Guide, Listing, Organization, Taxonomy, Term, Tip
from storage.shapes import Shape
from storage.tables import (
    listings,
    location_overrules,
    locations,
    organizations,
    service_guides,
    service_tips,
    taxonomies,
    taxonomy_terms,
)

_LISTING = Shape(Listing, listings)
_GUIDE = Shape(Guide, service_guides)
_TIP = Shape(Tip, service_tips)
_TAXONOMY = Shape(Taxonomy, taxonomies)
_TERM = Shape(Term, taxonomy_terms)
_ORGANIZATION = Shape(Organization, organizations)
_BY_PUBLIC = select(*_LISTING.columns).where(listings.c.public_id == bindparam("key"))
_BY_IDS = select(*_LISTING.columns).where(listings.c.id.in_(bindparam("ids", expanding=True)))
_GUIDES = select(*_GUIDE.columns).where(
    service_guides.c.listing_id.in_(bindparam("ids", expanding=True))
)
_TIPS = (
    select(*_TIP.columns)
    .where(service_tips.c.listing_id == bindparam("listing"))
    .order_by(service_tips.c.id.desc())
    .limit(bindparam("limit"))
)
_OVERRULES = select(location_overrules.c.location_id, location_overrules.c.is_hidden).where(
    location_overrules.c.set_id == bindparam("set")
)
_GUIDE_IN = insert(service_guides)
_PUT_GUIDE = _GUIDE_IN.on_conflict_do_update(
    index_elements=[service_guides.c.listing_id],
    set_={
        name: _GUIDE_IN.excluded[name]
        for name in ("when_you_call", "what_to_say", "what_to_bring", "updated_at")
    },
)
_OVERRULE_IN = insert(location_overrules)
_PUT_OVERRULE = _OVERRULE_IN.on_conflict_do_update(
    index_elements=[location_overrules.c.set_id, location_overrules.c.location_id],
    set_={name: _OVERRULE_IN.excluded[name] for name in ("is_hidden", "created_at")},
)


class ListingRepository:
    """Services for good, and what is kept beside them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_public(self, public_id: str) -> Listing | None:
        return _LISTING.maybe(self._connection.execute(_BY_PUBLIC, {"key": public_id}).first())

    def get_many(self, ids: Iterable[int]) -> dict[int, Listing]:
        rows = self._connection.execute(_BY_IDS, {"ids": list(ids)})
        return {one.id: one for one in map(_LISTING.read, rows)}

    def set_state(self, listing_id: int, state: str, at: datetime) -> None:
        self._connection.execute(
            listings.update().where(listings.c.id == listing_id).values(state=state, since=at)
        )

    def drop_of(self, set_id: int) -> None:
        """All that is kept of the services of a set, and the listings."""
        own = select(listings.c.id).where(listings.c.set_id == set_id)
        for table in (service_guides, service_tips):
            self._connection.execute(table.delete().where(table.c.listing_id.in_(own)))
        self._connection.execute(
            location_overrules.delete().where(location_overrules.c.set_id == set_id)
        )
        self._connection.execute(listings.delete().where(listings.c.set_id == set_id))

    def guides(self, listing_ids: Iterable[int]) -> dict[int, Guide]:
        rows = self._connection.execute(_GUIDES, {"ids": list(listing_ids)})
        return {one.listing_id: one for one in map(_GUIDE.read, rows)}

    def put_guide(self, guide: Guide) -> None:
        self._connection.execute(_PUT_GUIDE, _GUIDE.values(guide))

    def tips(self, listing_id: int, limit: int = 50) -> list[Tip]:
        """The newest first."""
        where = {"listing": listing_id, "limit": limit}
        return [_TIP.read(row) for row in self._connection.execute(_TIPS, where)]

    def add_tip(self, tip: Tip) -> None:
        self._connection.execute(service_tips.insert(), _TIP.values(tip))

    def drop_tip(self, listing_id: int, tip_id: int) -> bool:
        """False when the service has no such tip."""
        found = service_tips.delete().where(
            service_tips.c.id == tip_id, service_tips.c.listing_id == listing_id
        )
        return self._connection.execute(found).rowcount == 1

    def overrules(self, set_id: int) -> dict[str, bool]:
        """Which places staff decided to hide or to show, by location."""
        rows = self._connection.execute(_OVERRULES, {"set": set_id})
        return {row[0]: row[1] for row in rows}

    def overrule(self, set_id: int, location_id: str, at: datetime, *, is_hidden: bool) -> None:
        """Remember what staff decided, for this import and all that come."""
        row = {"set_id": set_id, "location_id": location_id, "is_hidden": is_hidden}
        self._connection.execute(_PUT_OVERRULE, row | {"created_at": at})

    def change_location(self, edition_id: int, location_id: str, **values: Any) -> None:
        """Set columns of a location, by their names."""
        self._connection.execute(
            locations.update()
            .where(locations.c.edition_id == edition_id, locations.c.id == location_id)
            .values(**values)
        )


class TermRepository:
    """Taxonomies, terms and organizations, as the API lists them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def taxonomies(self, editions: Sequence[int]) -> list[Taxonomy]:
        """All of them; there are few."""
        statement = (
            select(*_TAXONOMY.columns)
            .where(taxonomies.c.edition_id.in_(list(editions)))
            .order_by(taxonomies.c.name, taxonomies.c.id)
            .limit(1000)
        )
        return [_TAXONOMY.read(row) for row in self._connection.execute(statement)]

    def terms(
        self,
        editions: Sequence[int],
        *,
        taxonomy_id: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> list[Term]:
        """Terms by name, at most ten thousand."""
        statement = select(*_TERM.columns).where(taxonomy_terms.c.edition_id.in_(list(editions)))
        if taxonomy_id is not None:
            statement = statement.where(taxonomy_terms.c.taxonomy_id == taxonomy_id)
        if ids is not None:
            statement = statement.where(taxonomy_terms.c.id.in_(list(ids)))
        statement = statement.order_by(taxonomy_terms.c.name, taxonomy_terms.c.id).limit(10_000)
        return [_TERM.read(row) for row in self._connection.execute(statement)]

    def organizations(
        self, editions: Sequence[int], words: str, limit: int, offset: int
    ) -> tuple[int, list[Organization]]:
        """How many there are whose name begins so, and some of them by name."""
        where: list[ColumnElement[bool]] = [organizations.c.edition_id.in_(list(editions))]
        if words:
            where.append(organizations.c.sort_key.contains(words, autoescape=True))
        count = self._connection.execute(
            select(func.count()).select_from(organizations).where(*where)
        ).scalar_one()
        statement = (
            select(*_ORGANIZATION.columns)
            .where(*where)
            .order_by(organizations.c.sort_key, organizations.c.id)
            .limit(limit)
            .offset(offset)
        )
        found = [_ORGANIZATION.read(row) for row in self._connection.execute(statement)]
        return count, found
