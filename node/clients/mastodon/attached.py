"""What hangs on posts, as clients are shown it: pictures and polls, for many posts at once.

Clients load pictures by their address alone, without their token. So the address of a picture that
not everybody may see carries a pass: for this reader and this picture, for a day or two. It opens
nothing that the reader may not read at that moment (`node/media/pages/posted.py`).
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import UNSET

from node.clients.answers import maybe_moment
from node.clients.mastodon.entities.media import Focus, MediaAttachment, MediaMeta, MediaSize
from node.clients.mastodon.entities.poll import Poll, PollOption
from node.clients.mastodon.site import Site
from node.polls.service import PollView, polls_shown
from storage.actors import Actor
from storage.post_media import PostMedia
from storage.unit_of_work import UnitOfWork

PASS_HOLDS: Final = timedelta(days=2)


def attachments_of(
    uow: UnitOfWork,
    posts: Collection[int],
    reader: Actor | None,
    site: Site,
    open_posts: Collection[int],
) -> dict[int, list[MediaAttachment]]:
    """The attachments of those posts that have some. The reader may read the posts; `open_posts`
    are those that everybody may. Three queries for all."""
    found = uow.post_media.of_posts(posts)
    every = [media for many in found.values() for media in many]
    shown = show_media(uow, every, reader, site, open_posts)
    return {number: [shown[media.id] for media in many] for number, many in found.items()}


def show_media(
    uow: UnitOfWork,
    many: Sequence[PostMedia],
    reader: Actor | None,
    site: Site,
    open_posts: Collection[int] = (),
) -> dict[int, MediaAttachment]:
    """Pictures that the reader may see, by their ids."""
    closed = [one for one in many if one.post_id not in open_posts]
    passes: dict[int, str] = {}
    if reader is not None and closed:
        passes = uow.post_media.passes(closed, reader.id, _until(site.now()))
    return {one.id: _attachment(one, site, passes.get(one.id)) for one in many}


def polls_of(
    uow: UnitOfWork, posts: Collection[int], reader: Actor | None, site: Site
) -> dict[int, Poll]:
    """The polls of those posts that have one, as the reader sees them."""
    found = polls_shown(uow, posts, reader, site.now())
    return {number: poll_entity(view) for number, view in found.items()}


def poll_entity(view: PollView) -> Poll:
    """A poll for one reader; the numbers are null while they are hidden."""
    counts = view.counts
    return Poll(
        id=str(view.poll.id),
        expires_at=maybe_moment(view.ends_at),
        expired=view.has_ended,
        multiple=view.poll.multiple,
        votes_count=sum(counts) if counts is not None else 0,
        voters_count=view.voters if view.poll.multiple else None,
        options=[
            PollOption(title=title, votes_count=None if counts is None else counts[place])
            for place, title in enumerate(view.poll.options)
        ],
        voted=None if view.standing is None else view.standing != "free",
        own_votes=None if view.standing is None else list(view.votes),
    )


def _until(now: datetime) -> datetime:
    """The same for a day, so that clients need not load a picture anew with every list."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + PASS_HOLDS


def _attachment(media: PostMedia, site: Site, admission: str | None) -> MediaAttachment:
    url = preview = ""
    if media.kind == "image":
        place = "posts" if media.remote_url is None else "remote"
        base = f"{site.origin}/media/{place}/{media.name}"
        more = f"?pass={admission}" if admission else ""
        url, preview = f"{base}.webp{more}", f"{base}/small.webp{more}"
    return MediaAttachment(
        id=str(media.id),
        type=media.kind if url else "unknown",
        url=url or None,
        preview_url=preview or None,
        remote_url=media.remote_url,
        meta=_meta(media) if url else None,
        description=media.alt or None,
        blurhash=media.blurhash,
    )


def _meta(media: PostMedia) -> MediaMeta:
    small = (media.small_width, media.small_height)
    if media.remote_url is not None and not all(small):
        small = (media.width, media.height)
    return MediaMeta(
        original=_size(media.width, media.height),
        small=_size(*small),
        focus=Focus(x=media.focus_x, y=media.focus_y),
    )


def _size(width: int, height: int) -> MediaSize:
    return MediaSize(
        width=width or UNSET,
        height=height or UNSET,
        size=f"{width}x{height}" if width and height else UNSET,
        aspect=width / height if width and height else UNSET,
    )
