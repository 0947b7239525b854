"""The types keep what is hidden from the wire (DESIGN section 5, line 1): a group of which it is
not known whether it may leave cannot be handed to the one who tells other nodes.
"""

import ast
import inspect
import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

from node.groups.announcer import Announcer
from node.groups.documents import group_document, post_document
from node.groups.outbound import GroupOutbound
from node.groups.rules import FederatedGroup

ROOT = Path(__file__).resolve().parents[2]

LEAK = """
from node.groups.announcer import Announcer
from node.groups.rules import federated
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork

def leak(announcer: Announcer, uow: UnitOfWork, group: GroupWithActor, persona: Actor) -> None:
    announcer.joined(uow, group, persona)

def fine(announcer: Announcer, uow: UnitOfWork, group: GroupWithActor, persona: Actor) -> None:
    public = federated(group)
    if public is not None:
        announcer.joined(uow, public, persona)
"""


def test_mypy_refuses_a_group_of_unknown_visibility(tmp_path: Path) -> None:
    """And takes one that `federated` has let through. The configuration is that of `make check`, so
    that what it has read before need not be read again."""
    snippet = tmp_path / "leak.py"
    snippet.write_text(LEAK, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", str(snippet)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    errors = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert len(errors) == 1, done.stdout + done.stderr
    wrong_line = LEAK.splitlines().index("    announcer.joined(uow, group, persona)") + 1
    assert f"/{snippet.name}:{wrong_line}: " in errors[0]
    assert '"GroupWithActor"; expected "FederatedGroup"' in errors[0]


def test_all_that_speaks_of_groups_asks_for_a_federated_one() -> None:
    """Each method of `Announcer` and its implementation, and the makers of documents."""
    said = [
        getattr(kind, name)
        for kind in (Announcer, GroupOutbound)
        for name in vars(Announcer)
        if not name.startswith("_")
    ]
    assert len(said) >= 20
    for function in (*said, group_document, post_document):
        assert get_type_hints(function)["group"] is FederatedGroup, function
        assert "group" in inspect.signature(function).parameters


def test_only_one_place_makes_a_federated_group() -> None:
    """`FederatedGroup(...)` is written in `rules.py` and nowhere else."""
    makers = [
        path.relative_to(ROOT).as_posix()
        for package in ("node", "federation", "storage", "activitypub")
        for path in (ROOT / package).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("FederatedGroup")
    ]
    assert makers == ["node/groups/rules.py"]
