"""Three nodes that are watched, a stranger, and the people: where the proof is played.

Every node is a `kith serve` of its own, with its own folders and its log at its most talkative.
"""

import asyncio
import json
import os
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from yarl import URL

from node.demo.errands import Errand, written
from tests.canary.browser import Browser
from tests.canary.channels import NEIGHBOURS, OWNERS, Piece, at_rest, recorded
from tests.canary.databases import Database, PostgreSql, Sqlite
from tests.canary.markers import Kind, Marker
from tests.clock import Clock
from tests.faults.ledger import Ledger
from tests.faults.processes import Victim
from tests.faults.rest import settled
from tests.node.clients.push.device import Device, PushService, push_service
from tests.stranger import Stranger, open_stranger

SPY = Path(__file__).with_name("spy")
SCOPES = "read write push"
CONSENTS = "/settings/consents"
NAMES = ("harbour", "meadow", "grove")


class WallClock(Clock):
    """The real time, which real nodes live in."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class WatchedNode(Victim):
    """A node with a spy in it. `leaky` takes guards away when the test says so."""

    def __init__(
        self, key: str, folder: Path, postgresql: str | None = None, *, leaky: bool = False
    ) -> None:
        self.spy, self.temporary = folder / key / "spy", folder / key / "tmp"
        self.backups, self.killed = folder / key / "backups", folder / key / "killed"
        home = folder / key / "home"
        self.database: Database = PostgreSql(postgresql) if postgresql else Sqlite(home / key)
        super().__init__(key, home, self.database.url)
        self.said, self.printed = b"", b""
        for one in (self.spy, self.temporary, self.backups, self.killed):
            one.mkdir(parents=True)
        self._environment |= {
            "PYTHONPATH": os.pathsep.join((str(SPY), self._environment["PYTHONPATH"])),
            "PYTHONDONTWRITEBYTECODE": "1",
            "AIOHTTP_NOSENDFILE": "1",
            "TMPDIR": str(self.temporary),
            "KITH_LOG_LEVEL": "debug",
            "KITH_NEWCOMER_DAYS": "0",
            "KITH_NEWCOMER_THREADS_READ": "0",
            "KITH_TEST_SPY": str(self.spy),
        }
        if leaky:
            self._environment["KITH_TEST_LEAKY"] = "1"
        self.log = folder / key / "node.log"

    async def kill(self) -> None:
        """SIGKILL; the journal of the database is kept as it was at that moment."""
        await super().kill()
        self.database.keep_journals(self.killed)

    async def _until_it_listens(self, process: Process) -> None:
        """As always, and what it prints is kept, then and later."""
        assert process.stdout is not None
        async for line in process.stdout:
            self.said += line
            if line.startswith(b"Listening on"):
                self._listener = asyncio.create_task(self._listen(process.stdout))
                return
        raise AssertionError(self.last_words())

    async def _listen(self, output: asyncio.StreamReader) -> None:
        async for line in output:
            self.said += line

    async def errands(self, *errands: Errand) -> list[str]:
        """What `kith` commands printed, with this node's settings."""
        output = await self.run_errands(written(list(errands)))
        self.printed += output
        printed: list[str] = json.loads(output)
        return printed

    def backup(self) -> None:
        """What an operator keeps."""
        self.database.backup(self.backups)

    @property
    def places(self) -> dict[str, str]:
        """Its folders, by the names that channels know."""
        return {
            str(self.folder): "<data>",
            str(self.temporary): "<temporary>",
            str(self.backups): "<backup>",
            str(self.killed): "<killed>",
            str(self.spy / "deleted"): "<deleted>",
            **self.database.folders,
        }

    def pieces(self, nodes: set[str]) -> Iterator[Piece]:
        """All that left it, and all that it keeps. `nodes` are the addresses that it may call."""
        yield from recorded(self.spy, self.places, nodes)
        for folder in map(Path, self.places):
            yield from at_rest(folder, self.places)
        yield "stderr", "", self.log.read_bytes()
        yield "terminal", "", self.printed
        yield "stdout", "", self.said


