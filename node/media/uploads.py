"""The way of a picture of a post from the upload to the disk, and back to a reader.

As with messages, the plain picture is only ever in memory, also of a post that everybody may read:
whether that stays so is not known when it is written. A file is on the disk before its row is.
"""

import asyncio

from node.errors import NotFound
from node.media.pictures import Shown
from node.media.posting import MayRead, PostPictures, Seen
from node.media.recoder import Recoding
from node.media.remote import Fetch, RemotePictures
from node.media.service import Shape
from node.ports import Clock
from storage.actors import Actor
from storage.database import Database
from storage.media import NAME, MediaStore
from storage.post_media import PostMedia, Size
from storage.unit_of_work import UnitOfWork


class Uploads:
    """The whole way of pictures of posts. All of it is awaited."""

    def __init__(
        self,
        db: Database,
        pictures: PostPictures,
        store: MediaStore,
        recoder: Recoding,
        now: Clock,
    ) -> None:
        self._db = db
        self.pictures = pictures
        self._store = store
        self._recoder = recoder
        self._now = now

    def remote(self, fetch: Fetch, most_bytes: int) -> RemotePictures:
        """Pictures of other nodes, in the same folder and by the same processes; `most_bytes` of
        them are kept."""
        return RemotePictures(
            self._db,
            self.pictures,
            self._store,
            self._recoder,
            fetch,
            self._now,
            most_bytes,
        )

    async def keep(
        self, owner: Actor, data: bytes, alt: str = "", focus: tuple[float, float] = (0.0, 0.0)
    ) -> PostMedia:
        """A picture that waits for its post. Raises Invalid, Refused."""
        await self._db.read(lambda uow: self.pictures.insist_sender(uow, owner))
        made = await self._recoder.posted(data)
        shape = Shape(
            width=made.large.width,
            height=made.large.height,
            small_width=made.small.width,
            small_height=made.small.height,
            size=len(made.large.body) + len(made.small.body),
        )
        media = self.pictures.begin(owner, shape, made.blurhash, alt, focus)
        bodies: dict[Size, bytes] = {"large": made.large.body, "small": made.small.body}
        sealed = await self._db.write(
            lambda uow: {size: uow.post_media.seal(media, size, bodies[size]) for size in bodies}
        )
        for size, body in sealed.items():
            await asyncio.to_thread(self._store.put, media.name, size, body, self._now())

        def add(uow: UnitOfWork) -> None:
            self.pictures.insist_sender(uow, owner)  # others may have come in meanwhile
            uow.post_media.add(media)

        await self._db.write(add)
        return media

    async def show(
        self,
        name: str,
        size: Size,
        reader: Actor | None,
        may_read: MayRead,
        admission: str = "",
    ) -> tuple[Shown, bool]:
        """A picture of ours for somebody who may see it, and whether everybody may. Everything
        else is NotFound. `admission` tells who a visitor is (`uow.post_media.passes`)."""
        if not NAME.match(name):
            raise NotFound
        seen = await self._db.read(lambda uow: self._find(uow, name, reader, may_read, admission))
        sealed = await asyncio.to_thread(self._store.get, name, size)
        if sealed is None:
            raise NotFound
        body = await self._db.read(lambda uow: uow.post_media.open(seen.media, size, sealed))
        if body is None:
            raise NotFound
        return Shown(body, seen.media.type), seen.is_open

    def _find(
        self,
        uow: UnitOfWork,
        name: str,
        reader: Actor | None,
        may_read: MayRead,
        admission: str,
    ) -> Seen:
        reader = self.pictures.reader(uow, name, reader, admission)
        seen = self.pictures.find(uow, name, reader, may_read)
        if seen.media.remote_url is not None:
            raise NotFound  # it has another door
        return seen
