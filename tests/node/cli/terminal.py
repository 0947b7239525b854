"""Runs the command in a process of its own, with nothing set but what the test sets."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Done:
    """How it ended, and what it printed where."""

    code: int
    out: str
    err: str


def kith(*arguments: str, stdin: str = "", **environment: str) -> Done:
    """Run `kith` with these arguments."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    done = subprocess.run(
        [sys.executable, "-c", "from node.cli.main import main; main()", *arguments],
        cwd=ROOT,
        env=clean | environment,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return Done(done.returncode, done.stdout, done.stderr)
