"""What the directory of services stores, as records: a data set, its editions, and what is searched
of a service. `document` is what the source says, as JSON, with fields that nobody here knows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

SetKind = Literal["file", "node", "own", "terms"]
"""file: read in from files. node: another node's directory. own: written here by hand.
terms: a taxonomy alone."""
EditionState = Literal["staged", "live", "old"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """Where services come from, and on what terms. `edition_id` is what of it shows, None before
    the first import is whole."""

    id: int
    kind: SetKind
    source: str
    licence: str
    attribution: str = ""
    timezone: str
    url: str | None = None
    edition_id: int | None = None
    created_at: datetime
    refreshed_at: datetime | None = None
    modified_after: str | None = None
    next_at: datetime | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One reading of a data set. `digest` is of the bytes that it was read from; `done` of `total`
    services lie ready; `report` is JSON of what was found."""

    id: int
    set_id: int
    state: EditionState
    digest: str
    done: int
    total: int
    report: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A service for good: it outlives the editions that tell of it."""

    id: int
    set_id: int
    own_key: str
    public_id: str
    state: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service as one edition has it."""

    id: int
    edition_id: int
    listing_id: int
    organization_id: str | None
    name: str
    sort_key: str
    status: str
    is_support: bool
    is_free: bool
    minimum_age: int | None
    maximum_age: int | None
    checked_on: str | None
    modified_at: str | None
    document: str


@dataclass(frozen=True, slots=True)
class Hours:
    """A schedule of a service or of one of its places. Times are in `timezone`."""

    timezone: str
    document: str
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class ServicePlace:
    """A service at a location (`service_at_location`)."""

    place_id: str
    location_id: str | None
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedService:
    """A service with all that is searched of it, before it has a listing."""

    own_key: str
    public_id: str
    spare_id: str
    organization_id: str | None
    name: str
    sort_key: str
    status: str
    is_support: bool
    is_free: bool
    minimum_age: int | None
    maximum_age: int | None
    checked_on: str | None
    modified_at: str | None
    document: str
    words: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    schedules: tuple[Hours, ...]
    places: tuple[ServicePlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place. One that is hidden has no columns by which it could be found."""

    edition_id: int
    id: str
    organization_id: str | None
    is_hidden: bool
    town: str | None
    postcode: str | None
    latitude: float | None
    longitude: float | None
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """Who offers a service."""

    edition_id: int
    id: str
    name: str
    sort_key: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """A list of terms."""

    edition_id: int
    id: str
    name: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of a taxonomy."""

    edition_id: int
    id: str
    taxonomy_id: str
    parent_id: str | None
    name: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What the people here know: what happens when you call, what to say, what to bring."""

    listing_id: int
    when_you_call: str
    what_to_say: str
    what_to_bring: str
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """A word of somebody who has been there. Nobody knows whose: its author is not kept."""

    id: int
    listing_id: int
    text: str
    created_at: datetime
