"""Reply sessions: somebody calls one for a group or for the whole node, others say that they come,
and for that while each is handed threads that wait for an answer, one at a time and never the same
to two people at once. After HeartSupport, whose teams meet and answer together.

The thread in somebody's hands is theirs for a quarter of an hour; then it may go to somebody else.
While it runs nothing is counted. When it ends, the session as a whole is told how many people heard
from it, and who came and who had what is deleted.
"""

from dataclasses import dataclass, replace

from node.errors import Invalid, NotFound, Refused
from node.groups.place import NOTHING, unseen_by
from node.i18n import N_
from node.replying.service import Look
from node.visibility import is_member, is_moderator, may_see_place
from node.welcoming.calling import Calling
from node.welcoming.rules import (
    TURN_MINUTES,
    Act,
    after,
    heard_to_keep,
    own_turn,
    phase,
    taken,
)
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.post_record import PostView
from storage.reply_sessions import ReplySession, SessionState, SessionWords
from storage.reply_turns import Turn
from storage.unit_of_work import UnitOfWork

CLOSING_MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPage:
    """A session as one person sees it. `state` is what it is by the clock."""

    session: ReplySession
    state: SessionState
    caller: Actor
    group: GroupWithActor | None
    people: list[Actor]
    comes: bool
    is_caller: bool
    turn: Turn | None
    thread: PostView | None


