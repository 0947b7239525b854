"""What a reader's own filters make of a thread that waits: left out, or folded under the name of
the filter. Whoever filters a word is never led to it by a button.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from node.safety.filter_rules import Match, is_dropped, matches
from storage.filters import Filter, FilterContext
from storage.hashtags import tag_key, tag_names
from storage.posts import Post
from storage.waiting import WaitingThread

CONTEXTS: Final[tuple[FilterContext, ...]] = ("home", "public")
"""A list of what groups one reads is both."""


Plain = Callable[[str], str]
"""Clean HTML to the words that somebody reads."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """A thread that waits; `filters` are the titles of the reader's filters that it meets."""

    waiting: WaitingThread
    filters: tuple[str, ...] = ()


def sifted(
    found: Sequence[WaitingThread], filters: Sequence[Filter], plain: Plain, tag: str = ""
) -> list[Sifted]:
    """Without what a filter hides, and without what has not the tag that was asked for."""
    shown = []
    for one in found:
        post = one.view.post
        if tag and not has_tag(post, tag):
            continue
        met = filters_met(post, filters, plain)
        if not any(is_dropped(met, context) for context in CONTEXTS):
            shown.append(Sifted(one, tuple(match.filter.title for match in met)))
    return shown


def filters_met(post: Post, filters: Sequence[Filter], plain: Plain) -> list[Match]:
    """The filters that the words of a post meet, or that name it."""
    if not filters:
        return []
    texts = (post.title or "", post.content_warning or "", plain(post.content))
    return matches(filters, texts, [post.id])


def has_tag(post: Post, tag: str) -> bool:
    """Whether the words of a post have the tag; `tag` is its key."""
    return any(tag_key(name) == tag for name in tag_names(post.content, post.title))
