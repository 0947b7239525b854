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

from node.clients.streaming.audience import Wish
from node.clients.streaming.hub import Told
from node.clients.streaming.scene import Scene
from node.clients.streaming.streams import Address, addresses_of
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
    """A status for one kind of reader: its JSON, and the open streams that it belongs to."""

    payload: str
    addresses: frozenset[Address]


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
        if wish.address is not None:
            yield Told(wish.address, wish.event, one.payload, personas)
            return
        for address in one.addresses:
            to = personas & self._scene.listeners.hearing(*address)
            if to:
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
        wanted: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for wish, those in zip(wishes, readers, strict=True):
            for reader in set(those.values()):
                wanted[reader][wish.status_id] = wish.post_id
        actors = self._uow.actors.get_many(wanted) if wanted else {}
        found = {}
        for reader, ids in wanted.items():
            actor = actors.get(reader)
            if actor is None:
                continue
            for status_id, status in self._show(
                self._uow, self._wished(reader, ids), actor
            ).items():
                found[status_id, reader] = Rendered(
                    msgspec.json.encode(status).decode(), addresses_of(status)
                )
        return found

    def _wished(self, reader: int, ids: Mapping[int, int]) -> list[int]:
        """Without those by whom this one mutes, or of a node that it mutes."""
        if reader not in self._scene.apart:
            return list(ids)
        muted = self._uow.mutes.hides(reader, self._now)
        nodes = self._uow.mutes.nodes(reader)
        authors = {post: self._scene.places[post].author_id for post in ids.values()}
        far = self._uow.actors.get_many(set(authors.values())) if nodes else {}
        return [
            status_id
            for status_id, post in ids.items()
            if authors[post] not in muted
            and not (authors[post] in far and far[authors[post]].authority in nodes)
        ]
