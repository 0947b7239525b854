"""What another node wrote, as a post of ours: cleaned, cut to our limits, and placed in its group.

A post is placed by what it answers; a new thread by the first group it names (b15). For a group of
another node only that group's word counts: it announced the post, or lists it.
"""

from dataclasses import dataclass
from html import escape

from activitypub.addressing import authority, groups_named, is_personal, is_public
from activitypub.content import clean_html, clean_line, first_line, markdown_to_html
from activitypub.vocabulary import REPLIES_WANTED, Activity, Post
from federation.dispatch import Context, Done, Ignored, Outcome, Refused, Waits
from node.groups.announcer import Received
from node.groups.drafts import PostBody
from node.groups.graves import is_buried
from node.groups.place import known_post, view_of
from node.groups.posting import WirePost
from node.groups.rules import federated
from node.groups.service import Groups
from node.wire_attached import is_media, wire_of, without_title
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.posts import Post as KeptPost
from storage.unit_of_work import UnitOfWork

TITLE_LIMIT = 200
WARNING_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Arrival:
    """A post at the door: `activity` is its Create or Update, `via` a group that vouches for it."""

    post: Post
    activity: Activity | None
    via: str | None

    @property
    def received(self) -> Received | None:
        """The activity to hand on, if that is how the post came."""
        if self.activity is None:
            return None
        return Received(self.activity.id, dict(self.activity.raw), self.via)


def body_from(post: Post) -> PostBody:
    """The words of a post, clean, whatever its type and dialect."""
    html = post.content
    if post.media_type == "text/markdown":
        html = markdown_to_html(post.content)
    if post.poll is not None:
        html = without_title(html, post.name)
    for attachment in post.attachments:
        if is_media(attachment):
            continue
        label = escape(attachment.name or attachment.url)
        html += f'<p><a href="{escape(attachment.url)}">{label}</a></p>'
    if not html.strip() and post.url and post.url != post.id:
        html = f'<p><a href="{escape(post.url)}">{escape(post.url)}</a></p>'
    title = None
    if post.in_reply_to is None:
        title = clean_line(post.name or first_line(html), TITLE_LIMIT) or "…"
    warning = clean_line(post.content_warning or "", WARNING_LIMIT)
    return PostBody(
        title=title,
        content=clean_html(html),
        source=None,
        content_warning=warning or None,
        language=post.language,
        reply_wanted=post.reply_wanted if post.reply_wanted in REPLIES_WANTED else None,
        wire=wire_of(post),
        sensitive=post.sensitive,
    )


def hangs_on_gone(uri: str, context: Context) -> bool:
    """Whether the post at `uri`, or one above it, was deleted where it lived. Its Create may still
    be on its way; that says where it stood, and what hangs on it can wait for that."""
    above = uri
    for _ in context.posts:
        found = context.by_uri.get(above)
        above = (found.post.in_reply_to if found else None) or above
    return above in context.gone


class Arrivals:
    """Takes posts in, through the same use cases that a member's click reaches."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups

    def take(self, uow: UnitOfWork, arrival: Arrival, context: Context) -> Outcome:
        """Keep a post that is new and has a place here; say why not otherwise."""
        post = arrival.post
        if uow.posts.by_uri(post.id) is not None:
            return Done("already here")
        if authority(post.id) == self._groups.authority:
            return Ignored("claims to be ours and is not")
        thing = arrival.activity or post
        if is_personal(thing) or (arrival.via is None and not is_public(thing)):
            return Ignored("addressed to people, not to the public")
        author = uow.actors.by_uri(post.attributed_to)
        if author is None or author.suspended_at or author.gone_at:
            return Refused("its author is unknown or suspended")
        if post.in_reply_to and post.name and not post.content:
            return Ignored("a vote in a poll")
        return self._place(uow, arrival, author, context)

    def bring(
        self, uow: UnitOfWork, uri: str, via: str | None, context: Context
    ) -> KeptPost | None:
        """The post at `uri`, kept already or among what the network step fetched."""
        if uri in context.by_uri and uow.posts.by_uri(uri) is None:
            self.take(uow, Arrival(context.by_uri[uri].post, None, via), context)
        return known_post(uow, uri)

    def _place(self, uow: UnitOfWork, arrival: Arrival, author: Actor, context: Context) -> Outcome:
        post, parent = arrival.post, None
        if post.in_reply_to is not None:
            parent = self.bring(uow, post.in_reply_to, arrival.via, context)
            if parent is None and hangs_on_gone(post.in_reply_to, context):
                return Waits("what it answers is gone")
            if parent is None:
                return Ignored("what it answers is not here")
        group = self._group_of(uow, arrival, parent)
        if group is None or federated(group) is None:
            return Ignored("for no group here")
        if arrival.via is None and not group.actor.is_local:
            return Ignored("waits for its group to announce it")
        if parent is not None and parent.group_id != group.actor.id:
            return Refused("it answers another group's thread")
        wire = WirePost(
            uri=post.id,
            wire_type=post.type,
            published=post.published,
            url=post.url,
            updated=post.updated,
            received=arrival.received,
            vouched=arrival.via is not None,
            deleted=is_buried(uow, author.uri, post.id),
            removed=is_buried(uow, group.actor.uri, post.id),
        )
        body = body_from(post)
        if parent is None:
            self._groups.open_thread(uow, group, author, body, wire)
        else:
            self._groups.add_reply(uow, group, view_of(uow, parent), author, body, wire)
        if wire.deleted or wire.removed:
            return Ignored("deleted before it came" if wire.deleted else "removed before it came")
        return Done("thread" if parent is None else "reply")

    def _group_of(
        self, uow: UnitOfWork, arrival: Arrival, parent: KeptPost | None
    ) -> GroupWithActor | None:
        if arrival.via is not None:
            return uow.groups.by_uri(arrival.via)
        if parent is not None:
            return uow.groups.get(parent.group_id)
        for uri in groups_named(arrival.post, arrival.activity)[:20]:
            group = uow.groups.by_uri(uri)
            if group is not None:
                return group
        return None
