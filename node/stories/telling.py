"""Telling a story: a draft of one's own, then consent step by step, then a thread of a group that
one can change, and take back at any time.

What was agreed to is kept in the account's ledger of consents, story by story, in the words of that
day. What taking back does is in `withdrawing.py`.
"""

from collections.abc import Callable
from dataclasses import replace

from msgspec import structs

from node.errors import Invalid, NotFound, Refused
from node.groups.drafts import ThreadDraft
from node.groups.place import group_for, insist
from node.groups.rules import may_open_thread
from node.i18n import N_
from node.stories.rules import Act, can, checked, insist_whole, standing_of
from node.stories.withdrawing import OwnStory, Withdrawing
from node.stories.wording import Say, draft_of
from node.viewer import Viewer
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.posts import Post
from storage.stories import Story, StoryWords
from storage.unit_of_work import UnitOfWork

TellUnnamed = Callable[[UnitOfWork, int, ThreadDraft], Post]
"""(transaction, group, draft) to a thread under a name that nobody has seen before."""

STORIES_MOST = 100


class Telling(Withdrawing):
    """Use cases of those who tell a story."""

    def own_stories(self, uow: UnitOfWork, viewer: Viewer) -> list[OwnStory]:
        """All of the persona that is acting, and those that it told without its name."""
        return [
            self._own(uow, one)
            for one in uow.stories.of_account(viewer.account.id)
            if self._is_of(one, viewer)
        ]

    def own_story(self, uow: UnitOfWork, viewer: Viewer, story_id: int) -> OwnStory:
        """One of them. Raises NotFound."""
        return self._with_receipts(uow, self._own(uow, self._get(uow, viewer, story_id)))

    def write(
        self,
        uow: UnitOfWork,
        viewer: Viewer,
        group_id: int,
        words: StoryWords,
        story_id: int | None = None,
    ) -> Story:
        """Keep a draft, new or changed; only its author reads it. Raises Invalid, Refused."""
        group = self._group(uow, group_id, viewer.persona)
        words = self.with_cards(uow, checked(words), group, viewer.persona)
        now = self.now()
        if story_id is None:
            if len(uow.stories.of_account(viewer.account.id)) >= STORIES_MOST:
                raise Refused(N_("You have many stories here. Take one away first."), "enough")
            known = Story(
                id=self.new_id(),
                account_id=viewer.account.id,
                persona_id=viewer.persona.id,
                group_id=group_id,
                state="draft",
                changed_at=now,
            )
        else:
            known = self._for(uow, viewer, story_id, "write")
        kept = replace(known, state="draft", group_id=group_id, words=words, changed_at=now)
        uow.stories.put(kept)
        return kept

    def offer(self, uow: UnitOfWork, viewer: Viewer, story_id: int) -> Story:
        """Ready: its author is shown next what happens to it. Raises Invalid, Refused."""
        story = self._for(uow, viewer, story_id, "offer")
        insist_whole(story.words)
        group = self._group(uow, story.group_id, viewer.persona)
        self._insist_unnamed(story.words, group)
        return self._keep(uow, replace(story, state="offered"))

    def take_back(self, uow: UnitOfWork, viewer: Viewer, story_id: int) -> Story:
        """A draft again."""
        return self._keep(
            uow, replace(self._for(uow, viewer, story_id, "take-back"), state="draft")
        )

    def consent(
        self,
        uow: UnitOfWork,
        viewer: Viewer,
        story_id: int,
        say: Say,
        *,
        agrees: bool,
        tell_unnamed: TellUnnamed,
        unsafe: bool = False,
    ) -> Story:
        """Tell it: in these words, in this group, with what was agreed to written down. `unsafe`:
        its author wants the team to know that they are not safe. Raises Invalid for the field
        "agrees", Refused."""
        story = self._for(uow, viewer, story_id, "consent")
        if not agrees:
            raise Invalid("agrees", N_("Tick the box if you agree; or go back to your draft."))
        group = self._group(uow, story.group_id, viewer.persona)
        draft = draft_of(story.words, say, unsafe=unsafe)
        if story.words.unnamed:
            self._insist_unnamed(story.words, group)
            post = tell_unnamed(uow, story.group_id, draft)
        else:
            post = self.groups.post_thread(uow, story.group_id, viewer.persona, draft)
        told = replace(story, state="published", persona_id=post.author_id, post_id=post.id)
        self._agreed(uow, viewer.account, told, given=True)
        return self._keep(uow, replace(told, consented_at=self.now()))

    def change(
        self,
        uow: UnitOfWork,
        viewer: Viewer,
        story_id: int,
        words: StoryWords,
        say: Say,
        *,
        unsafe: bool = False,
    ) -> Story:
        """Other words for a story that is told; nodes that have it are sent the change. Raises
        Invalid, Refused."""
        story = self._for(uow, viewer, story_id, "change")
        author = uow.actors.get(story.persona_id)
        group = uow.groups.get(story.group_id)
        if author is None or group is None or story.post_id is None:
            raise NotFound
        wished = structs.replace(words, unnamed=story.words.unnamed)
        wished = self.with_cards(uow, checked(wished), group, author)
        insist_whole(wished)
        self.groups.edit(uow, story.post_id, author, draft_of(wished, say, unsafe=unsafe))
        return self._keep(uow, replace(story, words=wished))

    def withdraw(
        self, uow: UnitOfWork, viewer: Viewer, story_id: int, *, keep_draft: bool = False
    ) -> Story:
        """Delete it here, and ask everybody who has it to do the same. Raises NotFound, Refused."""
        story = self._for(uow, viewer, story_id, "withdraw")
        self._delete(uow, story)
        draft_of = viewer.persona if keep_draft else None
        return self._forget(uow, viewer.account, story, draft_of=draft_of)

    def discard(self, uow: UnitOfWork, viewer: Viewer, story_id: int) -> None:
        """Nothing of a draft, or of the note that a story was withdrawn, is left."""
        self._for(uow, viewer, story_id, "discard")
        uow.stories.drop(story_id)

    def _for(self, uow: UnitOfWork, viewer: Viewer, story_id: int, act: Act) -> Story:
        """The story for an act that can be done now. Raises NotFound, Refused."""
        story = self._get(uow, viewer, story_id, to_change=True)
        post = uow.posts.get(story.post_id) if story.post_id else None
        if not can(standing_of(story, post), act):
            raise Refused(N_("That cannot be done with this story now."), "not-now")
        if standing_of(story, post) == "withdrawn" and story.state == "published":
            return self._forget(uow, viewer.account, story)
        return story

    def _get(
        self, uow: UnitOfWork, viewer: Viewer, story_id: int, *, to_change: bool = False
    ) -> Story:
        read = uow.stories.hold if to_change else uow.stories.get
        story = read(viewer.account.id, story_id)
        if story is None or not self._is_of(story, viewer):
            raise NotFound
        return story

    @staticmethod
    def _is_of(story: Story, viewer: Viewer) -> bool:
        """Under one name nothing shows that was told under another, but what was told without a
        name is kept by whoever acts for the account."""
        return story.persona_id == viewer.persona.id or story.words.unnamed

    def _group(self, uow: UnitOfWork, group_id: int, persona: Actor) -> GroupWithActor:
        group = group_for(uow, group_id, persona)
        insist(may_open_thread(group.group, persona, uow.memberships.get(group_id, persona.id)))
        return group

    @staticmethod
    def _insist_unnamed(words: StoryWords, group: GroupWithActor) -> None:
        if words.unnamed and not (group.group.allows_anonymous and group.actor.is_local):
            raise Invalid(
                "unnamed", N_("In this group stories are told under the name that people know.")
            )
