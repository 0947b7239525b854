"""Lists: some of those whom a persona follows, read apart from the others. Only their owner knows
that they are there, and who is on them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, get_args

from node.errors import Invalid, NotFound
from node.ports import Clock, NewId
from storage.actors import Actor
from storage.lists import ReadingList, RepliesPolicy
from storage.unit_of_work import UnitOfWork

LISTS_MOST: Final = 50
TITLE_MOST: Final = 200
POLICIES: Final[tuple[RepliesPolicy, ...]] = get_args(RepliesPolicy)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDraft:
    """What was typed; None leaves as it is."""

    title: str | None = None
    replies_policy: str | None = None
    exclusive: bool | None = None


class Lists:
    """Use cases of a person's own lists. What is not theirs is NotFound."""

    def __init__(self, now: Clock, new_id: NewId) -> None:
        self._now = now
        self._new_id = new_id

    def get(self, uow: UnitOfWork, persona: Actor, list_id: int) -> ReadingList:
        """Raises NotFound."""
        found = uow.lists.get(persona.id, list_id)
        if found is None:
            raise NotFound
        return found

    def make(self, uow: UnitOfWork, persona: Actor, draft: ListDraft) -> ReadingList:
        """Raises Invalid."""
        if len(uow.lists.of_persona(persona.id)) >= LISTS_MOST:
            raise Invalid("title", f"Validation failed: You have {LISTS_MOST} lists already")
        empty = ReadingList(
            id=self._new_id(), persona_id=persona.id, title="", created_at=self._now()
        )
        made = _changed(empty, replace(draft, title=draft.title or ""))
        uow.lists.put(made)
        return made

    def change(
        self, uow: UnitOfWork, persona: Actor, list_id: int, draft: ListDraft
    ) -> ReadingList:
        """Raises Invalid, NotFound."""
        changed = _changed(self.get(uow, persona, list_id), draft)
        uow.lists.put(changed)
        return changed

    def drop(self, uow: UnitOfWork, persona: Actor, list_id: int) -> None:
        """Raises NotFound."""
        if not uow.lists.drop(persona.id, list_id):
            raise NotFound

    def add(self, uow: UnitOfWork, persona: Actor, list_id: int, ids: Iterable[int]) -> None:
        """Put people or groups on a list whom the persona follows, itself among them; all or
        nobody. Raises NotFound, also for whom it does not follow, and Invalid."""
        one, wanted = self.get(uow, persona, list_id), set(ids)
        followed = uow.lists.followed(persona.id, wanted)
        if wanted - followed - {persona.id}:
            raise NotFound
        if wanted & uow.lists.members(one.id):
            raise Invalid("account_ids", "Validation failed: Account has already been taken")
        uow.lists.add(one.id, wanted)

    def remove(self, uow: UnitOfWork, persona: Actor, list_id: int, ids: Iterable[int]) -> None:
        """Take people off a list. Who is not on it stays off. Raises NotFound."""
        uow.lists.remove(self.get(uow, persona, list_id).id, ids)


def _changed(one: ReadingList, draft: ListDraft) -> ReadingList:
    if draft.title is not None:
        one = replace(one, title=_title(draft.title))
    if draft.replies_policy is not None:
        one = replace(one, replies_policy=_policy(draft.replies_policy))
    if draft.exclusive is not None:
        one = replace(one, exclusive=draft.exclusive)
    return one


def _title(text: str) -> str:
    title = text.strip()
    if not title:
        raise Invalid("title", "Validation failed: Title can't be blank")
    if len(title) > TITLE_MOST:
        raise Invalid("title", f"Validation failed: Title fits {TITLE_MOST} characters")
    return title


def _policy(text: str) -> RepliesPolicy:
    for known in POLICIES:
        if known == text:
            return known
    raise Invalid(
        "replies_policy", f"Validation failed: Replies policy is one of {', '.join(POLICIES)}"
    )
