"""What hangs on posts, as documents: pictures with their alt text, and polls.

Programs load pictures by their address alone; that of a picture which not everybody may see carries
a pass for the one who reads (`node/clients/mastodon/attached.py`).
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from activitypub.rendering.members import written_time
from node.clients.mastodon.attached import attachments_of
from node.clients.mastodon.entities.media import MediaAttachment
from node.clients.mastodon.site import Site
from node.polls.service import PollView, polls_shown
from storage.actors import Actor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork

TYPES: Final = {"image": "Image", "gifv": "Video", "video": "Video", "audio": "Audio"}


def attached_to(
    uow: UnitOfWork,
    posts: Mapping[int, Post],
    open_posts: Collection[int],
    reader: Actor,
    site: Site,
) -> dict[int, dict[str, Any]]:
    """The properties that what hangs on them adds to posts that the reader may read, by number.
    `open_posts` are those that everybody may. The same number of queries for all."""
    media = attachments_of(uow, posts, reader, site, open_posts)
    polls = polls_shown(uow, posts, reader, site.now())
    found: dict[int, dict[str, Any]] = {}
    for number, many in media.items():
        found[number] = {"attachment": [_picture(one) for one in many]}
    for number, view in polls.items():
        found.setdefault(number, {}).update(_poll(view))
    return found


def _picture(one: MediaAttachment) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": TYPES.get(one.type, "Document"),
        "url": one.url or one.remote_url,
    }
    if one.description:
        body["name"] = one.description
    if one.blurhash:
        body["blurhash"] = one.blurhash
    return body


def _poll(view: PollView) -> dict[str, Any]:
    """A `Question`; the numbers are left out while they are hidden."""
    options = []
    for place, title in enumerate(view.poll.options):
        option: dict[str, Any] = {"type": "Note", "name": title}
        if view.counts is not None:
            option["replies"] = {"type": "Collection", "totalItems": view.counts[place]}
        options.append(option)
    body: dict[str, Any] = {
        "type": "Question",
        "anyOf" if view.poll.multiple else "oneOf": options,
    }
    if view.voters is not None:
        body["votersCount"] = view.voters
    if view.ends_at is not None:
        body["closed" if view.has_ended else "endTime"] = written_time(view.ends_at)
    return body
