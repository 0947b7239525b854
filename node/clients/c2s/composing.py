"""A posted object as the words and the choices that a use case takes, and changes to one. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from activitypub.content import clean_html, plain_text
from activitypub.vocabulary import REPLIES_WANTED, SHORT_TYPES
from node.clients.c2s.submission import Json, language_of, type_of, words
from node.clients.composition import Composition
from node.errors import Invalid
from node.groups.drafts import PollDraft
from storage.posts import Post

TYPED: Final = ("text/markdown", "text/plain")
"""Kinds of `source` that are what somebody typed."""


def composition_of(thing: Json) -> Composition:
    """The object of a Create. Where it goes is for its addressing to say. Raises Invalid."""
    kind = type_of(thing, "object.type")
    text, content = _text(thing)
    return Composition(
        text=text,
        content=content,
        title=words(thing, "name"),
        spoiler_text=_warning(thing, kind),
        sensitive=thing.get("sensitive") is True,
        language=language_of(thing),
        reply_wanted=_reply_wanted(thing),
        poll=_poll(thing) if kind == "Question" else None,
    )


def changed(post: Post, change: Json) -> Composition:
    """A post of one's own with some properties changed: what is not named stays as it is, and null
    takes a property away (W3C ActivityPub 6.3). Raises Invalid."""
    sent = Composition(
        text=post.source or plain_text(post.content),
        content=post.content,
        title=post.title,
        spoiler_text=post.content_warning,
        language=post.language,
        reply_wanted=post.reply_wanted,
    )
    if _names(change, "content") or "source" in change:
        text, content = _text(change)
        sent = replace(sent, text=text, content=content)
    if _names(change, "name"):
        sent = replace(sent, title=words(change, "name"))
    if _names(change, "summary"):
        sent = replace(sent, spoiler_text=words(change, "summary"))
    if "sensitive" in change and change["sensitive"] is not True and not _names(change, "summary"):
        sent = replace(sent, spoiler_text=None)
    if "replyWanted" in change:
        sent = replace(sent, reply_wanted=_reply_wanted(change))
    language = language_of(change)
    return replace(sent, language=language) if language else sent


def _names(change: Json, name: str) -> bool:
    return name in change or f"{name}Map" in change


def _text(thing: Json) -> tuple[str, str | None]:
    """What was typed, and clean HTML. Where only one of them was sent, the other follows from it:
    HTML is None where the text is to be rendered as Markdown."""
    content, source = words(thing, "content"), thing.get("source")
    typed = None
    if isinstance(source, Mapping) and source.get("mediaType", TYPED[0]) in TYPED:
        typed = words(source, "content")
    if content is not None and thing.get("mediaType", "text/html") in TYPED:
        return content, None
    if content is None:
        return typed or "", None
    clean = clean_html(content)
    return (typed if typed and typed.strip() else plain_text(clean)), clean


def _warning(thing: Json, kind: str) -> str | None:
    """`summary` warns on a Note; elsewhere it is a teaser, unless the object is sensitive."""
    if kind in SHORT_TYPES or thing.get("sensitive") is True:
        summary = words(thing, "summary")
        return plain_text(summary) if summary else None
    return None


def _reply_wanted(thing: Json) -> str | None:
    wanted = thing.get("replyWanted")
    if wanted is not None and wanted not in REPLIES_WANTED:
        raise Invalid("replyWanted", f"replyWanted must be one of {', '.join(REPLIES_WANTED)}")
    return wanted


def _poll(thing: Json) -> PollDraft:
    """`oneOf` or `anyOf` with names, open until `endTime` (W3C ActivityStreams vocabulary)."""
    many = "anyOf" in thing
    options = thing.get("anyOf" if many else "oneOf")
    if not isinstance(options, list) or not all(isinstance(one, Mapping) for one in options):
        raise Invalid("oneOf", "A Question needs oneOf or anyOf, a list of objects with a name")
    names = tuple(words(one, "name") or "" for one in options)
    return PollDraft(options=names, multiple=many, closes_at=_moment(thing.get("endTime")))


def _moment(value: Any) -> datetime:
    try:
        at = datetime.fromisoformat(value)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise Invalid("endTime", "endTime must be a time such as 2026-03-05T18:20:00Z") from None
