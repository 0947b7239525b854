"""What hangs on a post as wire objects, both ways: pictures as Mastodon and its kin send them, and
a poll as the options of a `Question`.

Only posts that may leave the node are made into documents, so only their pictures are named here.
Mastodon shows no `name` of a Question, so a thread with a poll has its title in the text as well;
a Kith that reads it takes it out again.
"""

from html import escape
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from activitypub import vocabulary as wire
from node.attaching import Wire
from node.media.rules import ALT_MOST, RemoteMedia
from node.polls.rules import REMOTE_OPTION_LIMIT, REMOTE_OPTIONS_MOST, RemotePoll
from storage.articles import Article
from storage.post_media import PostMedia
from storage.posts import PostView

_KINDS: Final[dict[str, Literal["image", "video", "audio"]]] = {
    "image": "image",
    "video": "video",
    "audio": "audio",
}
_PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic")


def attached_of(view: PostView, origin: str) -> dict[str, Any]:
    """All that hangs on a post, as members of its document."""
    return {
        "attachments": attachments_of(view, origin),
        "poll": poll_of(view),
        "article": article_of(view),
    }


def attachments_of(view: PostView, origin: str) -> tuple[wire.Attachment, ...]:
    """The pictures of a post. `origin` is this node's."""
    return tuple(_attachment(media, origin) for media in view.media)


def poll_of(view: PostView) -> wire.Poll | None:
    """The poll of a post. Numbers that its author hides stay here until its end was told."""
    poll = view.poll
    if poll is None:
        return None
    hides = poll.hide_totals and poll.told_at is None
    counts = (0,) * len(poll.options) if hides else poll.counts
    return wire.Poll(
        options=tuple(
            wire.PollOption(name=name, votes=count)
            for name, count in zip(poll.options, counts, strict=True)
        ),
        multiple=poll.multiple,
        end_time=poll.expires_at,
        closed=poll.closed_at or (poll.expires_at if poll.told_at is not None else None),
        voters=None if hides else poll.voters,
    )


def with_title(view: PostView) -> str:
    """The text of a thread that asks something, led by its title."""
    return f"{_title(view.post.title)}{view.post.content}" if view.post.title else view.post.content


def without_title(html: str, title: str | None) -> str:
    """The text again."""
    return html.removeprefix(_title(title)) if title else html


def is_media(attachment: wire.Attachment) -> bool:
    """Whether it is something to see or to hear; all else is a link."""
    return _kind(attachment) is not None


def wire_of(post: wire.Post) -> Wire:
    """What another node hung on its post."""
    media = tuple(_media(one) for one in post.attachments if is_media(one))
    return Wire(media=media, poll=_remote_poll(post), article=_article(post))


def article_of(view: PostView) -> wire.Article | None:
    """The fields of a post that has some."""
    article = view.article
    if article is None:
        return None
    return wire.Article(kind=article.kind, details=article.details, licence=article.licence)


def _article(post: wire.Post) -> Article | None:
    """Only a thread has fields."""
    article = post.article
    if article is None or post.in_reply_to is not None:
        return None
    return Article(kind=article.kind, details=article.details, licence=article.licence)


def _remote_poll(post: wire.Post) -> RemotePoll | None:
    poll = post.poll
    if poll is None or post.type != "Question":
        return None
    options = poll.options[:REMOTE_OPTIONS_MOST]
    closed = poll.closed
    if closed is None and poll.is_closed:  # some say only that it did
        closed = poll.end_time or post.updated or post.published
    return RemotePoll(
        options=tuple(option.name[:REMOTE_OPTION_LIMIT] for option in options),
        counts=tuple(option.votes for option in options),
        multiple=poll.multiple,
        voters=poll.voters,
        expires_at=poll.end_time,
        closed_at=closed,
    )


def _attachment(media: PostMedia, origin: str) -> wire.Attachment:
    focus = (media.focus_x, media.focus_y)
    return wire.Attachment(
        type="Image" if media.kind == "image" else "Document",
        url=media.remote_url or f"{origin}/media/posts/{media.name}.webp",
        media_type=media.type or None,
        name=media.alt or None,
        width=media.width or None,
        height=media.height or None,
        blurhash=media.blurhash,
        focal_point=focus if any(focus) else None,
    )


def _media(attachment: wire.Attachment) -> RemoteMedia:
    return RemoteMedia(
        url=attachment.url,
        kind=_kind(attachment) or "unknown",
        type=attachment.media_type or "",
        alt=" ".join((attachment.name or "").split())[:ALT_MOST],
        blurhash=attachment.blurhash,
        width=attachment.width or 0,
        height=attachment.height or 0,
        focus=attachment.focal_point or (0.0, 0.0),
    )


def _kind(attachment: wire.Attachment) -> Literal["image", "video", "audio"] | None:
    if attachment.type == "Link":
        return None
    family = (attachment.media_type or "").partition("/")[0]
    if family:
        return _KINDS.get(family)
    if attachment.type in ("Image", "Video", "Audio"):
        return _KINDS[attachment.type.lower()]
    path = urlsplit(attachment.url).path.lower()
    return "image" if attachment.type == "Document" and path.endswith(_PICTURES) else None


def _title(title: str | None) -> str:
    return f"<p><strong>{escape(title or '')}</strong></p>"
