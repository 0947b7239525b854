"""What every act is handed, and what it says of what came of it."""

from dataclasses import dataclass
from typing import Final

from node.clients.call import known_id
from node.clients.mastodon.site import Site
from node.clients.posts import Posts
from node.errors import NotFound, Refused
from node.rooms import Rooms
from node.viewer import Viewer
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork

MESSAGES: Final = "/client/messages/"
COLLECTIONS: Final = "/collections/"
MEDIA: Final = "/client/media/"
FOLLOWS: Final = "/client/follows/"
BLOCKS: Final = "/client/blocks/"


@dataclass(frozen=True, slots=True)
class Desk:
    """The use cases of the node, as an act reaches them."""

    rooms: Rooms
    posts: Posts
    site: Site

    @property
    def origin(self) -> str:
        return self.site.origin


@dataclass(frozen=True, slots=True)
class Doer:
    """Who acts. `viewer` stands for the same person where a room asks for one."""

    persona: Actor
    viewer: Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done, by the ids it is about. `made` is the id of the post, message, reaction or
    share that came of it, under which its activity is found when none travelled."""

    type: str
    object_uri: str
    inner_type: str | None = None
    target_uri: str | None = None
    made: int | None = None


def number_below(uri: str, origin: str, folder: str) -> int | None:
    """The number in `<origin><folder><number>`, or None for any other id."""
    if not uri.startswith(f"{origin}{folder}"):
        return None
    try:
        return known_id(uri.removeprefix(f"{origin}{folder}"))
    except NotFound:
        return None


def thing_named(desk: Desk, uow: UnitOfWork, uri: str) -> int:
    """The number of a post or message by its id. Whether it is open to who acts is for the use case
    to say. Raises NotFound."""
    message = number_below(uri, desk.origin, MESSAGES)
    if message is not None:
        return message
    return post_named(uow, uri).id


def post_named(uow: UnitOfWork, uri: str) -> Post:
    """Raises NotFound."""
    post = uow.posts.by_uri(uri)
    if post is None:
        raise NotFound
    return post


def actor_named(uow: UnitOfWork, uri: str) -> Actor:
    """Raises NotFound, and Refused for the id of something else."""
    actor = uow.actors.by_uri(uri)
    if actor is None:
        raise NotFound
    if actor.type == "Application":
        raise Refused("That is the server itself", "not-an-actor")
    return actor


def group_with(uow: UnitOfWork, collection: str, name: str) -> GroupWithActor | None:
    """The group whose collection this is, such as its `moderators`; None for any other id."""
    owner, _, last = collection.rpartition("/")
    return uow.groups.by_uri(owner) if last == name else None
