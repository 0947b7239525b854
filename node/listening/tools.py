"""What every use case of listening holds, and the steps that many of them share."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from node.errors import NotFound, Refused
from node.i18n import N_
from node.listening.rules import SEEKING, Act, due_at, next_state
from node.messages.tools import topic
from node.notifications.service import Notifying
from node.ports import Clock, NewId
from node.safety.newcomers import Newcomers
from storage.actors import Actor
from storage.listening_record import Intake, ListeningSession, PauseReason
from storage.unit_of_work import UnitOfWork

WAKE = "listening"
"""What rings when the matching has something to do."""


class AtRisk(Protocol):
    """Whether somebody is known to need people soon; informs the order of the queue alone."""

    def __call__(self, uow: UnitOfWork, persona_ids: frozenset[int], /) -> frozenset[int]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningLimits:
    """What an operator can set."""

    needs_badge: bool
    text_days: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A session as one of its two people sits in it."""

    session: ListeningSession
    intake: Intake
    me: Actor
    is_seeker: bool


class Tools:
    """Built once by `node/support.py`."""

    def __init__(
        self,
        now: Clock,
        new_id: NewId,
        markdown: Callable[[str], str],
        limits: ListeningLimits,
        newcomers: Newcomers,
        notifying: Notifying,
        at_risk: AtRisk,
    ) -> None:
        self.now = now
        self.new_id = new_id
        self.markdown = markdown
        self.limits = limits
        self.newcomers = newcomers
        self.notifying = notifying
        self.at_risk = at_risk

    def seat(self, uow: UnitOfWork, persona: Actor, session_id: int) -> Seat:
        """A session in which this persona has a part. Raises NotFound, alike for what is not there
        and what is not theirs, after one plain query."""
        session = uow.listening_sessions.get(session_id)
        if session is None or persona.id not in (session.seeker_id, session.helper_id):
            raise NotFound
        intake = uow.listening_sessions.intakes([session]).get(session.id)
        if intake is None:
            raise NotFound
        return Seat(session, intake, persona, persona.id == session.seeker_id)

    def move(
        self,
        uow: UnitOfWork,
        session: ListeningSession,
        act: Act,
        *,
        is_letter: bool,
        helper_id: int | None = None,
        pause: PauseReason | None = None,
    ) -> ListeningSession:
        """The session after an act, kept and told to the pages of both. Raises Refused when that
        act is not possible (any more)."""
        state, now = next_state(session.state, act), self.now()
        helper = None if state == "waiting" else helper_id or session.helper_id
        since = session.asked_at if state == "waiting" else now
        moved = replace(
            session,
            state=state,
            helper_id=helper,
            changed_at=now,
            due_at=due_at(state, since, is_letter=is_letter),
            begun_at=now if act == "begin" else session.begun_at,
            ended_at=None if state in SEEKING or state in ("running", "paused") else now,
            sealed_pause=None,
        )
        if pause is not None:
            moved = replace(moved, sealed_pause=uow.listening_sessions.sealed_pause(moved, pause))
        if not uow.listening_sessions.move(session, moved):
            raise Refused(
                N_("That is not possible any more. The page shows how things stand now."), "state"
            )
        self.ring(uow, session)
        self.ring(uow, moved)
        return moved

    def hand_on(self, uow: UnitOfWork, helper_id: int) -> None:
        """What somebody is asked goes on to the next, without a word: they rest now."""
        asked = uow.listening_pool.open_of(helper_id)
        session = uow.listening_sessions.get(asked.session_id) if asked is not None else None
        if session is None or session.state != "offered" or session.helper_id != helper_id:
            return
        intake = uow.listening_sessions.intakes([session]).get(session.id)
        is_letter = intake is not None and intake.is_letter
        self.move(uow, session, "decline", is_letter=is_letter)
        uow.listening_pool.answer(session.id, ("open",), "lapsed")

    def ring(self, uow: UnitOfWork, session: ListeningSession) -> None:
        """Tell the open pages of both, and the matching."""
        for one in (session.seeker_id, session.helper_id):
            if one is not None:
                uow.wake(topic(session.id, one))
        uow.wake(WAKE)

    def tell(self, uow: UnitOfWork, what: str, persona_id: int | None, session_id: int) -> None:
        """A neutral line among somebody's news, with nobody's name."""
        actor = uow.actors.get(persona_id) if persona_id is not None else None
        if actor is not None:
            self.notifying.tell_of_room(uow, what, actor, actor, session_id)