class Sessions(Calling):
    """Use cases of reply sessions."""

    def session_page(self, uow: UnitOfWork, session_id: int, who: Actor) -> SessionPage:
        """One session, with the thread in the reader's hands. Raises NotFound."""
        group = self._group_of(uow, session_id, who)
        session = uow.reply_sessions.get(session_id)
        caller = uow.actors.get(session.caller_id) if session else None
        if session is None or caller is None:
            raise NotFound
        now, hidden = self.now(), uow.blocks.hides(who.id)
        state = phase(session, now)
        people = uow.reply_sessions.people(session.id) if state in ("planned", "open") else []
        turn = None
        if state == "open":
            turn = own_turn(uow.reply_sessions.turns(session.id), who.id, now)
        return SessionPage(
            session=session,
            state=state,
            caller=caller,
            group=group,
            people=[one for one in people if one.id not in hidden],
            comes=any(one.id == who.id for one in people),
            is_caller=session.caller_id == who.id,
            turn=turn,
            thread=self._thread(uow, turn, who) if turn else None,
        )

    def come(self, uow: UnitOfWork, session_id: int, who: Actor) -> None:
        """ "I come". Raises NotFound, Refused once it is over."""
        session = self._held(uow, session_id, who)
        if session.state not in ("planned", "open"):
            raise Refused(N_("This session is over. There will be another one."), "over")
        uow.reply_sessions.come(session.id, who.id)

    def leave(self, uow: UnitOfWork, session_id: int, who: Actor) -> None:
        """Going is always all right; what was in their hands goes to others."""
        session = self._held(uow, session_id, who)
        uow.reply_sessions.go(session.id, who.id)

    def hand(self, uow: UnitOfWork, session_id: int, who: Actor) -> Turn | None:
        """The next thread for somebody who came. The one they have counts as answered if they wrote
        there, and as "not this one" if not. None: nothing waits. Raises Refused, NotFound."""
        session = self._held(uow, session_id, who)
        if session.state != "open":
            raise Refused(N_("The session is not open."), "not-open")
        if not any(one.id == who.id for one in uow.reply_sessions.people(session.id)):
            raise Refused(N_("Say that you come; then you get a thread."), "not-coming")
        now, turns = self.now(), uow.reply_sessions.turns(session.id)
        current = next(
            (one for one in turns if one.persona_id == who.id and one.state == "handed"), None
        )
        if current is not None:
            wrote = uow.reply_sessions.has_replied(current.thread_id, who.id, current.handed_at)
            done = replace(current, state="answered" if wrote else "passed")
            uow.reply_sessions.put_turn(done)
            turns = [one for one in turns if one != current] + [done]
        thread = self._next_waiting(uow, session, who, taken(turns, who.id, now))
        if thread is None:
            return None
        turn = Turn(
            session_id=session.id,
            thread_id=thread,
            persona_id=who.id,
            state="handed",
            handed_at=now,
            until=min(now + TURN_MINUTES, session.ends_at),
        )
        uow.reply_sessions.put_turn(turn)
        return turn

    def call_off(self, uow: UnitOfWork, session_id: int, who: Actor) -> None:
        """Its caller, or who keeps the group, calls it off before it begins. Raises Refused."""
        session = self._held(uow, session_id, who)
        self._insist_leads(uow, session, who)
        self._do(uow, session, "call-off")

    def end(self, uow: UnitOfWork, session_id: int, who: Actor, closing: str) -> None:
        """Its caller ends it with some words. Raises Refused, Invalid."""
        session = self._held(uow, session_id, who)
        self._insist_leads(uow, session, who)
        if len(closing) > CLOSING_MOST:
            raise Invalid("closing", N_("The last words fit 500 characters."))
        words = SessionWords(invitation=session.words.invitation, closing=closing.strip())
        self._do(uow, replace(session, words=words), "end")

    def turn_sessions(self, uow: UnitOfWork) -> int:
        """Begin or end one session whose time has come; how many were."""
        due = uow.reply_sessions.due(self.now())
        if due is None:
            return 0
        self._by_the_clock(uow, due)
        return 1

    def _held(self, uow: UnitOfWork, session_id: int, who: Actor) -> ReplySession:
        """The session, brought up to the time, nobody else's until the transaction ends."""
        self._group_of(uow, session_id, who)
        session = uow.reply_sessions.hold(session_id)
        if session is None:
            raise NotFound
        return self._by_the_clock(uow, session)

    def _by_the_clock(self, uow: UnitOfWork, session: ReplySession) -> ReplySession:
        now = self.now()
        if session.state == "planned" and session.starts_at <= now:
            session = self._do(uow, session, "begin")
        if session.state == "open" and session.ends_at <= now:
            session = self._do(uow, session, "end")
        return session

    def _do(self, uow: UnitOfWork, session: ReplySession, act: Act) -> ReplySession:
        following = after(session.state, act)
        if following is None:
            raise Refused(N_("That cannot be done with this session now."), "not-now")
        changed = replace(session, state=following)
        if act == "begin":
            self._tell_people(uow, changed, "session-begins")
        elif act == "call-off":
            self._tell_people(uow, changed, "session-off")
        if following in ("ended", "called-off"):
            heard = uow.reply_sessions.heard(session.id) if following == "ended" else None
            changed = replace(
                changed,
                heard=None if heard is None else heard_to_keep(heard),
                ends_at=min(session.ends_at, self.now()),
            )
            uow.reply_sessions.clear(session.id)
        uow.reply_sessions.put(changed)
        return changed

    def _tell_people(self, uow: UnitOfWork, session: ReplySession, about: str) -> None:
        for one in uow.reply_sessions.people(session.id):
            self.notifying.tell_of_room(uow, about, one, one, session.id)

    def _group_of(self, uow: UnitOfWork, session_id: int, who: Actor) -> GroupWithActor | None:
        """The group of a session that somebody may come to: one of the node, or of a group of
        theirs. Raises NotFound, after the same questions as for one that is not there."""
        place = uow.reply_sessions.place(session_id)
        group_id, caller_id = place or (None, NOTHING)
        group = uow.groups.get(group_id or NOTHING)
        membership = uow.memberships.get(group_id or NOTHING, who.id)
        hidden = uow.blocks.hides(who.id)
        if place is None or caller_id in hidden:
            raise NotFound
        if group_id is not None and not is_member(membership):
            raise NotFound
        return group

    def _insist_leads(self, uow: UnitOfWork, session: ReplySession, who: Actor) -> None:
        if session.caller_id == who.id:
            return
        if session.group_id is not None and is_moderator(
            uow.memberships.get(session.group_id, who.id)
        ):
            return
        raise Refused(N_("Who called the session does that."), "not-the-caller")

    def _next_waiting(
        self, uow: UnitOfWork, session: ReplySession, who: Actor, without: frozenset[int]
    ) -> int | None:
        """The first thread of this person's own queue: nobody is handed what they filter, or words
        of somebody whom they read less of."""
        look = Look(group_id=session.group_id or 0)
        return self.replying.next_one(uow, who, look, without)

    def _thread(self, uow: UnitOfWork, turn: Turn, who: Actor) -> PostView | None:
        """The thread of a turn, as long as its holder may read it."""
        at = uow.posts.whereabouts(turn.thread_id)
        if at is None or not is_member(uow.memberships.get(at.group_id, who.id)):
            return None
        if not may_see_place(at, unseen_by(uow, at.group_id, who)):
            return None
        if uow.quorum.folded([turn.thread_id]):
            return None
        return uow.posts.view(turn.thread_id)
