"""Taking a story back, which must be possible at any time: also for whoever left the group or was
sent out of it, whose account stands still, or who is suspended and cannot sign in.

It deletes the thread here, asks every node that has it to do the same, takes it out of all
collections and keeps nothing of its words, unless its author wants a draft of them.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from node.errors import Invalid, NotFound
from node.i18n import N_
from node.stories.rules import Standing, can, standing_of
from node.stories.tools import Tools
from storage.accounts import Account
from storage.actors import Actor
from storage.deliveries import Delivery
from storage.groups import GroupWithActor
from storage.posts import Post
from storage.stories import Story, StoryWords
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one node answered when it was asked to forget a story. `state` is that of a delivery."""

    node: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStory:
    """A story as its author finds it. `receipts` are there once it is withdrawn."""

    story: Story
    standing: Standing
    group: GroupWithActor | None
    post: Post | None
    teller: Actor | None
    receipts: tuple[Receipt, ...] = ()

    @property
    def confirmed(self) -> int:
        """How many nodes said that they have forgotten it."""
        return sum(one.state == "sent" for one in self.receipts)


class Withdrawing(Tools):
    """Use cases of those who take a story back."""

    def told_by(self, uow: UnitOfWork, account_id: int) -> list[OwnStory]:
        """What an account told under any of its names and could take back, and what it took back,
        with what other nodes answered. For whoever has just proved to be its owner."""
        found = [self._own(uow, one) for one in uow.stories.of_account(account_id)]
        return [
            self._with_receipts(uow, one)
            for one in found
            if can(one.standing, "withdraw") or one.standing == "withdrawn"
        ]

    def withdraw_all(
        self, uow: UnitOfWork, account_id: int, story_ids: Collection[int]
    ) -> list[OwnStory]:
        """Take these back for the owner of an account, whatever was done to it: consent can always
        be withdrawn. What `told_by` finds then. Raises Invalid for field "stories" without any,
        NotFound for what is not theirs."""
        if not story_ids:
            raise Invalid("stories", N_("Tick the stories that you want to take back."))
        account = uow.accounts.get(account_id)
        if account is None:
            raise NotFound
        for story_id in story_ids:
            story = uow.stories.hold(account_id, story_id)
            if story is None:
                raise NotFound
            post = uow.posts.get(story.post_id) if story.post_id else None
            # Twice changes nothing.
            if can(standing_of(story, post), "withdraw"):
                self._delete(uow, story)
                self._forget(uow, account, story)
        return self.told_by(uow, account_id)

    def _delete(self, uow: UnitOfWork, story: Story) -> None:
        author = uow.actors.get(story.persona_id)
        if author is None or story.post_id is None:
            raise NotFound
        self.groups.delete(uow, story.post_id, author)

    def _forget(
        self, uow: UnitOfWork, account: Account, story: Story, *, draft_of: Actor | None = None
    ) -> Story:
        """After the thread is gone: out of collections and the ledger, and without its words, but
        for a draft of whom they are kept for."""
        now = self.now()
        uow.story_collections.leave_all(story.post_id or 0)
        self._agreed(uow, account, story, given=False)
        if draft_of is not None:
            draft = replace(
                story,
                id=self.new_id(),
                persona_id=draft_of.id,
                state="draft",
                post_id=None,
                consented_at=None,
                changed_at=now,
            )
            uow.stories.put(draft)
        left = StoryWords(unnamed=story.words.unnamed)
        gone = replace(story, state="withdrawn", withdrawn_at=now, words=left)
        return self._keep(uow, gone)

    def _agreed(self, uow: UnitOfWork, account: Account, story: Story, *, given: bool) -> None:
        self.ledger.agree_to_story(
            uow, account, story.persona_id, story.group_id, story.id, given=given
        )

    def _keep(self, uow: UnitOfWork, story: Story) -> Story:
        kept = replace(story, changed_at=self.now())
        uow.stories.put(kept)
        return kept

    def _own(self, uow: UnitOfWork, story: Story) -> OwnStory:
        post = uow.posts.get(story.post_id) if story.post_id else None
        return OwnStory(
            story=story,
            standing=standing_of(story, post),
            group=uow.groups.get(story.group_id),
            post=post,
            teller=uow.actors.get(story.persona_id),
        )

    @staticmethod
    def _with_receipts(uow: UnitOfWork, own: OwnStory) -> OwnStory:
        """The last word of every node that the story, or the wish to forget it, was sent to."""
        if own.standing != "withdrawn" or own.post is None:
            return own
        last = {
            one.peer_id: one for one in sorted(uow.deliveries.of_object(own.post.uri), key=_made)
        }
        nodes = uow.peers.authorities(list(last))
        found = [Receipt(nodes[peer_id], one.state) for peer_id, one in last.items()]
        return replace(own, receipts=tuple(sorted(found, key=lambda one: one.node)))


def _made(delivery: Delivery) -> int:
    return delivery.id
