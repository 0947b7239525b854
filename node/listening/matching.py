"""Who is asked to listen to whom: hard filters, then a score that can be explained, then fairness.
Pure, and the same for the same people in whatever order their rows come.

Seekers are taken one after another, those in need now first, then who has waited longest. All
helpers rank seekers alike, so this is what deferred acceptance (Gale and Shapley, 1962) comes to:
no seeker and helper would both rather have each other than what they got. With the time that
somebody waits the match may be less close (`WIDENING`), but no hard filter ever gives way.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from node.i18n import N_
from storage.listening_record import Intake, Offering

Closeness = Literal["close", "wider", "anyone"]
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """Somebody who waits, with all that the filters ask. `people` and `refused` are accounts."""

    session_id: int
    persona_id: int
    account_id: int
    asked_at: datetime
    intake: Intake
    not_personas: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()
    asked_before: frozenset[int] = frozenset()
    is_newcomer: bool = False
    is_at_risk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Helper:
    """Somebody who offers to listen. `topics` are those they may listen to (with a badge where the
    node asks for one); `live` and `letters` how many they have now, under whatever name."""

    persona_id: int
    account_id: int
    offering: Offering
    topics: frozenset[str]
    is_their_time: bool = True
    rests: bool = False
    is_asked: bool = False
    is_newcomer: bool = False
    has_badge: bool = True
    live: int = 0
    letters: int = 0
    last_asked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is between accounts: `cut_off` are pairs, in both orders, with a block of any persona.
    `needs_badge` is what the node asks of those who listen; newcomers only meet trained ones."""

    now: datetime
    needs_badge: bool = True
    cut_off: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Widening:
    """From `after` on it may be as close as `closeness`; `sentence` is what the seeker reads."""

    after: timedelta
    closeness: Closeness
    sentence: str
    offers_letter: bool = False
    offers_others: bool = False


WIDENING: Final = (
    Widening(
        timedelta(0),
        "close",
        N_("We look for somebody who knows your topic and likes to listen in the way you asked."),
    ),
    Widening(
        timedelta(minutes=5),
        "wider",
        N_("We look wider now: for anybody who knows one of your topics."),
    ),
    Widening(
        timedelta(minutes=10),
        "anyone",
        N_("We look for anybody who is free to listen, whatever their topics."),
        offers_letter=True,
    ),
    Widening(
        timedelta(minutes=20),
        "anyone",
        N_("Nobody is free yet. We go on looking, and you can also take one of the ways below."),
        offers_letter=True,
        offers_others=True,
    ),
)
"""Wait a little for a close match, then take anyone: closeness helps, and waiting hurts."""
LETTERS_SLOWER: Final = 12
"""Letters wait so many times longer before the match widens."""


def stage_of(waited: timedelta, *, is_letter: bool) -> Widening:
    """The last line of the table that is reached."""
    pace = LETTERS_SLOWER if is_letter else 1
    return [one for one in WIDENING if one.after * pace <= max(waited, timedelta(0))][-1]


Refusal = Literal[
    "oneself",
    "block",
    "not-these",
    "language",
    "avoid",
    "no-go",
    "declined",
    "asked-before",
    "rests",
    "time",
    "capacity",
    "is-asked",
    "newcomer",
    "badge",
]


def refusals(seeker: Seeker, helper: Helper, world: World) -> list[Refusal]:
    """Why these two cannot meet now: each condition on its own line, empty when they can."""
    wants, offers = seeker.intake, helper.offering
    tests: tuple[tuple[Refusal, bool], ...] = (
        ("oneself", seeker.account_id == helper.account_id),
        ("block", (seeker.account_id, helper.account_id) in world.cut_off),
        ("not-these", helper.persona_id in seeker.not_personas),
        ("language", not _share_language(wants.language, offers.languages)),
        ("avoid", _would_bring_up(wants, offers)),
        ("no-go", bool(set(wants.topics) & set(offers.no_go))),
        ("declined", helper.account_id in seeker.refused),
        ("asked-before", helper.persona_id in seeker.asked_before),
        ("rests", helper.rests),
        ("time", not wants.is_letter and not helper.is_their_time),
        ("capacity", _is_full(helper, is_letter=wants.is_letter)),
        ("is-asked", helper.is_asked),
        ("newcomer", helper.is_newcomer),
        ("badge", (world.needs_badge or seeker.is_newcomer) and not helper.has_badge),
    )
    return [name for name, holds in tests if holds]


