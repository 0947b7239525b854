"""The read side of circles: what one persona sees of a circle, and of its own week there."""

from dataclasses import dataclass
from datetime import datetime

from node.circles.rules import DAY, WEEK, cares_for, day_of, ends_at, is_in, lasts_until, weeks_past
from node.circles.service import Circles
from node.circles.waiting import Standing
from node.groups.reading import with_folds
from node.topics import label_of
from node.visibility import may_see_post
from storage.actors import Actor
from storage.circle_doors import CircleCode
from storage.circles import Circle, CircleMember, MemberThere
from storage.posts import PostView
from storage.unit_of_work import UnitOfWork

LISTED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWeek:
    """What somebody did last week, for nobody else: days on which they wrote, people who answered.
    Only what is more than nothing is ever said in numbers."""

    days: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The circles of a persona that are there for it, the newest first, and what it waits for."""

    circles: list[tuple[Circle, CircleMember]]
    standing: Standing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CirclePage:
    """A circle as `persona` sees it. `today` is the newest question; `threads` are the others,
    last active first; `waiting` asked to come in, for those who care for the door. `lasts_until` is
    when time ends what it is now."""

    circle: Circle
    member: CircleMember
    day: int | None
    ends_at: datetime | None
    lasts_until: datetime | None
    members: list[MemberThere]
    others: int
    waiting: list[MemberThere]
    codes: list[CircleCode]
    today: PostView | None
    threads: list[PostView]
    week: OwnWeek | None
    cares: bool
    is_enough: bool

    @property
    def may_begin(self) -> bool:
        """Whether this one may let it begin now."""
        return self.cares and self.is_enough and self.circle.state == "gathering"


def overview(uow: UnitOfWork, circles: Circles, persona: Actor) -> Overview:
    """What the page of circles shows."""
    return Overview(circles=circles.seen_by(uow, persona), standing=circles.standing(uow, persona))


def circle_page(uow: UnitOfWork, circles: Circles, circle_id: int, persona: Actor) -> CirclePage:
    """One circle. Raises NotFound. Whoever is only asked sees nobody, and not a word."""
    circle, member = circles.circle_of(uow, circle_id, persona)
    belongs, cares = is_in(member), cares_for(circle, member)
    hidden = uow.blocks.hides(persona.id)
    everybody = uow.circles.members(circle_id, ["member", "asked", "agreed"])
    members = [one for one in everybody if one.member.state == "member"]
    shown = [one for one in members if one.actor.id not in hidden] if belongs else []
    waiting = uow.circles.members(circle_id, ["waiting"]) if cares else []
    today, threads = _words(uow, circle_id, persona, hidden) if belongs else (None, [])
    return CirclePage(
        circle=circle,
        member=member,
        day=day_of(circle, circles.now()),
        ends_at=ends_at(circle),
        lasts_until=lasts_until(circle, circles.limits),
        members=shown,
        others=len(everybody),
        waiting=[one for one in waiting if one.actor.id not in hidden],
        codes=uow.circle_doors.codes_of(circle_id, circles.now()) if cares else [],
        today=today,
        threads=threads,
        week=own_week(uow, circle, member, circles.now(), hidden) if belongs else None,
        cares=cares,
        is_enough=len(members) >= circles.limits.least,
    )


def own_week(
    uow: UnitOfWork,
    circle: Circle,
    member: CircleMember,
    now: datetime,
    hidden: frozenset[int],
) -> OwnWeek | None:
    """The last whole week of somebody who wants to hear of it; None before there is one."""
    week = weeks_past(circle, now)
    if not member.wants_weeks or week < 1 or circle.started_at is None:
        return None
    since = circle.started_at + (week - 1) * WEEK * DAY
    found = uow.circle_weeks.of(circle.id, member.persona_id, since, since + WEEK * DAY)
    days = {(at - since) // DAY for at in found.written}
    return OwnWeek(days=len(days), people=len(found.answered_by - hidden))


def name_of(circle: Circle) -> tuple[str, tuple[str, ...]]:
    """What it is called; without a name, the labels of its topics."""
    return circle.name, tuple(label_of(slug) for slug in circle.topics)


def _words(
    uow: UnitOfWork, circle_id: int, persona: Actor, hidden: frozenset[int]
) -> tuple[PostView | None, list[PostView]]:
    newest = uow.circle_days.newest(circle_id, 1)
    today = uow.posts.view(newest[0].post_id) if newest else None
    threads = with_folds(uow, uow.posts.threads(circle_id, LISTED, without=hidden), persona)
    rest = [one for one in threads if today is None or one.post.id != today.post.id]
    if today is not None and (today.post.removed_at or not may_see_post(today.post, hidden)):
        today = None
    return today, rest
