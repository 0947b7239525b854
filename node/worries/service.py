"""Working on signs that somebody may not be safe: what is next, whose turn it is, what came of it.

The gravest comes first, then the longest wait. Nobody sees a list of distressing things: one takes
the next, looks, answers, and takes a break. Each look is written into the audit log.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.notifications.service import Notifying
from node.ports import Clock, NewId
from node.safety import risk_rules as rules
from node.safety.holding import Holding
from node.worries.letters import BEGINNINGS
from storage.accounts import Account
from storage.actors import Actor
from storage.audit import Subject
from storage.delivery_holds import DeliveryHold
from storage.posts import Post, PostView
from storage.risk_notes import RiskNote
from storage.risk_signals import RiskSignal, Signs
from storage.unit_of_work import UnitOfWork

LOOKED_THROUGH: Final = 500
LETTERS_MOST: Final = 20


class Forwarding(Protocol):
    """Asks another node to look at somebody of its own."""

    def flag(self, uow: UnitOfWork, subject: Actor, posts: Sequence[Post]) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A signal in the queue."""

    signal: RiskSignal
    severity: int
    is_mine: bool
    is_taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A signal that somebody works on. `view` is the post as it is now, `by` are those who said
    that they worry. `is_folded`: others do not see its words until somebody clears it."""

    line: Line
    view: PostView
    group: Actor | None
    hold: DeliveryHold | None
    is_folded: bool
    by: dict[int, Actor]
    looks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """What came of it, as typed. `goes`: the post may go to other nodes; None leaves it waiting.
    `shows`: everybody may read what is folded away."""

    outcome: str
    reply: str
    goes: bool | None
    shows: bool = False
    tell_home: bool = False


class Worries:
    """Use cases of the team."""

    def __init__(
        self,
        holding: Holding,
        notifying: Notifying,
        forwarding: Forwarding,
        now: Clock,
        new_id: NewId,
        claim_minutes: int,
    ) -> None:
        self._holding = holding
        self._notifying = notifying
        self._forwarding = forwarding
        self._now = now
        self._new_id = new_id
        self._minutes = claim_minutes

    def queue(self, uow: UnitOfWork, account: Account) -> list[Line]:
        """What waits for this account to look, in order. Raises NotFound for whoever belongs to no
        team."""
        sight = _Sight(uow, account)
        found = [one for one in uow.risk_signals.queue(LOOKED_THROUGH) if sight.sees(one)]
        if not found and not sight.is_team():
            raise NotFound
        return [self._line(one, account) for one in sorted(found, key=rules.rank)]

    def next(self, uow: UnitOfWork, account: Account) -> int | None:
        """Takes on the first that nobody else works on; its id, or None."""
        for line in self.queue(uow, account):
            if not line.is_taken and self._claim(uow, account, line.signal.id):
                return line.signal.id
        return None

    def claim(self, uow: UnitOfWork, account: Account, signal_id: int) -> None:
        """Take one on, or keep it a while longer. Raises NotFound, Refused."""
        self._seen(uow, account, signal_id)
        if not self._claim(uow, account, signal_id):
            raise Refused(N_("Somebody else works on this now."), "claimed")

    def line(self, uow: UnitOfWork, account: Account, signal_id: int) -> Line:
        """One, without a word of it. Raises NotFound."""
        sight = _Sight(uow, account)
        sight.insist(uow.risk_signals.place(signal_id))
        signal = uow.risk_signals.get(signal_id)
        if signal is None or not sight.sees(signal):
            raise NotFound
        return self._line(signal, account)

    def look(self, uow: UnitOfWork, account: Account, signal_id: int) -> Case:
        """What was written, and why somebody shall look. Needs a claim; written down each time."""
        signal = self._claimed(uow, account, signal_id)
        view = uow.posts.view(signal.post_id)
        if view is None:
            raise NotFound
        subject = Subject("post", signal.post_id)
        uow.audit.add("risk-seen", subject, at=self._now(), by=account.id)
        by = uow.actors.get_many({hit.by for hit in signal.signs.hits if hit.by is not None})
        looks = uow.audit.of_subjects("post", [signal.post_id], 200)
        return Case(
            line=self._line(signal, account),
            view=view,
            group=uow.actors.get(signal.group_id) if signal.group_id else None,
            hold=uow.delivery_holds.get(signal.post_id),
            is_folded=bool(uow.quorum.folded([signal.post_id])),
            by=by,
            looks=sum(one.act == "risk-seen" for one in looks),
        )

    def let_go(self, uow: UnitOfWork, account: Account, signal_id: int) -> None:
        """Somebody cannot take this one: no reason is asked for, and none is kept."""
        self._open_again(uow, self._claimed(uow, account, signal_id))

    def hand_over(self, uow: UnitOfWork, account: Account, signal_id: int, note: str) -> None:
        """Back to the others, with a word for the next one. Raises Invalid."""
        signal = self._claimed(uow, account, signal_id)
        words = rules.words_of(note, rules.NOTE_MOST, "note")
        signs = Signs(hits=signal.signs.hits, note=words or signal.signs.note)
        self._open_again(uow, replace(signal, signs=signs))

    def settle(
        self,
        uow: UnitOfWork,
        account: Account,
        by: Actor,
        signal_id: int,
        how: Settling,
        templates: tuple[str, ...] = (),
    ) -> None:
        """A person decided. Raises Invalid (also for a letter that is a template as it stands),
        Refused, NotFound. Nothing is done to the author, and nothing leaves but what is let go."""
        signal = self._claimed(uow, account, signal_id)
        outcome = rules.outcome_of(how.outcome)
        known = (*(one.text for one in BEGINNINGS), *templates)
        letter = rules.reply_of(how.reply, known)
        author = uow.actors.get(signal.author_id)
        now = self._now()
        signs = Signs(hits=signal.signs.hits, note=signal.signs.note, outcome=outcome)
        uow.risk_signals.put(
            replace(signal, state="settled", settled_at=now, claimed_until=None, signs=signs)
        )
        subject = Subject("post", signal.post_id)
        uow.audit.add("risk-settled", subject, at=now, by=account.id, detail=outcome)
        self._decide(uow, signal.post_id, how)
        if author is None:
            return
        if letter and author.is_local and author.gone_at is None:
            self._write(uow, author, by, letter)
        if how.tell_home and not author.is_local:
            post = uow.posts.get(signal.post_id)
            self._forwarding.flag(uow, author, [post] if post is not None else [])

    def _decide(self, uow: UnitOfWork, post_id: int, how: Settling) -> None:
        """What becomes of the post. Raises Invalid where it would go while it is folded away."""
        if how.shows:
            uow.quorum.clear_fold(post_id, self._now())
        elif how.goes and uow.quorum.folded([post_id]):
            raise Invalid("fold", N_("What goes to other nodes is shown here first."))
        if how.goes is not None:
            self._holding.happen(uow, post_id, "clear" if how.goes else "keep")

    def letters(self, uow: UnitOfWork, persona: Actor) -> list[tuple[RiskNote, Actor]]:
        """What people of the team wrote to somebody, for that person alone."""
        notes = uow.risk_notes.to(persona.id, LETTERS_MOST)
        authors = uow.actors.get_many({note.by_id for note in notes})
        return [(note, authors[note.by_id]) for note in notes if note.by_id in authors]

    def _write(self, uow: UnitOfWork, to: Actor, by: Actor, text: str) -> None:
        note = RiskNote(
            id=self._new_id(), persona_id=to.id, by_id=by.id, text=text, created_at=self._now()
        )
        uow.risk_notes.add(note)
        self._notifying.tell_of_room(uow, "letter", to, by)

    def _open_again(self, uow: UnitOfWork, signal: RiskSignal) -> None:
        uow.risk_signals.put(replace(signal, state="open", claimed_by=None, claimed_until=None))

    def _claim(self, uow: UnitOfWork, account: Account, signal_id: int) -> bool:
        now = self._now()
        until = rules.claimed_until(now, self._minutes)
        return uow.risk_signals.claim(signal_id, account.id, now, until)

    def _seen(self, uow: UnitOfWork, account: Account, signal_id: int) -> RiskSignal:
        sight = _Sight(uow, account)
        sight.insist(uow.risk_signals.place(signal_id))
        signal = uow.risk_signals.to_change(signal_id)
        if signal is None or not sight.sees(signal):
            raise NotFound
        return signal

    def _claimed(self, uow: UnitOfWork, account: Account, signal_id: int) -> RiskSignal:
        signal = self._seen(uow, account, signal_id)
        rules.insist_claim(signal, account.id, self._now())
        return signal

    def _line(self, signal: RiskSignal, account: Account) -> Line:
        now = self._now()
        return Line(
            signal=signal,
            severity=rules.severity(signal),
            is_mine=rules.holds(signal, account.id, now),
            is_taken=rules.is_taken(signal, account.id, now),
        )


class _Sight:
    """What one account may see, with what is read for it kept while a page is made."""

    def __init__(self, uow: UnitOfWork, account: Account) -> None:
        self._uow = uow
        self._account = account
        self._own = frozenset(uow.accounts.personas_of(account.id))
        self._private: dict[int, bool] = {}
        self._moderated: frozenset[int] | None = None

    def sees(self, signal: RiskSignal) -> bool:
        return rules.may_see(
            signal, self._account, self._own, self._groups(), self._is_private(signal.group_id)
        )

    def insist(self, place: tuple[int, int | None] | None) -> None:
        """Go on where something may be there for this account; nothing is opened before that, and
        as much is read whether there is anything or not. Raises NotFound."""
        author, group = place or (0, None)
        groups = self._groups()
        if place is None or author in self._own:
            raise NotFound
        if group not in groups and not rules.is_staff(self._account):
            raise NotFound

    def is_team(self) -> bool:
        """Whether there is any queue for this account at all."""
        return rules.is_staff(self._account) or bool(self._groups())

    def _groups(self) -> frozenset[int]:
        if self._moderated is None:
            joined = [
                one for persona in self._own for one in self._uow.memberships.groups_of(persona)
            ]
            self._moderated = frozenset(
                one.actor.id
                for one in joined
                if one.state == "accepted" and one.role == "moderator"
            )
        return self._moderated

    def _is_private(self, group_id: int | None) -> bool:
        if group_id is None:
            return False
        if group_id not in self._private:
            group = self._uow.groups.get(group_id)
            self._private[group_id] = group is None or group.group.visibility == "private"
        return self._private[group_id]
