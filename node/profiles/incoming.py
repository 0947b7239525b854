"""What people of other nodes wrote outside groups: taken in, or left.

Kept is what somebody wrote whom somebody here follows, what answers one of ours, and what such a
post answers in turn. A post that merely names somebody here is left: anybody could write to people
who never asked for it. Posts that are not for everybody do not come in at all.
"""

from dataclasses import dataclass, replace
from html import escape
from typing import Final

from activitypub.addressing import authority, groups_named, is_personal, is_public
from activitypub.content import clean_line
from activitypub.vocabulary import PUBLIC, Activity, Post
from federation.dispatch import Context, Done, Ignored, Outcome, Refused
from node.groups.drafts import PostBody
from node.groups.graves import is_buried
from node.groups.incoming import TITLE_LIMIT, body_from
from node.groups.place import insist, thread_of, view_of
from node.groups.posting import WirePost
from node.profiles.names import MOST_NAMED
from node.profiles.rules import federated_post, is_person, may_answer
from node.profiles.service import Profiles
from storage.actors import Actor
from storage.post_record import Audience
from storage.posts import Post as KeptPost
from storage.posts import PostView
from storage.unit_of_work import UnitOfWork

MOST_GROUPS: Final = 20
"""Of the addresses of a post so many are looked at for a group."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A post at the door; `activity` is its Create or Update, if that is how it came."""

    post: Post
    activity: Activity | None = None


class Arrivals:
    """Takes posts in, through the same use cases that a click reaches."""

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles

    def take(self, uow: UnitOfWork, arrival: Arrival, context: Context) -> Outcome | None:
        """Keep a post that is new and has a place here; None for what may be for a group."""
        post = arrival.post
        author = uow.actors.by_uri(post.attributed_to)
        if author is None or not is_person(author) or self._is_for_a_group(uow, arrival, context):
            return None
        if post.in_reply_to and post.name and not post.content:
            return None  # a vote in a poll
        parent = uow.posts.by_uri(post.in_reply_to) if post.in_reply_to else None
        wanted = uow.profiles.is_followed_here(author.id) or self._is_ours(uow, parent)
        if not wanted:
            return None
        return self._judge(uow, arrival, author, context)

    def bring(self, uow: UnitOfWork, uri: str, context: Context) -> KeptPost | None:
        """The post of a profile at `uri`: kept already, or among what the network step fetched."""
        kept, found = uow.posts.by_uri(uri), context.by_uri.get(uri)
        if kept is None and found is not None:
            arrival = Arrival(found.post)
            author = uow.actors.by_uri(found.post.attributed_to)
            if author is None or not is_person(author):
                return None
            if not self._is_for_a_group(uow, arrival, context):
                self._judge(uow, arrival, author, context)
                kept = uow.posts.by_uri(uri)
        return kept if kept is not None and kept.audience != "group" else None

    def _judge(self, uow: UnitOfWork, arrival: Arrival, author: Actor, context: Context) -> Outcome:
        post = arrival.post
        if uow.posts.by_uri(post.id) is not None:
            return Done("already here")
        if authority(post.id) == self._profiles.authority:
            return Ignored("claims to be ours and is not")
        thing = arrival.activity or post
        if is_personal(thing) or not is_public(thing):
            return Ignored("addressed to people, not to the public")
        if author.suspended_at or author.gone_at:
            return Refused("its author is unknown or suspended")
        if is_buried(uow, author.uri, post.id):
            return Ignored("deleted before it came")
        return self._keep(uow, post, author, context)

    def _keep(self, uow: UnitOfWork, post: Post, author: Actor, context: Context) -> Outcome:
        above = self.bring(uow, post.in_reply_to, context) if post.in_reply_to else None
        parent = view_of(uow, above) if above is not None else None
        if parent is not None:
            if federated_post(parent) is None or uow.blocks.cut_off(parent.author.id, author.id):
                return Ignored("what it answers is not here")
            insist(may_answer(parent.post, thread_of(uow, parent.post), author))
        self._profiles.keep(
            uow,
            author,
            body_of_post(post),
            audience_of_post(post),
            parent,
            people_in(uow, post, author, parent),
            wire_of(post),
        )
        return Done("post" if parent is None else "answer")

    def _is_ours(self, uow: UnitOfWork, parent: KeptPost | None) -> bool:
        """Whether it would answer somebody here, or stand in a thread that began here."""
        if parent is None or parent.audience == "group":
            return False
        return parent.is_local or thread_of(uow, parent).is_local

    def _is_for_a_group(self, uow: UnitOfWork, arrival: Arrival, context: Context) -> bool:
        """Whether it names a group that is known here, or answers, however deep, what stands in
        one."""
        named = groups_named(arrival.post, arrival.activity)[:MOST_GROUPS]
        if any(uow.groups.by_uri(uri) is not None for uri in named):
            return True
        above = arrival.post.in_reply_to
        for _ in range(len(context.posts) + 1):
            kept = uow.posts.by_uri(above) if above else None
            if kept is not None:
                return kept.audience == "group"
            found = context.by_uri.get(above) if above else None
            above = found.post.in_reply_to if found is not None else None
        return False


def body_of_post(post: Post) -> PostBody:
    """The words of a post, clean. What has a title, such as an article, begins with it."""
    body = body_from(post)
    title = clean_line(post.name or "", TITLE_LIMIT)
    content = f"<p><strong>{escape(title)}</strong></p>{body.content}" if title else body.content
    return replace(body, title=None, content=content, reply_wanted=None)


def audience_of_post(post: Post) -> Audience:
    """Public, or unlisted: those are the posts that come in."""
    return "public" if PUBLIC in post.to else "unlisted"


def people_in(uow: UnitOfWork, post: Post, author: Actor, parent: PostView | None) -> list[Actor]:
    """Those whom it names and who are known here, and whoever it answers."""
    uris = [tag.href for tag in post.tags if tag.type == "Mention" and tag.href][:MOST_NAMED]
    found = [*uow.actors.by_uris(uris).values()] if uris else []
    if parent is not None:
        found.append(parent.author)
    return [one for one in dict.fromkeys(found) if is_person(one) and one.id != author.id]


def wire_of(post: Post) -> WirePost:
    """Where the post came from."""
    return WirePost(
        uri=post.id,
        wire_type=post.type,
        published=post.published,
        url=post.url,
        updated=post.updated,
    )
