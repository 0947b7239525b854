"""The nodes of the demo: real `kith serve` processes, started, waited for, and ended."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

import node
from node.demo.errands import Errand, written

READY_SECONDS = 60.0
END_SECONDS = 15.0
_KITH = "from node.demo.leash import hold; hold(); from node.cli.main import main; main()"


class DemoError(Exception):
    """The demo cannot go on. The message says why, fit to be shown."""


class NodeProcess:
    """One node: where it keeps its data, where it listens, and the process while it runs."""

    def __init__(self, key: str, name: str, folder: Path, port: int, database: str = "") -> None:
        self.key = key
        self.folder = folder
        self.origin = f"http://127.0.0.1:{port}"
        self.authority = f"127.0.0.1:{port}"
        self.log = folder / "node.log"
        self._process: Process | None = None
        self._environment = clean_environment() | {
            "KITH_ORIGIN": self.origin,
            "KITH_LISTEN": self.authority,
            "KITH_DATA": str(folder),
            "KITH_DATABASE": database,
            "KITH_NODE_NAME": name,
            # The story looks again and again whether both sides agree yet.
            "KITH_CLIENT_CALLS": "0",
            "KITH_COUNTRIES": "GB IE",
            "KITH_OUTBOUND_HOLD_MINUTES": "0",
            "KITH_FIRST_POSTS_HELD": "0",
            "KITH_ALLOWED_TEST_NETWORKS": "127.0.0.0/8",
        }

    async def start(self) -> None:
        """Starts the node and answers once it listens. DemoError with its last words if not."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                _KITH,
                "serve",
                env=self._environment,
                stdin=PIPE,  # the leash
                stdout=PIPE,
                stderr=log,
                # Ctrl-C is for the demo, which ends its nodes in good order.
                start_new_session=True,
            )
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self._until_it_listens(self._process)
        except TimeoutError:
            raise DemoError(
                f"{self.key} did not listen within a minute. {self.last_words()}"
            ) from None

    async def trust(self, *authorities: str) -> None:
        """Takes these nodes into the circle of this one, which is not running yet. DemoError."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        allow = [Errand(("peer", "allow", one)) for one in authorities]
        await self.run_errands(written(allow))

    async def run_errands(self, errands: bytes) -> bytes:
        """Runs `kith` commands with this node's settings (`errands.py`). DemoError."""
        return await self.run_module("node.cli.errands", typed=errands)

    async def run_module(self, module: str, *arguments: str, typed: bytes = b"") -> bytes:
        """Runs a module of ours with this node's settings; what it printed. DemoError."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            *arguments,
            env=self._environment,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            start_new_session=True,
        )
        try:
            output, errors = await process.communicate(typed)
        finally:
            await _end(process)
        if process.returncode != 0:
            raise DemoError(f"{self.key}: {errors.decode(errors='replace').strip()[-1500:]}")
        return output

    async def has_ended(self) -> None:
        """Returns when the process is gone, asked or not."""
        if self._process is not None:
            await self._process.wait()

    async def stop(self) -> None:
        """Ends the process; one that does not listen to SIGTERM is killed."""
        process, self._process = self._process, None
        if process is not None:
            await _end(process)

    async def _until_it_listens(self, process: Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            if line.startswith(b"Listening on"):
                return
        await process.wait()
        raise DemoError(f"{self.key} ended before it listened. {self.last_words()}")

    def last_words(self) -> str:
        """Where its log is, and how that ends."""
        return f"Its log, {self.log}, ends: {self.log.read_text('utf-8', 'replace')[-1500:]}"


async def _end(process: Process) -> None:
    """SIGTERM, and SIGKILL for what does not listen, also when we are told to hurry meanwhile."""
    if process.returncode is not None:
        return
    with suppress(ProcessLookupError):
        process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(END_SECONDS):
            await process.wait()
    except TimeoutError:
        pass
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
    await process.wait()


def free_port() -> int:
    """A port of the loopback address that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def clean_environment() -> dict[str, str]:
    """Ours without any setting of a node, so that only what the demo sets holds."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    ours = str(Path(node.__file__).resolve().parents[1])
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, (ours, kept.get("PYTHONPATH"))))
    return kept
