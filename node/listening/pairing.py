"""The work of the matching: what time ends, who is asked for whom. One transaction a round.

It reads all that waits and all who could listen, decides by `matching.py`, and writes offers. There
is no list of either for anybody to look at.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from node.listening.matching import Helper, Match, Seeker, World, match
from node.listening.rules import SEEKING, TALKING, is_their_time, rests
from node.listening.talking import Talking
from node.training.rules import valid_badges
from storage.listening_pool import Standing
from storage.listening_record import (
    Intake,
    Listener,
    ListeningOffer,
    ListeningSession,
    Offering,
)
from storage.listening_sessions import OPEN_STATES
from storage.training_paths import HelperPath
from storage.unit_of_work import UnitOfWork

AT_ONCE: Final = 1000
"""Sessions and helpers that one round looks at: more than a node of this kind has."""
ASK_AGAIN: Final = timedelta(minutes=15)
"""When somebody who did not answer is asked again for the same person."""

Standings = Mapping[int, Standing]


class Pairing(Talking):
    """What the worker does."""

    def run_once(self, uow: UnitOfWork) -> int:
        """One round; how many sessions it changed."""
        sessions = uow.listening_sessions.in_states(OPEN_STATES, AT_ONCE)
        if not sessions:
            return 0
        intakes = uow.listening_sessions.intakes(sessions)
        people = {one.seeker_id for one in sessions} | {
            one.helper_id for one in sessions if one.helper_id is not None
        }
        standings = uow.listening_pool.standing(people)
        changed = {one.id for one in sessions if self._in_time(uow, one, intakes, standings)}
        left = [one for one in sessions if one.id not in changed and one.id in intakes]
        waiting = [one for one in left if one.state == "waiting"]
        made = self._pair(uow, waiting, left, intakes) if waiting else []
        return len(changed) + len(made)

    def _in_time(
        self,
        uow: UnitOfWork,
        session: ListeningSession,
        intakes: Mapping[int, Intake],
        standings: Standings,
    ) -> bool:
        """Ends what has lasted long enough, and what one of the two is not there for any more."""
        intake = intakes.get(session.id)
        is_letter = intake is not None and intake.is_letter
        is_due = session.due_at is not None and session.due_at <= self.now()
        helper_gone = session.helper_id is not None and not _meets(session, uow, standings)
        seeker_gone = intake is None or not _is_there(standings, session.seeker_id)
        if session.state in TALKING:
            if is_due or helper_gone or seeker_gone:
                self.finish(uow, session, "lapse", is_letter=is_letter)
                return True
            return False
        if seeker_gone:
            self.move(uow, session, "withdraw", is_letter=is_letter)
            uow.listening_pool.answer(session.id, ("open", "yes"), "taken-back")
            return True
        if helper_gone and session.state in SEEKING - {"waiting"}:
            self.move(uow, session, "decline", is_letter=is_letter)
            uow.listening_pool.answer(session.id, ("open", "yes"), "no")
            return True
        if is_due:
            self._lapse(uow, session, is_letter=is_letter)
        return is_due

    def _lapse(self, uow: UnitOfWork, session: ListeningSession, *, is_letter: bool) -> None:
        moved = self.move(uow, session, "lapse", is_letter=is_letter)
        uow.listening_pool.answer(session.id, ("open",), "lapsed")
        uow.listening_pool.answer(session.id, ("yes",), "taken-back")
        if moved.state == "expired":
            self.tell(uow, "listening-later", session.seeker_id, session.id)

    def _pair(
        self,
        uow: UnitOfWork,
        waiting: Sequence[ListeningSession],
        sessions: Sequence[ListeningSession],
        intakes: Mapping[int, Intake],
    ) -> list[Match]:
        listeners = uow.listening_pool.on(AT_ONCE)
        standings = uow.listening_pool.standing(
            {one.seeker_id for one in waiting} | {one.persona_id for one in listeners}
        )
        accounts = {one.account_id for one in standings.values()}
        world = World(
            now=self.now(),
            needs_badge=self.limits.needs_badge,
            cut_off=uow.listening_pool.cut_off(accounts),
        )
        seekers = self._seekers(uow, waiting, intakes, standings)
        helpers = self._helpers(uow, listeners, sessions, intakes, standings)
        found = match(seekers, helpers, world)
        by_id = {one.id: one for one in waiting}
        for one in found:
            self._offer(uow, by_id[one.session_id], one, intakes[one.session_id])
        return found

    def _offer(
        self, uow: UnitOfWork, session: ListeningSession, made: Match, intake: Intake
    ) -> None:
        self.move(uow, session, "offer", is_letter=intake.is_letter, helper_id=made.helper_id)
        now = self.now()
        uow.listening_pool.offer(
            ListeningOffer(
                id=self.new_id(),
                session_id=session.id,
                seeker_id=session.seeker_id,
                helper_id=made.helper_id,
                offered_at=now,
            )
        )
        there = uow.listening_pool.get(made.helper_id)
        uow.listening_pool.put(replace(there, last_asked_at=now))
        self.tell(uow, "listening-asked", made.helper_id, session.id)

    def _seekers(
        self,
        uow: UnitOfWork,
        waiting: Sequence[ListeningSession],
        intakes: Mapping[int, Intake],
        standings: Standings,
    ) -> list[Seeker]:
        own = {
            one.seeker_id: frozenset(uow.accounts.personas_of(standings[one.seeker_id].account_id))
            for one in waiting
        }
        at_risk = self.at_risk(uow, frozenset().union(*own.values()))
        groups = {group for one in waiting for group in intakes[one.id].not_groups}
        members = uow.listening_pool.members(groups) if groups else {}
        refused, asked = self._refused(uow, waiting, own)
        return [
            Seeker(
                session_id=one.id,
                persona_id=one.seeker_id,
                account_id=standings[one.seeker_id].account_id,
                asked_at=one.asked_at,
                intake=intakes[one.id],
                not_personas=_unwanted(intakes[one.id], members),
                refused=refused.get(one.seeker_id, frozenset()),
                asked_before=asked.get(one.id, frozenset()),
                is_newcomer=self._is_newcomer(uow, one.seeker_id),
                is_at_risk=intakes[one.id].is_urgent or bool(own[one.seeker_id] & at_risk),
            )
            for one in waiting
        ]

    def _is_newcomer(self, uow: UnitOfWork, persona_id: int) -> bool:
        actor = uow.actors.get(persona_id)
        return actor is None or self.newcomers.is_newcomer(uow, actor)

    def _refused(
        self,
        uow: UnitOfWork,
        waiting: Sequence[ListeningSession],
        own: Mapping[int, frozenset[int]],
    ) -> tuple[dict[int, frozenset[int]], dict[int, frozenset[int]]]:
        """Accounts of which one said no to the other, by seeker; helpers who were just asked, by
        session. A no holds for all names of both, whichever of them was asked."""
        everyone = {persona for personas in own.values() for persona in personas}
        offers = uow.listening_pool.refused(everyone)
        behind = uow.listening_pool.standing({one.helper_id for one in offers})
        refused = {
            seeker: frozenset(
                behind[one.helper_id].account_id
                for one in offers
                if one.seeker_id in personas
                and one.state in ("no", "turned-down")
                and one.helper_id in behind
            )
            for seeker, personas in own.items()
        }
        since = self.now() - ASK_AGAIN
        asked = {
            session.id: frozenset(
                one.helper_id
                for one in offers
                if one.session_id == session.id and one.offered_at > since
            )
            for session in waiting
        }
        return refused, asked

    def _helpers(
        self,
        uow: UnitOfWork,
        listeners: Sequence[Listener],
        sessions: Sequence[ListeningSession],
        intakes: Mapping[int, Intake],
        standings: Standings,
    ) -> list[Helper]:
        now = self.now()
        there = [
            one
            for one in listeners
            if one.offering is not None and _is_there(standings, one.persona_id)
        ]
        accounts = {standings[one.persona_id].account_id for one in there}
        names = uow.listening_pool.of_accounts(accounts) if accounts else []
        resting = {account for account, one in names if rests(one, now)}
        paths = uow.helper_paths.many([one.persona_id for one in there])
        busy = _Busy(uow, sessions, intakes)
        return [
            self._helper(uow, one, standings[one.persona_id], paths.get(one.persona_id), busy)
            for one in there
            if standings[one.persona_id].account_id not in resting
        ]

    def _helper(
        self,
        uow: UnitOfWork,
        one: Listener,
        standing: Standing,
        path: HelperPath | None,
        busy: "_Busy",
    ) -> Helper:
        now, account = self.now(), standing.account_id
        offering = one.offering or Offering(topics=())
        badges, topics = valid_badges(path, now), frozenset(offering.topics)
        return Helper(
            persona_id=one.persona_id,
            account_id=account,
            offering=offering,
            topics=topics & badges if self.limits.needs_badge else topics,
            is_their_time=is_their_time(one, now),
            rests=rests(one, now),
            is_asked=busy.is_asked(account),
            is_newcomer=self._is_newcomer(uow, one.persona_id),
            has_badge=bool(badges),
            live=busy.count(account, is_letter=False),
            letters=busy.count(account, is_letter=True),
            last_asked_at=one.last_asked_at,
        )


class _Busy:
    """What helpers have on their hands, by account: a second name is no second pair of ears."""

    def __init__(
        self,
        uow: UnitOfWork,
        sessions: Iterable[ListeningSession],
        intakes: Mapping[int, Intake],
    ) -> None:
        taken = [one for one in sessions if one.helper_id is not None]
        helpers = uow.listening_pool.standing({one.helper_id or 0 for one in taken})
        self._held = [
            (helpers[one.helper_id].account_id, one.state, intakes[one.id].is_letter)
            for one in taken
            if one.helper_id in helpers
        ]

    def is_asked(self, account_id: int) -> bool:
        return any(who == account_id and state == "offered" for who, state, _ in self._held)

    def count(self, account_id: int, *, is_letter: bool) -> int:
        return sum(who == account_id and letter == is_letter for who, _, letter in self._held)


def _unwanted(intake: Intake, members: Mapping[int, frozenset[int]]) -> frozenset[int]:
    """The people somebody named, and all of the groups they named."""
    groups = (members.get(group, frozenset()) for group in intake.not_groups)
    return frozenset(intake.not_people).union(*groups)


def _is_there(standings: Standings, persona_id: int) -> bool:
    standing = standings.get(persona_id)
    return standing is not None and standing.is_there


def _meets(session: ListeningSession, uow: UnitOfWork, standings: Standings) -> bool:
    """Whether the two can still meet: both are there, and neither blocked the other."""
    helper = session.helper_id or 0
    if not _is_there(standings, helper):
        return False
    accounts = {
        standings[one].account_id for one in (session.seeker_id, helper) if one in standings
    }
    return not uow.listening_pool.cut_off(accounts)
