"""A copy of all that is one's own: ordered on a page, made by a worker, fetched by its owner.

The worker reads batch by batch, each in a transaction of its own, packs two files, for programs and
for people, and seals the pieces under the account's key. No plain text of it ever touches the disk.
A copy that was broken off is begun anew.
"""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from typing import Any, Final

import msgspec

from node.errors import NotFound, Refused
from node.i18n import N_
from node.ports import Clock, NewId
from node.rights.exporters import EXPORTERS
from node.rights.parts import Batch, Exporter, Owner, Part, when
from node.rights.readable import readable
from node.rights.rules import RightsLimits
from storage.accounts import Account
from storage.database import Database
from storage.exports import Export
from storage.jobs import Job
from storage.unit_of_work import UnitOfWork

COPY: Final = "copy"
CHUNK: Final = 256 * 1024
"""Bytes that are sealed together."""

Sections = list[tuple[Exporter, list[Part]]]


class Copies:
    """Use cases of copies. `node_name` and `origin` say where the data come from."""

    def __init__(
        self, now: Clock, new_id: NewId, limits: RightsLimits, node_name: str, origin: str
    ) -> None:
        self._now = now
        self._new_id = new_id
        self._limits = limits
        self._node_name = node_name
        self._origin = origin

    def order(self, uow: UnitOfWork, account: Account) -> Export:
        """Have a copy made; an earlier one goes. Raises Refused while one is being made."""
        earlier = uow.exports.of_account(account.id)
        if earlier is not None and earlier.state == "waiting":
            raise Refused(
                N_("Your copy is being made already. Look again in a while."), "being-made"
            )
        if earlier is not None:
            uow.exports.drop(earlier.id)
        now = self._now()
        export = Export(
            id=self._new_id(),
            account_id=account.id,
            created_at=now,
            expires_at=now + self._limits.copies,
        )
        uow.exports.add(export)
        job = Job(
            id=self._new_id(),
            kind=COPY,
            target=str(export.id),
            next_attempt_at=now,
            created_at=now,
        )
        uow.jobs.add(job)
        uow.wake("jobs")
        return export

    def current(self, uow: UnitOfWork, account: Account) -> Export | None:
        """The account's copy, while it can be fetched or is being made."""
        export = uow.exports.of_account(account.id)
        return None if export is None or export.expires_at <= self._now() else export

    def ready(self, uow: UnitOfWork, account: Account) -> Export:
        """The copy, if it can be fetched. Raises NotFound."""
        export = self.current(uow, account)
        if export is None or export.state != "ready":
            raise NotFound
        return export

    async def read(self, db: Database, export: Export) -> AsyncIterator[bytes]:
        """The bytes of the file, a piece at a time."""
        for number in range(-(-export.size // CHUNK)):
            piece = await db.read(partial(_chunk, export.id, number))
            if piece is None:
                return
            yield piece

    async def make(self, db: Database, export_id: int) -> datetime | None:
        """The work that `order` asked for. Answers None: it is done in one go."""
        export = await db.read(lambda uow: uow.exports.get(export_id))
        if export is None or export.state != "waiting":
            return None
        owner = await db.read(lambda uow: self._owner(uow, export))
        if owner is None:
            return None
        sections = [(one, await _collect(db, one, owner)) for one in EXPORTERS]
        packed = await asyncio.to_thread(self._pack, owner, sections)
        for number in range(-(-len(packed) // CHUNK)):
            await self._keep(db, export, number, packed)
        until = self._now() + self._limits.copies
        await db.write(lambda uow: uow.exports.settle(export, "ready", len(packed), until))
        return None

    def _owner(self, uow: UnitOfWork, export: Export) -> Owner | None:
        account = uow.accounts.get(export.account_id)
        if account is None:
            return None
        numbers = uow.accounts.personas_of(account.id)
        actors = uow.actors.get_many(numbers)
        personas = tuple(actors[number] for number in numbers if number in actors)
        return Owner(account, personas, self._origin)

    async def _keep(self, db: Database, export: Export, number: int, packed: bytes) -> None:
        piece = packed[number * CHUNK : (number + 1) * CHUNK]
        await db.write(lambda uow: uow.exports.put_chunk(export, number, piece))

    def _pack(self, owner: Owner, sections: Sections) -> bytes:
        made = when(self._now()) or ""
        document = {
            "@context": "https://www.w3.org/ns/activitystreams",
            "node": self._origin,
            "made": made,
            **_by_section(owner, sections),
        }
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            encoded = msgspec.json.encode(document)
            archive.writestr("export.json", msgspec.json.format(encoded, indent=2))
            archive.writestr("index.html", readable(self._node_name, made, sections))
        return file.getvalue()


def _by_section(owner: Owner, sections: Sections) -> dict[str, Any]:
    """What is the account's by section, and under each persona what is its own."""
    own: dict[str, Any] = {}
    faces: dict[str, dict[str, Any]] = {one.handle: {} for one in owner.personas}
    for exporter, parts in sections:
        for part in parts:
            place = faces[part.persona] if part.persona else own
            place.setdefault(exporter.name, []).append(part.item)
    own["personas"] = [
        {"actor": face.pop("personas", [None])[0], **face} for face in faces.values()
    ]
    return own


async def _collect(db: Database, exporter: Exporter, owner: Owner) -> list[Part]:
    parts: list[Part] = []
    at: int | None = 0
    while at is not None:
        batch = await db.read(partial(_batch, exporter, owner, at))
        parts += batch.parts
        at = batch.following
    return parts


def _batch(exporter: Exporter, owner: Owner, at: int, uow: UnitOfWork) -> Batch:
    return exporter.collect(uow, owner, at)


def _chunk(export_id: int, number: int, uow: UnitOfWork) -> bytes | None:
    return uow.exports.chunk(export_id, number)
