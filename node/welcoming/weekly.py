"""Threads that a group has every week, such as "Small wins of the week": a moderator writes one and
says when, and it is posted in their name, once a week.

Once means once: the week is a row with a unique key, taken in the same transaction in which the
thread is posted, so that neither a restart nor a second worker posts it again. After a node stood
still, a thread comes late by up to twelve hours (`rules.LATE_MOST`); a week that is over goes
without.
"""

from dataclasses import dataclass, replace

from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.welcoming.rules import WEEKLY_MOST, When, is_too_late, next_time
from node.welcoming.tools import Tools
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork
from storage.weekly import WeeklyThread
from storage.welcomes import Wording


@dataclass(frozen=True, slots=True)
class WeeklyDraft:
    """As typed and checked."""

    wording: Wording
    at: When


class Weekly(Tools):
    """Use cases of weekly threads."""

    def weekly_of(
        self, uow: UnitOfWork, group_id: int, who: Actor
    ) -> tuple[GroupWithActor, list[WeeklyThread]]:
        """What a moderator finds. Raises NotFound, Refused."""
        return self.kept_by(uow, group_id, who), uow.weekly.of_group(group_id)

    def weekly_one(
        self, uow: UnitOfWork, group_id: int, who: Actor, weekly_id: int
    ) -> tuple[GroupWithActor, WeeklyThread]:
        """One of them. Raises NotFound, Refused."""
        group = self.kept_by(uow, group_id, who)
        found = uow.weekly.get(group_id, weekly_id)
        if found is None:
            raise NotFound
        return group, found

    def add_weekly(
        self, uow: UnitOfWork, group_id: int, who: Actor, draft: WeeklyDraft
    ) -> WeeklyThread:
        """It comes for the first time when its hour next comes round. Raises Invalid, Refused."""
        group = self.kept_by(uow, group_id, who)
        self._check(uow, group, who, draft)
        if len(uow.weekly.of_group(group_id)) >= WEEKLY_MOST:
            raise Refused(N_("That is enough for one week. Take one away first."), "enough")
        made = self._made(self.new_id(), group_id, who, draft)
        uow.weekly.put(made)
        return made

    def change_weekly(
        self, uow: UnitOfWork, group_id: int, who: Actor, weekly_id: int, draft: WeeklyDraft
    ) -> None:
        """Who changes it posts it from now on. One that rested goes on. Raises Invalid, Refused."""
        group, _ = self.weekly_one(uow, group_id, who, weekly_id)
        self._check(uow, group, who, draft)
        uow.weekly.put(self._made(weekly_id, group_id, who, draft))

    def rest_weekly(self, uow: UnitOfWork, group_id: int, who: Actor, weekly_id: int) -> None:
        """It stays, and is not posted until somebody saves it again."""
        _, known = self.weekly_one(uow, group_id, who, weekly_id)
        uow.weekly.put(replace(known, next_at=None))

    def drop_weekly(self, uow: UnitOfWork, group_id: int, who: Actor, weekly_id: int) -> None:
        """Threads that were posted stay."""
        self.weekly_one(uow, group_id, who, weekly_id)
        uow.weekly.drop(group_id, weekly_id)

    def turn_weekly(self, uow: UnitOfWork) -> int:
        """Deal with one that is due; how many were."""
        now = self.now()
        due = uow.weekly.due(now)
        if due is None or due.next_at is None:
            return 0
        following = replace(due, next_at=next_time(_when(due), now))
        if uow.weekly.claim(due.id, due.next_at) and not is_too_late(due.next_at, now):
            following = self._post(uow, due, following)
        uow.weekly.put(following)
        return 1

    def _post(self, uow: UnitOfWork, due: WeeklyThread, following: WeeklyThread) -> WeeklyThread:
        group, who = uow.groups.get(due.group_id), uow.actors.get(due.persona_id)
        if group is None or who is None or due.next_at is None:
            return replace(due, next_at=None)
        if self.still_posts(uow, group, who):
            try:
                draft = self.draft_of(due.wording)
                thread = self.groups.post_thread(uow, group.actor.id, who, draft)
            except (Refused, NotFound, Invalid):
                pass
            else:
                uow.weekly.posted(due.id, due.next_at, thread.id)
                return following
        self.rests(uow, who, due.group_id)
        return replace(due, next_at=None)

    def _check(
        self, uow: UnitOfWork, group: GroupWithActor, who: Actor, draft: WeeklyDraft
    ) -> None:
        self.insist_can_post(uow, group, who)
        if draft.at.hour > 23:
            raise Invalid("hour", N_("Choose an hour."))
        self.draft_of(draft.wording)

    def _made(self, weekly_id: int, group_id: int, who: Actor, draft: WeeklyDraft) -> WeeklyThread:
        return WeeklyThread(
            id=weekly_id,
            group_id=group_id,
            persona_id=who.id,
            weekday=draft.at.weekday,
            hour=draft.at.hour,
            offset_minutes=draft.at.offset_minutes,
            wording=draft.wording,
            next_at=next_time(draft.at, self.now()),
        )


def _when(weekly: WeeklyThread) -> When:
    return When(weekday=weekly.weekday, hour=weekly.hour, offset_minutes=weekly.offset_minutes)
