"""(e) Start: from the command to "Listening", with a database that is up to date."""

import asyncio
import sys
import time
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.benchmarks.subject import Subject, settle_in

TIMES = 5


async def measure_start(folder: Path) -> list[Figure]:
    """Figure (e): the median of five starts, against a Python that starts and ends."""
    subject = Subject(folder)
    await subject.prepare(settle_in)
    taken = []
    for _ in range(TIMES + 1):
        begun = time.perf_counter()
        await subject.start()
        taken.append(time.perf_counter() - begun)
        await subject.stop()
    return [Figure("(e) start to listening", sorted(taken[1:])[TIMES // 2], "s", await _python())]


async def _python() -> float:
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", "import aiohttp.web")
        await process.wait()
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[TIMES // 2]
