"""A persona as everybody may see it. Nothing here knows of the account behind it."""

from dataclasses import dataclass

from node.errors import NotFound
from storage.actors import Actor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork

LOOKED_AT = 200
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's public page: who they say they are, and their latest public threads."""

    persona: Actor
    threads: list[Post]


def profile(uow: UnitOfWork, handle: str, authority: str) -> Profile:
    """The persona `handle@authority`. Raises NotFound for groups, the gone and the suspended."""
    persona = uow.actors.by_handle(handle, authority)
    if persona is None or persona.type == "Group":
        raise NotFound
    if persona.gone_at is not None or persona.suspended_at is not None:
        raise NotFound
    posts = uow.posts.by_author(persona.id, LOOKED_AT)
    return Profile(persona, [post for post in posts if post.parent_id is None][:SHOWN])
