"""The budgets of the house: short files, short functions, a story at the top of each, honest names.

Each test prints all offenders at once, as `path:line what is wrong`. The second half plants an
offender of every kind and sees it found.
"""

import ast
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = ("activitypub", "federation", "node", "storage")
FILE_LINES = 300
FUNCTION_LINES = {"tests": 60} | dict.fromkeys(CODE, 35)
GRAB_BAGS = frozenset({"utils", "util", "helpers", "helper", "manager", "base", "common"})

# Spelt in pieces, so that this file does not offend itself.
PLACES = tuple(
    "".join(pieces).encode()
    for pieces in (
        ("/wo", "rk/"),
        ("pypi", ".org/simple"),
        ("files.python", "hosted.org"),
        ("--find", "-links"),
    )
)


def tracked(root: Path) -> list[Path]:
    """The files under version control and those about to be; none that git ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
    ).stdout
    paths = (root / name.decode() for name in listed.split(b"\0") if name)
    return sorted({path for path in paths if path.is_file()})


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Every Python file with the package it belongs to."""
    for path in tracked(root):
        if path.suffix == ".py":
            yield path.relative_to(root).parts[0], path


def long_files(root: Path) -> Iterator[str]:
    for package, path in modules(root):
        lines = len(path.read_text("utf-8").splitlines())
        if package in FUNCTION_LINES and lines > FILE_LINES:
            yield f"{path.relative_to(root)}:{FILE_LINES + 1} file of {lines} lines"


def long_functions(root: Path) -> Iterator[str]:
    for package, path in modules(root):
        limit = FUNCTION_LINES.get(package)
        if limit is None:
            continue
        for node in ast.walk(ast.parse(path.read_bytes())):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > limit:
                place = f"{path.relative_to(root)}:{node.lineno}"
                yield f"{place} {node.name} has {lines} lines, {limit} are allowed"


def untold_modules(root: Path) -> Iterator[str]:
    """Modules without a docstring. An empty `__init__.py` has nothing to tell."""
    for package, path in modules(root):
        if package not in (*CODE, "migrations"):
            continue
        tree = ast.parse(path.read_bytes())
        if tree.body and not ast.get_docstring(tree):
            yield f"{path.relative_to(root)}:1 no module docstring"


def grab_bags(root: Path) -> Iterator[str]:
    for _, path in modules(root):
        inside = path.relative_to(root).with_suffix("")
        for part in inside.parts:
            if GRAB_BAGS & set(part.split("_")):
                yield f"{path.relative_to(root)}:1 `{part}` names a grab-bag, not an idea"


def named_places(root: Path) -> Iterator[str]:
    """Paths and package hosts of the machine that a file was made on."""
    for path in tracked(root):
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.splitlines(), start=1):
            for place in PLACES:
                if place in line:
                    yield f"{path.relative_to(root)}:{number} names {place.decode()}"


RULES = (long_files, long_functions, untold_modules, grab_bags, named_places)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_shape(rule: Callable[[Path], Iterator[str]]) -> None:
    offenders = list(rule(ROOT))
    assert not offenders, "\n" + "\n".join(offenders)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small repository in which nothing offends."""
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    for package in (*CODE, "migrations", "tests"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    body = "    pass\n" * 34
    (tmp_path / "node" / "rules.py").write_text(f'"""Rules."""\n\n\ndef decide():\n{body}')
    (tmp_path / "tests" / "test_rules.py").write_text("def test_it():\n" + "    pass\n" * 59)
    return tmp_path


def test_a_tidy_tree_has_no_offenders(tree: Path) -> None:
    for rule in RULES:
        assert list(rule(tree)) == []


def test_every_rule_finds_its_offender(tree: Path) -> None:
    body = "    pass\n" * 35
    (tree / "storage" / "large.py").write_text('"""Long."""\n' + "X = 1\n" * 300)
    (tree / "federation" / "deep.py").write_text(f'"""Deep."""\n\n\nasync def walk():\n{body}')
    (tree / "tests" / "test_deep.py").write_text("def test_it():\n" + "    pass\n" * 60)
    (tree / "migrations" / "env.py").write_text("X = 1\n")
    (tree / "node" / "group_helpers.py").write_text('"""Bits."""\n')
    (tree / "README.md").write_text("Built in " + PLACES[0].decode() + "main\n")
    assert [list(rule(tree)) for rule in RULES] == [
        ["storage/large.py:301 file of 301 lines"],
        [
            "federation/deep.py:4 walk has 36 lines, 35 are allowed",
            "tests/test_deep.py:1 test_it has 61 lines, 60 are allowed",
        ],
        ["migrations/env.py:1 no module docstring"],
        ["node/group_helpers.py:1 `group_helpers` names a grab-bag, not an idea"],
        [f"README.md:1 names {PLACES[0].decode()}"],
    ]


def test_every_package_that_is_shipped_has_a_budget() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert sorted(shipped) == sorted((*CODE, "migrations"))
