"""The session itself: words, a pause, an end, a moderator; and breaks after it.

Nothing crosses a block: whoever is cut off from the other finds the session ended. What pauses a
session because of its words says the same to both, and is kept nowhere once they go on.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.listening.offering import Offers
from node.listening.phrases import needs_care
from node.listening.rules import (
    EVIDENCE,
    NEWCOMER_TALKS,
    OVER,
    TALKING,
    TEXT_MOST,
    Act,
    due_at,
    rest_until,
)
from node.listening.tools import Seat
from node.messages.words import has_link
from node.safety.newcomer_rules import links_in
from storage.actors import Actor
from storage.listening_record import ListeningSession, PauseReason, Said
from storage.unit_of_work import UnitOfWork

PAGE = 50
DAY = timedelta(hours=24)
NO_LINKS = N_("Links wait until you both know this place better. Leave them out for now.")
CARE = N_(
    "Your words are not sent yet. They may be about meeting, money, age, pictures or talking "
    "somewhere else, and that often comes before harm. The session is paused for you both."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A session as one of the two sees it. `words` is what the seeker wrote when they asked."""

    seat: Seat
    other: Actor | None
    said: list[Said]
    older: int | None
    pause: str
    words: str
    minutes_left: int | None
    removable_at: datetime | None
    gone_at: datetime | None


