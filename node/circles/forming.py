"""A circle by invitation: somebody starts it, hands out codes, lets people in, and begins."""

from dataclasses import dataclass, replace
from datetime import timedelta

from node.circles.rules import (
    HOUR_OF,
    LENGTHS,
    NAME_MOST,
    OPEN_DOORS,
    first_question,
    next_look,
)
from node.circles.scripts import Script
from node.circles.tools import Tools, topics_from
from node.errors import Invalid, NotFound, Refused
from node.groups.codes import code_hash, new_code
from node.i18n import N_
from storage.actors import Actor
from storage.circle_doors import CircleCode
from storage.circles import Circle, CircleMember, CircleOrigin, MemberThere
from storage.unit_of_work import UnitOfWork

CODE_DAYS = 14
FULL = N_("This circle is full.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleDraft:
    """What the form holds. `part` is when in the day the question comes."""

    name: str
    topics: tuple[str, ...]
    language: str
    days: int
    part: str


class Forming(Tools):
    """Until a circle begins."""

    def start(self, uow: UnitOfWork, host: Actor, draft: CircleDraft, script: Script) -> Circle:
        """Somebody starts a circle, and cares for its door and its questions. Raises Invalid."""
        name = " ".join(draft.name.split())
        if not name or len(name) > NAME_MOST:
            raise Invalid("name", N_("Give the circle a name of up to 80 letters."))
        circle = self.make(uow, "invited", host.id, draft, script, name)
        uow.circles.put_member(self.new_member(circle.id, host.id, "waiting"))
        member = uow.circles.member(circle.id, host.id)
        assert member is not None
        self.moves(uow, member, "let-in")
        return circle

    def make(
        self,
        uow: UnitOfWork,
        origin: CircleOrigin,
        host_id: int | None,
        draft: CircleDraft,
        script: Script,
        name: str,
    ) -> Circle:
        """A circle with nobody in it yet, and its place. Raises Invalid."""
        topics = _checked(draft, script)
        now, number = self.now(), self.new_id()
        self.add_place(uow, number, now)
        circle = Circle(
            id=number,
            state="gathering" if origin == "invited" else "confirming",
            origin=origin,
            host_id=host_id,
            days=draft.days,
            hour=HOUR_OF[draft.part],
            name=name,
            topics=topics,
            language=draft.language or script.language,
            changed_at=now,
            created_at=now,
        )
        circle = replace(circle, next_at=next_look(circle, now, self.limits))
        uow.circles.add(circle, script.questions)
        return circle

    def invite(self, uow: UnitOfWork, circle_id: int, by: Actor, uses: int) -> str:
        """A code for so many people; it is shown this once. Raises NotFound, Refused, Invalid."""
        circle, _ = self.cared_for(uow, circle_id, by)
        self._insist_open(circle)
        if not 1 <= uses <= self.limits.most:
            raise Invalid("uses", N_("Write a number of people, such as 1 or 10."))
        code, now = new_code(), self.now()
        digest = code_hash(code)
        assert digest is not None
        made = CircleCode(
            id=self.new_id(),
            circle_id=circle_id,
            max_uses=uses,
            uses=0,
            created_by=by.id,
            expires_at=now + timedelta(days=CODE_DAYS),
            created_at=now,
        )
        uow.circle_doors.add_code(made, digest)
        self._still_gathers(uow, circle)
        return code

    def end_code(self, uow: UnitOfWork, circle_id: int, by: Actor, code_id: int) -> None:
        """A code opens nothing any more. Raises NotFound, Refused."""
        self.cared_for(uow, circle_id, by)
        uow.circle_doors.end_code(circle_id, code_id)

    def behind(self, uow: UnitOfWork, code: str, persona: Actor) -> Circle:
        """The circle that a code leads to. Raises NotFound: for a wrong or used code, and where
        somebody in it is cut off from who asks, which nobody can tell apart."""
        digest = code_hash(code)
        found = uow.circle_doors.find_code(digest, self.now()) if digest is not None else None
        circle = uow.circles.get(found.circle_id) if found is not None else None
        hidden = uow.blocks.hides(persona.id)
        if circle is None or circle.state not in OPEN_DOORS:
            raise NotFound
        if hidden & {one.actor.id for one in self._all_near(uow, circle.id)}:
            raise NotFound
        return circle

    def ask(self, uow: UnitOfWork, code: str, persona: Actor) -> Circle:
        """Ask to come in by a code. Twice changes nothing. Raises NotFound, Refused."""
        circle = self.behind(uow, code, persona)
        known = uow.circles.member(circle.id, persona.id)
        if known is not None and known.state in ("waiting", "member"):
            return circle
        if known is not None and known.state == "declined":
            raise NotFound
        self.insist_once(uow, circle.id, persona)
        digest = code_hash(code)
        if digest is None or not uow.circle_doors.spend_code(digest, self.now()):
            raise NotFound
        uow.circles.put_member(self.new_member(circle.id, persona.id, "waiting"))
        host = uow.actors.get(circle.host_id) if circle.host_id is not None else None
        if host is not None:
            self.notifying.tell_of_room(uow, "circle-knock", host, persona, circle.id)
        return circle

    def let_in(self, uow: UnitOfWork, circle_id: int, by: Actor, who_id: int) -> None:
        """Somebody who asked belongs to it now. Raises NotFound, Refused when it is full."""
        circle, _ = self.cared_for(uow, circle_id, by)
        who = self._who_asked(uow, circle_id, by, who_id)
        self._insist_open(circle)
        if len(self.members_of(uow, circle_id)) >= self.limits.most:
            raise Refused(FULL, "full")
        self.moves(uow, who, "let-in")
        self._still_gathers(uow, circle)
        persona = uow.actors.get(who_id)
        if persona is not None:
            self.notifying.tell_of_room(uow, "circle-let-in", persona, by, circle_id)

    def turn_away(self, uow: UnitOfWork, circle_id: int, by: Actor, who_id: int) -> None:
        """Somebody who asked does not come in; they see only that it is not there for them."""
        self.cared_for(uow, circle_id, by)
        self.moves(uow, self._who_asked(uow, circle_id, by, who_id), "turn-away")

    def come_along(self, uow: UnitOfWork, circle_id: int, persona: Actor) -> None:
        """Say yes to another round. Raises NotFound, Refused."""
        circle, member = self.circle_of(uow, circle_id, persona)
        self._insist_open(circle)
        if len(self.members_of(uow, circle_id)) >= self.limits.most:
            raise Refused(FULL, "full")
        if member.state != "asked":
            raise NotFound
        self.moves(uow, member, "join")
        self._still_gathers(uow, circle)

    def begin(self, uow: UnitOfWork, circle_id: int, by: Actor) -> Circle:
        """The circle begins with the next question; nobody comes in any more. Raises Refused while
        there are too few."""
        circle, _ = self.cared_for(uow, circle_id, by)
        if circle.state != "gathering":
            raise Refused(N_("That is not possible now. Look at the circle again."), "not-now")
        if len(self.members_of(uow, circle_id)) < self.limits.least:
            raise Refused(
                N_("There are too few people yet. Hand out a code, or ask people to bring one."),
                "too-few",
            )
        return self.set_off(uow, circle)

    def set_off(self, uow: UnitOfWork, circle: Circle) -> Circle:
        """The first question comes at the circle's hour. Whoever is still at the door is told."""
        at = first_question(self.now(), circle.hour, self.limits.zone)
        begun = self.happens(uow, circle, "start", started_at=at)
        uow.circle_doors.end_codes(circle.id)
        self.let_go(uow, circle)
        members = self.members_of(uow, circle.id)
        self.tell_all(uow, "circle-begins", circle.id, [one.actor for one in members])
        return begun

    def gathered(self, uow: UnitOfWork, circle: Circle) -> Circle:
        """The time for gathering is over: it begins with whoever is there, or not at all."""
        if len(self.members_of(uow, circle.id)) >= self.limits.least:
            return self.set_off(uow, circle)
        return self._fall_through(uow, circle, by=None)

    def give_up(self, uow: UnitOfWork, circle_id: int, by: Actor) -> None:
        """It does not come about, and the others are told. Raises NotFound, Refused once it has
        begun."""
        circle, _ = self.cared_for(uow, circle_id, by)
        self._fall_through(uow, circle, by)

    def _fall_through(self, uow: UnitOfWork, circle: Circle, by: Actor | None) -> Circle:
        given_up = self.happens(uow, circle, "give-up")
        members = [one.actor for one in self.members_of(uow, circle.id)]
        told = [one for one in members if by is None or one.id != by.id]
        self.tell_all(uow, "circle-not-now", circle.id, told)
        self.let_go(uow, circle)
        return given_up

    def let_go(self, uow: UnitOfWork, circle: Circle) -> None:
        """Nobody stays at a door that opens no more."""
        outside = uow.circles.members(circle.id, ["waiting", "asked"])
        for one in outside:
            self.moves(uow, one.member, "turn-away")
        self.tell_all(uow, "circle-not-now", circle.id, [one.actor for one in outside])

    def _still_gathers(self, uow: UnitOfWork, circle: Circle) -> None:
        """Somebody looks after it: its time begins anew."""
        now = self.now()
        anew = replace(circle, changed_at=now)
        uow.circles.change(circle.id, changed_at=now, next_at=next_look(anew, now, self.limits))

    def insist_once(self, uow: UnitOfWork, circle_id: int, persona: Actor) -> None:
        """Nobody is in a circle twice. Only its owner sees the sentence. Raises Refused."""
        account_id = uow.accounts.account_of(persona.id)
        own = uow.accounts.personas_of(account_id) if account_id is not None else []
        if set(own) & {one.actor.id for one in self._all_near(uow, circle_id)}:
            raise Refused(
                N_("You are in this circle already, under another name. Once is enough."), "twice"
            )

    def _all_near(self, uow: UnitOfWork, circle_id: int) -> list[MemberThere]:
        return uow.circles.members(circle_id, ["member", "waiting", "asked", "agreed"])

    def _who_asked(self, uow: UnitOfWork, circle_id: int, by: Actor, who_id: int) -> CircleMember:
        who = uow.circles.member(circle_id, who_id)
        if who is None or who.state != "waiting" or who_id in uow.blocks.hides(by.id):
            raise NotFound
        return who

    def _insist_open(self, circle: Circle) -> None:
        if circle.state not in OPEN_DOORS:
            raise Refused(N_("This circle has begun. Nobody comes in any more."), "begun")


def _checked(draft: CircleDraft, script: Script) -> tuple[str, ...]:
    """The topics of a draft that can be. Raises Invalid."""
    topics = topics_from(draft.topics)
    if draft.days not in LENGTHS:
        raise Invalid("days", N_("Choose one of the lengths from the list."))
    if draft.part not in HOUR_OF:
        raise Invalid("part", N_("Choose a time of the day from the list."))
    if draft.days > len(script.questions):
        raise Invalid(
            "script", N_("This script has fewer questions than days. Choose a shorter time.")
        )
    return topics
