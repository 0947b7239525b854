"""Filters: what a person would rather not meet while reading. Nobody else ever learns of them.

Apps and pages ask the same two things: what of a reader's filters a text meets (`Filters.on`,
`filter_rules.matches`), and whether it is left out of the list at hand (`is_dropped`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from node.errors import Invalid, NotFound
from node.ports import Clock, NewId
from node.safety.filter_rules import (
    FILTERS_MOST,
    KEYWORDS_MOST,
    STATUSES_MOST,
    action_of,
    contexts_of,
    is_on,
    keyword_of,
    title_of,
)
from storage.actors import Actor
from storage.filters import Filter, FilteredStatus, Keyword
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordChange:
    """A word to add, or with `id` one to change or, with `drop`, to take out."""

    id: int | None = None
    keyword: str | None = None
    whole_word: bool | None = None
    drop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterDraft:
    """What was typed; None leaves as it is. `ends` says that `expires_at` was given, be it None."""

    title: str | None = None
    contexts: tuple[str, ...] | None = None
    action: str | None = None
    ends: bool = False
    expires_at: datetime | None = None
    keywords: tuple[KeywordChange, ...] = ()


class Filters:
    """Use cases of a person's own filters. What is not theirs is NotFound."""

    def __init__(self, now: Clock, new_id: NewId) -> None:
        self._now = now
        self._new_id = new_id

    def on(self, uow: UnitOfWork, reader: Actor | None) -> tuple[Filter, ...]:
        """The reader's filters that work now. Two queries at most, whatever they are used for."""
        if reader is None:
            return ()
        now = self._now()
        return tuple(one for one in uow.filters.of_persona(reader.id) if is_on(one, now))

    def all_of(self, uow: UnitOfWork, persona: Actor) -> list[Filter]:
        """All that the persona has, the oldest first."""
        return uow.filters.of_persona(persona.id)

    def get(self, uow: UnitOfWork, persona: Actor, filter_id: int) -> Filter:
        """Raises NotFound."""
        found = uow.filters.get(persona.id, filter_id)
        if found is None:
            raise NotFound
        return found

    def make(self, uow: UnitOfWork, persona: Actor, draft: FilterDraft) -> Filter:
        """A new filter. Raises Invalid."""
        if len(uow.filters.of_persona(persona.id)) >= FILTERS_MOST:
            raise Invalid("title", f"There are {FILTERS_MOST} filters already; delete one first")
        made = Filter(
            id=self._new_id(),
            persona_id=persona.id,
            title=title_of(draft.title or ""),
            contexts=contexts_of(draft.contexts or ()),
            action=action_of(draft.action or "warn"),
            expires_at=draft.expires_at,
            created_at=self._now(),
        )
        return self._keep(uow, self._with_keywords(made, draft.keywords))

    def change(self, uow: UnitOfWork, persona: Actor, filter_id: int, draft: FilterDraft) -> Filter:
        """Raises Invalid, NotFound."""
        one = self._to_change(uow, persona, filter_id)
        if draft.title is not None:
            one = replace(one, title=title_of(draft.title))
        if draft.contexts is not None:
            one = replace(one, contexts=contexts_of(draft.contexts))
        if draft.action is not None:
            one = replace(one, action=action_of(draft.action))
        if draft.ends:
            one = replace(one, expires_at=draft.expires_at)
        return self._keep(uow, self._with_keywords(one, draft.keywords))

    def drop(self, uow: UnitOfWork, persona: Actor, filter_id: int) -> None:
        """Raises NotFound."""
        if not uow.filters.drop(persona.id, filter_id):
            raise NotFound
        _tell(uow, persona.id)

    def keyword(self, uow: UnitOfWork, persona: Actor, keyword_id: int) -> tuple[Filter, Keyword]:
        """One word, with the filter that it is of. Raises NotFound."""
        for one in uow.filters.of_persona(persona.id):
            for word in one.keywords:
                if word.id == keyword_id:
                    return one, word
        raise NotFound

    def status(
        self, uow: UnitOfWork, persona: Actor, entry_id: int
    ) -> tuple[Filter, FilteredStatus]:
        """One post that a filter names, with the filter. Raises NotFound."""
        for one in uow.filters.of_persona(persona.id):
            for entry in one.statuses:
                if entry.id == entry_id:
                    return one, entry
        raise NotFound

    def add_keyword(
        self, uow: UnitOfWork, persona: Actor, filter_id: int, change: KeywordChange
    ) -> Keyword:
        """Raises Invalid, NotFound."""
        one = self._to_change(uow, persona, filter_id)
        return self._keep(uow, self._with_keywords(one, (change,))).keywords[-1]

    def change_keyword(self, uow: UnitOfWork, persona: Actor, change: KeywordChange) -> Keyword:
        """`change.id` says which, wherever it is. Raises Invalid, NotFound."""
        found, _ = self.keyword(uow, persona, change.id or 0)
        one = self._to_change(uow, persona, found.id)
        kept = self._keep(uow, self._with_keywords(one, (change,)))
        return next(word for word in kept.keywords if word.id == change.id)

    def drop_keyword(self, uow: UnitOfWork, persona: Actor, keyword_id: int) -> None:
        """Raises NotFound."""
        found, _ = self.keyword(uow, persona, keyword_id)
        one = self._to_change(uow, persona, found.id)
        self._keep(uow, self._with_keywords(one, (KeywordChange(id=keyword_id, drop=True),)))

    def add_status(
        self, uow: UnitOfWork, persona: Actor, filter_id: int, status_id: int
    ) -> FilteredStatus:
        """The caller has made sure that the persona may read the post. A second time changes
        nothing. Raises Invalid, NotFound."""
        one = self._to_change(uow, persona, filter_id)
        for entry in one.statuses:
            if entry.status_id == status_id:
                return entry
        if len(one.statuses) >= STATUSES_MOST:
            raise Invalid("status_id", f"A filter names at most {STATUSES_MOST} posts")
        entry = FilteredStatus(self._new_id(), status_id)
        self._keep(uow, replace(one, statuses=(*one.statuses, entry)))
        return entry

    def drop_status(self, uow: UnitOfWork, persona: Actor, entry_id: int) -> None:
        """Raises NotFound."""
        found, entry = self.status(uow, persona, entry_id)
        one = self._to_change(uow, persona, found.id)
        kept = tuple(each for each in one.statuses if each.id != entry.id)
        self._keep(uow, replace(one, statuses=kept))

    def _to_change(self, uow: UnitOfWork, persona: Actor, filter_id: int) -> Filter:
        found = uow.filters.get_to_change(persona.id, filter_id)
        if found is None:
            raise NotFound
        return found

    def _keep(self, uow: UnitOfWork, one: Filter) -> Filter:
        uow.filters.put(one)
        _tell(uow, one.persona_id)
        return one

    def _with_keywords(self, one: Filter, changes: Iterable[KeywordChange]) -> Filter:
        kept = {word.id: word for word in one.keywords}
        for change in changes:
            if change.id is not None and change.id not in kept:
                raise NotFound
            if change.drop:
                kept.pop(change.id or 0, None)
                continue
            word = _word(kept.get(change.id or 0), change, self._new_id)
            kept[word.id] = word
        if len(kept) > KEYWORDS_MOST:
            raise Invalid("keywords_attributes", f"A filter has at most {KEYWORDS_MOST} words")
        return replace(one, keywords=tuple(kept.values()))


def _word(before: Keyword | None, change: KeywordChange, new_id: NewId) -> Keyword:
    text = before.keyword if before and change.keyword is None else change.keyword or ""
    whole = change.whole_word
    if whole is None:
        whole = before.whole_word if before else True
    return Keyword(before.id if before else new_id(), keyword_of(text), whole)


def _tell(uow: UnitOfWork, persona_id: int) -> None:
    """The persona's open apps read their filters again."""
    uow.events.note("filters", persona_id, persona_id)
