"""What the use cases of stories hold, and how they find a coping card that a story names."""

import re
from typing import Final, Protocol

from msgspec import structs

from node.errors import Invalid
from node.groups.rules import federated
from node.groups.service import Groups
from node.i18n import N_
from node.ports import Clock, NewId
from node.visibility import may_read_group
from storage.accounts import Account
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.stories import StoryWords
from storage.unit_of_work import UnitOfWork

_CARD: Final = re.compile(r"/(?:coping|posts|threads)/(\d{1,19})$")


class Agreeing(Protocol):
    """The ledger of consents, as this room needs it."""

    def agree_to_story(
        self,
        uow: UnitOfWork,
        account: Account,
        persona_id: int,
        group_id: int,
        story_id: int,
        *,
        given: bool,
    ) -> None:
        """Write down that a story may be told, or no longer."""


class Tools:
    """Built once by `node/support.py`; `origin` is the node's own."""

    def __init__(
        self, groups: Groups, ledger: Agreeing, origin: str, now: Clock, new_id: NewId
    ) -> None:
        self.groups = groups
        self.ledger = ledger
        self.origin = origin
        self.now = now
        self.new_id = new_id

    def with_cards(
        self, uow: UnitOfWork, words: StoryWords, group: GroupWithActor, author: Actor
    ) -> StoryWords:
        """The words with the addresses of cards as they travel. A card shows to whoever reads the
        story: one from a closed group stays there. Raises Invalid."""
        uris = tuple(self._card(uow, one, group, author) for one in words.cards)
        return structs.replace(words, cards=uris)

    def _card(self, uow: UnitOfWork, typed: str, group: GroupWithActor, author: Actor) -> str:
        found = _CARD.search(typed.split("?")[0].split("#")[0])
        post = uow.posts.by_uri(typed)
        if post is None and found is not None and self._is_here(typed):
            post = uow.posts.get(int(found[1]))
        place = uow.groups.get(post.group_id) if post else None
        if post is None or place is None or post.wire_type != "Article":
            raise Invalid("cards", N_("Give the address of a coping card, one on each line."))
        membership = uow.memberships.get(place.actor.id, author.id)
        if not may_read_group(place.group, author, membership):
            raise Invalid("cards", N_("Give the address of a coping card, one on each line."))
        if federated(place) is None and place.actor.id != group.actor.id:
            raise Invalid("cards", N_("That card stays in its own group. Choose another one."))
        return post.uri

    def _is_here(self, typed: str) -> bool:
        return typed.startswith(("/", self.origin + "/"))
