"""Telling a persona what concerns it, and reading that later. Nothing is told across a block, and
what was told is only shown while its persona may still see it.
"""

from dataclasses import dataclass
from typing import Final

from node.ports import Clock, NewId
from node.visibility import may_see_notification
from storage.actors import Actor
from storage.notifications import Kind, Notification, Told
from storage.unit_of_work import UnitOfWork

PAGE_LENGTH = 50

ABOUT_PEOPLE: Final[frozenset[Kind]] = frozenset({"follow", "follow-request", "follow-accepted"})
"""What is told of somebody once, however often they come and go."""


@dataclass(frozen=True, slots=True)
class News:
    """One page of what a persona was told. `next` is where the following one begins."""

    told: list[Told]
    newest: int
    next: int | None


class Notifying:
    """Use cases of news."""

    def __init__(self, now: Clock, new_id: NewId) -> None:
        self._now = now
        self._new_id = new_id

    def tell(
        self,
        uow: UnitOfWork,
        kind: Kind,
        to: Actor,
        by: Actor,
        *,
        group_id: int | None = None,
        post_id: int | None = None,
    ) -> None:
        """Tell somebody of this node. Nobody is told of what they did themselves, nor of anybody
        they are cut off from."""
        if not to.is_local or to.type != "Person" or to.id == by.id:
            return
        if uow.blocks.cut_off(to.id, by.id):
            return
        if kind in ABOUT_PEOPLE:
            uow.notifications.withdraw(to.id, kind, by.id)
        uow.notifications.add(
            Notification(
                id=self._new_id(),
                persona_id=to.id,
                kind=kind,
                by_id=by.id,
                group_id=group_id,
                post_id=post_id,
                created_at=self._now(),
            )
        )

    def news(self, uow: UnitOfWork, persona: Actor, before: int | None = None) -> News:
        """What the persona was told and may still see, newest first."""
        found = uow.notifications.list(persona.id, PAGE_LENGTH + 1, before)
        hidden = uow.blocks.hides(persona.id)
        page = found[:PAGE_LENGTH]
        return News(
            [told for told in page if may_see_notification(told, persona, hidden)],
            page[0].notification.id if page else 0,
            page[-1].notification.id if len(found) > PAGE_LENGTH else None,
        )

    def fresh(self, uow: UnitOfWork, persona: Actor, most: int) -> list[Told]:
        """The newest of what was not looked at yet."""
        found = uow.notifications.list(persona.id, most)
        hidden = uow.blocks.hides(persona.id)
        return [
            told
            for told in found
            if told.notification.read_at is None and may_see_notification(told, persona, hidden)
        ]

    def mark_read(self, uow: UnitOfWork, persona: Actor, up_to: int) -> None:
        """The persona has looked at all up to this one."""
        uow.notifications.mark_read(persona.id, up_to, self._now())
