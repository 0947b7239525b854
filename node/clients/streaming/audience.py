"""Whom an event concerns: pure decisions on a `Scene`, made by index and not by asking each.

What a wish says is who *would* hear of a status at which address. Whether somebody may read it is
decided once more when it is rendered (`views.py`), by the same code that shows it in any list.

    post    on a profile: those who follow its author; open ones also the public streams
    share   of a group its members, of a person those who follow
    edit    those whom the post reached
    delete  the same; what goes out then is a number
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from node.clients.streaming.hub import Told
from node.clients.streaming.scene import Scene
from node.clients.streaming.streams import PUBLIC, Address, is_open
from storage.events import Event
from storage.listening import Place

Carried = Literal["update", "status.update", "delete"]
HOME: Address = ("user", "")


@dataclass(frozen=True, slots=True)
class Wish:
    """`status_id`, of a post or a share of `post_id`, for those in `to` at an address; None for
    the public streams and hashtags that the status turns out to belong to. `source` is the group or
    the person that it comes from."""

    event: Carried
    status_id: int
    post_id: int
    source: int
    address: Address | None
    to: frozenset[int]


def wishes_of(events: Sequence[Event], scene: Scene) -> Iterator[Wish]:
    """Who would hear what, in the order of the events."""
    for event in events:
        if event.kind in ("post", "edit", "delete"):
            place = scene.places.get(event.object_id)
            if place is not None:
                yield from _of_post(event, place, scene)
        elif event.kind in ("share", "unshare"):
            place = scene.places.get(event.place_id)
            if place is not None and (event.kind == "unshare" or not place.is_gone):
                kind: Carried = "delete" if event.kind == "unshare" else "update"
                yield from _reaching(kind, event.object_id, event.place_id, event.actor_id, scene)


def _of_post(event: Event, place: Place, scene: Scene) -> Iterator[Wish]:
    kinds: dict[str, Carried] = {"post": "update", "edit": "status.update", "delete": "delete"}
    kind = kinds[event.kind]
    if place.is_gone != (kind == "delete"):
        return  # what became of it since has an event of its own
    in_group = place.audience == "group"
    if place.audience == "self":
        to, author = _own(place.author_id, scene), place.author_id
        yield Wish(kind, place.post_id, place.post_id, author, HOME, to)
        return
    source = place.group_id if in_group else place.author_id
    if not (in_group and kind == "update"):  # a new thread comes as its group's share
        yield from _reaching(kind, place.post_id, place.post_id, source, scene)
    if kind == "delete":
        for share in scene.shares.get(place.post_id, ()):
            yield from _reaching(kind, share.id, place.post_id, share.actor_id, scene)
    if place.is_public and place.audience != "unlisted":
        to = _who_hears_open_ones(scene)
        yield Wish(kind, place.post_id, place.post_id, source, None, to)


def _reaching(
    kind: Carried, status_id: int, post_id: int, source: int, scene: Scene
) -> Iterator[Wish]:
    """What comes from a group or a person reaches their members and followers, and lists with
    them."""
    home = frozenset(
        persona
        for persona in scene.listeners.hearing("user")
        if (source, persona) in scene.members and (persona, source) not in scene.read_apart
    )
    to = home | _own(source, scene) | _own(scene.places[post_id].author_id, scene)
    if to:
        yield Wish(kind, status_id, post_id, source, HOME, to)
    for list_id, owner, actor in scene.listed:
        if actor == source:
            address: Address = ("list", str(list_id))
            hearing = frozenset({owner}) & scene.listeners.hearing(*address)
            yield Wish(kind, status_id, post_id, source, address, hearing)


def _own(person: int, scene: Scene) -> frozenset[int]:
    return frozenset({person}) & scene.listeners.hearing("user")


def _who_hears_open_ones(scene: Scene) -> frozenset[int]:
    found: set[int] = set()
    for address, personas in scene.listeners.at.items():
        if is_open(address):
            found |= personas
    return frozenset(found)


def numbers(wish: Wish, scene: Scene) -> Iterator[Told]:
    """A deletion as it is told: the id alone, to nobody who is cut off from its author."""
    payload, to = str(wish.status_id), wish.to - scene.apart
    if wish.address is not None:
        yield Told(wish.address, "delete", payload, to)
        return
    for address, personas in scene.listeners.at.items():
        if address[0] in PUBLIC or address[0].startswith("hashtag"):
            yield Told(address, "delete", payload, to & personas)
