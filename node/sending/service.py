"""Letting go of posts that waited: by the end of their pause, by their author, by a person of the
team. Each leaves once: what tells other nodes and what ends the wait are one transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from node.attaching import with_attached
from node.errors import NotFound, Refused
from node.groups.announcer import Gate as GroupGate
from node.groups.place import parent_of
from node.groups.rules import federated, is_gone
from node.i18n import N_
from node.ports import Clock
from node.profiles.announcer import Gate as ProfileGate
from node.profiles.rules import federated_post
from node.safety import hold_rules
from node.safety.holding import TOPIC, Holding
from node.sending import rules
from storage.accounts import Account
from storage.actors import Actor
from storage.delivery_holds import DeliveryHold
from storage.posts import PostView
from storage.unit_of_work import UnitOfWork

AT_ONCE: Final = 50
LIST_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Waits:
    """A post that waits, with why."""

    hold: DeliveryHold
    view: PostView


class Sending:
    """Use cases of those who write, of the team, and of the worker."""

    def __init__(
        self, groups: GroupGate, profiles: ProfileGate, holding: Holding, now: Clock
    ) -> None:
        self._groups = groups
        self._profiles = profiles
        self._holding = holding
        self._now = now

    def let_go_due(self, uow: UnitOfWork) -> int:
        """Sends one batch of what may go now; how many there were."""
        due = uow.delivery_holds.due(self._now(), AT_ONCE)
        for hold in due:
            self._let_go(uow, hold)
        return len(due)

    def next_due(self, uow: UnitOfWork) -> datetime | None:
        """When the next pause ends."""
        return uow.delivery_holds.next_due(self._now())

    def own(self, uow: UnitOfWork, author: Actor) -> list[Waits]:
        """What waits of somebody's own, the newest first."""
        return self._shown(uow, uow.delivery_holds.of_author(author.id, LIST_MOST))

    def send_now(self, uow: UnitOfWork, post_id: int, author: Actor) -> None:
        """The author wants no pause. Raises NotFound, and Refused where a person looks first."""
        hold = uow.delivery_holds.get(post_id)
        if hold is None or hold.author_id != author.id:
            raise NotFound
        if not hold_rules.may_send_now(hold, author.id):
            raise Refused(
                N_("A person of the team looks at this first. It stays here until then."), "held"
            )
        self._holding.end_pause(uow, hold)

    def first_posts(self, uow: UnitOfWork, account: Account) -> list[Waits]:
        """First posts that wait for somebody of the team: all for the staff, else those in groups
        that they moderate. Raises NotFound for anybody else."""
        return [
            one
            for one in self._shown(uow, uow.delivery_holds.first_posts(LIST_MOST))
            if self._may_decide(uow, account, one)
        ]

    def is_team(self, uow: UnitOfWork, account: Account) -> bool:
        """Whether there is anything to look at for this account, ever."""
        own = uow.accounts.personas_of(account.id)
        joined = [one for persona in own for one in uow.memberships.groups_of(persona)]
        return rules.is_team(account, [(one.state, one.role) for one in joined])

    def decide(self, uow: UnitOfWork, account: Account, post_id: int, *, goes: bool) -> None:
        """Somebody of the team looked at a first post: it may go, or stays here. Raises NotFound,
        and Refused where somebody may not be safe: that is settled in its own place."""
        found = self._shown(uow, [self._held(uow, post_id)])
        if not found or not self._may_decide(uow, account, found[0]):
            raise NotFound
        one = found[0]
        if one.hold.reason == "risk":
            raise Refused(N_("Look at why it waits first."), "held")
        self._holding.happen(uow, post_id, "clear" if goes else "keep")

    def _held(self, uow: UnitOfWork, post_id: int) -> DeliveryHold:
        hold = uow.delivery_holds.get(post_id)
        if hold is None:
            raise NotFound
        return hold

    def _may_decide(self, uow: UnitOfWork, account: Account, one: Waits) -> bool:
        own = frozenset(uow.accounts.personas_of(account.id))
        memberships = [uow.memberships.get(one.view.post.group_id, persona) for persona in own]
        return rules.may_decide(account, own, one.view.post, memberships)

    def _shown(self, uow: UnitOfWork, holds: list[DeliveryHold]) -> list[Waits]:
        views = [(hold, uow.posts.view(hold.post_id)) for hold in holds]
        return [Waits(hold, view) for hold, view in views if view is not None]

    def _let_go(self, uow: UnitOfWork, hold: DeliveryHold) -> None:
        """Tell other nodes and end the wait. Where there is nobody to tell any more, it ends too:
        the group is no longer public, or what is answered never left."""
        uow.delivery_holds.drop(hold.post_id)
        view = uow.posts.view(hold.post_id)
        if view is None or is_gone(view.post):
            return
        [view] = with_attached(uow, [view])
        parent = parent_of(uow, view.post)
        if parent is not None and parent.post.is_local and parent.post.create_uri is None:
            return
        if view.post.audience == "group":
            create_uri = self._in_group(uow, hold, view, parent)
        else:
            create_uri = self._on_profile(uow, hold, view, parent)
        if create_uri:
            uow.posts.set_create_uri(view.post.id, create_uri)
        uow.wake(TOPIC)  # for what answers it

    def _in_group(
        self, uow: UnitOfWork, hold: DeliveryHold, view: PostView, parent: PostView | None
    ) -> str:
        found = uow.groups.get(view.post.group_id)
        group = federated(found) if found is not None else None
        if group is None:
            return ""
        if not view.post.is_local:
            self._groups.let_announcement_go(uow, group, view)
            return ""
        if hold.act == "create":
            return self._groups.let_go(uow, group, view, parent)
        self._groups.let_change_go(uow, group, view, parent)
        return ""

    def _on_profile(
        self, uow: UnitOfWork, hold: DeliveryHold, view: PostView, parent: PostView | None
    ) -> str:
        post = federated_post(view)
        if post is None:
            return ""
        named = uow.profile_posts.named([view.post.id]).get(view.post.id, [])
        if hold.act == "create":
            return self._profiles.let_go(uow, post, parent, named)
        self._profiles.let_change_go(uow, post, parent, named)
        return ""