def _shared(seeker: Seeker, helper: Helper) -> set[str]:
    return set(seeker.intake.topics) & helper.topics


def _would_bring_up(wants: Intake, offers: Offering) -> bool:
    """Whoever is to tell of their own experience would come to what the seeker wants left out.
    Others can leave it out, and are told."""
    return wants.wish == "similar-experience" and bool(set(wants.avoid) & set(offers.topics))


def _share_language(wanted: str, spoken: tuple[str, ...]) -> bool:
    """Whoever named no language takes any; a helper who named none speaks that of the node."""
    return not wanted or not spoken or wanted in spoken


def _is_full(helper: Helper, *, is_letter: bool) -> bool:
    if is_letter:
        return helper.letters >= helper.offering.letters
    return helper.live >= helper.offering.live


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two people fit: a code, and how much it counts."""

    code: Literal["topic", "wish", "language"]
    points: int


def reasons(seeker: Seeker, helper: Helper) -> list[Reason]:
    """What speaks for a match; the score is the sum of the points, and nothing else."""
    found = [Reason("topic", 10) for _ in sorted(_shared(seeker, helper))]
    if seeker.intake.wish in helper.offering.wishes:
        found.append(Reason("wish", 5))
    if seeker.intake.language and seeker.intake.language in helper.offering.languages:
        found.append(Reason("language", 2))
    return found


def is_close(seeker: Seeker, helper: Helper, closeness: Closeness) -> bool:
    """Whether two people are as near as the time of waiting asks for."""
    if closeness == "anyone":
        return True
    if not _shared(seeker, helper):
        return False
    return closeness == "wider" or seeker.intake.wish in helper.offering.wishes


@dataclass(frozen=True, slots=True)
class Match:
    """Who is asked to listen to whom, and why."""

    session_id: int
    helper_id: int
    why: tuple[Reason, ...]


def match(seekers: Iterable[Seeker], helpers: Iterable[Helper], world: World) -> list[Match]:
    """One round. Whoever is at risk comes first; between helpers who fit alike the one who was
    asked longest ago is asked, and the smaller id decides what is left."""
    free = {one.persona_id: one for one in helpers}
    found = []
    for seeker in sorted(
        seekers, key=lambda one: (not one.is_at_risk, one.asked_at, one.session_id)
    ):
        chosen = _best(seeker, free.values(), world)
        if chosen is None:
            continue
        found.append(Match(seeker.session_id, chosen.persona_id, tuple(reasons(seeker, chosen))))
        for one in list(free.values()):
            # An account is asked for one person at a time, under whatever names it listens.
            if one.account_id == chosen.account_id:
                free[one.persona_id] = replace(one, is_asked=True)
    return found


def _best(seeker: Seeker, helpers: Iterable[Helper], world: World) -> Helper | None:
    waited = world.now - seeker.asked_at
    closeness = stage_of(waited, is_letter=seeker.intake.is_letter).closeness
    if seeker.is_at_risk:
        closeness = "anyone"
    fitting = [
        one
        for one in helpers
        if is_close(seeker, one, closeness) and not refusals(seeker, one, world)
    ]
    return min(fitting, key=lambda one: _rank(seeker, one), default=None)


def _rank(seeker: Seeker, helper: Helper) -> tuple[int, datetime, int]:
    score = sum(one.points for one in reasons(seeker, helper))
    return (-score, helper.last_asked_at or _NEVER, helper.persona_id)
