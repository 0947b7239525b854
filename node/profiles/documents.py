"""A post of a profile as a wire document: a `Note`, addressed as microblogs expect it.

What is public is *to* everybody and *cc* to the followers; what is unlisted the other way round,
which is how Mastodon and its kin tell the two apart. Whoever is named stands in `cc` and in a
`Mention`, which is what notifies them.
"""

from collections.abc import Sequence

from activitypub import vocabulary as wire
from node.groups.documents import context_uri, webfinger_name
from node.profiles.rules import FederatedPost
from node.wire_attached import attachments_of, poll_of
from storage.actors import Actor
from storage.posts import PostView

Addresses = tuple[tuple[str, ...], tuple[str, ...]]
"""(to, cc)"""


def addresses(post: FederatedPost, named: Sequence[Actor]) -> Addresses:
    """Whom a post and every activity about it are for."""
    followers = followers_of(post.view.author)
    people = tuple(actor.uri for actor in named)
    if post.view.post.audience == "public":
        return (wire.PUBLIC,), (followers, *people)
    return (followers,), (wire.PUBLIC, *people)


def note_document(
    post: FederatedPost, parent: PostView | None, named: Sequence[Actor], origin: str
) -> wire.Post:
    """The post as a `Note`. `parent` is what it answers, `origin` this node's."""
    kept, (to, cc) = post.view.post, addresses(post, named)
    return wire.Post(
        id=kept.uri,
        type="Note" if post.view.poll is None else "Question",
        attributed_to=post.view.author.uri,
        to=to,
        cc=cc,
        content=kept.content,
        content_warning=kept.content_warning,
        source=wire.Source(content=kept.source) if kept.source is not None else None,
        in_reply_to=parent.post.uri if parent is not None else None,
        context=context_uri(kept, origin),
        replies=f"{kept.uri}/replies",
        url=kept.url or kept.uri,
        language=kept.language,
        sensitive=kept.sensitive or kept.content_warning is not None,
        attachments=attachments_of(post.view, origin),
        poll=poll_of(post.view),
        tags=tuple(_mention(actor) for actor in named),
        published=kept.created_at,
        updated=kept.edited_at,
    )


def followers_of(actor: Actor) -> str:
    """The collection of an actor's followers, by name."""
    return actor.followers or f"{actor.uri}/followers"


def _mention(actor: Actor) -> wire.Tag:
    return wire.Tag(type="Mention", href=actor.uri, name=f"@{webfinger_name(actor)}")
