"""What is sent, rendered once for all who see the same.

Most readers of a new post see it alike: the same words, nothing of their own on it. They are told
apart by what they are to its group and its people. Those who are nearer to it, its author, who is
named, whoever reacted, has a filter, or stands in a block or a mute with somebody in it, get a
rendering of their own. Each rendering is made by the code that shows statuses anywhere, for one
reader of the kind; what that reader may not read is not sent to any of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import msgspec

from node.clients.streaming.audience import Wish, carries
from node.clients.streaming.hub import Told
from node.clients.streaming.scene import Scene
from node.clients.streaming.streams import Address, addresses_of, context_of, hidden_in
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


class Show(Protocol):
    """Things with these ids as entities of the Mastodon API, for one reader; what the reader may
    not see is left out."""

    def __call__(
        self, uow: UnitOfWork, ids: Iterable[int], reader: Actor, /
    ) -> Mapping[int, Any]: ...


@dataclass(frozen=True, slots=True)
class Rendered:
    """A status for one kind of reader: its JSON, the open streams that it belongs to, and where
    the reader's filters hide it."""

    payload: str
    addresses: frozenset[Address]
    hidden_in: frozenset[str]


class Views:
    """The renderings of one batch."""

    def __init__(self, uow: UnitOfWork, scene: Scene, show: Show, now: datetime) -> None:
        self._uow = uow
        self._scene = scene
        self._show = show
        self._now = now
        self._kinds: dict[tuple[object, ...], int] = {}

    def told(self, wishes: Sequence[Wish]) -> Iterator[Told]:
        """Each wish with what is sent, as far as it may be."""
        readers = [{one: self._stands_for(wish, one) for one in wish.to} for wish in wishes]
        rendered = self._render(wishes, readers)
        for wish, those in zip(wishes, readers, strict=True):
            alike: defaultdict[Rendered, set[int]] = defaultdict(set)
            for persona, reader in those.items():
                one = rendered.get((wish.status_id, reader))
                if one is not None:
                    alike[one].add(persona)
            for one, personas in alike.items():
                yield from self._at(wish, one, frozenset(personas))

    def _at(self, wish: Wish, one: Rendered, personas: frozenset[int]) -> Iterator[Told]:
        place = self._scene.places[wish.post_id]
        open_ones = (address for address in one.addresses if carries(address, place))
        for address in open_ones if wish.address is None else (wish.address,):
            to = personas & self._scene.listeners.hearing(*address)
            if to and context_of(address) not in one.hidden_in:
                yield Told(address, wish.event, one.payload, to)

    def _stands_for(self, wish: Wish, persona: int) -> int:
        """The reader whose rendering this one gets: the first of its kind, or itself."""
        scene, place = self._scene, self._scene.places[wish.post_id]
        own = (
            persona in scene.apart
            or persona in scene.filtering
            or persona in scene.reacted
            or persona in (place.author_id, place.thread_author_id, place.parent_author_id)
            or persona in scene.named.get(wish.post_id, ())
        )
        if own:
            return persona
        kind = (
            wish.status_id,
            scene.members.get((place.group_id, persona)),
            scene.members.get((place.author_id, persona)),
            scene.members.get((place.thread_author_id, persona)),
        )
        return self._kinds.setdefault(kind, persona)

    def _render(
        self, wishes: Sequence[Wish], readers: Sequence[Mapping[int, int]]
    ) -> dict[tuple[int, int], Rendered]:
        wanted: defaultdict[int, dict[int, Wish]] = defaultdict(dict)
        for wish, those in zip(wishes, readers, strict=True):
            for reader in set(those.values()):
                wanted[reader][wish.status_id] = wish
        actors = self._uow.actors.get_many(wanted) if wanted else {}
        found = {}
        for reader, asked in wanted.items():
            if reader not in actors:
                continue
            ids = [number for number, wish in asked.items() if not self._is_muted(reader, wish)]
            for number, status in self._show(self._uow, ids, actors[reader]).items():
                payload = msgspec.json.encode(status).decode()
                found[number, reader] = Rendered(payload, addresses_of(status), hidden_in(status))
        return found

    def _is_muted(self, reader: int, wish: Wish) -> bool:
        """Whether it is by somebody whom this one does not read, or of a node of which it reads
        nothing."""
        if reader not in self._scene.apart:
            return False
        people = {wish.source, self._scene.places[wish.post_id].author_id} - {reader}
        if people & self._uow.mutes.hides(reader, self._now):
            return True
        nodes = self._uow.mutes.nodes(reader)
        if not nodes:
            return False
        return any(one.authority in nodes for one in self._uow.actors.get_many(people).values())
