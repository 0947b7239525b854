"""The documentation says what the program does: settings, commands, targets and links.

Pages are read as an operator reads them; what they name is looked up in the program, and what the
program has is looked up in them.
"""

import re
import subprocess
import sys
import tomllib
from dataclasses import Field, fields
from functools import cache
from pathlib import Path

import pytest

from node.config import Config
from node.config_sources import FILE_VARIABLE, load_config, settings, variable

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md")))
SETTINGS = (ROOT / "docs" / "settings.md").read_text("utf-8")
_PARTS = Config.__bases__
"""In the order in which the page explains them, after what belongs to no room."""
_OF_ROOMS = [spec.name for part in _PARTS for spec in fields(part)]
NAMES = [spec.name for spec in settings() if spec.name not in _OF_ROOMS] + _OF_ROOMS


def section(name: str) -> str:
    """What settings.md says about one setting."""
    return SETTINGS.split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]


def cells(name: str) -> tuple[str, str, str]:
    """Variable, option and default, as the table of one setting gives them."""
    row = section(name).split("|---|---|---|\n", 1)[1].splitlines()[0]
    environment, option, default = (cell.strip() for cell in row.strip("|").split("|"))
    return environment, option, default


def shown(default: object) -> str:
    """How the page writes a default."""
    if default in ("", (), None):
        return "empty"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


@cache
def help_of(*command: str) -> str:
    """What `kith COMMAND --help` prints."""
    done = subprocess.run(
        [sys.executable, "-c", "from node.cli.main import main; main()", *command, "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"kith {' '.join(command)} --help: {done.stderr or done.stdout}"
    return done.stdout


def commands(*group: str) -> set[str]:
    """Every command there is, spelt out, such as "peer list"."""
    listed = help_of(*group).partition("Commands:\n")[2]
    found = set()
    for name in re.findall(r"^  ([a-z][a-z-]*)", listed, re.MULTILINE):
        inner = commands(*group, name)
        found |= inner or {" ".join((*group, name))}
    return found


def test_every_setting_is_explained_and_no_other() -> None:
    headings = re.findall(r"^## ([a-z_]+)$", SETTINGS, re.MULTILINE)
    assert headings == NAMES


@pytest.mark.parametrize("spec", settings(), ids=lambda spec: spec.name)
def test_a_setting_is_explained_as_it_is(spec: "Field[object]") -> None:
    assert spec.metadata["doc"] in " ".join(section(spec.name).split())
    environment, _, default = cells(spec.name)
    assert environment == f"`{variable(spec.name)}`"
    assert default == shown(spec.default)


def test_the_example_sets_everything_and_is_accepted(tmp_path: Path) -> None:
    example = SETTINGS.split("```toml\n", 1)[1].split("```", 1)[0]
    assert list(tomllib.loads(example)) == NAMES
    path = tmp_path / "kith.toml"
    path.write_text(example)
    assert load_config(path, {}, {}).origin == "https://kith.example"


def test_toml_examples_of_other_pages_are_accepted(tmp_path: Path) -> None:
    path = tmp_path / "kith.toml"
    for page in PAGES:
        for example in re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
            path.write_text(example)
            load_config(path, {}, {})


def test_pages_name_only_variables_that_exist() -> None:
    known = {variable(name) for name in NAMES} | {FILE_VARIABLE}
    for page in PAGES:
        named = set(re.findall(r"\bKITH_[A-Z_]*[A-Z]", page.read_text("utf-8")))
        assert named <= known, f"{page.name} names {sorted(named - known)}"


def test_options_of_serve_are_those_on_the_page() -> None:
    documented = {option.strip("`") for _, option, _ in map(cells, NAMES) if option != "none"}
    offered = set(re.findall(r"^ +(--[a-z-]+)", help_of("serve"), re.MULTILINE))
    operating = (ROOT / "docs" / "operating.md").read_text("utf-8")
    of_suites = {"--test-mode", "--tls-cert", "--tls-key"}
    assert all(f"`{option}`" in operating for option in of_suites)
    assert offered - {"--config", "--help"} - of_suites == documented


def test_every_command_is_documented_and_no_other() -> None:
    there = commands()
    spans = {
        span.partition(" --")[0]
        for page in PAGES
        for span in re.findall(r"`kith ([a-z -]+)`", page.read_text("utf-8"))
    }
    assert spans == there


def test_pages_name_only_targets_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"(?:^|`)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE))
        assert named <= targets, f"{page.name} names {sorted(named - targets)}"


def test_links_and_pictures_are_there() -> None:
    missing = [
        f"{page.relative_to(ROOT)} points to {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not missing, "\n".join(missing)


def test_the_readme_opens_with_what_kith_is() -> None:
    opening, _, rest = (ROOT / "README.md").read_text("utf-8").partition("## Two commands")
    assert opening.startswith("# Kith\n\nKith is ")
    assert "](docs/images/" in opening
    assert rest.index("make run") < rest.index("make test") < rest.index("## ")
