"""How an actor shows on a page: a name, an address of this site, a round sign with a colour."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from zlib import crc32

from storage.actors import Actor

HUES = 8


@dataclass(frozen=True, slots=True)
class Face:
    """An actor in the few words that pages show. `address` is None for our own people; `path` is
    empty for who left and took the name along, whom a page calls a former member; `picture` is one
    of ours: what other nodes offer is never asked for."""

    name: str
    path: str
    hue: int
    initial: str
    address: str | None
    picture: str | None = None


def face_of(actor: Actor) -> Face:
    """Make it once for each actor of a page."""
    name = actor.name or actor.handle
    address = None if actor.is_local else f"@{actor.handle}@{actor.authority}"
    return Face(name, actor_path(actor), hue(actor.handle), initial(name), address, _picture(actor))


def actor_path(actor: Actor) -> str:
    """Where this node shows a group, a circle or a person, its own or another node's."""
    if not actor.uri:
        return ""
    if actor.is_local and actor.uri.endswith(f"/circles/{actor.id}"):
        return f"/circles/{actor.id}"
    room = "groups" if actor.type == "Group" else "personas"
    handle = actor.handle if actor.is_local else f"{actor.handle}@{actor.authority}"
    return f"/{room}/{quote(handle, safe='@:')}"


def _picture(actor: Actor) -> str | None:
    """The path of the picture that one of our own people chose; who left took it along."""
    if not actor.is_local or not actor.uri or actor.icon_url is None:
        return None
    return urlsplit(actor.icon_url).path


def hue(name: str) -> int:
    """One of eight colours for somebody, always the same one."""
    return crc32(name.encode()) % HUES


def initial(name: str) -> str:
    """The first letter of a name, for the round sign beside it."""
    return next((letter.upper() for letter in name if letter.isalnum()), "·")
