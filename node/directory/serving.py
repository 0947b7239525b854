"""The directory as other programs read it: HSDS 3.0, records and pages of them.

What this node has from other nodes is served by those nodes; so nothing goes round in a circle, and
whoever took something back is not overruled.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from node.directory.api_filters import Filters
from node.directory.deriving import decoded
from node.directory.rules import FOUND
from node.directory.searching import Searching
from node.directory.showing import Card, Showing, complete
from node.directory.taxonomy import TAXONOMY_ID, TERMS, taxonomy_document, term_document
from node.directory.words import folded, key_of
from node.errors import NotFound
from storage.unit_of_work import UnitOfWork

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of records, as HSDS wraps them."""

    total: int
    number: int
    per_page: int
    contents: list[Record]

    def document(self) -> Record:
        pages = -(-self.total // self.per_page)
        return {
            "total_items": self.total,
            "total_pages": pages,
            "page_number": self.number,
            "size": len(self.contents),
            "first_page": self.number == 1,
            "last_page": self.number >= pages,
            "empty": not self.contents,
            "contents": self.contents,
        }


class Serving:
    """Reads for the API, each a fixed number of queries."""

    def __init__(self, searching: Searching) -> None:
        self._searching = searching

    def services(self, uow: UnitOfWork, filters: Filters) -> Page:
        """GET /services"""
        showing = served(uow)
        hits, _, _ = self._searching.hits(uow, filters.query(), showing.editions)
        minimal, full = filters.switch("minimal"), filters.switch("full")
        shown = _slice(hits, filters)
        cards = showing.by_listings([one.listing_id for one in shown])
        form: Callable[[Card], Record] = minimal_record if minimal else _flat
        made = [one.record if full and not minimal else form(one) for one in cards]
        return Page(len(hits), filters.page, filters.per_page, made)

    def service(self, uow: UnitOfWork, public_id: str) -> Record:
        """GET /services/{id}"""
        listing = uow.listings.by_public(public_id)
        if listing is None or listing.state not in FOUND:
            raise NotFound
        return _only(served(uow).by_public([public_id])).record

    def places(self, uow: UnitOfWork, filters: Filters) -> Page:
        """GET /service_at_locations"""
        showing = served(uow)
        hits, _, _ = self._searching.hits(uow, filters.query(), showing.editions)
        by_service = uow.services.places_of([one.id for one in hits]) if hits else {}
        known = {one.id: one.listing_id for one in hits}
        pairs = [(known[own], place.place_id) for own in known for place in by_service.get(own, ())]
        shown, full = _slice(pairs, filters), filters.switch("full")
        cards = {
            one.listing.id: one
            for one in showing.by_listings(dict.fromkeys(pair[0] for pair in shown))
        }
        made = [_place(cards[own], place, full=full) for own, place in shown if own in cards]
        return Page(len(pairs), filters.page, filters.per_page, made)

    def place(self, uow: UnitOfWork, place_id: str) -> Record:
        """GET /service_at_locations/{id}"""
        showing = served(uow)
        owner = uow.services.place_owner(showing.editions, place_id)
        return _place(_only([] if owner is None else showing.by_listings([owner])), place_id)

    def organizations(self, uow: UnitOfWork, filters: Filters) -> Page:
        """GET /organizations"""
        showing = served(uow)
        words, per_page = key_of(filters.text("search") or ""), filters.per_page
        total, found = uow.terms.organizations(
            showing.editions, words, per_page, (filters.page - 1) * per_page
        )
        full, whole = filters.switch("full"), filters.switch("full_service")
        ids = list(dict.fromkeys(one.id for one in found))
        records = showing.organizations(ids, full=full or whole)
        if full or whole:
            self._add_services(uow, showing, records, whole=whole)
        made = [records[own] if full or whole else _plain(records[own]) for own in ids]
        return Page(total, filters.page, per_page, made)

    def organization(self, uow: UnitOfWork, own: str, filters: Filters) -> Record:
        """GET /organizations/{id}"""
        showing = served(uow)
        records = showing.organizations([own], full=True)
        if own not in records:
            raise NotFound
        self._add_services(uow, showing, records, whole=filters.switch("full_service"))
        return records[own]

    def _add_services(
        self, uow: UnitOfWork, showing: Showing, records: dict[str, Record], *, whole: bool
    ) -> None:
        found = uow.services.of_organizations(showing.editions, list(records), FOUND)
        for card in showing.cards(found):
            owner = records.get(card.service.organization_id or "")
            if owner is not None:
                record = {k: v for k, v in card.record.items() if k != "organization"}
                plain = _plain(record) if not whole else record
                owner.setdefault("services", []).append(plain)

    def taxonomies(self, uow: UnitOfWork, filters: Filters) -> Page:
        """GET /taxonomies: ours first."""
        words = folded(filters.text("search") or "")
        known = uow.terms.taxonomies(served(uow, with_terms=True).editions)
        found = [taxonomy_document(), *(_of("taxonomy", one.document) for one in known)]
        return _page([one for one in found if words in folded(str(one["name"]))], filters)

    def taxonomy(self, uow: UnitOfWork, own: str) -> Record:
        """GET /taxonomies/{id}"""
        known = uow.terms.taxonomies(served(uow, with_terms=True).editions)
        found = [taxonomy_document(), *(_of("taxonomy", one.document) for one in known)]
        return _by_id(found, own)

    def terms(self, uow: UnitOfWork, filters: Filters) -> Page:
        """GET /taxonomy_terms: ours first."""
        taxonomy, words = filters.text("taxonomy_id"), folded(filters.text("search") or "")
        parent, top_only = filters.text("parent_id"), filters.switch("top_only")
        own = [term_document(one) for one in TERMS] if taxonomy in {None, TAXONOMY_ID} else []
        editions = served(uow, with_terms=True).editions
        known = uow.terms.terms(editions, taxonomy_id=taxonomy)
        found = [*own, *(_of("taxonomy_term", one.document) for one in known)]
        fitting = [
            one
            for one in found
            if words in folded(str(one["name"]))
            and (parent is None or one.get("parent_id") == parent)
            and (not top_only or not one.get("parent_id"))
        ]
        return _page(fitting, filters)

    def term(self, uow: UnitOfWork, own: str) -> Record:
        """GET /taxonomy_terms/{id}"""
        ours = next((term_document(one) for one in TERMS if one.id == own), None)
        if ours is not None:
            return dict(ours)
        known = uow.terms.terms(served(uow, with_terms=True).editions, ids=[own])
        return _by_id([_of("taxonomy_term", one.document) for one in known], own)


def served(uow: UnitOfWork, *, with_terms: bool = False) -> Showing:
    """What this node may hand on."""
    kinds = ("file", "own", "terms") if with_terms else ("file", "own")
    return Showing(uow, kinds)


def minimal_record(card: Card) -> Record:
    """What a subscriber compares."""
    made = {"id": card.id, "last_modified": card.record.get("last_modified")}
    return {name: value for name, value in made.items() if value is not None}


def _flat(card: Card) -> Record:
    """A service with what it has one of."""
    return {name: value for name, value in card.record.items() if not isinstance(value, list)} | (
        {"organization": _plain(card.record["organization"])}
        if isinstance(card.record.get("organization"), dict)
        else {}
    )


def _plain(record: Record) -> Record:
    return {name: value for name, value in record.items() if not isinstance(value, list | dict)}


def _place(card: Card, place_id: str, *, full: bool = True) -> Record:
    """A service at a location, with both in it."""
    made: Record = next(
        (one for one in card.record["service_at_locations"] if one["id"] == place_id), {}
    )
    if not made:
        raise NotFound
    service = {k: v for k, v in card.record.items() if k != "service_at_locations"}
    if full:
        return made | {"service": service}
    location = _plain(made["location"]) if "location" in made else None
    flat = _plain(made) | {"service": _plain(service)}
    return flat if location is None else flat | {"location": location}


def _of(kind: str, document: str) -> Record:
    return complete(kind, decoded(document))


def _by_id(found: Sequence[Record], own: str) -> Record:
    for one in found:
        if one["id"] == own:
            return one
    raise NotFound


def _only(cards: list[Card]) -> Card:
    if not cards or cards[0].listing.state not in FOUND:
        raise NotFound
    return cards[0]


def _slice(found: Sequence[Any], filters: Filters) -> Sequence[Any]:
    start = (filters.page - 1) * filters.per_page
    return found[start : start + filters.per_page]


def _page(found: list[Record], filters: Filters) -> Page:
    return Page(len(found), filters.page, filters.per_page, list(_slice(found, filters)))
