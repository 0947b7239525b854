"""The open connections of this process: who listens to what, how many there may be, and how what
happened gets from one reader to all of them.

What is the same for many is encoded once and handed to each as it is. A connection that does not
take what is sent to it is closed rather than waited for: its client asks for the lists and comes
back, as after any interruption.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import msgspec

from node.clients.streaming.streams import STREAMS_MOST, Address, Stream
from node.errors import Refused
from node.scopes import covers
from node.viewer import Caller

WAITING_MOST: Final = 256
"""Events that wait for one connection before it counts as stuck."""
NEWS: Final = frozenset({"notification", "notifications_merged"})
"""Events that need a scope of their own on the stream of a person."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event for some of those who listen at an address."""

    address: Address
    event: str
    payload: str
    to: frozenset[int]


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who listens now: personas by address, and the tokens that they came with."""

    at: dict[Address, frozenset[int]]
    tokens: frozenset[int]

    @property
    def home(self) -> frozenset[int]:
        """Who hears of what comes home, as statuses or as activities."""
        return self.hearing("user") | self.hearing("activities")

    def hearing(self, kind: str, key: str = "") -> frozenset[int]:
        return self.at.get((kind, key), frozenset())  # type: ignore[arg-type]


class _Envelope(msgspec.Struct, omit_defaults=True):
    stream: tuple[str, ...]
    event: str
    payload: str | None = None


@dataclass(frozen=True)
class Frame:
    """One event as it goes out, in both forms, each made when it is first needed."""

    stream: tuple[str, ...]
    event: str
    payload: str

    @cached_property
    def as_message(self) -> bytes:
        """For a WebSocket: the payload is text within the JSON."""
        return msgspec.json.encode(_Envelope(self.stream, self.event, self.payload or None))

    @cached_property
    def as_lines(self) -> bytes:
        """For server-sent events. JSON has no line breaks of its own."""
        return f"event: {self.event}\ndata: {self.payload or 'undefined'}\n\n".encode()


class Connection:
    """One client that listens. `ended` says why it has to go, once it has to."""

    def __init__(self, caller: Caller) -> None:
        assert caller.persona is not None
        self.persona_id = caller.persona.id
        self.token_id = caller.token_id
        self.scopes = caller.scopes
        self.hears_news = covers(caller.scopes, "read:notifications")
        self.streams: dict[Address, Stream] = {}
        self.ended: str | None = None
        self._waiting: deque[Frame] = deque()
        self._event = asyncio.Event()

    def put(self, frame: Frame) -> None:
        """Hand over an event; too many that were not taken end the connection."""
        if self.ended is not None:
            return
        if len(self._waiting) >= WAITING_MOST:
            self.end("slow")
            return
        self._waiting.append(frame)
        self._event.set()

    def end(self, why: str) -> None:
        """Nothing is told to it any more, not even what waits."""
        self._waiting.clear()
        self.ended = self.ended or why
        self._event.set()

    async def wait(self, seconds: float | None = None) -> list[Frame]:
        """What has come, or nothing when it ended or the time is over."""
        if not self._waiting and self.ended is None:
            try:
                async with asyncio.timeout(seconds):
                    await self._event.wait()
            except TimeoutError:
                return []
        self._event.clear()
        frames = list(self._waiting)
        self._waiting.clear()
        return frames


class Hub:
    """All connections of this process: at most `most`, and `each` of one persona."""

    def __init__(self, most: int, each: int) -> None:
        self._most = most
        self._each = each
        self._open: set[Connection] = set()
        self._by_persona: Counter[int] = Counter()
        self._at: dict[Address, dict[int, set[Connection]]] = {}
        self._listeners: Listeners | None = None
        self.is_closing = False

    def __len__(self) -> int:
        return len(self._open)

    @contextmanager
    def connection(self, caller: Caller) -> Iterator[Connection]:
        """A place for as long as the block lasts. Raises Refused (`busy`) when there is none."""
        one = Connection(caller)
        full = len(self._open) >= self._most or self._by_persona[one.persona_id] >= self._each
        if full or self.is_closing:
            raise Refused("Too many streams are open; close one, or try again later", "busy")
        self._open.add(one)
        self._by_persona[one.persona_id] += 1
        self._listeners = None
        try:
            yield one
        finally:
            for stream in list(one.streams.values()):
                self.leave(one, stream)
            self._open.discard(one)
            self._by_persona[one.persona_id] -= 1
            if not self._by_persona[one.persona_id]:
                del self._by_persona[one.persona_id]
            self._listeners = None

    def join(self, one: Connection, stream: Stream) -> None:
        """Listen to a stream. Raises Refused for one too many."""
        if stream.address in one.streams:
            return
        if len(one.streams) >= STREAMS_MOST:
            raise Refused(f"One connection carries at most {STREAMS_MOST} streams", "busy")
        one.streams[stream.address] = stream
        personas = self._at.setdefault(stream.address, {})
        personas.setdefault(one.persona_id, set()).add(one)
        self._listeners = None

    def leave(self, one: Connection, stream: Stream) -> None:
        """Listen to it no more."""
        if one.streams.pop(stream.address, None) is None:
            return
        personas = self._at[stream.address]
        personas[one.persona_id].discard(one)
        if not personas[one.persona_id]:
            del personas[one.persona_id]
        if not personas:
            del self._at[stream.address]
        self._listeners = None

    def listeners(self) -> Listeners:
        """Everybody who listens now, for use in another thread."""
        if self._listeners is None:
            self._listeners = Listeners(
                {address: frozenset(personas) for address, personas in self._at.items()},
                frozenset(one.token_id for one in self._open),
            )
        return self._listeners

    def deliver(self, told: Iterable[Told]) -> None:
        """Hand each event to those it is for. Those who have gone meanwhile are not there."""
        for one in told:
            frames: dict[tuple[str, ...], Frame] = {}
            at = self._at.get(one.address, {})
            for persona_id in one.to & at.keys():
                for connection in at[persona_id]:
                    if one.event in NEWS and not connection.hears_news:
                        continue
                    name = connection.streams[one.address].name
                    frame = frames.get(name)
                    if frame is None:
                        frame = frames[name] = Frame(name, one.event, one.payload)
                    connection.put(frame)

    def keep(self, alive: frozenset[int], asked: frozenset[int]) -> None:
        """End the connections of those of the tokens `asked` about that are not `alive`."""
        for one in list(self._open):
            if one.token_id in asked and one.token_id not in alive:
                one.end("token")

    async def close(self, *_: object) -> None:
        """The node is about to end: nobody listens any longer."""
        self.is_closing = True
        for one in list(self._open):
            one.end("closing")
