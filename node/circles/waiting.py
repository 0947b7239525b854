"""A circle for those who wait: a wish, a match now and then, and the question whether they want it.

Nobody is shown who waits, not even how many: somebody who tried out topics could learn from it. A
wish tells in words how it stands. A circle begins when enough say yes; whoever does not is kept on
the list, at the place they had.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from node.circles.forming import CircleDraft, Forming
from node.circles.matching_rules import AreApart, Match, fitting, matches
from node.circles.rules import HOUR_OF, LENGTHS, PARTS, Widening, widening_of
from node.circles.scripts import best_for
from node.circles.tools import TASK, topics_from
from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from storage.actors import Actor
from storage.circle_doors import Waiting, Wish
from storage.circles import Circle, CircleMember
from storage.unit_of_work import UnitOfWork

AT_ONCE = 500
"""So many of those who wait are looked at together, who came first first."""
REST = timedelta(days=3)
"""After a no. Who did not answer rests for a week."""
REST_UNANSWERED = timedelta(days=7)

Nearness = Literal["few", "some", "nearly", "asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it stands with a wish. `asked` is the circle that they are asked about."""

    waiting: Waiting
    nearness: Nearness
    step: Widening
    asked: int | None


class WaitingList(Forming):
    """Use cases of those who wait, and of the worker that makes circles of them."""

    def wish(self, uow: UnitOfWork, persona: Actor, wish: Wish) -> None:
        """Wait for a circle like this; a changed wish keeps its place. Raises Invalid, Refused."""
        topics = topics_from(wish.topics)
        if not topics:
            raise Invalid("topics", N_("Choose at least one topic."))
        if wish.days not in LENGTHS:
            raise Invalid("days", N_("Choose one of the lengths from the list."))
        if wish.part not in PARTS:
            raise Invalid("part", N_("Choose a time of the day from the list."))
        if not wish.language:
            raise Invalid("language", N_("Choose a language."))
        known = uow.circle_doors.of(persona.id)
        if known is not None and known.circle_id is not None:
            raise Refused(N_("Answer first whether you want the circle you are asked about."), "")
        account_id = uow.accounts.account_of(persona.id)
        if account_id is None or persona.suspended_at is not None:
            raise NotFound
        self._wait(uow, persona.id, account_id, replace_topics(wish, topics), known)

    def _wait(
        self,
        uow: UnitOfWork,
        persona_id: int,
        account_id: int,
        wish: Wish,
        known: Waiting | None = None,
        since: datetime | None = None,
    ) -> None:
        uow.circle_doors.wait(
            Waiting(
                id=self.new_id(),
                persona_id=persona_id,
                account_id=account_id,
                since=known.since if known else since or self.now(),
                rest_until=known.rest_until if known else None,
                wish=wish,
            )
        )
        uow.wake(TASK)

    def stop_waiting(self, uow: UnitOfWork, persona: Actor) -> None:
        """Wait no longer. Where there was no wish, nothing changes. Who is asked says no first."""
        known = uow.circle_doors.of(persona.id)
        if known is not None and known.circle_id is not None:
            self.decline(uow, known.circle_id, persona)
        uow.circle_doors.stop(persona.id)

    def standing(self, uow: UnitOfWork, persona: Actor) -> Standing | None:
        """How it stands with one's own wish, in words; None without one."""
        own = uow.circle_doors.of(persona.id)
        if own is None:
            return None
        now = self.now()
        near: Nearness = "asked"
        if own.circle_id is None:
            waiting = uow.circle_doors.waiting(AT_ONCE)
            there = fitting(own, waiting, now, self.limits.most, _apartness(uow))
            near = _nearness(there, self.limits.least)
        step = widening_of(now - own.since)
        return Standing(waiting=own, nearness=near, step=step, asked=own.circle_id)

    def match(self, uow: UnitOfWork) -> int:
        """Make circles of those who wait, and ask them. How many circles."""
        waiting = uow.circle_doors.waiting(AT_ONCE)
        if len(waiting) < self.limits.least:
            return 0
        limits = self.limits
        found = matches(waiting, self.now(), limits.least, limits.most, _apartness(uow))
        for match in found:
            self._propose(uow, match)
        return len(found)

    def _propose(self, uow: UnitOfWork, match: Match) -> Circle:
        draft = CircleDraft(
            name="",
            topics=match.topics,
            language=match.language,
            days=match.days,
            part=match.part,
        )
        script = best_for(uow, match.topics, match.days, match.language)
        circle = self.make(uow, "matched", None, draft, script, "")
        people = [one.persona_id for one in match.people]
        for persona_id in people:
            uow.circles.put_member(self.new_member(circle.id, persona_id, "asked"))
        uow.circle_doors.hold(people, circle.id)
        asked = uow.actors.get_many(people)
        self.tell_all(uow, "circle-asked", circle.id, list(asked.values()))
        uow.wake(TASK)
        return circle

    def agree(self, uow: UnitOfWork, circle_id: int, persona: Actor) -> Circle:
        """Say yes. It begins when everybody has answered and enough said so. Raises NotFound."""
        circle, member = self.circle_of(uow, circle_id, persona)
        if circle.state == "gathering":
            self.come_along(uow, circle_id, persona)
            return circle
        if member.state != "agreed":
            self.moves(uow, member, "agree")
        return self.settle(uow, circle, is_time=False)

    def decline(self, uow: UnitOfWork, circle_id: int, persona: Actor) -> None:
        """Say no, without a reason. They go on waiting. Raises NotFound."""
        circle, member = self.circle_of(uow, circle_id, persona)
        if circle.state not in ("confirming", "gathering") or member.state == "member":
            raise NotFound
        self.moves(uow, member, "leave" if member.state == "waiting" else "decline")
        if circle.state == "confirming":
            uow.circle_doors.rest(persona.id, self.now() + REST)
            self.settle(uow, circle, is_time=False)

    def settle(self, uow: UnitOfWork, circle: Circle, *, is_time: bool) -> Circle:
        """Begin, or give it up, as soon as it is clear which. When it `is_time`, whoever did not
        answer is not waited for any longer."""
        agreed = uow.circles.members(circle.id, ["agreed"])
        open_ones = uow.circles.members(circle.id, ["asked"])
        enough = len(agreed) >= self.limits.least
        can_be = len(agreed) + len(open_ones) >= self.limits.least
        if open_ones and not is_time and can_be:
            return circle
        for one in open_ones:
            self.moves(uow, one.member, "decline")
            until = self.now() + REST_UNANSWERED if is_time else None
            uow.circle_doors.rest(one.actor.id, until)
        if not enough:
            for one in agreed:
                self.moves(uow, one.member, "decline")
                uow.circle_doors.rest(one.actor.id, None)
            self.tell_all(uow, "circle-not-yet", circle.id, [one.actor for one in agreed])
            return self.happens(uow, circle, "give-up")
        for one in agreed:
            self.moves(uow, one.member, "start")
        uow.circle_doors.stop_all([one.actor.id for one in agreed])
        return self.set_off(uow, circle)

    def wait_again(self, uow: UnitOfWork, circle: Circle, member: CircleMember) -> None:
        """Wait for another circle like this one, before those who came later."""
        account_id = uow.accounts.account_of(member.persona_id)
        topics = circle.topics
        if account_id is None or not topics or uow.circle_doors.of(member.persona_id):
            return
        part = next((one for one in PARTS if HOUR_OF[one] == circle.hour), PARTS[0])
        days = min(LENGTHS, key=lambda length: abs(length - circle.days))
        wish = Wish(topics=topics, language=circle.language, days=days, part=part)
        self._wait(uow, member.persona_id, account_id, wish, since=circle.created_at)


def replace_topics(wish: Wish, topics: tuple[str, ...]) -> Wish:
    """The wish with its topics in the order of the list."""
    return Wish(topics=topics, language=wish.language, days=wish.days, part=wish.part)


def _nearness(there: int, least: int) -> Nearness:
    if there * 2 < least:
        return "few"
    return "some" if there + 2 < least else "nearly"


def _apartness(uow: UnitOfWork) -> AreApart:
    """Blocks in both directions, of all personas of an account, each reader asked once."""
    hidden: dict[int, frozenset[int]] = {}

    def of(persona_id: int) -> frozenset[int]:
        if persona_id not in hidden:
            hidden[persona_id] = uow.blocks.hides(persona_id)
        return hidden[persona_id]

    def are_apart(one: int, other: int) -> bool:
        return other in of(one) or one in of(other)

    return are_apart
