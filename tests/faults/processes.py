"""Real node processes that a test may kill: no warning, no clean end, whatever they were at."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from node.demo.errands import Errand, written
from node.demo.processes import NodeProcess, free_port

PASSWORD = "willows along the river"
_KITH = "from node.cli.main import main; main()"


class Victim(NodeProcess):
    """A `kith serve` that can be killed. `up` is set while it runs."""

    def __init__(self, key: str, folder: Path, database: str = "", **settings: str) -> None:
        plain = database.replace("+psycopg", "")
        super().__init__(key, key.title(), folder / key, free_port(), plain)
        self._environment |= settings
        self.database_url = plain or f"sqlite:///{self.folder}/kith.sqlite3"
        self.up = asyncio.Event()

    async def start(self) -> None:
        """Starts the node and answers once it listens."""
        await super().start()
        self.up.set()

    async def kill(self) -> None:
        """SIGKILL: the process gets no chance to do anything any more."""
        self.up.clear()
        process, self._process = self._process, None
        assert process is not None
        process.kill()
        assert await process.wait() == -signal.SIGKILL

    async def end(self) -> int:
        """SIGTERM, as a supervisor sends it; the exit status."""
        self.up.clear()
        process, self._process = self._process, None
        assert process is not None
        process.send_signal(signal.SIGTERM)
        return await process.wait()

    async def people(self, *handles: str, group: str | None = None) -> list[str]:
        """Makes accounts, and a group that the first of them founds; a token for each."""
        errands = [
            Errand(("account", "create", one, "--handle", one, "--password-stdin"), f"{PASSWORD}\n")
            for one in handles
        ]
        if group is not None:
            named = ("group", "create", group, "--name", group.title(), "--founder", handles[0])
            errands.append(Errand(named))
        errands += [Errand(("token", "create", one)) for one in handles]
        outputs: list[str] = json.loads(await self.run_errands(written(errands)))
        return [line.strip() for line in outputs[-len(handles) :]]

    @property
    def environment(self) -> dict[str, str]:
        """Its settings, for other processes on its database."""
        return dict(self._environment)


@asynccontextmanager
async def beside(node: Victim, *arguments: str) -> AsyncIterator[Process]:
    """Another `kith` process with the node's settings, from its first word until the block ends."""
    with node.log.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _KITH, *arguments),
            env=node.environment,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=log,
            start_new_session=True,
        )
    try:
        assert process.stdout is not None
        assert await process.stdout.readline(), node.last_words()
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            await process.wait()
