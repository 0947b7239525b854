"""Posts that wait before other nodes hear of them. Whatever tells other nodes of a post asks here
first (`node/groups/gate.py`, `node/profiles/gate.py`); `node/sending/` lets go of what may leave.
"""

from dataclasses import replace
from typing import Final

from node.ports import Clock
from node.safety import hold_rules as rules
from node.safety.hold_rules import Facts, HoldEvent, HoldLimits
from node.viewer import STAFF
from storage.actors import Actor
from storage.delivery_holds import DeliveryHold, HoldAct
from storage.posts import Post
from storage.unit_of_work import UnitOfWork

TOPIC: Final = "holds"
"""Wakes the worker that lets go."""


class Holding:
    """Use cases of the wait."""

    def __init__(self, now: Clock, limits: HoldLimits) -> None:
        self._now = now
        self.limits = limits

    def hold_new(self, uow: UnitOfWork, post: Post, author: Actor, parent: Post | None) -> bool:
        """Whether a post that is just stored has to wait; then that is kept."""
        act: HoldAct = "create" if post.is_local else "announce"
        answers = parent is not None and self.waits(uow, parent)
        return self._hold(uow, post, author, act, answers_waiting=answers)

    def hold_changed(self, uow: UnitOfWork, post: Post, author: Actor) -> bool:
        """Whether other words of a post have to wait. One that has not left yet goes on waiting,
        for a person too if its words are to be looked at (again)."""
        before = uow.delivery_holds.get(post.id)
        if before is None and post.edited_at is None:
            return False  # not its words: the last numbers of its poll
        act = before.act if before is not None else "update"
        if self._hold(uow, post, author, act, before=before):
            return True
        if before is not None and before.act == "update":
            uow.delivery_holds.drop(post.id)
            return False
        return before is not None

    def withdraw(self, uow: UnitOfWork, post: Post) -> bool:
        """The post is taken back. Whether no other node has ever heard of it."""
        hold = uow.delivery_holds.get(post.id)
        if hold is None:
            return False
        uow.delivery_holds.drop(post.id)
        uow.wake(TOPIC)
        return hold.act != "update"

    def waits(self, uow: UnitOfWork, post: Post) -> bool:
        """Whether no other node has heard of a post of ours yet."""
        if not post.is_local or post.create_uri is not None:
            return False
        hold = uow.delivery_holds.get(post.id)
        return hold is not None and hold.act == "create"

    def happen(self, uow: UnitOfWork, post_id: int, event: HoldEvent) -> None:
        """A post was flagged, cleared or kept here. Where it does not wait, nothing changes."""
        hold = uow.delivery_holds.get(post_id)
        if hold is not None:
            uow.delivery_holds.put(replace(hold, reason=rules.after(hold, event)))
            uow.wake(TOPIC)

    def end_pause(self, uow: UnitOfWork, hold: DeliveryHold) -> None:
        """The author does not want to wait any longer."""
        uow.delivery_holds.put(replace(hold, release_at=self._now()))
        uow.wake(TOPIC)

    def _hold(
        self,
        uow: UnitOfWork,
        post: Post,
        author: Actor,
        act: HoldAct,
        *,
        answers_waiting: bool = False,
        before: DeliveryHold | None = None,
    ) -> bool:
        facts = Facts(
            act=act,
            is_flagged=uow.risk_signals.has_unsettled(post.id),
            sent=self._sent(uow, author, act),
            answers_waiting=answers_waiting or (before is not None and before.act == "create"),
        )
        reason = rules.reason_of(facts, self.limits)
        reason = rules.at_least(reason, act, before)
        if reason is None:
            return False
        now = self._now()
        hold = DeliveryHold(
            post_id=post.id,
            author_id=post.author_id,
            act=act,
            reason=reason,
            release_at=rules.release_at(now, self.limits),
            created_at=now,
        )
        uow.delivery_holds.put(hold)
        uow.wake(TOPIC)
        return True

    def _sent(self, uow: UnitOfWork, author: Actor, act: HoldAct) -> int | None:
        """How many posts of a person have left so far, none of them one whose other words are about
        to follow. None for the team, who look at those of others."""
        first = self.limits.first
        account_id = uow.accounts.account_of(author.id) if first and author.is_local else None
        account = uow.accounts.get(account_id) if account_id is not None else None
        if account is None or account.role in STAFF:
            return None
        authors = uow.accounts.personas_of(account.id)
        sent = uow.delivery_holds.sent_by(authors, first + 1)
        return sent - 1 if act == "update" else sent
