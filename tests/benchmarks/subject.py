"""The node that is measured: a real `kith serve` process, its data put in place beforehand."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from federation.own_keys import OwnKeys
from migrations.upgrade import upgrade
from node.accounts.service import Newcomer
from node.config import Config
from node.database import open_database
from node.demo.processes import NodeProcess, free_port
from node.rooms import Rooms, open_rooms
from node.sources import real_sources
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork
from tests.newcomers import NO_NEWCOMERS

T = TypeVar("T")


class Subject(NodeProcess):
    """A node process whose memory can be read and whose database can be looked into."""

    def __init__(self, folder: Path) -> None:
        super().__init__("subject", "Subject", folder / "subject", free_port())
        # Limits far above what anybody needs are far below what is measured.
        self._environment |= {
            "KITH_CLIENT_CALLS": "0",
            "KITH_NEWCOMER_DAYS": "0",
            "KITH_NEWCOMER_THREADS_READ": "0",
        }
        self.config = Config(
            origin=self.origin,
            data=self.folder,
            allowed_test_networks=("127.0.0.0/8",),
            **NO_NEWCOMERS,
        )

    async def prepare(self, act: Callable[[UnitOfWork, Rooms], T]) -> T:
        """Migrate, and put data in place before the node starts."""
        self.folder.mkdir(parents=True, exist_ok=True)
        upgrade(self.config.database_url)
        return await self.look(act)

    async def look(self, act: Callable[[UnitOfWork, Rooms], T]) -> T:
        """Run `act` on the database, from this process."""
        sources = real_sources()
        db = open_database(self.config)
        try:
            rooms = open_rooms(self.config, db, sources.now, sources.new_id)
            await rooms.policy.refresh()
            return await db.write(lambda uow: act(uow, rooms))
        finally:
            await db.close()

    @property
    def cpu_seconds(self) -> float:
        """Processor time that the process has used, in user and system mode."""
        assert self._process is not None
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def pss_mib(self) -> float:
        """Proportional memory of the process in MiB."""
        assert self._process is not None
        text = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text()
        [line] = [line for line in text.splitlines() if line.startswith("Pss:")]
        return int(line.split()[1]) / 1024


def settle_in(uow: UnitOfWork, rooms: Rooms) -> tuple[Actor, GroupWithActor, str]:
    """A member who moderates a public group, and a token to act as that member."""
    keys = OwnKeys(rooms.now)
    newcomer = Newcomer(name="bench-name", handle="bench", display_name="Bench", agrees=True)
    _, persona = rooms.accounts.sign_up(uow, newcomer, "-", keys.generate())
    token = rooms.tokens.issue(uow, "bench", "benchmark").secret
    group = rooms.groups.create(
        uow,
        handle="group",
        name="Group",
        visibility="public",
        founder=persona,
        keys=keys.generate(),
    )
    return persona, group, token


def trust(uow: UnitOfWork, rooms: Rooms, *authorities: str) -> None:
    """Take these nodes into the circle, as `kith peer allow` does."""
    for authority in authorities:
        uow.peers.set_policy(authority, "allow", rooms.now(), rooms.new_id)


def remote_actor(rooms: Rooms, authority: str, name: str) -> Actor:
    """An actor of a peer that does not exist, as storage keeps one."""
    uri = f"http://{authority}/users/{name}"
    now = rooms.now()
    template = Actor(
        id=rooms.new_id(),
        uri=uri,
        type="Person",
        handle=name,
        authority=authority,
        name=name,
        summary="",
        summary_source=None,
        url=uri,
        inbox=f"{uri}/inbox",
        shared_inbox=f"http://{authority}/inbox",
        outbox=None,
        followers=None,
        featured=None,
        moderators=None,
        icon_url=None,
        language=None,
        sensitive=False,
        posting_restricted=False,
        is_local=False,
        created_at=now,
        fetched_at=now,
        updated_at=None,
        gone_at=None,
        suspended_at=None,
    )
    return replace(template)


def body_of(document: dict[str, object]) -> bytes:
    """The bytes of a document."""
    return json.dumps(document).encode()
