"""What every use case of circles holds, and the first step of each: is there such a circle?

"Not theirs" is one question to the database, as "not there" is: nothing is opened before.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from node.circles.rules import (
    TOPICS_MOST,
    CircleLimits,
    Event,
    after,
    cares_for,
    is_in,
    may_see,
    member_after,
    next_look,
)
from node.errors import NotFound, Refused
from node.groups.membership import new_membership
from node.groups.service import Groups
from node.i18n import N_
from node.notifications.service import Notifying
from node.ports import Clock, NewId
from node.topics import topics_of
from storage.actors import Actor
from storage.circles import Circle, CircleMember, MemberState, MemberThere
from storage.groups import Group, GroupWithActor
from storage.unit_of_work import UnitOfWork

TASK = "circles"


class Tools:
    """Built once by `node/support.py`."""

    def __init__(
        self,
        groups: Groups,
        notifying: Notifying,
        now: Clock,
        new_id: NewId,
        origin: str,
        limits: CircleLimits,
    ) -> None:
        self.groups = groups
        self.notifying = notifying
        self.now = now
        self.new_id = new_id
        self.origin = origin
        self.authority = urlsplit(origin).netloc.lower()
        self.limits = limits

    def circle_of(
        self, uow: UnitOfWork, circle_id: int, persona: Actor
    ) -> tuple[Circle, CircleMember]:
        """A circle that is there for this persona, and how it stands to it. Raises NotFound."""
        return self._found(uow, circle_id, persona, must_belong=False)

    def own_circle(
        self, uow: UnitOfWork, circle_id: int, persona: Actor
    ) -> tuple[Circle, CircleMember]:
        """A circle that the persona belongs to. Raises NotFound."""
        return self._found(uow, circle_id, persona, must_belong=True)

    @staticmethod
    def _found(
        uow: UnitOfWork, circle_id: int, persona: Actor, *, must_belong: bool
    ) -> tuple[Circle, CircleMember]:
        at = uow.circles.whereabouts(circle_id, persona.id)
        if at is None or not may_see(*at) or (must_belong and not is_in(at[1])):
            raise NotFound
        circle = uow.circles.get(circle_id)
        if circle is None:
            raise NotFound
        return circle, at[1]

    def cared_for(
        self, uow: UnitOfWork, circle_id: int, persona: Actor
    ) -> tuple[Circle, CircleMember]:
        """A circle whose questions and door the persona cares for. Raises NotFound, Refused."""
        circle, member = self.own_circle(uow, circle_id, persona)
        if not cares_for(circle, member):
            raise Refused(N_("Whoever started this circle does that."), "not-the-host")
        return circle, member

    def members_of(self, uow: UnitOfWork, circle_id: int) -> list[MemberThere]:
        """Those who belong to it, whoever asks: what is shown leaves out whom a block hides."""
        return uow.circles.members(circle_id, ["member"])

    def happens(self, uow: UnitOfWork, circle: Circle, event: Event, **changes: object) -> Circle:
        """The circle as it is after something happened to it. Raises Refused where it cannot."""
        state = after(circle.state, event)
        if state is None:
            raise Refused(N_("That is not possible now. Look at the circle again."), "not-now")
        now = self.now()
        moved = replace(circle, state=state, changed_at=now, **changes)  # type: ignore[arg-type]
        moved = replace(moved, next_at=next_look(moved, now, self.limits))
        uow.circles.change(
            circle.id,
            state=moved.state,
            changed_at=now,
            next_at=moved.next_at,
            started_at=moved.started_at,
            paused_at=moved.paused_at,
            days=moved.days,
        )
        if state in ("closed", "given-up"):
            uow.groups.update(circle.id, archived_at=now)
            uow.circle_doors.end_codes(circle.id)
        uow.wake(TASK)
        return moved

    def moves(self, uow: UnitOfWork, member: CircleMember, event: str) -> CircleMember:
        """The same for a person in it. Raises Refused where it cannot be."""
        state = member_after(member.state, event)
        if state is None:
            raise Refused(N_("That is not possible now. Look at the circle again."), "not-now")
        moved = replace(member, state=state, changed_at=self.now())
        uow.circles.put_member(moved)
        if state == "member":
            uow.memberships.put(new_membership(member.circle_id, member.persona_id, self.now()))
        elif member.state == "member":
            uow.memberships.remove(member.circle_id, member.persona_id)
        return moved

    def new_member(self, circle_id: int, persona_id: int, state: MemberState) -> CircleMember:
        """Somebody who stands to a circle from now on."""
        now = self.now()
        return CircleMember(
            circle_id=circle_id, persona_id=persona_id, state=state, created_at=now, changed_at=now
        )

    def add_place(self, uow: UnitOfWork, circle_id: int, now: datetime) -> None:
        """Where a circle talks: private, without moderators, and no group to anybody who looks for
        groups. Its row says nothing of the circle; it has no key with which it could speak."""
        uow.actors.add(_actor(circle_id, self.origin, self.authority, now))
        uow.groups.add(
            Group(
                actor_id=circle_id,
                kind="circle",
                visibility="private",
                is_local=True,
                guidelines="",
                join_policy="invitation",
                reply_policy="members",
                posting_policy="members",
                created_at=now,
            )
        )

    def place(self, uow: UnitOfWork, circle_id: int) -> GroupWithActor:
        """Where a circle talks. Raises NotFound."""
        found = uow.groups.place(circle_id)
        if found is None:
            raise NotFound
        return found

    def tell_all(
        self, uow: UnitOfWork, about: str, circle_id: int, people: Collection[Actor]
    ) -> None:
        """A sentence to each, as a reminder of something of their own: it names nobody."""
        for one in people:
            self.notifying.tell_of_room(uow, about, one, one, circle_id)


def topics_from(given: Collection[str]) -> tuple[str, ...]:
    """The topics that were chosen. Raises Invalid."""
    return topics_of("topics", given, most=TOPICS_MOST)


def _actor(circle_id: int, origin: str, authority: str, now: datetime) -> Actor:
    uri = f"{origin}/circles/{circle_id}"
    return Actor(
        id=circle_id,
        uri=uri,
        type="Group",
        handle=f"circle-{circle_id}",
        authority=authority,
        name=N_("Circle"),
        summary="",
        inbox=f"{uri}/inbox",
        is_local=True,
        created_at=now,
    )
