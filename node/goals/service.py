"""Goals: made, changed, paused, ended kindly, taken up again; and the entries of how it goes.

Nothing here knows the wire: what a person works towards has no way out of this node, and no other
room reads it. What is not one's own is NotFound.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from node.errors import Invalid, NotFound, Refused
from node.goals import rules
from node.goals.counting import Lived, is_milestone, lived
from node.goals.rules import EntryDraft, GoalDraft
from node.i18n import N_
from node.local_time import minute_of, today, zone_of
from node.notifications.service import Notifying
from node.ports import Clock, NewId
from node.topics import topics_of
from storage.actors import Actor
from storage.check_ins import CheckIn, EntryKind, EntryWords
from storage.goals import Goal, GoalWords, Pause, saying
from storage.unit_of_work import UnitOfWork

ALL: Final = 20_000
"""Entries of one goal that are counted: several a day for many years."""
NOON: Final = 12 * 60
AT_ONCE: Final = 100
"""Reminders that one transaction gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """A goal with its entries, the newest first, and what was lived. `day` is the date there."""

    goal: Goal
    entries: list[CheckIn]
    lived: Lived
    day: date

    @property
    def is_due(self) -> bool:
        """Whether its owner wanted to look at it today and did not write yet."""
        days = self.goal.said.weekdays
        wanted = not days or self.day.weekday() in days
        wrote = any(one.said.day == self.day for one in self.entries)
        return self.goal.state == "open" and wanted and not wrote

    @property
    def is_milestone(self) -> bool:
        """Whether all days, or those of this run, came to a milestone today. While a goal rests,
        and on days on which something was not done, none is reached."""
        counts = self.goal.state == "open" and (
            self.goal.said.kind == "days"
            or any(one.said.did and one.said.day == self.day for one in self.entries)
        )
        return counts and (is_milestone(self.lived.total) or is_milestone(self.lived.run))


