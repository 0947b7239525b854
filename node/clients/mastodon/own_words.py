"""One's own posts and messages as they were typed, to be changed or written anew."""

from activitypub.content import plain_text
from node.clients.composition import Composition, untitled, without_breaks
from node.errors import NotFound
from storage.actors import Actor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork


def as_composed(uow: UnitOfWork, status_id: int, who: Actor) -> Composition:
    """The post as an app would send it. Raises NotFound for what is not one's own, after the same
    questions as for what is nowhere."""
    at, message = uow.posts.whereabouts(status_id), uow.messages.held(status_id, who.id)
    if message is not None and message.author_id == who.id and message.source is not None:
        return Composition(text=message.source)
    if at is None or at.author_id != who.id:
        raise NotFound
    post = uow.posts.get(status_id)
    if post is None or post.author_hidden or post.deleted_at is not None:
        raise NotFound
    media = uow.post_media.of_posts([status_id]).get(status_id, [])
    return Composition(
        text=_source(post),
        media_ids=tuple(one.id for one in media) or None,
        spoiler_text=post.content_warning,
        language=post.language,
        sensitive=post.sensitive,
        reply_wanted=post.reply_wanted,
    )


def insist_own(uow: UnitOfWork, status_id: int, who: Actor) -> None:
    """Go on with one's own post, message or share. Raises NotFound, after the same questions for
    what is somebody else's as for what is nowhere."""
    at, message = uow.posts.whereabouts(status_id), uow.messages.held(status_id, who.id)
    share = uow.shares.get(status_id)
    is_own = (
        (at is not None and at.author_id == who.id)
        or (message is not None and message.author_id == who.id)
        or (share is not None and share.actor_id == who.id)
    )
    if not is_own:
        raise NotFound


def typed_text(uow: UnitOfWork, status_id: int, who: Actor) -> str:
    """What was typed into the app's field. Raises NotFound for what is not one's own."""
    return without_breaks(as_composed(uow, status_id, who).text)


def _source(post: Post) -> str:
    source = post.source if post.source is not None else plain_text(post.content)
    return untitled(post.title, source)
