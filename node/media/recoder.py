"""Hands pictures to the process that decodes them, and ends it when it takes too long.

One picture is decoded at a time, in a process that starts when it is needed, stays for a while and
ends when nobody sends more, so that a quiet node keeps its memory. What goes wrong there is told in
two words: too large, or unreadable.
"""

import asyncio
import contextlib
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from dataclasses import dataclass
from typing import Final, Protocol

from node.errors import Refused
from node.i18n import N_
from node.media.framing import (
    AVATAR,
    COUNT,
    DONE,
    HEADER,
    PICTURE,
    POSTED,
    RENDITION,
    REQUEST,
    TOO_LARGE,
)
from node.media.header import Header, NotAPicture, read_header
from node.media.rules import PictureLimits, moving, too_large, unreadable

_PROGRAM: Final = "node.media.recode"
_WAITING_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file that may be shown, and its size in pixels."""

    width: int
    height: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Posted:
    """A picture of a post: both renditions, and the blur that stands for it meanwhile."""

    large: Rendition
    small: Rendition
    blurhash: str


class Recoding(Protocol):
    """Whatever makes clean pictures of what was sent."""

    async def picture(self, data: bytes) -> tuple[Rendition, Rendition]: ...

    async def posted(self, data: bytes) -> Posted: ...

    async def avatar(self, data: bytes) -> Rendition: ...

    async def header(self, data: bytes) -> Rendition: ...

    async def close(self) -> None: ...


class RecoderPool:
    """A few processes side by side; each picture goes to the one with the shortest queue."""

    def __init__(self, limits: PictureLimits, count: int) -> None:
        self._recoders = [Recoder(limits) for _ in range(count)]

    async def picture(self, data: bytes) -> tuple[Rendition, Rendition]:
        return await self._next().picture(data)

    async def posted(self, data: bytes) -> Posted:
        return await self._next().posted(data)

    async def avatar(self, data: bytes) -> Rendition:
        return await self._next().avatar(data)

    async def header(self, data: bytes) -> Rendition:
        return await self._next().header(data)

    async def close(self) -> None:
        """End all processes."""
        for recoder in self._recoders:
            await recoder.close()

    def _next(self) -> "Recoder":
        return min(self._recoders, key=lambda recoder: recoder.waiting)


class Recoder:
    """Use it on one event loop; `close` ends the process."""

    def __init__(self, limits: PictureLimits) -> None:
        self._limits = limits
        self._process: Process | None = None
        self._alone = asyncio.Lock()
        self._waiting = 0
        self._rest: asyncio.TimerHandle | None = None

    async def picture(self, data: bytes) -> tuple[Rendition, Rendition]:
        """The picture, large and small. Raises Invalid for the field `image`, Refused when busy."""
        large, small = await self._make(PICTURE, data, self._limits.side, self._limits.small_side)
        return large, small

    async def posted(self, data: bytes) -> Posted:
        """The same for a post, with its blurhash. Raises the same."""
        sides = self._limits.side, self._limits.small_side
        large, small, blur = await self._make(POSTED, data, *sides)
        return Posted(large, small, blur.body.decode())

    async def header(self, data: bytes) -> Rendition:
        """The middle of the picture, as a wide strip. Raises the same."""
        side = self._limits.header_side
        [strip] = await self._make(HEADER, data, side, side)
        return strip

    async def avatar(self, data: bytes) -> Rendition:
        """The middle of the picture, as a square. Raises the same."""
        side = self._limits.avatar_side
        [square] = await self._make(AVATAR, data, side, side)
        return square

    @property
    def waiting(self) -> int:
        """How many pictures wait for it or are under way."""
        return self._waiting

    @property
    def is_running(self) -> bool:
        """Whether there is a process at present."""
        return self._process is not None and self._process.returncode is None

    async def close(self) -> None:
        """End the process, if there is one."""
        if self._rest is not None:
            self._rest.cancel()
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _make(self, kind: bytes, data: bytes, longest: int, small: int) -> list[Rendition]:
        self._check(data)
        if self._waiting >= _WAITING_MOST:
            raise Refused(N_("Many pictures arrive just now. Try again in a minute."), "busy")
        self._waiting += 1
        try:
            async with self._alone:
                request = REQUEST.pack(kind, longest, small, len(data)) + data
                return await self._ask(request)
        finally:
            self._waiting -= 1

    def _check(self, data: bytes) -> Header:
        if len(data) > self._limits.most_bytes:
            raise too_large()
        try:
            header = read_header(data)
        except NotAPicture as error:
            raise moving() if error.moves else unreadable() from None
        if header.pixels > self._limits.most_pixels:
            raise too_large()
        return header

    async def _ask(self, request: bytes) -> list[Rendition]:
        """A process that dies, says nothing in time or is left by its caller is not used again."""
        if self._rest is not None:
            self._rest.cancel()
        answered = False
        try:
            async with asyncio.timeout(self._limits.seconds):
                process = await self._running()
                made = await _exchange(process, request)
                answered = True
        except (TimeoutError, OSError, EOFError):
            raise unreadable() from None
        finally:
            if not answered:
                await self.close()
        self._rest = asyncio.get_running_loop().call_later(self._limits.idle_seconds, self._end)
        if isinstance(made, bytes):
            raise too_large() if made == TOO_LARGE else unreadable()
        return made

    async def _running(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            limits = self._limits
            arguments = (limits.memory, limits.cpu_seconds, limits.most_pixels)
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-m", _PROGRAM, *map(str, arguments)),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                cwd="/",
                env={},
            )
        return self._process

    def _end(self) -> None:
        """Close its input: it ends by itself."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process = None


async def _exchange(process: Process, request: bytes) -> list[Rendition] | bytes:
    """What the process makes of it: renditions, or the letter of its refusal."""
    into, out = process.stdin, process.stdout
    if into is None or out is None:
        raise EOFError
    into.write(request)
    await into.drain()
    letter, count = COUNT.unpack(await out.readexactly(COUNT.size))
    if letter != DONE:
        return bytes(letter)
    made = []
    for _ in range(count):
        width, height, length = RENDITION.unpack(await out.readexactly(RENDITION.size))
        made.append(Rendition(width, height, await out.readexactly(length)))
    return made
