"""From events to what goes out to whom: one function that runs in a database thread."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from node.clients.streaming.audience import changes, numbers, wishes_of
from node.clients.streaming.hub import Listeners, Told
from node.clients.streaming.scene import look
from node.clients.streaming.streams import Address
from node.clients.streaming.views import Show, Views
from node.ports import Clock
from storage.events import Event
from storage.unit_of_work import UnitOfWork

NEWS: Address = ("user:notification", "")
HOME: Address = ("user", "")
DIRECT: Address = ("direct", "")


@dataclass(frozen=True, slots=True)
class Telling:
    """Statuses, news of a persona, conversations: each shown by the code that lists them."""

    statuses: Show
    notifications: Show
    conversations: Show
    now: Clock

    def __call__(
        self, uow: UnitOfWork, events: Sequence[Event], listeners: Listeners
    ) -> list[Told]:
        """What is told of these events to those who listen, as they may read it at this moment."""
        now = self.now()
        scene = look(uow, events, listeners, now)
        wishes = list(wishes_of(events, scene))
        shown = [wish for wish in wishes if wish.event != "delete"]
        told = list(Views(uow, scene, self.statuses, now).told(shown))
        for wish in wishes:
            if wish.event == "delete":
                told += numbers(wish, scene)
        told += self._of_each(uow, events, listeners, "notification")
        told += self._of_each(uow, events, listeners, "message")
        told += _bare(events, listeners)
        told += changes(events, wishes, scene)
        return [one for one in told if one.to]

    def _of_each(
        self, uow: UnitOfWork, events: Sequence[Event], listeners: Listeners, kind: str
    ) -> Iterator[Told]:
        """What is for one persona alone."""
        show = self.notifications if kind == "notification" else self.conversations
        hearing = listeners.hearing("direct")
        if kind == "notification":
            hearing = listeners.hearing("user") | listeners.hearing("user:notification")
        mine: defaultdict[int, list[int]] = defaultdict(list)
        for event in events:
            if event.kind == kind and event.actor_id in hearing:
                number = event.object_id if kind == "notification" else event.place_id
                mine[event.actor_id].append(number)
        actors = uow.actors.get_many(mine) if mine else {}
        for persona, ids in mine.items():
            if persona in actors:
                for entity in show(uow, dict.fromkeys(ids), actors[persona]).values():
                    yield from _for_one(kind, msgspec.json.encode(entity).decode(), persona)


def _for_one(kind: str, payload: str, persona: int) -> Iterator[Told]:
    to = frozenset({persona})
    if kind == "notification":
        yield Told(HOME, "notification", payload, to)
        yield Told(NEWS, "notification", payload, to)
    else:
        yield Told(DIRECT, "conversation", payload, to)


def _bare(events: Sequence[Event], listeners: Listeners) -> Iterator[Told]:
    """That one's own filters changed: clients ask for them."""
    for persona in dict.fromkeys(one.actor_id for one in events if one.kind == "filters"):
        yield Told(HOME, "filters_changed", "", frozenset({persona}) & listeners.hearing("user"))
