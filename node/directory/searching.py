"""Finding services: by need, words, place, cost, language, age, and what is open now.

What somebody looks for is told to nobody and kept nowhere: no row, no log, no counter. That holds
for visitors and members alike, so nothing here knows who asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from node.directory.deriving import decoded
from node.directory.hsds.hours import is_open
from node.directory.places import KM_USUAL, Point, box_round, km_between, middle, near
from node.directory.rules import FOUND
from node.directory.showing import Card, Showing
from node.directory.taxonomy import BY_ID, TAXONOMY_ID
from node.directory.words import asked_for
from storage.service_search import Box, Wanted
from storage.services import Hit
from storage.unit_of_work import UnitOfWork

PER_PAGE: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked for, all of it together. Empty asks for nothing.

    `terms` are ids of taxonomy terms; `km` is how far round a place; `everything` is also what is
    no support, such as food and housing.
    """

    words: str = ""
    terms: tuple[str, ...] = ()
    taxonomy_id: str | None = None
    organization_id: str | None = None
    place: str = ""
    km: float = KM_USUAL
    is_free: bool = False
    language: str | None = None
    age: int | None = None
    open_now: bool = False
    everything: bool = False
    modified_after: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One service that was found; `km` is how far its nearest place is."""

    card: Card
    km: float | None
    is_open: bool | None


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found. `total` is of all pages. `knows_place`: whether we know where the
    place is that was asked for."""

    answers: list[Answer]
    total: int
    page: int
    per_page: int
    knows_place: bool = True

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))


class Searching:
    """Use cases of finding."""

    def find(
        self, uow: UnitOfWork, query: Query, now: datetime, page: int = 1, per_page: int = PER_PAGE
    ) -> Results:
        """A page of the services that fit: the nearest first where a place is asked for, else by
        name. A fixed number of queries, however many fit."""
        showing = Showing(uow)
        hits, distances, knows = self.hits(uow, query, showing.editions)
        hours: dict[int, bool | None] = {}
        if query.open_now:
            hours = _open(uow, [one.id for one in hits], now)
            hits = [one for one in hits if hours.get(one.id)]
        if distances:
            hits.sort(key=lambda one: (distances.get(one.id, 1e9), one.sort_key))
        shown = hits[(page - 1) * per_page : page * per_page]
        if not query.open_now:
            hours = _open(uow, [one.id for one in shown], now)
        by_listing = {one.listing_id: one for one in shown}
        answers = [
            Answer(
                card,
                distances.get(by_listing[card.listing.id].id),
                hours.get(by_listing[card.listing.id].id),
            )
            for card in showing.by_listings(by_listing)
        ]
        return Results(answers, len(hits), page, per_page, knows)

    def hits(
        self, uow: UnitOfWork, query: Query, editions: Sequence[int]
    ) -> tuple[list[Hit], dict[int, float], bool]:
        """(what fits, how far each is in kilometres, whether the place is known)."""
        place = near(query.place)
        point, box = None, None
        if place is not None:
            point = place.point or middle(uow.services.points_at(editions, place.key or ""))
            box = None if point is None else box_round(point, query.km)
        wanted = Wanted(
            editions=editions,
            states=FOUND,
            words=asked_for(query.words),
            terms=[_with_children(uow, editions, one) for one in query.terms],
            taxonomy_id=query.taxonomy_id,
            organization_id=query.organization_id,
            place=place.key if place is not None else None,
            box=box,
            is_free=query.is_free,
            support_only=not query.everything,
            language=query.language,
            age=query.age,
            modified_after=query.modified_after,
        )
        hits = uow.services.find(wanted)
        if point is None or not hits:
            return hits, {}, place is None or bool(hits)
        return (*_by_distance(uow, hits, point, box, query.km, place is None or place.key), True)


def _by_distance(
    uow: UnitOfWork,
    hits: list[Hit],
    point: Point,
    box: Box | None,
    km: float,
    keeps_named: Any,
) -> tuple[list[Hit], dict[int, float]]:
    """The corners of a box are further away than its sides: they fall out, unless the place was
    named and the service says that it is there."""
    points = uow.services.points_of([one.id for one in hits], box)
    found = {own: min(km_between(point, one) for one in many) for own, many in points.items()}
    kept = [
        one
        for one in hits
        if found.get(one.id, km + 1) <= km or (keeps_named and one.id not in found)
    ]
    return kept, found


def _with_children(uow: UnitOfWork, editions: Sequence[int], term_id: str) -> list[str]:
    """The term and all below it. Terms of our own have none."""
    if term_id in BY_ID or not editions:
        return [term_id]
    known = uow.terms.terms(editions, ids=[term_id])
    if not known or known[0].taxonomy_id == TAXONOMY_ID:
        return [term_id]
    children: dict[str, list[str]] = {}
    for one in uow.terms.terms(editions, taxonomy_id=known[0].taxonomy_id):
        children.setdefault(one.parent_id or "", []).append(one.id)
    found, waiting = {term_id}, [term_id]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return list(found)


def _open(uow: UnitOfWork, ids: Sequence[int], now: datetime) -> dict[int, bool | None]:
    found = uow.services.hours_of(ids)
    return {
        own: is_open([(decoded(one.document), one.timezone) for one in hours], now)
        for own, hours in found.items()
    }
