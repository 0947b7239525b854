"""What hangs on a post: its pictures, its poll and its fields. Rooms that hold posts (groups,
profiles) keep, change and receive them through here, so that they are the same everywhere.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from node.articles import ArticlePlace
from node.errors import Refused
from node.i18n import N_
from node.media.posting import PostPictures
from node.media.rules import RemoteMedia
from node.polls.rules import PollDraft, RemotePoll
from node.polls.service import Polls, PollView, polls_shown
from storage.actors import Actor
from storage.articles import Article
from storage.polls import Poll
from storage.post_media import PostMedia
from storage.posts import Post, PostView
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an author wants to hang on a post: ids of uploads, in order, a poll, and the fields of
    an article. When a post is changed, None leaves what it has; with () its pictures go."""

    media: tuple[int, ...] | None = None
    poll: PollDraft | None = None
    article: Article | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """What another node hung on a post of its own."""

    media: tuple[RemoteMedia, ...] = ()
    poll: RemotePoll | None = None
    article: Article | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What hangs on a post, or is about to."""

    media: tuple[PostMedia, ...] = ()
    poll: Poll | None = None
    article: Article | None = None


NOTHING = Attached()
UNCHANGED = Draft()


class Attaching:
    """Use cases for what hangs on posts."""

    def __init__(self, pictures: PostPictures, polls: Polls) -> None:
        self.pictures = pictures
        self.polls = polls

    def take(self, uow: UnitOfWork, author_id: int, post_id: int, draft: Draft) -> Attached:
        """Look at what shall hang on a post that is about to be stored. Raises Invalid."""
        media = self.pictures.take(uow, author_id, draft.media) if draft.media else ()
        poll = None if draft.poll is None else self.polls.begin(post_id, author_id, draft.poll)
        return Attached(media=media, poll=poll, article=draft.article)

    def keep(self, uow: UnitOfWork, post_id: int, attached: Attached) -> None:
        """Hang it on the post, which is stored. Raises Invalid."""
        self.pictures.give(uow, post_id, attached.media)
        if attached.poll is not None:
            uow.polls.add(attached.poll)
        if attached.article is not None:
            _put(uow, post_id, attached.article)

    def change(self, uow: UnitOfWork, post_id: int, author_id: int, draft: Draft | Wire) -> None:
        """Hang other things on a post, by its author's wish or its node's word. Raises Invalid."""
        if isinstance(draft, Wire):
            if draft.article is None:
                uow.articles.drop(post_id)
            self.receive(uow, post_id, author_id, draft)
            return
        if draft.media is not None:
            self.pictures.change(uow, post_id, author_id, draft.media)
        if draft.poll is not None:
            self.polls.change(uow, post_id, author_id, draft.poll)
        if draft.article is not None:
            _put(uow, post_id, draft.article)

    def receive(self, uow: UnitOfWork, post_id: int, author_id: int, wire: Wire) -> None:
        """Keep what another node hung on a post of its own, instead of what was known of it."""
        self.pictures.receive(uow, post_id, author_id, wire.media)
        if wire.poll is not None:
            self.polls.receive(uow, post_id, author_id, wire.poll)
        if wire.article is not None:
            _put(uow, post_id, wire.article)

    def recount(self, uow: UnitOfWork, post_id: int, author_id: int, wire: Wire) -> bool:
        """Take the numbers of a poll that another node keeps, where the post itself is unchanged.
        False where there is no such poll."""
        kept = uow.polls.of_posts([post_id]).get(post_id)
        if wire.poll is None or kept is None or kept.options != wire.poll.options:
            return False
        self.polls.receive(uow, post_id, author_id, wire.poll)
        return True

    def of(self, uow: UnitOfWork, post_id: int) -> Attached:
        """What hangs on one post."""
        return attached_to(uow, [post_id]).get(post_id, NOTHING)


def viewed(post: Post, author: Actor, attached: Attached) -> PostView:
    """A post that is about to be, with what will hang on it."""
    return PostView(
        post=post,
        author=author,
        media=attached.media,
        poll=attached.poll,
        article=attached.article,
    )


def insist_in_step(uow: UnitOfWork, post: Post, draft: Draft) -> None:
    """What has fields is changed where they are, so that its text still says the same. Raises
    Refused."""
    if post.wire_type != "Article" or draft.article is not None:
        return
    if uow.articles.of([post.id]):
        raise Refused(N_("This is a card or a story. Change it on its own page."), "has-fields")


def _put(uow: UnitOfWork, post_id: int, article: Article) -> None:
    post = uow.posts.get(post_id)
    if post is not None:
        uow.articles.put(post, article)


def attached_to(uow: UnitOfWork, posts: Collection[int]) -> dict[int, Attached]:
    """What hangs on those posts that have something. The same number of queries for all."""
    media, polls = uow.post_media.of_posts(posts), uow.polls.of_posts(posts)
    articles = uow.articles.of(posts)
    return {
        post_id: Attached(
            media=tuple(media.get(post_id, ())),
            poll=polls.get(post_id),
            article=articles.get(post_id),
        )
        for post_id in media.keys() | polls.keys() | articles.keys()
    }


@dataclass(frozen=True, slots=True)
class Hung:
    """What hangs on a post, for one reader of it; `place` is where its fields are shown."""

    media: tuple[PostMedia, ...] = ()
    poll: PollView | None = None
    place: ArticlePlace | None = None


def hung_on(
    uow: UnitOfWork, posts: Collection[int], reader: Actor | None, now: datetime
) -> dict[int, Hung]:
    """What hangs on those posts that have something, as their reader sees it. The same number of
    queries for all."""
    media, polls = uow.post_media.of_posts(posts), polls_shown(uow, posts, reader, now)
    return {
        number: Hung(tuple(media.get(number, ())), polls.get(number))
        for number in media.keys() | polls.keys()
    }


def with_attached(uow: UnitOfWork, views: Sequence[PostView]) -> list[PostView]:
    """The posts with what hangs on them, for those who write them out whole."""
    found = attached_to(uow, [view.post.id for view in views])
    return [
        replace(
            view,
            media=found[view.post.id].media,
            poll=found[view.post.id].poll,
            article=found[view.post.id].article,
        )
        if view.post.id in found
        else view
        for view in views
    ]
