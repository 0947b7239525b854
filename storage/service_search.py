"""What a search of services asks for, and the conditions that say the same to the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, or_

from storage.tables import (
    listings,
    locations,
    service_languages,
    service_places,
    service_terms,
    service_words,
    services,
)

_LAST: Final = "zzzzzz"
"""Sorts behind whatever may follow a word's beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Degrees; a bounding box round a point."""

    south: float
    north: float
    west: float
    east: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a search asks for; all of it must fit. None and empty ask for nothing.

    `terms` are groups of ids: of each group one must fit. `place` is a town or the beginning of a
    postcode; `box` is looked in as well as `place`, so that what lies near is found, too.
    """

    editions: Sequence[int]
    states: Sequence[str]
    words: Sequence[str] = ()
    terms: Sequence[Sequence[str]] = ()
    taxonomy_id: str | None = None
    organization_id: str | None = None
    place: str | None = None
    box: Box | None = None
    is_free: bool = False
    support_only: bool = False
    language: str | None = None
    age: int | None = None
    modified_after: str | None = None
    checked_before: str | None = None


def conditions(wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    yield services.c.edition_id.in_(list(wanted.editions))
    yield listings.c.state.in_(list(wanted.states))
    for word in wanted.words:
        yield _has(service_words, service_words.c.word.between(word, word + _LAST))
    for group in wanted.terms:
        yield _has(service_terms, service_terms.c.term_id.in_(list(group)))
    if wanted.taxonomy_id is not None:
        yield _has(service_terms, service_terms.c.taxonomy_id == wanted.taxonomy_id)
    if wanted.language is not None:
        yield _has(service_languages, service_languages.c.language == wanted.language)
    if wanted.organization_id is not None:
        yield services.c.organization_id == wanted.organization_id
    if wanted.is_free:
        yield services.c.is_free.is_(True)
    if wanted.support_only:
        yield services.c.is_support.is_(True)
    if wanted.age is not None:
        yield or_(services.c.minimum_age.is_(None), services.c.minimum_age <= wanted.age)
        yield or_(services.c.maximum_age.is_(None), services.c.maximum_age >= wanted.age)
    if wanted.modified_after is not None:
        yield services.c.modified_at >= wanted.modified_after
    if wanted.checked_before is not None:
        yield or_(services.c.checked_on.is_(None), services.c.checked_on < wanted.checked_before)
    if wanted.place is not None or wanted.box is not None:
        yield _somewhere(wanted)


def _has(table: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(table.c.service_id == services.c.id, condition)


def _somewhere(wanted: Wanted) -> ColumnElement[bool]:
    either = [] if wanted.place is None else [at_place(wanted.place)]
    if wanted.box is not None:
        either.append(and_(*inside(wanted.box)))
    return exists().where(
        service_places.c.service_id == services.c.id,
        locations.c.edition_id == services.c.edition_id,
        locations.c.id == service_places.c.location_id,
        or_(*either),
    )


def at_place(place: str) -> ColumnElement[bool]:
    code = place.replace(" ", "")
    return or_(locations.c.town == place, locations.c.postcode.between(code, code + _LAST))


def inside(box: Box | None) -> Iterable[ColumnElement[bool]]:
    yield locations.c.latitude.is_not(None)
    if box is not None:
        yield locations.c.latitude.between(box.south, box.north)
        yield locations.c.longitude.between(box.west, box.east)
