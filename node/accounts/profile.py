"""A persona as everybody may see it. Nothing here knows of the account behind it."""

from dataclasses import dataclass
from typing import Final

from node.errors import NotFound
from node.visibility import may_see_persona
from storage.actors import Actor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork

LOOKED_AT = 200
SHOWN = 20
NOBODY: Final = 0
"""An id that nobody has."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's public page: who they say they are, and their latest public threads. Of somebody
    that the reader blocked, only the name."""

    persona: Actor
    threads: list[Post]
    is_blocked: bool = False


def profile(uow: UnitOfWork, handle: str, authority: str, reader: Actor | None) -> Profile:
    """The persona `handle@authority`. Raises NotFound for groups, the gone, the suspended, and who
    blocked the reader."""
    persona = uow.actors.by_handle(handle, authority)
    hidden = uow.blocks.hides(reader.id) if reader is not None else frozenset()
    # Asked for who is not there as well, so that it takes as long.
    is_blocked = (
        reader is not None
        and bool(hidden)
        and uow.blocks.get(reader.id, persona.id if persona else NOBODY) is not None
    )
    if persona is not None and is_blocked:
        return Profile(persona, [], is_blocked=True)
    if persona is None or not may_see_persona(persona, hidden):
        raise NotFound
    posts = uow.posts.by_author(persona.id, LOOKED_AT)
    threads = [post for post in posts if post.audience == "group" and post.parent_id is None]
    return Profile(persona, threads[:SHOWN])
