"""Use cases of special days and of being noticed. All of it is a persona's own, sealed, and sent
nowhere; reminders say nothing that a glance could read."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.notifications.service import Notifying
from node.ports import Clock, NewId
from node.remembering.rules import (
    DAYS_MOST,
    KINDS,
    QUIET_DAYS,
    DayDraft,
    checked,
    is_quiet,
    look_again,
    next_day,
    next_due,
)
from storage.actors import Actor
from storage.remembering import QuietWatch, SpecialDay
from storage.unit_of_work import UnitOfWork

BATCH = 100


@dataclass(frozen=True, slots=True)
class Coming:
    """A day, and when it is next (in the community's time). `is_near` within a week."""

    day: SpecialDay
    on: date
    is_near: bool


class Remembering:
    """What is kept of days, and the work that speaks of them."""

    def __init__(self, notifying: Notifying, zone: tzinfo, now: Clock, new_id: NewId) -> None:
        self._notifying = notifying
        self._zone = zone
        self._now = now
        self._new_id = new_id

    def today(self) -> date:
        """In the community's own time."""
        return self._now().astimezone(self._zone).date()

    def days(self, uow: UnitOfWork, persona: Actor) -> list[Coming]:
        """The persona's days, the next one first."""
        found = [self._coming(one) for one in uow.special_days.of_persona(persona.id)]
        return sorted(found, key=lambda one: (one.on, one.day.id))

    def day(self, uow: UnitOfWork, persona: Actor, day_id: int) -> Coming:
        """One of the persona's own. Raises NotFound."""
        found = uow.special_days.get(persona.id, day_id)
        if found is None:
            raise NotFound
        return self._coming(found)

    def keep(self, uow: UnitOfWork, persona: Actor, draft: DayDraft) -> SpecialDay:
        """A new day. Raises Invalid, Refused."""
        draft = checked(draft, self.today())
        if len(uow.special_days.of_persona(persona.id)) >= DAYS_MOST:
            raise Refused(N_("You keep many days already. Remove one first."), "too-many")
        made = self._made(self._new_id(), persona, draft, self._now())
        uow.special_days.put(made)
        return made

    def change(self, uow: UnitOfWork, persona: Actor, day_id: int, draft: DayDraft) -> None:
        """Raises Invalid, NotFound."""
        old = self.day(uow, persona, day_id).day
        changed = self._made(old.id, persona, checked(draft, self.today()), old.created_at)
        uow.special_days.put(changed)

    def drop(self, uow: UnitOfWork, persona: Actor, day_id: int) -> None:
        """Raises NotFound."""
        if not uow.special_days.drop(persona.id, day_id):
            raise NotFound

    def watch(self, uow: UnitOfWork, persona: Actor, after_days: int, *, buddies: bool) -> None:
        """Notice when the persona is not here for so many days; 0 is never. Raises Invalid."""
        if after_days == 0:
            uow.quiet_watches.drop(persona.id)
            return
        if after_days not in QUIET_DAYS:
            raise Invalid("after_days", N_("Choose one of the times in the list."))
        now = self._now()
        made = QuietWatch(
            persona_id=persona.id,
            after_days=after_days,
            tells_buddies=buddies,
            seen_at=now,
            look_at=now,
        )
        uow.quiet_watches.put(self._looked(made, now, now))

    def speak(self, uow: UnitOfWork) -> int:
        """Speak of the days whose time has come, and notice who is quiet; how many were done."""
        return self._speak_of_days(uow) + self._notice(uow)

    def next_due(self, uow: UnitOfWork) -> datetime | None:
        """When there is something to do next."""
        times = (uow.special_days.next_due(), uow.quiet_watches.next_look())
        return min((one for one in times if one is not None), default=None)

    def _speak_of_days(self, uow: UnitOfWork) -> int:
        now = self._now()
        due = uow.special_days.due(now, BATCH)
        owners = uow.actors.get_many({one.persona_id for one in due})
        for one in due:
            persona = owners[one.persona_id]
            self._notifying.tell_of_room(uow, "day-near", persona, persona, one.id)
            uow.special_days.put(self._made(one.id, persona, _draft_of(one), one.created_at))
        return len(due)

    def _notice(self, uow: UnitOfWork) -> int:
        now = self._now()
        watches = uow.quiet_watches.to_look_at(now, BATCH)
        owners = uow.actors.get_many({one.persona_id for one in watches})
        for watch in watches:
            seen_at = max(uow.quiet_watches.last_seen(watch.persona_id) or now, watch.seen_at)
            if is_quiet(watch, seen_at, now):
                self._say_so(uow, watch, owners[watch.persona_id])
                watch = self._looked(watch, seen_at, now, told_at=now)
            else:
                watch = self._looked(watch, seen_at, now, told_at=watch.told_at)
            uow.quiet_watches.put(watch)
        return len(watches)

    def _say_so(self, uow: UnitOfWork, watch: QuietWatch, persona: Actor) -> None:
        self._notifying.tell_of_room(uow, "quiet-yourself", persona, persona)
        if not watch.tells_buddies:
            return
        now, pairs = self._now(), uow.buddies.of_persona(persona.id)
        others = {pair.other(persona.id) for pair in pairs}
        for buddy in uow.actors.get_many(others).values():
            if uow.buddies.are_buddies(persona.id, buddy.id, now):
                self._notifying.tell_of_room(uow, "quiet-buddy", buddy, persona, persona.id)

    @staticmethod
    def _looked(
        watch: QuietWatch, seen_at: datetime, now: datetime, told_at: datetime | None = None
    ) -> QuietWatch:
        return QuietWatch(
            persona_id=watch.persona_id,
            after_days=watch.after_days,
            tells_buddies=watch.tells_buddies,
            seen_at=seen_at,
            look_at=look_again(watch, seen_at, now),
            told_at=told_at,
        )

    def _coming(self, one: SpecialDay) -> Coming:
        today = self.today()
        on = next_day(one.month, one.day, today)
        return Coming(one, on, (on - today).days <= 7)

    def _made(
        self, number: int, persona: Actor, draft: DayDraft, created_at: datetime
    ) -> SpecialDay:
        kind = next(one for one in KINDS if one == draft.kind)
        return SpecialDay(
            id=number,
            persona_id=persona.id,
            title=draft.title,
            kind=kind,
            month=draft.month,
            day=draft.day,
            year=draft.year,
            ahead=draft.ahead,
            due_at=next_due(draft.month, draft.day, draft.ahead, self._now(), self._zone),
            created_at=created_at,
        )


def _draft_of(one: SpecialDay) -> DayDraft:
    return DayDraft(one.title, one.kind, one.month, one.day, one.year, one.ahead)
