"""The rota of greeters: members put themselves on it for a day and some hours, in the time of where
they are. While their time runs they are told, once and quietly, when somebody's first words in the
group have had no answer. Nobody's greeting is counted or kept; being away takes one press.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from node.errors import NotFound, Refused
from node.groups.place import unseen_by
from node.i18n import N_
from node.visibility import is_member, is_moderator
from node.welcoming.rules import (
    LOOK_EVERY,
    NEW_FOR,
    SLOTS_MOST,
    When,
    end_of_week,
    is_on,
    next_look,
)
from node.welcoming.tools import Tools
from storage.actors import Actor
from storage.greeters import Greeter, GreeterSlot
from storage.groups import GroupWithActor
from storage.post_record import PostView
from storage.unit_of_work import UnitOfWork

AT_ONCE = 50
HELLOS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week and who greets then, those who are away left out."""

    weekday: int
    greeters: list[Greeter]


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaPage:
    """The rota as one member sees it; `away` says that they are off it for now."""

    group: GroupWithActor
    days: list[Day]
    mine: list[GreeterSlot]
    away: bool
    keeps: bool
    hellos: list[PostView]


@dataclass(frozen=True, slots=True)
class OwnGreeting:
    """A group that somebody greets in, and the hellos that wait there."""

    group: GroupWithActor
    is_on: bool
    hellos: list[PostView]


class Rota(Tools):
    """Use cases of greeters."""

    def rota_page(self, uow: UnitOfWork, group_id: int, who: Actor) -> RotaPage:
        """For members and who keeps the group. Raises NotFound."""
        group = self._open_to(uow, group_id, who)
        hidden, now = unseen_by(uow, group_id, who), self.now()
        rota = [one for one in uow.greeters.rota(group_id) if one.actor.id not in hidden]
        mine = [one.slot for one in rota if one.actor.id == who.id]
        here = [one for one in rota if not _is_away(one.slot, now)]
        keeps = self.keeps(uow, group, who)
        return RotaPage(
            group=group,
            days=[Day(day, [one for one in here if one.slot.weekday == day]) for day in range(7)],
            mine=mine,
            away=any(_is_away(slot, now) for slot in mine),
            keeps=keeps,
            hellos=self._hellos(uow, group_id, who) if mine or keeps else [],
        )

    def own_greeting(self, uow: UnitOfWork, who: Actor) -> list[OwnGreeting]:
        """The groups in which somebody greets, those whose time it is first."""
        now = self.now()
        by_group: dict[int, list[GreeterSlot]] = {}
        for slot in uow.greeters.of_persona(who.id):
            by_group.setdefault(slot.group_id, []).append(slot)
        found = []
        for group_id, slots in by_group.items():
            group = uow.groups.get(group_id)
            if group is None or not is_member(uow.memberships.get(group_id, who.id)):
                continue
            on = any(is_on(slot, now) for slot in slots)
            found.append(OwnGreeting(group, on, self._hellos(uow, group_id, who)))
        return sorted(found, key=lambda one: not one.is_on)

    def greet(
        self, uow: UnitOfWork, group_id: int, who: Actor, at: When, to_hour: int
    ) -> GreeterSlot:
        """Put oneself on the rota. Raises NotFound, Refused."""
        self.belongs_to(uow, group_id, who)
        if uow.greeters.count(group_id, who.id) >= SLOTS_MOST:
            raise Refused(N_("That is plenty. Take a time off the list first."), "enough")
        now = self.now()
        slot = GreeterSlot(
            id=self.new_id(),
            group_id=group_id,
            persona_id=who.id,
            weekday=at.weekday,
            from_hour=at.hour,
            to_hour=to_hour,
            offset_minutes=at.offset_minutes,
            look_at=now,
        )
        if not is_on(slot, now):
            slot = replace(slot, look_at=next_look(slot, now))
        uow.greeters.add(slot)
        return slot

    def stop_greeting(self, uow: UnitOfWork, group_id: int, who: Actor, slot_id: int) -> None:
        """Take a time of one's own off the rota, any time and without a reason. Raises NotFound."""
        self.belongs_to(uow, group_id, who)
        if not uow.greeters.drop(group_id, who.id, slot_id):
            raise NotFound

    def away_this_week(self, uow: UnitOfWork, group_id: int, who: Actor) -> None:
        """Not this week; from Monday on everything is as it was."""
        self.belongs_to(uow, group_id, who)
        own = [one for one in uow.greeters.of_persona(who.id) if one.group_id == group_id]
        if own:
            until = end_of_week(self.now(), own[0].offset_minutes)
            uow.greeters.away(group_id, who.id, until)

    def back(self, uow: UnitOfWork, group_id: int, who: Actor) -> None:
        """Here again."""
        self.belongs_to(uow, group_id, who)
        uow.greeters.away(group_id, who.id, None)

    def turn_greeters(self, uow: UnitOfWork) -> int:
        """Tell those whose time it is of hellos that wait; how many were looked at. Each is told
        once in a time of theirs."""
        now = self.now()
        due = uow.greeters.due(now, AT_ONCE)
        for one in due:
            at = next_look(one.slot, now)
            if is_on(one.slot, now):
                waits = self._hellos(uow, one.slot.group_id, one.actor)
                if waits:
                    self.notifying.tell_of_room(
                        uow, "welcome-hello", one.actor, one.actor, one.slot.group_id
                    )
                else:
                    at = min(at, now + LOOK_EVERY)
            uow.greeters.look_again(one.slot.id, at)
        return len(due)

    def _hellos(self, uow: UnitOfWork, group_id: int, who: Actor) -> list[PostView]:
        """First words in the group that nobody answered, none of the reader's own. A greeter meets
        none that they filter; whoever keeps the group sees all that is written in it."""
        hidden = uow.blocks.hides(who.id) | {who.id}
        welcome = uow.welcomes.thread_of(group_id)
        since = self.now() - NEW_FOR
        found = uow.hellos.unanswered(group_id, welcome, since, HELLOS_SHOWN, hidden)
        if is_moderator(uow.memberships.get(group_id, who.id)):
            return found
        return self.replying.unfiltered(uow, who, found)

    def _open_to(self, uow: UnitOfWork, group_id: int, who: Actor) -> GroupWithActor:
        group = uow.groups.get(group_id)
        if group is None or not group.actor.is_local:
            raise NotFound
        if not is_member(uow.memberships.get(group_id, who.id)):
            return self.kept_by(uow, group_id, who)
        return group


def _is_away(slot: GreeterSlot, now: datetime) -> bool:
    return slot.away_until is not None and slot.away_until > now
