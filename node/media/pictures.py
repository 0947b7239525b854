"""The way of a picture from the form to the disk, decoded, sealed, written and remembered, and back
to a reader. The plain picture is only ever in memory.

A file is written before its row is committed, so that what was acknowledged is there. What a crash
leaves between the two, a file that no row knows, is swept up later.
"""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from node.errors import NotFound
from node.media.recoder import Recoding
from node.media.service import Media, Shape
from node.ports import Clock
from storage.actors import Actor
from storage.attachments import Attachment, Size
from storage.avatars import Avatar
from storage.database import Database
from storage.errors import NotThere
from storage.media import NAME, MediaStore, new_name
from storage.unit_of_work import UnitOfWork

FACE: Final = "face"
GRACE: Final = timedelta(hours=1)
"""How old a file is at least before it is swept up: uploads under way have no row yet."""
_ASKED_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as it is sent to a browser."""

    body: bytes
    type: str


class Pictures:
    """The whole way of pictures. All of it is awaited."""

    def __init__(
        self, db: Database, media: Media, store: MediaStore, recoder: Recoding, now: Clock
    ) -> None:
        self._db = db
        self.media = media
        self._store = store
        self._recoder = recoder
        self._now = now

    async def keep(self, owner_id: int, conversation_id: int, data: bytes) -> Attachment:
        """A picture that waits for its message. Raises Invalid, Refused."""
        large, small = await self._recoder.picture(data)
        shape = Shape(
            width=large.width,
            height=large.height,
            small_width=small.width,
            small_height=small.height,
            size=len(large.body) + len(small.body),
        )

        def seal(uow: UnitOfWork) -> tuple[Attachment, dict[Size, bytes]]:
            picture = self.media.begin(uow, owner_id, conversation_id, shape)
            seal_one = uow.attachments.seal
            return picture, {
                "large": seal_one(picture, "large", large.body),
                "small": seal_one(picture, "small", small.body),
            }

        picture, sealed = await self._db.write(seal)
        for size, body in sealed.items():
            await asyncio.to_thread(self._store.put, picture.name, size, body, self._now())
        try:
            await self._db.write(lambda uow: uow.attachments.add(picture))
        except NotThere:
            raise NotFound from None  # the conversation went meanwhile
        return picture

    async def show(self, name: str, size: Size, reader: Actor) -> Shown:
        """The picture for a persona that may see it. Everything else is NotFound."""
        if not NAME.match(name):
            raise NotFound
        picture = await self._db.read(lambda uow: self.media.find(uow, name, reader))
        sealed = await asyncio.to_thread(self._store.get, name, size)
        if sealed is None:
            raise NotFound
        body = await self._db.read(lambda uow: uow.attachments.open(picture, size, sealed))
        if body is None:
            raise NotFound
        return Shown(body, picture.type)

    async def wear(self, persona_id: int, account_id: int, data: bytes) -> Avatar:
        """A new face for a persona. Raises Invalid, Refused."""
        square = await self._recoder.avatar(data)
        name, fingerprint = new_name(), hashlib.sha256(square.body).digest()
        await asyncio.to_thread(self._store.put, name, FACE, square.body, self._now())
        return await self._db.write(
            lambda uow: self.media.wear(uow, persona_id, account_id, name, fingerprint)
        )

    async def wear_header(self, persona_id: int, account_id: int, data: bytes) -> Avatar:
        """A new wide picture on top of a persona's profile. Raises Invalid, Refused."""
        wide = await self._recoder.header(data)
        name, fingerprint = new_name(), hashlib.sha256(wide.body).digest()
        await asyncio.to_thread(self._store.put, name, FACE, wide.body, self._now())
        return await self._db.write(
            lambda uow: self.media.wear_header(uow, persona_id, account_id, name, fingerprint)
        )

    async def header(self, name: str) -> Shown:
        """Such a picture, for everybody. Raises NotFound."""
        return await self._worn(name, lambda uow: uow.headers.by_name(name))

    async def face(self, name: str) -> Shown:
        """A face, for everybody. Raises NotFound."""
        return await self._worn(name, lambda uow: uow.avatars.by_name(name))

    async def _worn(self, name: str, find: Callable[[UnitOfWork], Avatar | None]) -> Shown:
        if not NAME.match(name):
            raise NotFound
        known = await self._db.read(find)
        body = await asyncio.to_thread(self._store.get, name, FACE) if known else None
        if body is None:
            raise NotFound
        return Shown(body, "image/jpeg")

    async def sweep(self) -> int:
        """Delete the files that no row knows; how many blobs that were."""
        before = self._now() - GRACE
        names = await asyncio.to_thread(lambda: sorted(set(self._store.names(before))))
        await asyncio.to_thread(self._store.delete_unfinished, before)
        dropped = 0
        for start in range(0, len(names), _ASKED_AT_ONCE):
            some = names[start : start + _ASKED_AT_ONCE]
            known = await self._db.read(partial(_known, some))
            for name in set(some) - known:
                await asyncio.to_thread(self._store.delete, name)
                dropped += 1
        return dropped

    async def close(self) -> None:
        """End the process that decodes."""
        await self._recoder.close()


def _known(names: Sequence[str], uow: UnitOfWork) -> set[str]:
    known = uow.attachments.known(names) | uow.avatars.known(names)
    return known | uow.headers.known(names) | uow.post_media.known(names)
