"""Finding people, groups, hashtags and posts by what somebody typed, each as far as the reader may
know that it is there (WEB-20).

By a whole handle anybody is found who is known here. By a part of one: groups that the reader may
find, and the people whom it follows or who follow it. Nobody else is listed, so that nobody can
look through who is here.
"""

import re
from dataclasses import dataclass
from typing import Final

from node.clients.mastodon.site import Site
from node.groups.reading import list_groups
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

LONGEST: Final = 300
"""Characters of a search; a longer one finds nothing."""

_POST = re.compile(r"/(?:posts|threads|@[^/]+)/([0-9]{1,19})/?\Z")
_TAG = re.compile(r"#?\w{1,100}\Z")


@dataclass(frozen=True, slots=True)
class Name:
    """A handle as typed: `@rowan`, `rowan@host`, `!grief@host`."""

    handle: str
    authority: str
    is_whole: bool


def name_of(text: str, site: Site) -> Name | None:
    """What was typed as a handle, None where it cannot be one."""
    handle, _, authority = text.strip().lstrip("@!").partition("@")
    if not handle or len(text) > LONGEST or any(mark in text for mark in " /\n\t"):
        return None
    return Name(handle, authority.lower() or site.authority, bool(authority))


def people_for(
    uow: UnitOfWork, text: str, reader: Actor | None, site: Site, limit: int, offset: int = 0
) -> list[int]:
    """Ids of actors, who bears the whole name first. Whether each is there for the reader is left
    to `show_accounts`."""
    found: dict[int, None] = {}
    name = name_of(text, site)
    if name is not None:
        exact = uow.actors.by_handle(name.handle, name.authority)
        if exact is not None:
            found[exact.id] = None
    part = text.strip().lstrip("@!").lower()
    if part and len(part) <= LONGEST and not (name is not None and name.is_whole):
        for group in list_groups(uow, reader):
            if part in group.actor.handle.lower() or part in group.actor.name.lower():
                found[group.actor.id] = None
        if reader is not None:
            found |= dict.fromkeys(uow.statuses.near(reader.id, part, offset + limit))
    return list(found)[offset : offset + limit]


def tags_for(
    uow: UnitOfWork, text: str, reader: Actor | None, limit: int, offset: int = 0
) -> list[str]:
    """Hashtags that begin so, of posts that the reader may read."""
    if not _TAG.match(text.strip()):
        return []
    visibilities = ("public",) if reader is None else ("public", "local")
    return uow.timelines.tags(text.strip(), visibilities, limit, offset)


def post_at(uow: UnitOfWork, url: str, site: Site) -> int | None:
    """The id of the post at an address, ours or one that is known here; None otherwise."""
    if len(url) > 2000:
        return None
    path = url.removeprefix(site.origin)
    match = _POST.match(path.partition("?")[0].partition("#")[0]) if path != url else None
    if match is not None:
        number = int(match[1])
        return number if number < 2**63 else None
    post = uow.posts.by_uri(url)
    return None if post is None else post.id


def actor_at(uow: UnitOfWork, url: str) -> int | None:
    """The id of the actor at an address that is known here."""
    actor = uow.actors.by_uri(url)
    return None if actor is None else actor.id
