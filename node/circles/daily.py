"""What a worker does for circles. All of it stands in rows: a question is asked once, however often
the worker is killed, and a day that nobody was there for is left out, not made up for.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial

from node.circles.living import Living
from node.circles.rules import (
    ASKS_DAILY,
    TALKS,
    day_of,
    ends_at,
    is_last_days,
    is_nudged,
    lasts_until,
    next_look,
    question_of,
    was_called,
    weeks_past,
)
from storage.circle_days import CircleDay
from storage.circles import Circle
from storage.database import Database
from storage.post_record import Post
from storage.unit_of_work import UnitOfWork

AT_ONCE = 20
POSTS_AT_ONCE = 500


class Daily(Living):
    """Looks after every circle whose time has come."""

    async def run_once(self, db: Database) -> int:
        """One round; how much was done."""
        made = await db.write(self.match)
        due = await db.read(lambda uow: uow.circles.due(self.now(), AT_ONCE))
        for circle in due:
            await db.write(partial(self.look_after, circle_id=circle.id))
        return made + len(due)

    def look_after(self, uow: UnitOfWork, circle_id: int) -> None:
        """Whatever its time has come for. Where it has not, nothing changes."""
        circle, now = uow.circles.get(circle_id), self.now()
        if circle is None or circle.next_at is None or circle.next_at > now:
            return
        over = lasts_until(circle, self.limits)
        if over is not None and now >= over:
            if circle.state in ("closed", "given-up"):
                self._erase(uow, circle, now)
                return
            circle = self._time_is_up(uow, circle)
        elif circle.state == "confirming":  # somebody who was asked is there no more
            circle = self.settle(uow, circle, is_time=False)
        elif circle.state in TALKS and (was_called(circle) or circle.state not in ASKS_DAILY):
            circle = self.look_round(uow, circle)
        self._live(uow, circle, now)

    def _time_is_up(self, uow: UnitOfWork, circle: Circle) -> Circle:
        """What `BY_TIME` says of its state. Raises Refused for one whose days are counted."""
        match circle.state:
            case "gathering":
                return self.gathered(uow, circle)
            case "confirming":
                return self.settle(uow, circle, is_time=True)
            case "paused":
                return self.go_on(uow, circle)
            case _:
                return self.decide(uow, circle)

    def _live(self, uow: UnitOfWork, circle: Circle, now: datetime) -> None:
        if circle.state in ASKS_DAILY:
            circle = self._day(uow, circle, now)
        elif is_nudged(circle):
            self._nudge(uow, circle)
        uow.circles.change(circle.id, next_at=next_look(circle, now, self.limits))

    def _day(self, uow: UnitOfWork, circle: Circle, now: datetime) -> Circle:
        if not self.members_of(uow, circle.id):
            return self.happens(uow, circle, "empty")
        end = ends_at(circle)
        if end is not None and now >= end:
            return self._end(uow, circle)
        if circle.state == "running" and is_last_days(circle, now):
            circle = self.close(uow, circle)
        self._ask(uow, circle, now)
        self._tell_weeks(uow, circle, now)
        return circle

    def _nudge(self, uow: UnitOfWork, circle: Circle) -> None:
        """Whoever cares for its door hears once that it still gathers."""
        members = [one.actor for one in self.members_of(uow, circle.id)]
        hosts = [one for one in members if one.id == circle.host_id]
        self.tell_all(uow, "circle-lingers", circle.id, hosts or members)

    def _end(self, uow: UnitOfWork, circle: Circle) -> Circle:
        for event, states in (("go-on", ("asking",)), ("close", ("running",))):
            if circle.state in states:  # nobody was there for its last days
                circle = self.happens(uow, circle, event)  # type: ignore[arg-type]
        ended = self.happens(uow, circle, "end")
        members = self.members_of(uow, circle.id)
        self.tell_all(uow, "circle-closed", ended.id, [one.actor for one in members])
        return ended

    def _ask(self, uow: UnitOfWork, circle: Circle, now: datetime) -> None:
        """The question of today, if it was not asked yet."""
        day = day_of(circle, now)
        if day is None or uow.circle_days.has(circle.id, day):
            return
        question = question_of(uow.circles.script(circle.id), day, circle.days)
        if question is None:
            return
        post = self._question_post(circle, day, question, now)
        uow.posts.add(post)
        uow.circle_days.add(CircleDay(circle_id=circle.id, day=day, post_id=post.id, posted_at=now))
        members = self.members_of(uow, circle.id)
        told = [one.actor for one in members if one.member.wants_days]
        self.tell_all(uow, "circle-question", circle.id, told)

    def _question_post(self, circle: Circle, day: int, question: str, now: datetime) -> Post:
        number = self.new_id()
        return Post(
            id=number,
            uri=f"{self.origin}/posts/{number}",
            group_id=circle.id,
            thread_id=number,
            author_id=circle.id,
            title=f"Day {day}",
            content=self.groups.markdown(question),
            source=question,
            language=circle.language or None,
            wire_type="Page",
            is_local=True,
            created_at=now,
            last_activity_at=now,
        )

    def _tell_weeks(self, uow: UnitOfWork, circle: Circle, now: datetime) -> None:
        """Once a week everybody who wants it hears that their own week can be looked at."""
        weeks = weeks_past(circle, now)
        for one in self.members_of(uow, circle.id):
            if one.member.weeks_told >= weeks:
                continue
            uow.circles.put_member(replace(one.member, weeks_told=weeks))
            if one.member.wants_weeks:
                self.tell_all(uow, "circle-week", circle.id, [one.actor])

    def _erase(self, uow: UnitOfWork, circle: Circle, now: datetime) -> None:
        if not uow.circle_ends.erase_some(circle.id, POSTS_AT_ONCE):
            uow.circles.change(circle.id, next_at=now)
