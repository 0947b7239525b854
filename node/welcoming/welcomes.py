"""The welcome thread of a group: moderators choose to have one, its text is theirs, and whoever
switched it on posts it. Every week or month a new one opens, pinned; the old one is closed kindly.

It is posted in the name of the moderator who switched it on, like any thread of theirs: a person
answers for it, everybody sees who, and in a public group it travels as any thread does. Once they
moderate no longer, or took back that their words are copied, it rests and they are told; another
moderator can switch it on in their own name.
"""

from contextlib import suppress
from dataclasses import dataclass, replace

from node.errors import Invalid, NotFound, Refused
from node.groups.drafts import ReplyDraft
from node.groups.rules import is_gone
from node.i18n import N_
from node.welcoming.rules import next_welcome
from node.welcoming.tools import Tools
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork
from storage.welcomes import Every, Welcome, Wording

CLOSING_MOST = 1_000


@dataclass(frozen=True, slots=True)
class WelcomeDraft:
    """As typed. `every` is "week" or "month"."""

    wording: Wording
    every: str


class Welcomes(Tools):
    """Use cases of welcome threads."""

    def welcome_of(
        self, uow: UnitOfWork, group_id: int, who: Actor
    ) -> tuple[GroupWithActor, Welcome | None]:
        """What a moderator finds. Raises NotFound, Refused."""
        return self.kept_by(uow, group_id, who), uow.welcomes.get(group_id)

    def switch_on(self, uow: UnitOfWork, group_id: int, who: Actor, draft: WelcomeDraft) -> Welcome:
        """Post the first thread now, or change what the next ones say. Raises Invalid, Refused."""
        group = self.kept_by(uow, group_id, who)
        self.insist_can_post(uow, group, who)
        if draft.every not in ("week", "month"):
            raise Invalid("every", N_("Choose how often a new thread opens."))
        if len(draft.wording.closing) > CLOSING_MOST:
            raise Invalid("closing", N_("The last words fit 1,000 characters."))
        self.draft_of(draft.wording)
        known, now = uow.welcomes.get(group_id), self.now()
        every: Every = "week" if draft.every == "week" else "month"
        is_open = known is not None and known.next_at is not None
        wished = Welcome(
            group_id=group_id,
            persona_id=who.id,
            every=every,
            wording=draft.wording,
            thread_id=known.thread_id if known else None,
            next_at=next_welcome(every, now, now),
        )
        if not is_open:
            wished = self._open_next(uow, group, who, wished)
        uow.welcomes.put(wished)
        return wished

    def switch_off(self, uow: UnitOfWork, group_id: int, who: Actor) -> None:
        """No new ones; the last one is closed. Twice changes nothing."""
        group = self.kept_by(uow, group_id, who)
        known = uow.welcomes.get(group_id)
        if known is None:
            return
        uow.welcomes.drop(group_id)
        if known.thread_id is not None:
            self._unpin(uow, group, who, known.thread_id)

    def turn_welcomes(self, uow: UnitOfWork) -> int:
        """Open the next thread of one group whose time has come; how many were."""
        now = self.now()
        due = uow.welcomes.due(now)
        if due is None or due.next_at is None:
            return 0
        group, who = uow.groups.get(due.group_id), uow.actors.get(due.persona_id)
        following = replace(due, next_at=next_welcome(due.every, due.next_at, now))
        if group is None or who is None or not self.still_posts(uow, group, who):
            following = replace(due, next_at=None)
        else:
            try:
                following = self._open_next(uow, group, who, following)
            except (Refused, NotFound, Invalid):
                following = replace(due, next_at=None)
        uow.welcomes.put(following)
        if following.next_at is None and who is not None:
            self.rests(uow, who, due.group_id)
        return 1

    def _open_next(
        self, uow: UnitOfWork, group: GroupWithActor, who: Actor, welcome: Welcome
    ) -> Welcome:
        """A new thread, pinned; the one before says goodbye. Raises Refused before anything is
        written."""
        thread = self.groups.post_thread(uow, group.actor.id, who, self.draft_of(welcome.wording))
        self.groups.pin(uow, thread.id, who)
        if welcome.thread_id is not None:
            self._close(uow, group, who, welcome)
        return replace(welcome, thread_id=thread.id)

    def _close(self, uow: UnitOfWork, group: GroupWithActor, who: Actor, welcome: Welcome) -> None:
        old = uow.posts.get(welcome.thread_id or 0)
        if old is None or is_gone(old):
            return
        if welcome.wording.closing and old.locked_at is None:
            # Words that cannot be said (a limit, a block) do not keep the next thread from opening.
            with suppress(Refused, NotFound, Invalid):
                self.groups.reply(uow, old.id, who, ReplyDraft(text=welcome.wording.closing))
        self._unpin(uow, group, who, old.id)

    def _unpin(self, uow: UnitOfWork, group: GroupWithActor, who: Actor, thread_id: int) -> None:
        old = uow.posts.get(thread_id)
        if old is None or is_gone(old):
            return
        self.groups.unpin(uow, old.id, who)
        self.groups.lock(uow, old.id, who)
