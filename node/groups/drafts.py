"""What a member typed, checked: every refusal names the field and what would be accepted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from node.attaching import UNCHANGED, Draft, Wire
from node.errors import Invalid
from node.i18n import N_
from node.polls.rules import PollDraft
from storage.articles import Article

__all__ = [
    "PollDraft",
    "PostBody",
    "ReplyDraft",
    "ThreadDraft",
    "body_of",
    "created_at",
]

TITLE_LIMIT = 200
TEXT_LIMIT = 20_000
WARNING_LIMIT = 200
REPLIES_WANTED = ("just-listening", "similar-experience", "ideas", "celebrate")

Markdown = Callable[[str], str]
"""Markdown text to clean HTML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDraft:
    """A reply as typed. `language` is a BCP 47 tag such as "en" or "pt-BR"; `media_ids` name files
    that its author has sent before, in the order in which they are shown. `content` is clean HTML
    that a program made of the text; without it the text is taken for Markdown. When a post is
    changed, None leaves `sensitive`, the files and the poll as they are; at first it means none. ()
    takes the files away. `unsafe`: its author is not safe, and wants the team to know."""

    text: str
    content: str | None = None
    content_warning: str | None = None
    language: str | None = None
    sensitive: bool | None = None
    media_ids: tuple[int, ...] | None = None
    poll: PollDraft | None = None
    unsafe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadDraft(ReplyDraft):
    """A new thread as typed; `reply_wanted` is one of REPLIES_WANTED or None. `article` are the
    fields of a card or a story, whose `text` says the same for those who read no fields."""

    title: str
    reply_wanted: str | None = None
    article: Article | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostBody:
    """What a post says, ready to keep: `content` is clean HTML, whoever wrote it and wherever.
    `draft` is what one of us hangs on it, `wire` what another node did."""

    content: str
    source: str | None
    title: str | None = None
    content_warning: str | None = None
    language: str | None = None
    reply_wanted: str | None = None
    sensitive: bool | None = None
    draft: Draft = UNCHANGED
    wire: Wire | None = None
    unsafe: bool = False


def body_of(draft: ReplyDraft, markdown: Markdown) -> PostBody:
    """The draft as a body. Raises Invalid, naming the first field that does not fit."""
    title = reply_wanted = article = None
    if isinstance(draft, ThreadDraft):
        title = _title(draft.title)
        reply_wanted = _reply_wanted(draft.reply_wanted)
        article = draft.article
        if article is not None and draft.poll is not None:
            raise Invalid("poll", N_("A card or a story has no poll; start a thread for that."))
    text = _text(draft.text, may_be_empty=bool(draft.media_ids))
    return PostBody(
        title=title,
        content=markdown(text) if draft.content is None else draft.content,
        source=text,
        content_warning=_warning(draft.content_warning),
        language=_language(draft.language),
        reply_wanted=reply_wanted,
        sensitive=draft.sensitive,
        draft=Draft(media=draft.media_ids, poll=draft.poll, article=article),
        unsafe=draft.unsafe,
    )


def created_at(published: datetime | None, now: datetime) -> datetime:
    """The time a post bears: its author's word, unless it lies in the future."""
    return min(published, now) if published else now


def _title(value: str) -> str:
    title = " ".join(value.split())
    if not title:
        raise Invalid("title", N_("Give your thread a title, so that others can find it."))
    if len(title) > TITLE_LIMIT:
        raise Invalid("title", N_("The title is too long; up to 200 characters fit."))
    return title


def _text(value: str, *, may_be_empty: bool) -> str:
    """A picture may stand for itself."""
    text = value.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text and not may_be_empty:
        raise Invalid("text", N_("Write something first; a few words are enough."))
    if len(text) > TEXT_LIMIT:
        raise Invalid("text", N_("The text is too long; up to 20,000 characters fit."))
    return text


def _warning(value: str | None) -> str | None:
    warning = " ".join((value or "").split())
    if len(warning) > WARNING_LIMIT:
        raise Invalid("content_warning", N_("The content warning fits 200 characters."))
    return warning or None


def _language(value: str | None) -> str | None:
    if not value:
        return None
    if len(value) > 35 or not all(part.isalnum() and part.isascii() for part in value.split("-")):
        raise Invalid("language", N_("Choose a language from the list."))
    return value


def _reply_wanted(value: str | None) -> str | None:
    if not value:
        return None
    if value not in REPLIES_WANTED:
        raise Invalid("reply_wanted", N_("Choose one of the kinds of reply from the list."))
    return value
