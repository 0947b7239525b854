"""Telling a persona what concerns it, and reading that later. Nothing is told across a block, and
what was told is only shown while its persona may still see it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from node.notifications.rules import (
    ALWAYS_TOLD,
    FOLLOWS_FROM,
    NEW_FOR,
    OF_ONESELF,
    Facts,
    decide,
    lets_all_through,
)
from node.ports import Clock, NewId
from node.room_news import SENTENCES
from node.visibility import is_member, may_see_notification
from storage.actors import Actor
from storage.news_policies import Choice
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
        """Tell somebody of this node. Nobody is told of what they did themselves (but a poll of
        theirs ends without them), nor of anybody they are cut off from or do not want to hear of,
        nor of a thread that they want quiet."""
        choice = self._choice(uow, kind, to, by)
        if choice == "drop" or (post_id is not None and uow.marks.is_quiet(to.id, post_id)):
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
                filtered=choice == "filter",
                created_at=self._now(),
            )
        )

    def tell_message(
        self,
        uow: UnitOfWork,
        to: Actor,
        by: Actor,
        message_id: int,
        has_spoken: Callable[[], bool],
    ) -> None:
        """Tell somebody's apps of a private message; pages count messages by themselves.
        `has_spoken` says whether they have said anything in the conversation."""
        choice = self._choice(uow, "message", to, by, has_spoken)
        if choice == "drop":
            return
        uow.notifications.add(
            Notification(
                id=self._new_id(),
                persona_id=to.id,
                kind="message",
                by_id=by.id,
                message_id=message_id,
                filtered=choice == "filter",
                created_at=self._now(),
            )
        )

    def tell_of_room(
        self, uow: UnitOfWork, about: str, to: Actor, by: Actor, thing_id: int | None = None
    ) -> None:
        """Tell somebody what happened in a room that holds no posts, or remind them of something
        of their own (`by` is they themselves). `about` is a key of `node.room_news.SENTENCES`."""
        if about not in SENTENCES:
            raise ValueError(f"no sentence says {about!r}; node.room_news.SENTENCES has them")
        if self._choice(uow, "room", to, by) == "drop":
            return
        uow.notifications.add(
            Notification(
                id=self._new_id(),
                persona_id=to.id,
                kind="room",
                by_id=by.id,
                about=about,
                thing_id=thing_id,
                created_at=self._now(),
            )
        )

    def _is_silenced(self, uow: UnitOfWork, to: Actor, by: Actor) -> bool:
        mute = uow.mutes.many(to.id, [by.id], self._now()).get(by.id)
        if mute is not None and mute.notifications:
            return True
        return not by.is_local and by.authority in uow.mutes.nodes(to.id)

    def _choice(
        self,
        uow: UnitOfWork,
        kind: Kind,
        to: Actor,
        by: Actor,
        has_spoken: Callable[[], bool] | None = None,
    ) -> Choice:
        """Whether they are told now, later, or not at all."""
        if not to.is_local or to.type != "Person":
            return "drop"
        if to.id == by.id:
            return "accept" if kind in OF_ONESELF else "drop"
        if uow.blocks.cut_off(to.id, by.id) or self._is_silenced(uow, to, by):
            return "drop"
        if kind in ALWAYS_TOLD:
            return "accept"
        policy = uow.news_policies.get(to.id)
        if lets_all_through(policy) or uow.news_policies.is_permitted(to.id, by.id):
            return "accept"
        is_unasked = has_spoken is not None and not has_spoken()
        return decide(policy, self._facts(uow, to, by, is_unasked))

    def _facts(self, uow: UnitOfWork, to: Actor, by: Actor, is_unasked: bool) -> Facts:
        now = self._now()
        followed, follower = uow.memberships.get(by.id, to.id), uow.memberships.get(to.id, by.id)
        return Facts(
            is_following=is_member(followed),
            is_followed_by=follower is not None
            and is_member(follower)
            and follower.created_at <= now - FOLLOWS_FROM,
            is_new=by.created_at > now - NEW_FOR,
            is_unasked=is_unasked,
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
