"""Pictures of other nodes, shown through this one: nobody's browser asks a stranger for them, so no
stranger learns who reads what (PRV-20).

A picture is fetched when somebody here first looks at it, by the one guarded door to the network,
unsigned and without a word about whoever looks; it is decoded and written anew like an upload, and
kept sealed for a while. When there is no more room, those that were fetched first go.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from node.errors import KithError, NotFound
from node.media.pictures import Shown
from node.media.posting import MayRead, PostPictures
from node.media.recoder import Posted, Recoding
from node.media.service import TYPE
from node.ports import Clock
from storage.actors import Actor
from storage.database import Database
from storage.media import NAME, MediaStore
from storage.post_media import PostMedia, Size
from storage.unit_of_work import UnitOfWork

Fetch = Callable[[str], Awaitable[bytes | None]]
"""A URL to the bytes there, None for every kind of failure."""

LET_BE: Final = timedelta(minutes=10)
"""How long a picture that could not be had is not asked for again."""
REMEMBERED: Final = 1000
FETCHES_AT_ONCE: Final = 4
EVICTED_AT_ONCE: Final = 50


class RemotePictures:
    """Use it on one event loop. `most_bytes` bounds what is kept."""

    def __init__(
        self,
        db: Database,
        pictures: PostPictures,
        store: MediaStore,
        recoder: Recoding,
        fetch: Fetch,
        now: Clock,
        most_bytes: int,
    ) -> None:
        self._db = db
        self._pictures = pictures
        self._store = store
        self._recoder = recoder
        self._fetch = fetch
        self._now = now
        self._most = most_bytes
        self._failed: dict[str, datetime] = {}
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(FETCHES_AT_ONCE)

    async def show(
        self,
        name: str,
        size: Size,
        reader: Actor | None,
        may_read: MayRead,
        admission: str = "",
    ) -> tuple[Shown, bool]:
        """A picture of another node's post for somebody who may read the post, and whether
        everybody may. Everything else is NotFound, also what its node does not give us."""
        if not NAME.match(name):
            raise NotFound

        def find(uow: UnitOfWork) -> tuple[PostMedia, bool]:
            who = self._pictures.reader(uow, name, reader, admission)
            seen = self._pictures.find(uow, name, who, may_read, remote=True)
            if seen.media.kind != "image":
                raise NotFound
            return seen.media, seen.is_open

        media, is_open = await self._db.read(find)
        if media.fetched_at is None:
            await self._bring(media)
        sealed = await asyncio.to_thread(self._store.get, name, size)
        if sealed is None:
            raise NotFound
        body = await self._db.read(lambda uow: uow.post_media.open(media, size, sealed))
        if body is None:
            raise NotFound
        return Shown(body, TYPE), is_open

    async def _bring(self, media: PostMedia) -> None:
        """Fetch a picture once, however many look at it meanwhile."""
        if self._failed.get(media.name, self._now()) > self._now():
            raise NotFound
        task = self._under_way.get(media.name)
        if task is None:
            task = asyncio.create_task(self._keep(media))
            self._under_way[media.name] = task
            task.add_done_callback(lambda _: self._under_way.pop(media.name, None))
        await asyncio.shield(task)

    async def _keep(self, media: PostMedia) -> None:
        async with self._slots:
            data = await self._fetch(media.remote_url or "")
            try:
                made = None if data is None else await self._recoder.posted(data)
            except KithError:
                made = None
        if made is None:
            self._let_be(media.name)
            return
        await self._store_copy(media, made)
        await self._make_room()

    async def _store_copy(self, media: PostMedia, made: Posted) -> None:
        bodies: dict[Size, bytes] = {"large": made.large.body, "small": made.small.body}
        sealed = await self._db.write(
            lambda uow: {size: uow.post_media.seal(media, size, bodies[size]) for size in bodies}
        )
        for size, body in sealed.items():
            await asyncio.to_thread(self._store.put, media.name, size, body, self._now())
        sides = (made.large.width, made.large.height, made.small.width, made.small.height)
        size_of_all = sum(map(len, sealed.values()))
        await self._db.write(
            lambda uow: uow.post_media.fetched(media.id, sides, size_of_all, self._now())
        )

    async def _make_room(self) -> None:
        """Let go of the oldest copies until the rest fits."""

        def let_go(uow: UnitOfWork) -> list[str]:
            over = uow.post_media.size_of_copies() - self._most
            return uow.post_media.forget_copies(over, EVICTED_AT_ONCE) if over > 0 else []

        while names := await self._db.write(let_go):
            for name in names:
                await asyncio.to_thread(self._store.delete, name)

    def _let_be(self, name: str) -> None:
        if len(self._failed) >= REMEMBERED:
            self._failed.clear()
        self._failed[name] = self._now() + LET_BE
