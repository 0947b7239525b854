"""Making circles of those who wait. Pure, and the same for the same list.

Hard conditions come first: nobody meets whom they are cut off from, nobody meets themselves, the
language is the same. Then whoever waits longest is served first: for every choice of their topics
it is counted who else fits, and the choice with the most people is taken. Two people fit when they
share as many topics as *both* have come to accept, so that nobody gets less than what they asked
for because somebody else has waited long.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from node.circles.rules import LENGTHS, Widening, widening_of
from storage.circle_doors import Waiting

AreApart = Callable[[int, int], bool]
"""Whether two personas must not meet, whoever of them wished it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A circle that could be: `topics` are what all of them chose, and why they were put together;
    empty for a mixed one."""

    people: tuple[Waiting, ...]
    topics: tuple[str, ...]
    language: str
    days: int
    part: str


def matches(
    waiting: Sequence[Waiting], now: datetime, least: int, most: int, are_apart: AreApart
) -> list[Match]:
    """The circles that can be made now, nobody in two of them."""
    free = [one for one in waiting if one.rest_until is None or one.rest_until <= now]
    found: list[Match] = []
    for seed in sorted(free, key=_longest_first):
        if any(seed in match.people for match in found):
            continue
        taken = {one.id for match in found for one in match.people}
        others = [one for one in free if one.id not in taken and one.id != seed.id]
        best = _best(seed, others, now, most, are_apart)
        if len(best) >= least:
            found.append(_match(best))
    return found


def fitting(
    seed: Waiting, waiting: Sequence[Waiting], now: datetime, most: int, are_apart: AreApart
) -> int:
    """With how many a circle could begin for this one now, itself among them."""
    others = [one for one in waiting if one.id != seed.id]
    return len(_best(seed, others, now, most, are_apart))


def _best(
    seed: Waiting, others: Sequence[Waiting], now: datetime, most: int, are_apart: AreApart
) -> list[Waiting]:
    """The largest company for whoever waits longest; of equal ones the first in their own order."""
    step = widening_of(now - seed.since)
    near = [one for one in others if _fits(seed, one, now)]
    best: list[Waiting] = [seed]
    many = min(step.shared, len(seed.wish.topics))
    for chosen in combinations(seed.wish.topics, many):
        company = _company(seed, set(chosen), near, now, most, are_apart)
        if len(company) > len(best):
            best = company
    return best


def _company(
    seed: Waiting,
    chosen: set[str],
    near: Sequence[Waiting],
    now: datetime,
    most: int,
    are_apart: AreApart,
) -> list[Waiting]:
    """Whoever chose all of `chosen`, those who share most with the first one before others."""
    company = [seed]
    wished = [one for one in near if chosen <= set(one.wish.topics)]
    for one in sorted(wished, key=lambda one: (-len(_shared(seed, one)), *_longest_first(one))):
        if len(company) == most:
            break
        if all(_fits(there, one, now) and not _apart(there, one, are_apart) for there in company):
            company.append(one)
    return company


def _fits(one: Waiting, other: Waiting, now: datetime) -> bool:
    if one.account_id == other.account_id:
        return False
    if one.wish.language != other.wish.language:
        return False
    return all(_fits_by(widening_of(now - waits.since), one, other) for waits in (one, other))


def _fits_by(step: Widening, one: Waiting, other: Waiting) -> bool:
    # Who chose a single topic cannot share two.
    most = min(step.shared, len(one.wish.topics), len(other.wish.topics))
    if len(_shared(one, other)) < max(most, min(step.shared, 1)):
        return False
    if step.same_part and one.wish.part != other.wish.part:
        return False
    return not step.same_length or one.wish.days == other.wish.days


def _shared(one: Waiting, other: Waiting) -> set[str]:
    return set(one.wish.topics) & set(other.wish.topics)


def _apart(one: Waiting, other: Waiting, are_apart: AreApart) -> bool:
    return are_apart(one.persona_id, other.persona_id)


def _match(people: Sequence[Waiting]) -> Match:
    first = people[0]
    common = set.intersection(*(set(one.wish.topics) for one in people))
    return Match(
        people=tuple(people),
        topics=tuple(topic for topic in first.wish.topics if topic in common),
        language=first.wish.language,
        days=_middle([one.wish.days for one in people]),
        part=_most_wished([one.wish.part for one in people]),
    )


def _middle(days: Sequence[int]) -> int:
    """The length in the middle of what they wished for, the shorter one where there are two."""
    ordered = sorted(days)
    middle = ordered[(len(ordered) - 1) // 2]
    return min(LENGTHS, key=lambda length: (abs(length - middle), length))


def _most_wished(parts: Sequence[str]) -> str:
    """What most of them wished for; the first one's where there is no such thing."""
    return max(dict.fromkeys(parts), key=parts.count)


def _longest_first(one: Waiting) -> tuple[datetime, int]:
    return one.since, one.id
