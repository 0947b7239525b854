"""Erasing an account: bounded steps, each one transaction, each harmless when it is done again.

First the account itself: nobody can sign in any more, and the key of its private data is destroyed.
Then persona by persona, each at a time of its own, or everyone could see that they belong together:
its key is destroyed, what it wrote is taken back, here and with a Delete on other nodes; then other
nodes are told that it is gone, and its rows go. Its handle stays taken for ever.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from node.errors import NotFound
from node.groups.service import Groups
from node.ports import Clock, NewId
from node.profiles.service import Profiles
from node.rights import rules
from node.rights.rules import RightsLimits
from storage.actors import Actor
from storage.deletions import Deletion
from storage.post_record import Post
from storage.seals import Holder
from storage.unit_of_work import UnitOfWork

BATCH: Final = 50
"""Posts that one step takes back; each may go to every peer."""
ROWS: Final = 1000
"""Rows of one kind that one step drops."""
A_MOMENT: Final = timedelta(minutes=1)
"""Longer than a send takes that is under way."""

Inbox = tuple[str, str]


class Farewell(Protocol):
    """Tells other nodes that a persona is gone."""

    def __call__(self, uow: UnitOfWork, persona: Actor, inboxes: Sequence[Inbox], /) -> None: ...


class Erasing:
    """Takes an account out of the node, step by step."""

    def __init__(
        self,
        groups: Groups,
        profiles: Profiles,
        farewell: Farewell,
        now: Clock,
        new_id: NewId,
        below: Callable[[int], int],
        limits: RightsLimits,
    ) -> None:
        self._groups = groups
        self._profiles = profiles
        self._farewell = farewell
        self._now = now
        self._new_id = new_id
        self._below = below
        self._limits = limits

    def step(self, uow: UnitOfWork, deletion_id: int) -> datetime | None:
        """Do the next piece. Answers when to go on, or None when all is done."""
        deletion, now = uow.deletions.get(deletion_id), self._now()
        if deletion is None or deletion.state == "done":
            return None
        if deletion.due_at > now:
            return deletion.due_at
        if deletion.state == "grace":
            self._begin(uow, deletion)
            return now
        following = uow.deletions.next_persona(deletion_id)
        if following is None:
            uow.deletions.finish(deletion_id, now, now + self._limits.receipts)
            return None
        persona_id, due_at = following
        if due_at > now:
            return due_at
        return self._erase_some(uow, deletion, persona_id)

    def _begin(self, uow: UnitOfWork, deletion: Deletion) -> None:
        """The way in, and everything that is the account's and no persona's."""
        account_id = deletion.account_id
        if account_id is None:
            return
        uow.seals.destroy(Holder("account", account_id))
        personas = uow.accounts.personas_of(account_id)
        for persona_id in personas:
            uow.tokens.revoke_all(persona_id, self._now())
        uow.erasure.forget_account_rows(account_id)
        uow.blocks.forget_account(account_id)
        uow.newcomers.forget_account(account_id)
        uow.erasure.blank_account(account_id)
        times = rules.schedule(personas, self._now(), self._limits.spread_hours, self._below)
        uow.deletions.begin(deletion.id, times)

    def _erase_some(self, uow: UnitOfWork, deletion: Deletion, persona_id: int) -> datetime:
        """The next piece of one persona; when to go on."""
        persona, now = uow.actors.get(persona_id), self._now()
        if persona is None:
            uow.deletions.drop_persona(deletion.id, persona_id)
            return now
        uow.seals.destroy(Holder("persona", persona_id))
        # Nobody can read these from now on, and a clock runs for some of them.
        uow.goals.forget_persona(persona_id)
        uow.buddies.forget_persona(persona_id)
        if self._take_back(uow, deletion, persona):
            return now
        if persona.gone_at is None and self._profiles.withdraw(uow, persona, BATCH):
            return now
        if persona.gone_at is None:
            self._say_farewell(uow, deletion, persona)
            return now
        if uow.erasure.forget_said(persona_id, now, ROWS):
            return now
        if uow.erasure.is_speaking(persona_id):
            return now + A_MOMENT
        if uow.erasure.forget_reactions(persona_id, ROWS) or self._leave_talks(uow, persona_id):
            return now
        uow.circles.part(persona_id, self._now())
        uow.memberships.remove_all(persona_id)
        uow.profiles.forget_followers(persona_id)
        uow.shares.forget_some(persona_id, ROWS)
        uow.blocks.forget_persona(persona_id)
        uow.newcomers.forget_persona(persona_id)
        uow.push.forget_persona(persona_id)
        uow.listening_sessions.forget_persona(persona_id)
        uow.erasure.forget_persona_rows(persona_id)
        uow.deletions.drop_persona(deletion.id, persona_id)
        return now

    def _take_back(self, uow: UnitOfWork, deletion: Deletion, persona: Actor) -> bool:
        """Delete some of the posts, public ones on other nodes as well. False when none is left."""
        since, uris = self._new_id(), []
        for post in uow.posts.left_by(persona.id, BATCH):
            self._delete(uow, post, persona)
            uris.append(post.uri)
        uow.deletions.note(deletion.id, uris, since)
        return bool(uris)

    def _delete(self, uow: UnitOfWork, post: Post, persona: Actor) -> None:
        if post.audience != "group":
            self._profiles.take_back(uow, post.id)
            return
        try:
            self._groups.delete(uow, post.id, persona)
        except NotFound:  # of a group that it belongs to no more; nobody elsewhere has it
            uow.posts.tombstone(post.id, self._now())

    def _leave_talks(self, uow: UnitOfWork, persona_id: int) -> bool:
        """Go from private conversations. False when nothing is left there."""
        now = self._now()
        if uow.leaving_talks.empty_some(persona_id, now, ROWS):
            return True
        touched = uow.leaving_talks.drop_some(persona_id, ROWS)
        uow.conversations.settle(touched or uow.leaving_talks.leave_all(persona_id, now))
        return bool(touched)

    def _say_farewell(self, uow: UnitOfWork, deletion: Deletion, persona: Actor) -> None:
        """Ask every node that may have heard of the persona to forget it."""
        inboxes = dict.fromkeys(uow.erasure.told(persona.id))
        for group_id in uow.erasure.places(persona.id):
            group = uow.groups.get(group_id)
            if group is not None and group.actor.is_local:
                inboxes |= dict.fromkeys(uow.memberships.follower_inboxes(group_id))
            elif group is not None:
                host = group.actor.authority, group.actor.shared_inbox or group.actor.inbox
                inboxes[host] = None
        since = self._new_id()
        self._farewell(uow, persona, list(_one_each(inboxes)))
        uow.deletions.note(deletion.id, [persona.uri], since)
        uow.erasure.blank_actor(persona.id, self._now())


def _one_each(inboxes: Sequence[Inbox] | dict[Inbox, None]) -> dict[Inbox, None]:
    """One inbox is enough for each node."""
    first: dict[str, Inbox] = {}
    for authority, inbox in inboxes:
        first.setdefault(authority, (authority, inbox))
    return dict.fromkeys(first.values())
