"""The 25 safety invariants of peer support, by number: each is a test that says so in its name, or
stands here with the reason why there is nothing to try yet."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent
NAME = re.compile(r"test_invariant_(\d\d)_\w+")
NOT_YET: dict[int, str] = {}


def named() -> dict[int, list[str]]:
    """The tests of each invariant."""
    found: dict[int, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                match = NAME.fullmatch(node.name)
                if match:
                    place = f"{path.relative_to(TESTS)}::{node.name}"
                    found.setdefault(int(match[1]), []).append(place)
    return found


def test_every_invariant_is_tried_or_said_to_have_nothing_to_try() -> None:
    assert set(named()) | set(NOT_YET) == set(range(1, 26))


def test_what_is_tried_is_not_excused() -> None:
    assert not set(named()) & set(NOT_YET)
