"""Who spoke to us: a signed request from a peer shows that it lives, whatever our sends met.

Contact closes an open circuit at once and revives a peer that was called gone. It is noted at most
every few seconds per peer, so that a busy inbox does not write a peer's row for each activity.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from federation.health import as_update, revived
from storage.database import Database
from storage.errors import StorageError
from storage.unit_of_work import UnitOfWork

NOTED_EVERY: Final = timedelta(seconds=15)
REMEMBERED: Final = 10_000

_log = logging.getLogger(__name__)


class Contacts:
    """Notes contacts in the background. Built inside the event loop that uses it."""

    def __init__(
        self, db: Database, now: Callable[[], datetime], new_id: Callable[[], int]
    ) -> None:
        self._db = db
        self._now = now
        self._new_id = new_id
        self._noted: OrderedDict[str, datetime] = OrderedDict()
        self._heard: set[str] = set()
        self._task: asyncio.Task[None] | None = None
        self._listeners: list[Callable[[str], None]] = []

    def on_revival(self, listener: Callable[[str], None]) -> None:
        """Call `listener` with the authority of each peer that was unwell and spoke to us."""
        self._listeners.append(listener)

    def heard_from(self, authority: str) -> None:
        """A request that this peer signed was kept."""
        now, noted = self._now(), self._noted.get(authority)
        if noted is not None and now - noted < NOTED_EVERY:
            return
        self._noted[authority] = now
        self._noted.move_to_end(authority)
        if len(self._noted) > REMEMBERED:
            self._noted.popitem(last=False)
        self._heard.add(authority)
        if self._task is None:
            self._task = asyncio.create_task(self._write())

    def troubled(self, authority: str) -> None:
        """Our sends to this peer fail: its next contact is news, however soon it comes."""
        self._noted.pop(authority, None)

    async def settle(self) -> None:
        """Wait until what was heard is noted."""
        while self._task is not None:
            await asyncio.shield(self._task)

    async def _write(self) -> None:
        try:
            while self._heard:
                heard, self._heard = self._heard, set()
                back = await self._db.write(partial(self._note, heard=heard))
                for authority in back:
                    for listener in self._listeners:
                        listener(authority)
        except StorageError:
            _log.warning("contacts of peers were not noted", exc_info=True)
        finally:
            self._task = None

    def _note(self, uow: UnitOfWork, heard: set[str]) -> list[str]:
        now = self._now()
        peers = uow.peers.ensure_many(heard, now, self._new_id)
        unwell = [peer for peer in peers.values() if peer.state != "up"]
        for authority in peers:
            uow.peers.seen(authority, now)
        if unwell:
            uow.peers.record([as_update(revived(peer)) for peer in unwell])
            uow.wake("deliveries")
        return [peer.authority for peer in unwell]
