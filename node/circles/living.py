"""A circle while it lives: the question of the day, pauses, going, growing small, goodbyes."""

from dataclasses import replace
from typing import get_args

from node.circles.forming import CircleDraft
from node.circles.rules import (
    ALIVE,
    HOUR_OF,
    LENGTHS,
    TALKS,
    days_if_closed_now,
    is_small,
    may_see,
    verdict,
    whole_days,
)
from node.circles.scripts import Script, questions_of
from node.circles.waiting import WaitingList
from node.errors import Invalid, Refused
from node.groups.drafts import ThreadDraft, body_of
from node.i18n import N_
from storage.actors import Actor
from storage.circles import Circle, CircleMember, Voice
from storage.post_record import Post
from storage.unit_of_work import UnitOfWork

NOT_NOW = N_("That is not possible now. Look at the circle again.")
ALL_OF_THEM = 10_000


class Living(WaitingList):
    """What members do."""

    def of(self, uow: UnitOfWork, persona: Actor) -> list[Circle]:
        """The circles that a persona belongs to and that live now, the newest first."""
        return [
            circle
            for circle, member in uow.circles.of_persona(persona.id)
            if member.state == "member" and circle.state in ALIVE
        ]

    def seen_by(self, uow: UnitOfWork, persona: Actor) -> list[tuple[Circle, CircleMember]]:
        """Those that are there for a persona: its own, those it is asked about, those it asked."""
        found = uow.circles.of_persona(persona.id)
        return [(circle, member) for circle, member in found if may_see(circle.state, member)]

    def say(self, uow: UnitOfWork, circle_id: int, who: Actor, title: str, text: str) -> Post:
        """Tell the circle something, as a thread of its own: only its members ever read it. Raises
        NotFound, Invalid, Refused."""
        circle, _ = self.own_circle(uow, circle_id, who)
        if circle.state not in TALKS:
            raise Refused(N_("This circle has closed. You can still read it."), "closed")
        draft = ThreadDraft(title=title, text=text, language=circle.language)
        body = body_of(draft, self.groups.markdown)
        return self.groups.open_thread(uow, self.place(uow, circle_id), who, body)

    def pause(self, uow: UnitOfWork, circle_id: int, by: Actor) -> None:
        """No questions until somebody goes on. Raises NotFound, Refused."""
        circle, _ = self.cared_for(uow, circle_id, by)
        self.happens(uow, circle, "pause", paused_at=self.now())

    def resume(self, uow: UnitOfWork, circle_id: int, by: Actor) -> None:
        """Go on where it stopped: no day is lost. Raises NotFound, Refused."""
        circle, _ = self.cared_for(uow, circle_id, by)
        self.go_on(uow, circle)

    def go_on(self, uow: UnitOfWork, circle: Circle) -> Circle:
        """The pause is over, by hand or by time. Whoever has gone meanwhile is missed now: if few
        are left, they are asked. Raises Refused where there is no pause."""
        if circle.paused_at is None or circle.started_at is None:
            raise Refused(NOT_NOW, "not-now")
        away = self.now() - circle.paused_at
        whole = replace(circle, started_at=circle.started_at + whole_days(away))
        going = self.happens(uow, whole, "resume", paused_at=None)
        members = self.members_of(uow, circle.id)
        self.tell_all(uow, "circle-on", circle.id, [one.actor for one in members])
        gone = uow.circles.members(circle.id, ["left"])
        if any(one.member.changed_at >= circle.paused_at for one in gone):
            return self.look_round(uow, going)
        return going

    def leave(self, uow: UnitOfWork, circle_id: int, persona: Actor, *, takes_words: bool) -> None:
        """Go at any time, without a reason. With `takes_words` what they wrote goes as well. Raises
        NotFound where they are not."""
        circle, member = self.circle_of(uow, circle_id, persona)
        if member.state == "asked" or member.state == "agreed":
            self.decline(uow, circle_id, persona)
            return
        if takes_words:
            for post_id in uow.posts_of_groups.of_member(circle_id, persona.id, ALL_OF_THEM):
                uow.posts.tombstone(post_id, self.now())
        self.moves(uow, member, "leave")
        if circle.host_id == persona.id:
            uow.circles.change(circle_id, host_id=None)
        if member.state == "member":
            self.look_round(uow, replace(circle, host_id=None))

    def look_round(self, uow: UnitOfWork, circle: Circle) -> Circle:
        """Somebody has gone: is anybody left, and are they still enough?"""
        left = self.members_of(uow, circle.id)
        if not left:
            return self._is_empty(uow, circle)
        if circle.state != "running" or not is_small(len(left), self.limits):
            return circle
        asking = self.happens(uow, circle, "become-small")
        for one in left:
            if one.member.voice is not None:
                uow.circles.put_member(replace(one.member, voice=None))
        self.tell_all(uow, "circle-small", circle.id, [one.actor for one in left])
        return asking

    def _is_empty(self, uow: UnitOfWork, circle: Circle) -> Circle:
        if circle.state in ("closed", "given-up"):
            return circle
        self.let_go(uow, circle)
        return self.happens(uow, circle, "empty")

    def voice(self, uow: UnitOfWork, circle_id: int, persona: Actor, voice: str) -> None:
        """Say what one wants for a circle that has become small. Raises Invalid, NotFound."""
        circle, member = self.own_circle(uow, circle_id, persona)
        if circle.state != "asking":
            raise Refused(NOT_NOW, "not-now")
        for known in get_args(Voice):
            if known == voice:
                uow.circles.put_member(replace(member, voice=known, changed_at=self.now()))
                break
        else:
            raise Invalid("voice", N_("Choose one of the answers."))
        members = self.members_of(uow, circle_id)
        if all(one.member.voice is not None for one in members):
            self.decide(uow, circle)

    def decide(self, uow: UnitOfWork, circle: Circle) -> Circle:
        """The time for asking is over, or all have answered: what most want happens. Whoever would
        rather be with others waits for another circle, before those who came later."""
        members = self.members_of(uow, circle.id)
        wish = verdict(one.member.voice for one in members)
        if wish == "go-on":
            return self.happens(uow, circle, "go-on")
        if wish == "merge":
            for one in members:
                if one.member.voice == "merge":
                    self.wait_again(uow, circle, one.member)
        return self.close(uow, circle)

    def another_round(self, uow: UnitOfWork, circle_id: int, by: Actor, script: Script) -> Circle:
        """Begin again with whoever wants to: the others are asked. Raises NotFound, Refused."""
        old, _ = self.own_circle(uow, circle_id, by)
        if old.state not in ("closing", "closed"):
            raise Refused(NOT_NOW, "not-now")
        self._insist_first(uow, circle_id, by)
        part = next(part for part, hour in HOUR_OF.items() if hour == old.hour)
        length = max(one for one in LENGTHS if one <= len(script.questions))
        draft = CircleDraft(
            name=old.name, topics=old.topics, language=old.language, days=length, part=part
        )
        new = self.make(uow, "invited", by.id, draft, script, old.name)
        hidden = uow.blocks.hides(by.id)
        others = [one.actor for one in self.members_of(uow, circle_id) if one.actor.id != by.id]
        asked = [one for one in others if one.id not in hidden]
        host = self.new_member(new.id, by.id, "waiting")
        self.moves(uow, host, "let-in")
        for one in asked:
            uow.circles.put_member(self.new_member(new.id, one.id, "asked"))
        self.tell_all(uow, "circle-again", new.id, asked)
        return new

    def _insist_first(self, uow: UnitOfWork, circle_id: int, by: Actor) -> None:
        """Nobody is asked twice to come along: a round that somebody of the circle gathers already
        is the one. Raises Refused."""
        known = {one.actor.id for one in self.members_of(uow, circle_id)}
        for circle, member in uow.circles.of_persona(by.id):
            if circle.state == "gathering" and circle.host_id in known and member.state != "left":
                raise Refused(
                    N_("Another round is gathering already. You find it among your circles."),
                    "again",
                )

    def close(self, uow: UnitOfWork, circle: Circle) -> Circle:
        """Its last week begins today."""
        days = days_if_closed_now(circle, self.now())
        closing = self.happens(uow, circle, "close", days=days)
        members = self.members_of(uow, circle.id)
        self.tell_all(uow, "circle-closing", circle.id, [one.actor for one in members])
        return closing

    def farewell(self, uow: UnitOfWork, circle_id: int, persona: Actor, text: str) -> Post:
        """One's word to the circle before it closes. Once; it can be edited as any post. Raises
        NotFound, Invalid, Refused."""
        circle, member = self.own_circle(uow, circle_id, persona)
        if circle.state != "closing" or member.said_farewell:
            raise Refused(NOT_NOW, "not-now")
        post = self.say(uow, circle_id, persona, "Goodbye", text)
        uow.circles.put_member(replace(member, said_farewell=True, changed_at=self.now()))
        return post

    def own_words(self, uow: UnitOfWork, circle_id: int, persona: Actor) -> str:
        """What somebody wrote here themselves, oldest first, to keep. Raises NotFound."""
        self.own_circle(uow, circle_id, persona)
        ids = uow.posts_of_groups.of_member(circle_id, persona.id, ALL_OF_THEM, removed=False)
        found = uow.statuses.posts(ids)
        return "\n\n".join(
            f"{found[number].created_at:%Y-%m-%d}\n{found[number].source or ''}" for number in ids
        )

    def choose(
        self, uow: UnitOfWork, circle_id: int, persona: Actor, *, days: bool, weeks: bool
    ) -> None:
        """Whether one is told of each question, and of one's own week. Raises NotFound."""
        _, member = self.own_circle(uow, circle_id, persona)
        uow.circles.put_member(
            replace(member, wants_days=days, wants_weeks=weeks, changed_at=self.now())
        )

    def rewrite(self, uow: UnitOfWork, circle_id: int, by: Actor, text: str) -> None:
        """Other questions from now on. Raises NotFound, Refused, Invalid."""
        circle, _ = self.cared_for(uow, circle_id, by)
        if circle.state in ("closed", "given-up"):
            raise Refused(NOT_NOW, "not-now")
        uow.circles.set_script(circle_id, questions_of(text, circle.days))
