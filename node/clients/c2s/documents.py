"""Posts and private messages as documents for one reader who may read them.

The words are those that the reader is shown anyway; who else may read them stands in `to` and `cc`.
Other nodes are never given these: what they get is made by the rooms' `documents.py`, which take
public things alone. A page of posts takes the same number of queries whatever its length.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from activitypub import vocabulary as wire
from activitypub.rendering.members import written_time
from activitypub.rendering.posts import post_body
from node.clients.c2s.acts.desk import MESSAGES
from node.clients.c2s.attached import attached_to
from node.clients.held_messages import readable
from node.clients.mastodon.sight import Sight, sight_of
from node.clients.mastodon.site import Site
from node.groups.documents import context_uri, webfinger_name
from node.profiles.documents import followers_of
from storage.actors import Actor
from storage.groups import Group
from storage.messages import Message
from storage.posts import Post, shown_author
from storage.unit_of_work import UnitOfWork

Document = dict[str, Any]
UNKNOWN_LANGUAGE: Final = "und"
"""BCP 47 for a text whose language nobody said."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A post or message that the reader may read. `create_id` is the id of the activity that made
    it; `author` is None where the author left and took the name along."""

    number: int
    author: Actor | None
    create_id: str
    document: Document

    @property
    def actor(self) -> str | None:
        return None if self.author is None else self.author.uri


def show_posts(
    uow: UnitOfWork, ids: Collection[int], reader: Actor, site: Site
) -> dict[int, Shown]:
    """Those of these posts that stand and that the reader may read, by number."""
    sight = sight_of(uow, ids, reader)
    posts = uow.statuses.posts(sight.posts.keys())
    if not posts:
        return {}
    authors = uow.actors.get_many({post.author_id for post in posts.values()})
    parents = {post.parent_id for post in posts.values() if post.parent_id is not None}
    uris = uow.client_reading.uris(parents)
    named = uow.profile_posts.named(posts)
    hangs = attached_to(uow, posts, _open(posts, sight), reader, site)
    shown = {}
    for number, post in posts.items():
        place = sight.places[post.group_id]
        document = _post(
            post,
            authors[post.author_id],
            (place.group, place.actor),
            uris.get(_answered(post, sight) or 0),
            named.get(number, []),
            site,
        )
        document |= hangs.get(number, {})
        author = None if post.author_hidden else authors[post.author_id]
        create_id = post.create_uri or f"{site.origin}/activities/{number}"
        shown[number] = Shown(number, author, create_id, document)
    return shown


def show_messages(
    uow: UnitOfWork, ids: Collection[int], reader: Actor, site: Site
) -> dict[int, Shown]:
    """Those of these messages that the reader holds and may read, by number."""
    shown = {}
    for one in readable(uow, ids, reader):
        number = one.message.id
        document = _message(one.message, one.author, one.others, site)
        shown[number] = Shown(number, one.author, f"{site.origin}/activities/{number}", document)
    return shown


def _open(posts: Mapping[int, Post], sight: Sight) -> frozenset[int]:
    """Those that everybody may read."""
    return frozenset(
        number
        for number, post in posts.items()
        if post.audience in ("public", "unlisted")
        or (post.audience == "group" and sight.places[post.group_id].group.visibility == "public")
    )


def _answered(post: Post, sight: Sight) -> int | None:
    """What the post answers, unless that is not there for the reader."""
    at = sight.posts[post.id]
    if post.parent_id is None or at.parent_author_id is None:
        return None
    if at.parent_author_id not in sight.unseen_in(post.group_id):
        return post.parent_id
    return None


def _post(
    post: Post,
    author: Actor,
    place: tuple[Group, Actor],
    answers: str | None,
    named: list[Actor],
    site: Site,
) -> Document:
    shown = shown_author(post, author)
    to, cc, audience = addresses(post, author, place, named)
    document = wire.Post(
        id=post.uri,
        type=post.wire_type,
        attributed_to=shown.uri,
        to=to,
        cc=cc,
        audience=audience,
        name=post.title,
        content=post.content,
        content_warning=post.content_warning,
        source=wire.Source(content=post.source) if post.source is not None else None,
        in_reply_to=answers,
        context=context_uri(post, site.origin),
        url=post.url or post.uri,
        language=post.language,
        sensitive=post.content_warning is not None or post.sensitive,
        reply_wanted=post.reply_wanted,
        comments_enabled=post.locked_at is None if post.parent_id is None else None,
        tags=tuple(_mention(actor) for actor in named),
        published=post.created_at,
        updated=post.edited_at,
    )
    return _body(post, document, site)


def _body(post: Post, document: wire.Post, site: Site) -> Document:
    body = post_body(document)
    body.setdefault("contentMap", {UNKNOWN_LANGUAGE: post.content})
    if post.author_hidden:
        del body["attributedTo"]
    return body | collections_of(post.id, site.origin)


def collections_of(number: int, origin: str) -> dict[str, str]:
    """The collections of a post, as this node keeps them."""
    return {name: f"{origin}/posts/{number}/{name}" for name in ("replies", "likes", "shares")}


def addresses(
    post: Post, author: Actor, place: tuple[Group, Actor], named: list[Actor]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """(to, cc, audience) of a post: who may read it."""
    group, actor = place
    people, followers = tuple(one.uri for one in named), followers_of(author)
    match post.audience:
        case "public":
            return (wire.PUBLIC,), (followers, *people), ()
        case "unlisted":
            return (followers,), (wire.PUBLIC, *people), ()
        case "followers":
            return (followers,), people, ()
        case "self":
            return (), (), ()
        case "group":
            in_public = group.visibility == "public"
            to, cc = ((wire.PUBLIC,), (actor.uri,)) if in_public else ((actor.uri,), ())
            return to, cc, (actor.uri,)


def _message(message: Message, author: Actor, others: list[Actor], site: Site) -> Document:
    body: Document = {
        "id": f"{site.origin}{MESSAGES}{message.id}",
        "type": "Note",
        "attributedTo": author.uri,
        "to": [one.uri for one in others],
        "cc": [],
        "content": message.content,
        "contentMap": {UNKNOWN_LANGUAGE: message.content},
        "mediaType": "text/html",
        "source": {"content": message.source, "mediaType": "text/markdown"},
        "published": written_time(message.created_at),
    }
    if message.edited_at is not None:
        body["updated"] = written_time(message.edited_at)
    return body


def _mention(actor: Actor) -> wire.Tag:
    return wire.Tag(type="Mention", href=actor.uri, name=f"@{webfinger_name(actor)}")


def create_of(shown: Shown) -> Document:
    """The Create that made a post or a message, with it as it is now."""
    document = shown.document
    body: Document = {
        "id": shown.create_id,
        "type": "Create",
        "actor": shown.actor,
        "published": document["published"],
        "object": document,
    }
    addressed: Mapping[str, Any] = {
        name: document[name] for name in ("to", "cc", "audience") if name in document
    }
    return {**body, **addressed}
