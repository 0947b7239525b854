"""A story as a thread: its text says everything, for those who read no fields; the fields stand
beside it, for nodes like this one."""

from collections.abc import Callable
from typing import Any

from node.groups.drafts import ThreadDraft
from node.i18n import N_
from node.stories.rules import KIND, helped_label
from node.topics import label_of
from storage.articles import Article
from storage.stories import StoryWords

Say = Callable[[str], str]
"""A sentence of ours in the language of the author."""


def draft_of(words: StoryWords, say: Say, *, unsafe: bool = False) -> ThreadDraft:
    """The thread that a story is; `unsafe`: who tells it ticked that they are not safe."""
    return ThreadDraft(
        title=words.title,
        text=_text(words, say),
        content_warning=words.content_warning or None,
        language=words.language or None,
        unsafe=unsafe,
        article=Article(kind=KIND, details=details_of(words), licence=None),
    )


def details_of(words: StoryWords) -> dict[str, Any]:
    """The fields that travel."""
    return {
        "topics": list(words.topics),
        "helped": list(words.helped),
        "inOwnWords": list(words.others),
        "cards": list(words.cards),
    }


def _text(words: StoryWords, say: Say) -> str:
    parts = [words.text]
    helped = [say(helped_label(one)) for one in words.helped] + list(words.others)
    if helped or words.cards:
        parts.append(f"**{say(N_('What helped'))}**")
        lines = [f"- {one}" for one in helped] + [f"- <{one}>" for one in words.cards]
        parts.append("\n".join(lines))
    if words.topics:
        themes = ", ".join(say(label_of(one)) for one in words.topics)
        parts.append(f"*{say(N_('About:'))} {themes}*")
    return "\n\n".join(parts)