class Goals:
    """Use cases of one's own goals."""

    def __init__(
        self, now: Clock, new_id: NewId, notifying: Notifying, home_zone: str = "UTC"
    ) -> None:
        self._home_zone = home_zone
        self._now = now
        self._new_id = new_id
        self._notifying = notifying

    def zone(self, uow: UnitOfWork, persona: Actor) -> str:
        """Where the persona lives, as its newest goal says; else where the node is at home."""
        newest = uow.goals.newest(persona.id)
        return newest.said.zone if newest else self._home_zone

    def is_morning(self, goal: Goal) -> bool:
        """Whether the day is still to come where the goal's owner lives: then an entry looks ahead,
        and later it looks back."""
        return minute_of(self._now(), goal.said.zone) < NOON

    def make(self, uow: UnitOfWork, persona: Actor, draft: GoalDraft) -> Goal:
        """A new goal. Raises Invalid, Refused."""
        if uow.goals.count(persona.id) >= rules.GOALS_MOST:
            raise Refused(N_("You have many goals already. Delete one that is over."), "too-many")
        now = self._now()
        goal = Goal(
            id=self._new_id(),
            persona_id=persona.id,
            state="open",
            said=self._said(uow, persona, draft),
            created_at=now,
            changed_at=now,
        )
        uow.goals.add(goal)
        return goal

    def change(self, uow: UnitOfWork, persona: Actor, goal_id: int, draft: GoalDraft) -> Goal:
        """Other words, or another plan; the kind stays. Raises Invalid, NotFound."""
        goal = self._to_change(uow, persona, goal_id)
        old = goal.said
        kept = replace(draft, kind=old.kind)
        said = msgspec.structs.replace(
            self._said(uow, persona, kept), pauses=old.pauses, reminder=old.reminder
        )
        return self._put(uow, replace(goal, said=said))

    def get(self, uow: UnitOfWork, persona: Actor, goal_id: int) -> Goal:
        """One's own goal. Raises NotFound."""
        goal = uow.goals.get(persona.id, goal_id)
        if goal is None:
            raise NotFound
        return goal

    def view(self, uow: UnitOfWork, persona: Actor, goal_id: int) -> GoalView:
        """One's own goal with all that was written. Raises NotFound."""
        return self._view(uow, self.get(uow, persona, goal_id))

    def all_of(self, uow: UnitOfWork, persona: Actor) -> list[GoalView]:
        """The persona's goals, those under way first."""
        order = {"open": 0, "paused": 1, "ended": 2}
        found = sorted(uow.goals.of_persona(persona.id), key=lambda one: order[one.state])
        entries: dict[int, list[CheckIn]] = {goal.id: [] for goal in found}
        for one in uow.check_ins.of_persona(persona.id, ALL, 0) if found else ():
            entries[one.goal_id].append(one)
        return [self._viewed(goal, entries[goal.id]) for goal in found]

    def move(self, uow: UnitOfWork, persona: Actor, goal_id: int, act: str) -> Goal:
        """Let it rest, take it up again, or end it. Raises Refused, NotFound."""
        goal = self._to_change(uow, persona, goal_id)
        state = rules.moved(goal.state, act)
        day = today(self._now(), goal.said.zone)
        pauses = _resting(goal.said.pauses, day, rests=state != "open")
        return self._put(uow, replace(saying(goal, pauses=pauses), state=state))

    def remind(
        self, uow: UnitOfWork, persona: Actor, goal_id: int, time: str, *, at_night: bool
    ) -> Goal:
        """Say when a quiet reminder is wanted, "" for never. Raises Invalid, NotFound."""
        goal = self._to_change(uow, persona, goal_id)
        return self._put(uow, saying(goal, reminder=rules.reminder_of(time, at_night=at_night)))

    def drop(self, uow: UnitOfWork, persona: Actor, goal_id: int) -> None:
        """Delete a goal with all its entries. Raises NotFound."""
        if not uow.goals.drop(persona.id, goal_id):
            raise NotFound

    def write(
        self,
        uow: UnitOfWork,
        persona: Actor,
        goal_id: int,
        draft: EntryDraft,
        kind: EntryKind = "check-in",
    ) -> CheckIn:
        """A new entry; several a day are welcome. Raises Invalid, Refused, NotFound."""
        goal = self.get(uow, persona, goal_id)
        rules.insist_entries(goal)
        said = self._entry(goal, draft, kind)
        if len(uow.check_ins.since(persona.id, self._now() - timedelta(days=1))) >= (
            rules.ENTRIES_A_DAY
        ):
            raise Refused(N_("That is a lot for one day. Rest, and go on tomorrow."), "slow-down")
        entry = CheckIn(
            id=self._new_id(),
            goal_id=goal.id,
            persona_id=persona.id,
            shared=rules.shared_of(draft.shared),
            said=said,
            created_at=self._now(),
        )
        uow.check_ins.add(entry)
        return entry

    def entry(self, uow: UnitOfWork, persona: Actor, goal_id: int, entry_id: int) -> CheckIn:
        """One's own entry. Raises NotFound."""
        found = uow.check_ins.get(persona.id, goal_id, entry_id)
        if found is None:
            raise NotFound
        return found

    def rewrite(
        self, uow: UnitOfWork, persona: Actor, goal_id: int, entry_id: int, draft: EntryDraft
    ) -> CheckIn:
        """Other words for an entry; what it is stays. Raises Invalid, NotFound."""
        entry = self.entry(uow, persona, goal_id, entry_id)
        goal = self.get(uow, persona, goal_id)
        dated = replace(draft, day=draft.day or entry.said.day.isoformat())
        changed = replace(
            entry,
            said=self._entry(goal, dated, entry.said.kind),
            shared=rules.shared_of(draft.shared),
        )
        uow.check_ins.put(changed)
        return changed

    def take_back(self, uow: UnitOfWork, persona: Actor, goal_id: int, entry_id: int) -> None:
        """Delete an entry. Raises NotFound."""
        if not uow.check_ins.drop(persona.id, goal_id, entry_id):
            raise NotFound

    def give_reminders(self, uow: UnitOfWork) -> int:
        """Remind those who asked for it, each once: the row says when the next one is due before
        this transaction is over. How many rows that were."""
        now = self._now()
        due = uow.goals.due(now, AT_ONCE)
        people = uow.actors.get_many({goal.persona_id for goal in due})
        for goal in due:
            persona = people.get(goal.persona_id)
            if persona is not None and rules.may_remind(goal, now):
                self._notifying.tell_of_room(uow, "goals-reminder", persona, persona, goal.id)
            uow.goals.put(replace(goal, remind_at=rules.next_reminder(goal, now)))
        return len(due)

    def _said(self, uow: UnitOfWork, persona: Actor, draft: GoalDraft) -> GoalWords:
        words = rules.words_of("words", draft.words, needed=True)
        zone = zone_of("zone", draft.zone) if draft.zone else self.zone(uow, persona)
        day = today(self._now(), zone)
        earliest = day - timedelta(days=rules.YEARS_BACK * 365)
        if not draft.weekdays <= frozenset(range(7)):
            raise Invalid("weekdays", N_("Choose days from the list."))
        return GoalWords(
            words=words,
            kind=rules.kind_of(draft.kind),
            began=rules.day_of("began", draft.began, since=earliest, until=day),
            zone=zone,
            situation=rules.words_of("situation", draft.situation),
            answer=rules.words_of("answer", draft.answer),
            weekdays=tuple(sorted(draft.weekdays)),
            topics=topics_of("topics", draft.topics, most=rules.TOPICS_MOST),
            shared=rules.shared_of(draft.shared),
        )

    def _entry(self, goal: Goal, draft: EntryDraft, kind: EntryKind) -> EntryWords:
        rules.insist_says_something(kind, draft)
        day = today(self._now(), goal.said.zone)
        return EntryWords(
            kind=kind,
            day=rules.day_of("day", draft.day, since=goal.said.began, until=day),
            mood=rules.step_of("mood", draft.mood),
            difficulty=rules.step_of("difficulty", draft.difficulty),
            did=rules.did_of(draft.did),
            note=rules.note_of(draft.note),
        )

    def _view(self, uow: UnitOfWork, goal: Goal) -> GoalView:
        return self._viewed(goal, uow.check_ins.of_goal(goal.id, ALL))

    def _viewed(self, goal: Goal, entries: list[CheckIn]) -> GoalView:
        entries.sort(key=lambda one: (one.said.day, one.id), reverse=True)
        day = today(self._now(), goal.said.zone)
        counted = lived(goal.said, [one.said for one in entries], day)
        return GoalView(goal=goal, entries=entries, lived=counted, day=day)

    def _to_change(self, uow: UnitOfWork, persona: Actor, goal_id: int) -> Goal:
        self.get(uow, persona, goal_id)
        goal = uow.goals.get_to_change(persona.id, goal_id)
        if goal is None:
            raise NotFound
        return goal

    def _put(self, uow: UnitOfWork, goal: Goal) -> Goal:
        now = self._now()
        changed = replace(goal, changed_at=now, remind_at=rules.next_reminder(goal, now))
        uow.goals.put(changed)
        uow.wake("goals")
        return changed


def next_due(uow: UnitOfWork) -> datetime | None:
    """When the clock is needed next."""
    return uow.goals.next_due()


def _resting(pauses: tuple[Pause, ...], day: date, *, rests: bool) -> tuple[Pause, ...]:
    """The pauses with one that begins, or ends, on a day. A pause of no day is none."""
    is_resting = bool(pauses) and pauses[-1].until is None
    if rests and not is_resting:
        return (*pauses, Pause(day))
    if rests or not is_resting:
        return pauses
    since = pauses[-1].since
    return pauses[:-1] if since >= day else (*pauses[:-1], Pause(since, day))
