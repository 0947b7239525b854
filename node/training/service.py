"""The path of somebody who would like to help: units, practice, badges by topic.

The learner's own replies are for the learner: sealed, shown to nobody, and not judged.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.ports import Clock
from node.topics import TOPICS
from node.training.rules import (
    REPLY_MOST,
    asks_for_refresh,
    ends_at,
    is_fresh,
    valid_badges,
)
from node.training.units import Courses
from storage.actors import Actor
from storage.training_paths import HelperPath
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge as its owner sees it."""

    topic: str
    label: str
    until: datetime
    is_valid: bool
    asks_for_refresh: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is. `has_units` opens the topics."""

    path: HelperPath
    fresh: frozenset[str]
    has_units: bool
    badges: list[Badge]


class Training:
    """Use cases of learners."""

    def __init__(self, now: Clock, courses: Courses) -> None:
        self._now = now
        self.courses = courses

    def progress(self, uow: UnitOfWork, persona: Actor) -> Progress:
        """Where a persona stands."""
        path, now = uow.helper_paths.get(persona.id), self._now()
        valid = valid_badges(path, now)
        return Progress(
            path,
            frozenset(one for one in self.courses.slugs if is_fresh(path.done, [one], now)),
            is_fresh(path.done, self.courses.slugs, now),
            [
                Badge(
                    one.slug,
                    one.label,
                    ends_at(path.badges[one.slug]),
                    one.slug in valid,
                    asks_for_refresh(path.badges[one.slug], now),
                )
                for one in TOPICS
                if one.slug in path.badges
            ],
        )

    def practise(self, uow: UnitOfWork, persona: Actor, slug: str, reply: str) -> None:
        """Keep what the learner would reply; an empty one goes. Raises NotFound, Invalid."""
        if slug not in self.courses.slugs:
            raise NotFound
        reply = reply.replace("\r\n", "\n").replace("\x00", "").strip()
        if not reply:
            raise Invalid("reply", N_("Write a few words first. Nobody but you sees them."))
        if len(reply) > REPLY_MOST:
            raise Invalid("reply", N_("The text is too long; up to 2,000 characters fit."))
        path = uow.helper_paths.get(persona.id)
        uow.helper_paths.put(replace(path, replies={**path.replies, slug: reply}))

    def finish(self, uow: UnitOfWork, persona: Actor, slug: str) -> None:
        """The learner has gone through a unit. Raises NotFound, Refused before they practised."""
        if slug not in self.courses.slugs:
            raise NotFound
        path = uow.helper_paths.get(persona.id)
        if slug not in path.replies:
            raise Refused(N_("Try the situation first. Two sentences are enough."), "practice")
        uow.helper_paths.put(replace(path, done={**path.done, slug: self._now()}))

    def earn(self, uow: UnitOfWork, persona: Actor, topic: str) -> None:
        """Give the badge of a topic, or renew it. Raises NotFound, Refused before the units."""
        if topic not in self.courses.in_language("en").topics:
            raise NotFound
        path, now = uow.helper_paths.get(persona.id), self._now()
        if not is_fresh(path.done, self.courses.slugs, now):
            raise Refused(
                N_("First go through the units, each within the last year. Then come back here."),
                "units",
            )
        uow.helper_paths.put(replace(path, badges={**path.badges, topic: now}))
        uow.wake("listening")

    def give_back(self, uow: UnitOfWork, persona: Actor, topic: str) -> None:
        """A topic that one no longer wants a badge for."""
        path = uow.helper_paths.get(persona.id)
        kept = {one: given for one, given in path.badges.items() if one != topic}
        uow.helper_paths.put(replace(path, badges=kept))

    def show_badges(self, uow: UnitOfWork, persona: Actor, *, shows: bool) -> None:
        """Whether the persona's page shows its badges."""
        path = uow.helper_paths.get(persona.id)
        uow.helper_paths.put(replace(path, shows_badge=shows))
