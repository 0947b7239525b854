"""The live tests of `toot` 0.52.1, a command-line client of the Mastodon API, as its author runs
them: all 114 against one node, each shown here by its name. EXCUSED names those that cannot apply.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pytest

from tests.interop.suite_node import SuiteNode, serving
from tests.interop.tools import python_source, python_tool

VERSION: Final = "toot==0.52.1"
NAMES: Final = (Path(__file__).parent / "toot_suite.txt").read_text("utf-8").split()
EXCUSED: Final[Mapping[str, str]] = {
    "test_post.py::test_media_thumbnail": (
        "a film becomes an .mp4 there; this node takes pictures only and says so with 422"
    ),
}
"""Names and reasons; three at most."""

# The whole suite runs within the first test.
pytestmark = [pytest.mark.xdist_group("toot-suite"), pytest.mark.timeout(1500)]


@pytest.fixture(scope="module")
def suite_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SuiteNode]:
    """A node at the address that two of the tests have written into them."""
    with serving(tmp_path_factory.mktemp("suite") / "node", place=("localhost", 3000)) as node:
        yield node


@pytest.fixture(scope="module")
def outcomes(suite_node: SuiteNode, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What became of each: "passed", or what was said. The suite runs once for all."""
    program = python_tool("toot", VERSION, "pytest==9.2.0", "pexpect==4.9.0") / "python"
    source = python_source("toot-source", VERSION)
    report = tmp_path_factory.mktemp("toot") / "report.xml"
    home = report.parent / "home"
    home.mkdir()
    done = subprocess.run(
        [
            *(str(program), "-m", "pytest", "tests/integration", "-q", "-p", "no:cacheprovider"),
            *("--junitxml", str(report), "-o", "junit_family=xunit1"),
        ],
        cwd=source,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST")},
            "TOOT_TEST_BASE_URL": suite_node.origin,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=20 * 60,
    )
    assert report.is_file(), done.stdout + done.stderr
    return dict(_read(report))


def _read(report: Path) -> Iterator[tuple[str, str]]:
    # The report was written just now by our own pytest.
    for case in ElementTree.parse(report).iter("testcase"):
        name = f"{str(case.get('classname')).rpartition('.')[2]}.py::{case.get('name')}"
        said = [one for one in case if one.tag in ("failure", "error", "skipped")]
        yield name, "\n".join(f"{one.tag}: {one.text}" for one in said) or "passed"


def test_the_list_is_whole_and_excuses_are_few() -> None:
    assert len(NAMES) == len(set(NAMES)) == 114
    assert set(EXCUSED) <= set(NAMES)
    assert len(EXCUSED) <= 3


def test_the_suite_has_no_test_that_is_not_named(outcomes: dict[str, str]) -> None:
    assert sorted(outcomes) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_live(name: str, outcomes: dict[str, str]) -> None:
    if name in EXCUSED:
        pytest.skip(EXCUSED[name])
    assert outcomes[name] == "passed", outcomes[name]
