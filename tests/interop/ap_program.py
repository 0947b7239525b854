"""The program `ap` (activitypub-cli), as somebody runs it in a terminal: a home with its token."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.interop.suite_node import SuiteNode
from tests.interop.tools import python_tool

PACKAGE: Final = "activitypub-cli==0.5.1"


@dataclass(frozen=True)
class Ap:
    """One person with the program. It believes the certificates of `authority`."""

    program: Path
    home: Path
    node: SuiteNode
    handle: str
    authority: Path

    @property
    def id(self) -> str:
        return f"{self.node.origin}/personas/{self.handle}"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs a command; what came of it."""
        return subprocess.run(
            [str(self.program), *arguments],
            env={
                "HOME": str(self.home),
                "LANG": "en_US.UTF-8",
                "PATH": os.environ["PATH"],
                "REQUESTS_CA_BUNDLE": str(self.authority),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def ok(self, *arguments: str) -> str:
        """What a command printed, which must succeed."""
        done = self.run(*arguments)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr[-2000:])
        return done.stdout.strip()

    def made(self, *arguments: str) -> dict[str, Any]:
        """The activity that a command printed."""
        found: dict[str, Any] = json.loads(self.ok(*arguments))
        return found


def somebody(node: SuiteNode, handle: str, place: Path, authority: Path) -> Ap:
    """A new person of a node, who has logged in."""
    program = python_tool("ap", PACKAGE, options=("--ignore-requires-python",)) / "ap"
    node.person(handle)
    home = place / handle
    (home / ".ap").mkdir(parents=True)
    made = Ap(program, home, node, handle, authority)
    token = {"actor_id": made.id, "access_token": node.token(handle), "token_type": "Bearer"}
    (home / ".ap" / "token.json").write_text(json.dumps(token))
    return made
