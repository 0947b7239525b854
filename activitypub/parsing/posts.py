"""Posts of every dialect to one `Post`.

A `summary` means two things in the fediverse. On a Note or Question it is the content warning. On a
Page, Article, Video or Event it is a teaser of the text, and only a warning when `sensitive` is set
(FEP-b2b8); there it is HTML, so the tags are taken off.
"""

from typing import Any

from activitypub.errors import WireError
from activitypub.parsing import fields
from activitypub.parsing.articles import parse_article
from activitypub.parsing.attachments import parse_attachments
from activitypub.parsing.polls import parse_poll
from activitypub.plain_text import plain_text
from activitypub.vocabulary import (
    POST_TYPES,
    REPLIES_WANTED,
    SHORT_TYPES,
    Post,
    Source,
    Tag,
    Tombstone,
)


def parse_post(document: dict[str, Any], author: str | None = None) -> Post:
    """The post in `document`. `author` is who sent it, for posts that do not name their author.

    Raises WireError "unexpected-type", "no-id", "no-author" or "bad-reply".
    """
    kind = fields.document_type(document)
    if kind not in POST_TYPES:
        raise WireError("unexpected-type", f"expected a post, not {kind}")
    post_id = fields.document_id(document)
    attributed_to, groups = _authors(document, author)
    warning = _content_warning(document, kind)
    return Post(
        id=post_id,
        type=kind,
        attributed_to=attributed_to,
        to=fields.references(document.get("to")),
        cc=fields.references(document.get("cc")),
        audience=tuple(dict.fromkeys((*fields.references(document.get("audience")), *groups))),
        in_reply_to=_in_reply_to(document),
        content_warning=warning,
        sensitive=fields.flag(document.get("sensitive")) or warning is not None,
        source=_source(document.get("source")),
        context=fields.reference(document.get("context")),
        replies=fields.home_url(document.get("replies"), post_id),
        url=fields.home_url(fields.link(document.get("url"), "text/html"), post_id),
        language=fields.language(document),
        reply_wanted=_reply_wanted(document),
        comments_enabled=fields.optional_flag(document.get("commentsEnabled")),
        tags=_tags(document.get("tag")),
        published=fields.moment(document.get("published")),
        updated=fields.moment(document.get("updated")),
        raw=document,
        **_words(document),
        **_attached(document),
    )


def parse_tombstone(document: dict[str, Any]) -> Tombstone:
    """What is left of a post. Raises WireError "unexpected-type" or "no-id"."""
    if fields.document_type(document) != "Tombstone":
        raise WireError("unexpected-type", "expected a Tombstone")
    return Tombstone(
        id=fields.document_id(document),
        former_type=fields.type_name(document.get("formerType")),
        deleted=fields.moment(document.get("deleted")),
    )


def _words(document: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": fields.line(fields.in_any_language(document, "name"), fields.MAX_NAME),
        "content": fields.text(fields.in_any_language(document, "content"), fields.MAX_CONTENT)
        or "",
        "media_type": fields.media_type(document.get("mediaType"), "text/html"),
    }


def _attached(document: dict[str, Any]) -> dict[str, Any]:
    return {
        "attachments": parse_attachments(document.get("attachment")),
        "poll": parse_poll(document),
        "article": parse_article(document),
    }


def _authors(document: dict[str, Any], author: str | None) -> tuple[str, tuple[str, ...]]:
    """Who wrote it, and the groups named beside (PeerTube: a person and a channel).

    The first that is not said to be a Group wrote it, whatever the order.
    """
    named = fields.items(document.get("attributedTo")) or fields.items(document.get("actor"))
    writers: list[str] = []
    groups: list[str] = []
    for one in named:
        found = fields.reference(one)
        if found is not None:
            group = isinstance(one, dict) and one.get("type") == "Group"
            (groups if group else writers).append(found)
    if not writers and groups:
        writers, groups = groups[:1], groups[1:]
    if not writers and author is not None and not named:
        writers = [author]
    if not writers:
        raise WireError("no-author", "expected an author whose id is an http or https URL")
    return writers[0], tuple(groups)


def _in_reply_to(document: dict[str, Any]) -> str | None:
    """What is answered. A reply to something unreadable must not turn into a new thread."""
    value = document.get("inReplyTo")
    found = fields.reference(value)
    if found is None and value:
        raise WireError("bad-reply", "inReplyTo is not an http or https URL")
    return found


def _content_warning(document: dict[str, Any], kind: str) -> str | None:
    summary = fields.in_any_language(document, "summary")
    if kind in SHORT_TYPES:
        return fields.line(summary, fields.MAX_WARNING)
    if not fields.flag(document.get("sensitive")):
        return None
    cut = fields.text(summary, fields.MAX_WARNING)
    return None if cut is None else fields.line(plain_text(cut), fields.MAX_WARNING)


def _source(value: object) -> Source | None:
    if isinstance(value, str) and value:
        value = {"content": value}
    if not isinstance(value, dict):
        return None
    content = fields.text(value.get("content"), fields.MAX_CONTENT)
    if content is None:
        return None
    kind = fields.media_type(value.get("mediaType"), "text/markdown") or "text/markdown"
    return Source(content=content, media_type=kind)


def _reply_wanted(document: dict[str, Any]) -> str | None:
    wanted = document.get("replyWanted", document.get("kith:replyWanted"))
    return wanted if isinstance(wanted, str) and wanted in REPLIES_WANTED else None


def _tags(value: object) -> tuple[Tag, ...]:
    tags: list[Tag] = []
    for one in fields.items(value):
        kind = fields.type_name(one.get("type")) if isinstance(one, dict) else None
        if kind is None:
            continue
        href = fields.http_url(one.get("href")) or fields.http_url(one.get("id"))
        name = fields.line(fields.in_any_language(one, "name"), fields.MAX_TAG_NAME)
        if href is not None or name is not None:
            tags.append(Tag(type=kind, href=href, name=name))
    return tuple(tags)
