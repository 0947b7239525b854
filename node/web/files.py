"""Forms with files: which handlers take them, and how many bytes of them are held at a time.

Files are held in memory alone: no plain byte of them is ever on disk. So that many slow senders
cannot fill it, all forms of the process together have a budget; one that comes when it is used up
is asked to come again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from aiohttp import web

from node.errors import Refused
from node.i18n import N_
from node.web.multipart import FileLimits, Malformed, MultipartReader, SentFile, TooMuch

FORM_WITH_FILES: Final = "multipart/form-data"
READ_SECONDS: Final = 300
HELD_MOST: Final = 96 * 1024 * 1024

_MARK: Final = "takes_files"

H = TypeVar("H", bound=Callable[[web.Request], Awaitable[web.StreamResponse]])


def with_files(handler: H) -> H:
    """Marks a handler whose form carries files."""
    setattr(handler, _MARK, True)
    return handler


def takes_files(request: web.Request) -> bool:
    """Whether the handler that this request goes to is marked."""
    return getattr(request.match_info.handler, _MARK, False) is True


class FilesHeld:
    """Bytes of forms with files that this process holds at the moment."""

    def __init__(self, most: int = HELD_MOST) -> None:
        self._most = most
        self.bytes = 0

    def take(self, count: int) -> None:
        """Raises Refused when it would be too much."""
        if self.bytes + count > self._most:
            raise Refused(N_("Many pictures arrive just now. Try again in a minute."), "busy")
        self.bytes += count

    def give_back(self, count: int) -> None:
        self.bytes -= count


class FileForm:
    """One form with files, read in two steps."""

    def __init__(self, request: web.Request, limits: FileLimits, held: FilesHeld) -> None:
        boundary = request.headers.get("Content-Type", "").partition("boundary=")[2]
        try:
            self._reader = MultipartReader(boundary.partition(";")[0].strip().strip('"'), limits)
        except Malformed as error:
            raise web.HTTPBadRequest from error
        self._content = request.content
        self._limits = limits
        self._held = held
        self._ours = 0

    @property
    def first_texts(self) -> dict[str, str]:
        """The fields before the first file, however much has arrived."""
        return self._reader.first_texts

    @property
    def texts(self) -> dict[str, str]:
        return self._reader.texts

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """All fields in their order; a name may stand there more than once."""
        return self._reader.pairs

    @property
    def files(self) -> list[SentFile]:
        return self._reader.files

    async def read_to_files(self) -> None:
        """The fields before the first file."""
        await self._read_until(lambda: self._reader.in_files)

    async def read_all(self) -> None:
        """The rest."""
        await self._read_until(lambda: False)

    def let_go(self) -> None:
        """The request is answered."""
        self._held.give_back(self._ours)
        self._ours = 0

    async def _read_until(self, is_enough: Callable[[], bool]) -> None:
        reader = self._reader
        try:
            async with asyncio.timeout(READ_SECONDS):
                while not reader.is_done and not is_enough():
                    piece = await self._content.readany()
                    if not piece:
                        reader.close()
                    self._held.take(len(piece))
                    self._ours += len(piece)
                    reader.feed(piece)
        except TimeoutError as error:
            raise web.HTTPRequestTimeout from error
        except Malformed as error:
            raise web.HTTPBadRequest from error
        except TooMuch as error:
            most = self._limits.whole
            raise web.HTTPRequestEntityTooLarge(max_size=most, actual_size=most + 1) from error


FILE_LIMITS = web.AppKey("file-limits", FileLimits)
FILES_HELD = web.AppKey("files-held", FilesHeld)
FORM_FILES = web.RequestKey("form-files", FileForm)


def file_form(request: web.Request) -> FileForm:
    """The form of this request, begun once."""
    form: FileForm | None = request.get(FORM_FILES)
    if form is None:
        form = FileForm(request, request.app[FILE_LIMITS], request.app[FILES_HELD])
        request[FORM_FILES] = form
    return form


@web.middleware
async def hold_files(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Gives the budget back once a form with files is answered."""
    try:
        return await handler(request)
    finally:
        form: FileForm | None = request.get(FORM_FILES)
        if form is not None:
            form.let_go()