class Talking(Offers):
    """Use cases of two people who talk."""

    def talk(
        self, uow: UnitOfWork, persona: Actor, session_id: int, before: int | None = None
    ) -> Talk:
        """The page of a session that has begun. Raises NotFound."""
        seat = self.seat(uow, persona, session_id)
        session = seat.session
        if session.begun_at is None:
            raise NotFound
        found = uow.listening_sessions.said(session_id, PAGE + 1, before)
        minutes, ended = seat.intake.minutes, session.ended_at
        return Talk(
            seat=seat,
            other=self.other(uow, seat),
            said=found[PAGE - 1 :: -1] if len(found) > PAGE else found[::-1],
            older=found[PAGE - 1].id if len(found) > PAGE else None,
            pause=uow.listening_sessions.pause_of(session),
            words=uow.listening_sessions.own_words(session),
            minutes_left=_left(session.begun_at, minutes, self.now()) if minutes else None,
            removable_at=ended + EVIDENCE if ended else None,
            gone_at=ended + timedelta(days=self.limits.text_days) if ended else None,
        )

    def other(self, uow: UnitOfWork, seat: Seat) -> Actor | None:
        """The other person, where they are there for this one and may be known by now: a helper
        is not shown whom they would listen to before both said yes."""
        session = seat.session
        other_id = session.helper_id if seat.is_seeker else session.seeker_id
        if other_id is None or (not seat.is_seeker and session.begun_at is None):
            return None
        actor = uow.actors.get(other_id)
        if actor is None or actor.gone_at is not None or uow.blocks.cut_off(seat.me.id, other_id):
            return None
        return actor

    def say(
        self, uow: UnitOfWork, persona: Actor, session_id: int, text: str, *, all_the_same: bool
    ) -> Said | None:
        """Send words. None when they need care first: then the session rests, and nothing is sent
        unless the writer says `all_the_same`. Raises Invalid, Refused, NotFound."""
        seat = self.seat(uow, persona, session_id)
        session = seat.session
        self._insist_open(uow, seat, all_the_same=all_the_same)
        source = _text(text)
        content = self._content(uow, seat, source)
        # Saying so counts for nothing before the pause that both are shown.
        if needs_care(source) and not (all_the_same and session.state == "paused"):
            self._rest(uow, seat, "care")
            return None
        now = self.now()
        said = Said(
            id=self.new_id(),
            session_id=session.id,
            author_id=persona.id,
            source=source,
            content=content,
            sent_at=now,
        )
        uow.listening_sessions.say(session, said)
        later = due_at(session.state, now, is_letter=seat.intake.is_letter)
        uow.listening_sessions.move(session, replace(session, due_at=later))
        self.ring(uow, session)
        if seat.intake.is_letter:
            other = session.helper_id if seat.is_seeker else session.seeker_id
            self.tell(uow, "listening-letter", other, session.id)
        return said

    def act(self, uow: UnitOfWork, persona: Actor, session_id: int, act: Act) -> ListeningSession:
        """Pause, go on, or end: both may, at any time. Raises NotFound, Refused."""
        seat = self.seat(uow, persona, session_id)
        if act == "end":
            return self.finish(uow, seat.session, "end", is_letter=seat.intake.is_letter)
        pause: PauseReason | None = "own" if act == "pause" else None
        return self.move(uow, seat.session, act, is_letter=seat.intake.is_letter, pause=pause)

    def call_moderator(self, uow: UnitOfWork, persona: Actor, session_id: int) -> int | None:
        """Rest, so that somebody can be called: the id of the other's latest words, if there are
        any to show. Works after the end as well. Raises NotFound, Refused."""
        seat = self.seat(uow, persona, session_id)
        if seat.session.begun_at is None:
            raise Refused(N_("The session has not begun yet."), "state")
        if seat.session.state in TALKING:
            self._rest(uow, seat, "moderator")
        other = seat.session.helper_id if seat.is_seeker else seat.session.seeker_id
        return uow.listening_sessions.newest_said(session_id, other or 0)

    def finish(
        self, uow: UnitOfWork, session: ListeningSession, act: Act, *, is_letter: bool
    ) -> ListeningSession:
        """End a session; the helper's break begins."""
        moved = self.move(uow, session, act, is_letter=is_letter)
        if moved.helper_id is not None:
            self.rest(uow, moved.helper_id, was_hard=False)
        return moved

    def was_hard(self, uow: UnitOfWork, persona: Actor, session_id: int) -> None:
        """The helper says that it was a hard one: the break becomes longer, and nobody is told.
        Raises NotFound, Refused."""
        seat = self.helping(uow, persona, session_id)
        if seat.session.state != "ended":
            raise Refused(N_("You can say so once the session has ended."), "state")
        self.rest(uow, persona.id, was_hard=True)

    def rest(self, uow: UnitOfWork, helper_id: int, *, was_hard: bool) -> None:
        """Breaks are not asked for: they are kept. They hold for the account, under every name, and
        whoever they were asked to listen to meanwhile goes on to the next."""
        now, own = self.now(), self.names_of(uow, helper_id)
        for one in own:
            self.hand_on(uow, one)
        met = [at for _, at in uow.listening_pool.met(own, now - DAY)]
        there = uow.listening_pool.get(helper_id)
        until = rest_until(met, now, was_hard=was_hard)
        if there.rests_until is None or there.rests_until < until:
            there = replace(there, rests_until=until)
        uow.listening_pool.put(there)

    def remove_words(self, uow: UnitOfWork, persona: Actor, session_id: int) -> None:
        """Have all that was said deleted before its time, once the days for a report are over.
        Raises NotFound, Refused."""
        seat = self.seat(uow, persona, session_id)
        ended = seat.session.ended_at
        if seat.session.state not in OVER or ended is None or self.now() < ended + EVIDENCE:
            raise Refused(
                N_(
                    "The words stay for 72 hours after the end, so that whoever was hurt can show "
                    "them to the moderators. After that you can delete them."
                ),
                "evidence",
            )
        if uow.listening_sessions.is_reported(session_id):
            raise Refused(N_("The moderators still look at this session."), "evidence")
        uow.listening_sessions.forget_said(session_id)
        self.ring(uow, seat.session)

    def _rest(self, uow: UnitOfWork, seat: Seat, why: PauseReason) -> None:
        session = seat.session
        if session.state == "paused":
            session = self.move(uow, session, "go-on", is_letter=seat.intake.is_letter)
        self.move(uow, session, "pause", is_letter=seat.intake.is_letter, pause=why)

    def _insist_open(self, uow: UnitOfWork, seat: Seat, *, all_the_same: bool) -> None:
        state = seat.session.state
        if state not in TALKING:
            raise Refused(N_("This session has ended. Thank you for being here."), "ended")
        if self.other(uow, seat) is None:
            raise Refused(N_("This session has ended. Thank you for being here."), "ended")
        rests_for_words = uow.listening_sessions.pause_of(seat.session) == "care"
        if state == "paused" and not (all_the_same and rests_for_words):
            raise Refused(
                N_("The session is paused. Press “Go on” when you are both ready."), "paused"
            )

    def _content(self, uow: UnitOfWork, seat: Seat, text: str) -> str:
        """Clean HTML without pictures. Raises Invalid for links while either is new at this."""
        content = self.markdown(text)
        if "<img" in content:
            raise Invalid("text", N_("Only words fit in here, no pictures."))
        links = max(links_in(content), 1) if has_link(text, content) else 0
        if links and not self._may_link(uow, seat, links):
            raise Invalid("text", NO_LINKS)
        return content

    def _may_link(self, uow: UnitOfWork, seat: Seat, links: int) -> bool:
        """Both have some sessions behind them, this one not counted."""
        session = seat.session
        for one in (session.seeker_id, session.helper_id or 0):
            account_id = uow.accounts.account_of(one)
            if account_id is None or uow.listening_pool.talks_of(account_id) <= NEWCOMER_TALKS:
                return False
        return self.newcomers.may_send_links(uow, seat.me, links)


def _left(begun: datetime, minutes: int, now: datetime) -> int:
    """Minutes of the time that the two meant to take; 0 once it is over."""
    return max(0, minutes - int((now - begun).total_seconds() // 60))


def _text(value: str) -> str:
    text = value.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text:
        raise Invalid("text", N_("Write something first; a few words are enough."))
    if len(text) > TEXT_MOST:
        raise Invalid("text", N_("The text is too long; up to 4,000 characters fit."))
    return text
