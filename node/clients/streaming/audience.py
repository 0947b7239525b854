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
from node.clients.streaming.streams import BOXES, PUBLIC, Address, is_open
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
                by = event.actor_id
                yield from _reaching(kind, event.object_id, event.place_id, by, by, scene)


def _of_post(event: Event, place: Place, scene: Scene) -> Iterator[Wish]:
    kinds: dict[str, Carried] = {"post": "update", "edit": "status.update", "delete": "delete"}
    kind = kinds[event.kind]
    if place.is_gone != (kind == "delete"):
        return  # what became of it since has an event of its own
    in_group, author = place.audience == "group", place.author_id
    if place.audience == "self":
        to = _own(author, scene)
        yield Wish(kind, place.post_id, place.post_id, author, HOME, to)
        return
    source = place.group_id if in_group else author
    if not (in_group and kind == "update"):  # a new thread comes as its group's share
        yield from _reaching(kind, place.post_id, place.post_id, source, author, scene)
    if kind == "delete":
        for share in scene.shares.get(place.post_id, ()):
            by = share.actor_id
            yield from _reaching(kind, share.id, place.post_id, by, by, scene)
    if place.is_public:
        to = _by_tag(place, source, scene)
        yield Wish(kind, place.post_id, place.post_id, author, HOME, to)
    if place.is_public_list or place.is_tagged_list:
        to = _who_hears_open_ones(scene, place)
        yield Wish(kind, place.post_id, place.post_id, source, None, to)


def _reaching(
    kind: Carried, status_id: int, post_id: int, source: int, own: int, scene: Scene
) -> Iterator[Wish]:
    """What comes from a group or a person reaches their members and followers, lists with them,
    and the home of who did it (`own`)."""
    place = scene.places[post_id]
    home = frozenset(
        persona
        for persona in scene.listeners.home
        if (source, persona) in scene.members
        and (persona, source) not in scene.read_apart
        and _answers_somebody_near(place, source, persona, scene)
    )
    to = home | _own(own, scene)
    if to:
        yield Wish(kind, status_id, post_id, source, HOME, to)
    on_lists = {(list_id, actor) for list_id, _, actor in scene.listed}
    for list_id, owner, actor in scene.listed:
        parent = place.parent_author_id if place.author_id == source else None
        if actor == source and (parent is None or (list_id, parent) in on_lists):
            address: Address = ("list", str(list_id))
            hearing = frozenset({owner}) & scene.listeners.hearing(*address)
            yield Wish(kind, status_id, post_id, source, address, hearing)


def _by_tag(place: Place, source: int, scene: Scene) -> frozenset[int]:
    """Who follows one of its hashtags, and does not get it from its group or its author anyway."""
    return frozenset(
        persona
        for persona in scene.tagged.get(place.post_id, set()) & scene.listeners.home
        if (source, persona) not in scene.members
        and persona != place.author_id
        and (persona, place.author_id) not in scene.read_apart
    )


def _answers_somebody_near(place: Place, source: int, persona: int, scene: Scene) -> bool:
    """An answer on a profile is for those who know both, as in any list of home."""
    parent = place.parent_author_id
    if place.audience == "group" or place.author_id != source or parent is None:
        return True
    return parent == persona or (parent, persona) in scene.members


def _own(person: int, scene: Scene) -> frozenset[int]:
    return frozenset({person}) & scene.listeners.home


def _who_hears_open_ones(scene: Scene, place: Place) -> frozenset[int]:
    found: set[int] = set()
    for address, personas in scene.listeners.at.items():
        if carries(address, place):
            found |= personas
    return frozenset(found)


def carries(address: Address, place: Place) -> bool:
    """Whether such a post may stand in this open stream, as far as its place tells."""
    return (
        place.is_public_list
        if address[0] in PUBLIC
        else (place.is_tagged_list and is_open(address))
    )


def numbers(wish: Wish, scene: Scene) -> Iterator[Told]:
    """A deletion as it is told: the id alone, to nobody who is cut off from its author."""
    payload, to = str(wish.status_id), wish.to - scene.apart
    if wish.address is not None:
        yield Told(wish.address, "delete", payload, to)
        return
    for address, personas in scene.listeners.at.items():
        if carries(address, scene.places[wish.post_id]):
            yield Told(address, "delete", payload, to & personas)


def changes(events: Sequence[Event], wishes: Sequence[Wish], scene: Scene) -> Iterator[Told]:
    """The same for those who hear of their boxes: which post it is about. They look for themselves
    what there is for them."""
    hearing = scene.listeners.hearing(*BOXES)
    if not hearing:
        return
    for wish in wishes:
        if wish.address == HOME:
            yield Told(BOXES, wish.event, str(wish.post_id), wish.to & hearing - scene.apart)
    for event in events:
        if event.kind not in ("edit", "delete"):
            yield Told(BOXES, "update", "", frozenset({event.actor_id}) & hearing)
