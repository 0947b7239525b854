"""Which words somebody does not want to meet, and whether a text has them. Pure.

A word meets a text whatever its case. A whole word stands alone: "cut" is found in "a cut." and not
in "execute". A phrase meets its words in this order, whatever space lies between them, and so also
over the end of a line.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final, get_args

from node.errors import Invalid
from storage.filters import Filter, FilterAction, FilterContext, Keyword

CONTEXTS: Final[tuple[FilterContext, ...]] = get_args(FilterContext)
ACTIONS: Final[tuple[FilterAction, ...]] = get_args(FilterAction)
FILTERS_MOST: Final = 100
KEYWORDS_MOST: Final = 200
"""Words of one filter."""
STATUSES_MOST: Final = 500
WORD_MOST: Final = 200
"""Characters of one word or phrase."""
TITLE_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Match:
    """A filter that something met: by which of its words, and whether it names the very post."""

    filter: Filter
    keywords: tuple[str, ...] = ()
    status_ids: tuple[int, ...] = ()


def is_on(one: Filter, now: datetime) -> bool:
    """Whether a filter has not ended."""
    return one.expires_at is None or one.expires_at > now


def matches(
    filters: Sequence[Filter], texts: Iterable[str], status_ids: Iterable[int] = ()
) -> list[Match]:
    """The filters that these texts meet, or that name one of these posts. A word must stand in one
    of the texts; two of them never make a phrase together."""
    parts, ids = [text for text in texts if text], set(status_ids)
    found = []
    for one in filters:
        words = found_words(one.keywords, parts)
        named = tuple(each.status_id for each in one.statuses if each.status_id in ids)
        if words or named:
            found.append(Match(one, words, named))
    return found


def found_words(keywords: tuple[Keyword, ...], texts: Sequence[str]) -> tuple[str, ...]:
    """Those of the words that stand in one of the texts."""
    if not keywords or not any(_any_of(keywords).search(text) for text in texts):
        return ()
    return tuple(
        one.keyword for one in keywords if any(_any_of((one,)).search(text) for text in texts)
    )


def is_dropped(found: Iterable[Match], context: FilterContext) -> bool:
    """Whether what met these filters is left out of a list of this kind, as its reader asked."""
    return any(one.filter.action == "hide" and context in one.filter.contexts for one in found)


@lru_cache(maxsize=512)
def _any_of(keywords: tuple[Keyword, ...]) -> re.Pattern[str]:
    """One pattern for all of them, so that what meets none is read once."""
    return re.compile("|".join(map(_pattern, keywords)), re.IGNORECASE)


def _pattern(one: Keyword) -> str:
    """Every character stands for itself: nothing that somebody types can be costly to look for."""
    words = one.keyword.split()
    inner = r"\s+".join(map(re.escape, words))
    if not one.whole_word or not words:
        return inner or r"(?!)"
    before = r"(?<!\w)" if _is_letter(words[0][0]) else ""
    after = r"(?!\w)" if _is_letter(words[-1][-1]) else ""
    return before + inner + after


def _is_letter(character: str) -> bool:
    return re.match(r"\w", character) is not None


def title_of(text: str) -> str:
    """A title as it may be kept. Raises Invalid."""
    title = text.strip()
    if not title:
        raise Invalid("title", "Validation failed: Title can't be blank")
    if len(title) > TITLE_MOST:
        raise Invalid("title", f"Validation failed: Title fits {TITLE_MOST} characters")
    return title


def keyword_of(text: str) -> str:
    """A word as it may be kept. Raises Invalid."""
    word = text.strip()
    if not word:
        raise Invalid("keyword", "Validation failed: Keyword can't be blank")
    if len(word) > WORD_MOST:
        raise Invalid("keyword", f"Validation failed: Keyword fits {WORD_MOST} characters")
    return word


def contexts_of(values: Iterable[str]) -> tuple[FilterContext, ...]:
    """Where a filter works, in a fixed order. Raises Invalid."""
    given = set(values)
    if not given or given - set(CONTEXTS):
        raise Invalid(
            "context", f"Validation failed: Context must be some of {', '.join(CONTEXTS)}"
        )
    return tuple(one for one in CONTEXTS if one in given)


def action_of(value: str) -> FilterAction:
    """What becomes of what meets a filter. Raises Invalid."""
    for known in ACTIONS:
        if known == value:
            return known
    raise Invalid("filter_action", f"Validation failed: Action must be one of {', '.join(ACTIONS)}")