@dataclass
class Stage:
    """The nodes, and what was written where."""

    nodes: dict[str, WatchedNode]
    stranger: Stranger
    push: PushService
    markers: dict[str, Marker]
    written: set[str] = field(default_factory=set)
    private_ids: set[str] = field(default_factory=set)
    private_posts: set[str] = field(default_factory=set)
    private_handles: set[str] = field(default_factory=set)
    private_pairs: set[tuple[str, str]] = field(default_factory=set)
    threads: dict[str, str] = field(default_factory=dict)
    public_paths: set[str] = field(default_factory=set)
    browsers: dict[str, Browser] = field(default_factory=dict)
    device: Device = field(default_factory=Device)

    @property
    def home(self) -> WatchedNode:
        """The node where most is said."""
        return self.nodes["harbour"]

    def pieces(self) -> Iterator[Piece]:
        """All that left any node, and all that they keep."""
        nodes = {self.stranger.authority, *(node.authority for node in self.nodes.values())}
        nodes.add(URL(self.push.url).authority)
        for node in self.nodes.values():
            yield from node.pieces(nodes)

    def word(self, name: str) -> str:
        """The word for a field; from now on it must be found where it belongs, and only there."""
        self.written.add(name)
        return self.markers[name].word

    def browser(self, name: str, node: WatchedNode, source: str) -> Browser:
        """A fresh browser, kept under a name."""
        self.browsers[name] = made = Browser(node.origin, source)
        return made

    async def move_in(self, node: WatchedNode, *people: "Mover") -> None:
        """Accounts, tokens and browsers that are signed in."""
        made = [
            Errand(
                ("account", "create", one.name, "--handle", one.handle, "--password-stdin")
                + (("--administrator",) if one.runs_the_node else ()),
                f"{one.password}\n",
            )
            for one in people
        ]
        tokens = [Errand(("token", "create", one.handle, "--scopes", SCOPES)) for one in people]
        printed = await node.errands(*made, *tokens)
        others = [one.authority for one in self.nodes.values() if one is not node]
        await node.trust(self.stranger.authority, *others)
        await node.start()
        for one, token in zip(people, printed[-len(people) :], strict=True):
            browser = self.browser(one.handle, node, OWNERS if one.belongs else NEIGHBOURS)
            browser.token = token.strip()
            await browser.submit("/sign-in", at="/sign-in", name=one.name, password=one.password)
            await browser.submit(f"{CONSENTS}/taking-part", at=CONSENTS, agrees="yes")

    async def rest(self) -> None:
        """Until nobody has anything left to say."""
        await settled([Ledger(node.database_url) for node in self.nodes.values()])

    def of_kind(self, kind: Kind) -> set[str]:
        return {name for name, marker in self.markers.items() if marker.kind == kind}


@dataclass(frozen=True)
class Mover:
    """Somebody who comes to live on a node. Who does not `belong` must learn nothing private."""

    handle: str
    name: str
    password: str = "willows along the river"
    belongs: bool = True
    runs_the_node: bool = False


@asynccontextmanager
async def open_stage(
    folder: Path,
    markers: list[Marker],
    names: tuple[str, ...] = NAMES,
    postgresql: str | None = None,
    *,
    leaky: bool = False,
) -> AsyncIterator[Stage]:
    """The nodes, not yet running, and a stranger and a push service that listen. `postgresql` is
    the database of the first node; all others have SQLite."""
    async with AsyncExitStack() as stack:
        stranger = await stack.enter_async_context(open_stranger("sink", WallClock()))
        push = await stack.enter_async_context(push_service())
        nodes = {
            name: WatchedNode(name, folder, postgresql if name == names[0] else None, leaky=leaky)
            for name in names
        }
        stage = Stage(nodes, stranger, push, {marker.name: marker for marker in markers})
        try:
            yield stage
        finally:
            for browser in stage.browsers.values():
                await browser.close()
            await asyncio.gather(*(node.stop() for node in nodes.values()))
