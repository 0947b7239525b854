"""Posts on the wire, so that forums and microblogs can both read them well.

A thread travels as a `Page` and a reply as a `Note`. Why a Page, when Mastodon shows of a Page only
its title, its `summary` and a link (group-federation a2 row 16)?

- Lemmy, PieFed and Mbin make a thread of a Page, with its title in `name`. A top-level Note is a
  title-less microblog post to PieFed and Mbin (Mbin even files it elsewhere), and its title would
  have to be repeated in the first line of the text.
- NodeBB sends Articles with a `preview` Note and reads Pages alike.
- Mastodon drops the `content` of a Page but shows its `summary` as text. So the summary carries
  the beginning of the text, and Mastodon's readers see what was written.

A content warning takes the place of that excerpt, with `sensitive`: Mastodon then shows the title
and the warning, with the text behind the link; Pleroma, Misskey and GoToSocial take `summary` for
the warning anyway; Lemmy and PieFed blur by `sensitive`. A sensitive Page without a warning has no
summary at all, since an excerpt there would be taken for the warning, and would show what is
to be hidden. `preview` (FEP-b2b8) holds the whole as a Note for microblogs that read it.
"""

from html import escape

from activitypub.plain_text import plain_text
from activitypub.rendering.members import language_object, one_or_list, put
from activitypub.vocabulary import SHORT_TYPES, Article, Attachment, Poll, Post, Tag, Tombstone

EXCERPT = 500
"""Characters of text that a Page gives away in its summary: what a Mastodon post may hold."""


def post_body(post: Post) -> dict[str, object]:
    """A post without `@context`."""
    body: dict[str, object] = {
        "id": post.id,
        "type": post.type,
        "attributedTo": post.attributed_to,
        "to": list(post.to),
        "cc": list(post.cc),
    }
    put(
        body,
        name=post.name,
        inReplyTo=post.in_reply_to,
        context=post.context,
        replies=post.replies,
        url=post.url,
        replyWanted=post.reply_wanted,
        commentsEnabled=post.comments_enabled,
        published=post.published,
        updated=post.updated,
    )
    if post.audience:
        body["audience"] = one_or_list(post.audience)
    _add_words(body, post)
    _add_warning(body, post)
    body["tag"] = [_tag(tag) for tag in post.tags]
    body["attachment"] = [_attachment(one) for one in post.attachments]
    if post.poll is not None:
        _add_poll(body, post.poll)
    if post.article is not None:
        _add_article(body, post.article)
    return body


def tombstone_body(tombstone: Tombstone) -> dict[str, object]:
    """What stands where a post was, without `@context` (FEP-4f05)."""
    body: dict[str, object] = {"id": tombstone.id, "type": "Tombstone"}
    put(body, formerType=tombstone.former_type, deleted=tombstone.deleted)
    return body


def _add_words(body: dict[str, object], post: Post) -> None:
    body["content"] = post.content
    body["mediaType"] = post.media_type
    if post.source is not None:
        body["source"] = {"content": post.source.content, "mediaType": post.source.media_type}
    if post.language is not None:
        body["language"] = language_object(post.language)
        if post.content:
            body["contentMap"] = {post.language: post.content}


def _add_warning(body: dict[str, object], post: Post) -> None:
    sensitive = post.sensitive or post.content_warning is not None
    body["sensitive"] = sensitive
    if post.type in SHORT_TYPES:
        put(body, summary=post.content_warning)
        return
    if post.content_warning is not None:
        body["summary"] = escape(post.content_warning, quote=False)
    elif not sensitive:
        put(body, summary=excerpt(post.content))
    if post.content:
        body["preview"] = _preview(post)


def _preview(post: Post) -> dict[str, object]:
    preview: dict[str, object] = {"type": "Note", "attributedTo": post.attributed_to}
    put(preview, summary=post.content_warning, content=post.content, published=post.published)
    if post.sensitive or post.content_warning is not None:
        preview["sensitive"] = True
    return preview


def excerpt(html: str) -> str:
    """The beginning of a text as HTML without tags, cut at a word when it is long."""
    whole = " ".join(plain_text(html).split())
    if len(whole) > EXCERPT:
        head = whole[:EXCERPT]
        whole = (head.rpartition(" ")[0] or head) + " …"
    return escape(whole, quote=False)


def _tag(tag: Tag) -> dict[str, object]:
    body: dict[str, object] = {"type": tag.type}
    put(body, href=tag.href, name=tag.name)
    return body


def _attachment(attachment: Attachment) -> dict[str, object]:
    body: dict[str, object] = {"type": attachment.type}
    body["href" if attachment.type == "Link" else "url"] = attachment.url
    put(
        body,
        mediaType=attachment.media_type,
        name=attachment.name,
        width=attachment.width,
        height=attachment.height,
        blurhash=attachment.blurhash,
    )
    if attachment.focal_point is not None:
        body["focalPoint"] = list(attachment.focal_point)
    return body


def _add_poll(body: dict[str, object], poll: Poll) -> None:
    body["anyOf" if poll.multiple else "oneOf"] = [
        {
            "type": "Note",
            "name": option.name,
            "replies": {"type": "Collection", "totalItems": option.votes},
        }
        for option in poll.options
    ]
    put(body, endTime=poll.end_time, closed=poll.closed, votersCount=poll.voters)


def _add_article(body: dict[str, object], article: Article) -> None:
    """The fields of a card or a story, for other nodes like this one."""
    body["articleKind"] = article.kind
    body["articleDetails"] = article.details
    put(body, license=article.licence)
