"""`python -m tests.benchmarks [part ...]`: measure, and print each figure beside its limit.

Everything runs on this machine, over loopback, bounded, and stops by itself. Parts: inbox, fanout,
pages, start, apps, streams, queue, directory. Figures of a busy machine are worth
their ratios only.
"""

import asyncio
import sys
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.benchmarks.apps import measure_apps
from tests.benchmarks.directory import measure_directory
from tests.benchmarks.fanout import measure_fanout
from tests.benchmarks.figures import Figure
from tests.benchmarks.inbox import measure_inbox
from tests.benchmarks.pages import measure_pages
from tests.benchmarks.queue import measure_queue
from tests.benchmarks.start import measure_start
from tests.benchmarks.streams import measure_streams

PARTS: dict[str, Callable[[Path], Coroutine[Any, Any, list[Figure]]]] = {
    "inbox": measure_inbox,
    "fanout": measure_fanout,
    "pages": measure_pages,
    "start": measure_start,
    "apps": measure_apps,
    "streams": measure_streams,
    "queue": measure_queue,
    "directory": measure_directory,
}


def main(names: list[str]) -> int:
    """Run the named parts, or all of them; 2 for a part that there is not."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"no part called {', '.join(unknown)}; there are: {', '.join(PARTS)}")
        return 2
    table = Table(title="Kith, measured against limits of the same run")
    for heading in ("what", "measured", "limit", "ratio"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for name in names or PARTS:
        print(f"measuring: {name} ...", flush=True)
        with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
            for figure in asyncio.run(PARTS[name](Path(folder))):
                table.add_row(*figure.row())
    Console(width=110).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
