"""From a package to what is stored: each service with the words, terms, languages, hours and places
by which it is found, and its full record as JSON. Pure.

Ids become ids of the world here. Places that are to stay confidential lose their traces in what is
searched, so that nobody finds them by trying; the record itself is kept whole and is redacted when
it is shown (`showing`), so that staff can decide otherwise.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from node.directory.hiding import Hiding
from node.directory.hsds.package import Ids, Package
from node.directory.hsds.redaction import without_traces
from node.directory.taxonomy import TAXONOMY_ID, OwnTerm, matching
from node.directory.tongues import language_key
from node.directory.words import key_of, postcode_key, words_of
from storage.directory_records import (
    Hours,
    Location,
    Organization,
    ServicePlace,
    StagedService,
    Taxonomy,
    Term,
)

Record = dict[str, Any]

_FREE: Final = re.compile(
    r"\b(?:free|no (?:charge|cost|fee)s?|without charge|none|gratis)\b", re.IGNORECASE
)
_NOT_FREE: Final = re.compile(r"\b(?:not free|free consultation|fee is|sliding)", re.IGNORECASE)
_CLOSED: Final = frozenset({"inactive", "defunct", "temporarily closed"})


def encoded(record: Record) -> str:
    """A record as it is stored."""
    return msgspec.json.encode(record).decode()


def decoded(document: str) -> Record:
    """The record again."""
    found: Record = msgspec.json.decode(document)
    return found


class Deriving:
    """Derives all of one package. `overrules` are decisions of staff by location."""

    def __init__(
        self, package: Package, ids: Ids, timezone: str, overrules: Mapping[str, bool]
    ) -> None:
        self.package = package
        self.ids = ids
        self.timezone = timezone
        self._terms = {own: self._named(one) for own, one in self.package.terms.items()}
        self._hiding = Hiding(package, ids, overrules)

    def _named(self, term: Record) -> tuple[str, str]:
        return str(term.get("name", "")), str(term.get("taxonomy_id") or term.get("taxonomy") or "")

    def services(self) -> Iterator[StagedService]:
        """Services in the order of the package, the same at every import of it."""
        for own, record in self.package.services.items():
            yield self._service(own, record)

    def _service(self, own: str, record: Record) -> StagedService:
        places = self.package.places.get(own, [])
        owner = str(record.get("organization_id", ""))
        organization = self.package.organizations.get(owner, {})
        hidden = self._hiding.traces_of(owner, places, record, organization)
        searched = without_traces(record, hidden)
        terms = list(_terms_of(record))
        names = [self._terms.get(one, ("", ""))[0] for one in terms]
        offers = str(without_traces(organization.get("name", ""), hidden))
        texts = [*_telling(searched), *names, offers]
        own_terms = matching("\n".join(texts))
        name, world = str(record["name"]), self.ids.record("service", record)
        return StagedService(
            own_key=own,
            public_id=self.ids.of("service", own),
            spare_id=self.ids.another("service", own),
            organization_id=world.get("organization_id"),
            name=name,
            sort_key=key_of(str(searched["name"])),
            status="closed" if record.get("status") in _CLOSED else "open",
            is_support=any(one.is_support for one in own_terms),
            is_free=is_free(record),
            minimum_age=record.get("minimum_age"),
            maximum_age=record.get("maximum_age"),
            checked_on=checked_on(record),
            modified_at=record.get("last_modified"),
            document=encoded(world),
            words=words_of([*texts, *self._towns(places)]),
            terms=self._tied(terms, own_terms),
            languages=tuple(dict.fromkeys(self._languages(record, places))),
            schedules=tuple(self._hours(record, places)),
            places=tuple(self._places(places)),
        )

    def _tied(self, terms: list[str], own_terms: list[OwnTerm]) -> tuple[tuple[str, str], ...]:
        """(term, its taxonomy) each once."""
        theirs = [(self.ids.of("taxonomy_term", one), self._taxonomy(one)) for one in terms]
        return tuple(dict.fromkeys(theirs + [(one.id, TAXONOMY_ID) for one in own_terms]))

    def _taxonomy(self, term: str) -> str:
        own = self._terms.get(term, ("", ""))[1]
        return self.ids.of("taxonomy", own) if own else ""

    def _open_locations(self, places: Iterable[Record]) -> Iterator[Record]:
        for place in places:
            own = str(place.get("location_id", ""))
            if own in self.package.locations and own not in self._hiding.hidden:
                yield self.package.locations[own]

    def _towns(self, places: Iterable[Record]) -> Iterator[str]:
        for location in self._open_locations(places):
            for address in location.get("addresses", ()):
                yield str(address.get("city", ""))

    def _languages(self, record: Record, places: list[Record]) -> Iterator[str]:
        holders = [record, *record.get("phones", ()), *self._open_locations(places)]
        for place in places:
            holders += place.get("phones", ())
        for holder in holders:
            for one in holder.get("languages", ()):
                key = language_key(one.get("code"), one.get("name"))
                if key:
                    yield key

    def _hours(self, record: Record, places: list[Record]) -> Iterator[Hours]:
        found = list(record.get("schedules", ()))
        for place in places:
            found += place.get("schedules", ())
        if not found:
            for place in places:
                location = self.package.locations.get(str(place.get("location_id", "")), {})
                found += location.get("schedules", ())
        seen: set[str] = set()
        for one in found:
            if one.get("id") not in seen:
                seen.add(str(one.get("id")))
                yield Hours(self.timezone, encoded(one), one.get("valid_to"))

    def _places(self, places: Iterable[Record]) -> Iterator[ServicePlace]:
        for place in places:
            world = self.ids.record("service_at_location", place)
            yield ServicePlace(world["id"], world.get("location_id") or None, encoded(world))

    def locations(self, edition_id: int) -> Iterator[Location]:
        """Locations; those that are hidden with nothing by which they could be found."""
        for own, record in self.package.locations.items():
            world = self.ids.record("location", record)
            yield Location(
                edition_id=edition_id,
                id=world["id"],
                organization_id=world.get("organization_id"),
                document=encoded(world),
                **found_by(world, is_hidden=own in self._hiding.hidden),
            )

    def organizations(self, edition_id: int) -> Iterator[Organization]:
        for own, record in self.package.organizations.items():
            world, name = self.ids.record("organization", record), str(record["name"])
            told = without_traces(name, self._hiding.traces_of(own, (), record, {}))
            yield Organization(
                edition_id=edition_id,
                id=world["id"],
                name=name,
                sort_key=key_of(told),
                document=encoded(world),
            )

    def taxonomies(self, edition_id: int) -> Iterator[Taxonomy]:
        for record in self.package.taxonomies.values():
            world = self.ids.record("taxonomy", record)
            name, document = str(record["name"]), encoded(world)
            yield Taxonomy(edition_id=edition_id, id=world["id"], name=name, document=document)

    def terms(self, edition_id: int) -> Iterator[Term]:
        for own, record in self.package.terms.items():
            world = self.ids.record("taxonomy_term", record)
            yield Term(
                edition_id=edition_id,
                id=world["id"],
                taxonomy_id=self._taxonomy(own),
                parent_id=world.get("parent_id"),
                name=str(record["name"]),
                document=encoded(world),
            )


def found_by(location: Record, *, is_hidden: bool) -> dict[str, Any]:
    """The columns by which a location is found: none, where it is hidden."""
    if is_hidden:
        empty = ("town", "postcode", "latitude", "longitude")
        return {"is_hidden": True} | dict.fromkeys(empty)
    addresses = location.get("addresses") or [{}]
    by_kind = [one for one in addresses if one.get("address_type") == "physical"] or addresses
    return {
        "is_hidden": False,
        "town": key_of(str(by_kind[0].get("city", ""))) or None,
        "postcode": postcode_key(str(by_kind[0].get("postal_code", ""))) or None,
        "latitude": location.get("latitude"),
        "longitude": location.get("longitude"),
    }


def is_free(record: Record) -> bool:
    """Whether it says that it costs nothing."""
    options = record.get("cost_options", ())
    if any(one.get("amount") == 0 for one in options):
        return True
    words = " ".join(str(record.get(name, "")) for name in ("fees_description", "fees"))
    words += " ".join(str(one.get("option", "")) for one in options)
    return _FREE.search(words) is not None and _NOT_FREE.search(words) is None


def checked_on(record: Record) -> str | None:
    """The day on which it was last looked at, YYYY-MM-DD."""
    day = str(record.get("assured_date") or record.get("last_modified") or "")[:10]
    return day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None


def _terms_of(record: Record) -> Iterator[str]:
    """Own ids of the terms that a service is tied to."""
    for one in record.get("attributes", ()):
        term = one.get("taxonomy_term") or {}
        own = one.get("taxonomy_term_id") or term.get("id")
        if own:
            yield str(own)


def _telling(record: Record) -> Iterator[str]:
    """Texts that say what a service is, the most telling first."""
    for name in ("name", "alternate_name", "description", "eligibility_description", "keywords"):
        yield str(record.get(name) or "")
    for one in record.get("service_areas", ()):
        yield str(one.get("name") or "")
    program = record.get("program") or {}
    yield str(program.get("name") or "")
