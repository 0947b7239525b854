"""The commands a newcomer types, and the guards behind them: make, .ci/run, locks, contracts.

The Makefile and .ci/run are driven with stand-ins for python, apt-get and make that only write down
what they were asked, so that nothing is installed or fetched here.
"""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PACKAGES = ("node", "federation", "storage", "activitypub", "migrations")

PYTHON = """#!/bin/sh
echo "python $*" >>calls
case "$*" in
  "-c "*) exit ${OLD_PYTHON:-0} ;;
  "-m venv "*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  "-m pip "*"--require-hashes"*) exit ${PIP_FAILS:-0} ;;
esac
"""
RECORDER = """#!/bin/sh
echo "$(basename "$0") $* [$KITH_TEST_REQUIRE]" >>"$CALLS"
"""


def executable(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files that `make setup` reads, and a stand-in for python3."""
    for name in ("Makefile", "pyproject.toml", *LOCKS):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    executable(tmp_path / "python3", PYTHON)
    return tmp_path


def make(clone: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ["make", "PYTHON=./python3", *arguments]
    # The tests may themselves be run by a make, which must not speak in this one.
    outer = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")
    clean = {name: value for name, value in os.environ.items() if name not in outer}
    return subprocess.run(
        command, cwd=clone, env=clean, capture_output=True, text=True, check=False
    )


def calls(clone: Path) -> list[str]:
    """What the stand-ins were asked since the last look."""
    record = clone / "calls"
    lines = record.read_text().splitlines() if record.exists() else []
    record.unlink(missing_ok=True)
    return lines


def test_setup_makes_the_environment_once(clone: Path) -> None:
    done = make(clone, "setup")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 3
    asked = calls(clone)
    assert asked[1] == "python -m venv .venv"
    assert asked[2].endswith("install --require-hashes --requirement requirements.lock")
    assert asked[3].endswith("install --no-deps --no-build-isolation --editable .")
    again = make(clone, "setup")
    assert (again.returncode, again.stdout, calls(clone)) == (0, "", [])


def test_a_setup_that_failed_is_taken_up_again(clone: Path) -> None:
    assert make(clone, "setup", "PIP_FAILS=1").returncode != 0
    assert calls(clone)[-1].endswith("requirements.lock")
    assert make(clone, "setup").returncode == 0
    asked = calls(clone)
    assert not any("venv" in line for line in asked)
    assert asked[-2].endswith("--editable .")
    assert "compileall" in asked[-1]


def test_an_old_python_is_refused_in_one_line(clone: Path) -> None:
    refused = make(clone, "setup", "OLD_PYTHON=1")
    assert refused.returncode != 0
    assert "Kith needs Python 3.11 or newer" in refused.stderr
    assert not (clone / ".venv").exists()


def test_every_target_sets_up_what_it_needs(clone: Path) -> None:
    for target in ("run", "test", "check", "format", "bench", "lock"):
        planned = make(clone, "--dry-run", target)
        assert planned.returncode == 0
        assert "--requirement requirements.lock" in planned.stdout
        assert ("--requirement requirements-dev.lock" in planned.stdout) == (target != "run")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine whose PATH holds make and apt-get that only write down what they are asked."""
    for name in ("make", "apt-get"):
        executable(tmp_path / "bin" / name, RECORDER)
    for name in ("bash", "dirname", "id", "env", "basename", "git", "python3"):
        found = subprocess.run(["which", name], capture_output=True, text=True, check=True)
        (tmp_path / "bin" / name).symlink_to(found.stdout.strip())
    return tmp_path


def run_ci(machine: Path) -> "subprocess.CompletedProcess[str]":
    executable(machine / "bin" / "sudo", '#!/bin/sh\nexec "$@"\n')
    return subprocess.run(
        [machine / "bin" / "bash", ROOT / ".ci" / "run"],
        env={"PATH": str(machine / "bin"), "CALLS": str(machine / "calls"), "CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_ci_installs_what_is_missing_and_forbids_skipping(machine: Path) -> None:
    done = run_ci(machine)
    assert done.returncode == 0, done.stderr
    update, install, *steps = calls(machine)
    assert update.startswith("apt-get -qq update")
    assert "chromium" in install.split()
    assert steps == [
        "make check [postgresql chromium interop]",
        "make test [postgresql chromium interop]",
    ]


def test_ci_takes_the_quicker_browser_where_there_is_one(machine: Path) -> None:
    executable(machine / "bin" / "apt-cache", "#!/bin/sh\nexit 0\n")
    assert run_ci(machine).returncode == 0
    install = calls(machine)[1].split()
    assert "chromium-headless-shell" in install
    assert "chromium" not in install


def test_ci_says_what_to_install_where_it_cannot(machine: Path) -> None:
    (machine / "bin" / "apt-get").unlink()
    refused = run_ci(machine)
    assert refused.returncode != 0
    assert "install these yourself" in refused.stderr
    assert "chromium" in refused.stderr
    assert calls(machine) == []


def pins(lock: str) -> dict[str, str]:
    """Name to version, of every package that a lock holds."""
    text = (ROOT / lock).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;]+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"\n(?=[^\s])", text.strip())
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert len(entries) == len(pins(lock))
    assert "://" not in text
    assert "#" not in text
    assert " @ " not in text


def test_the_locks_hold_every_dependency_and_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    build = project["dependency-groups"]["build"]
    assert names(project["project"]["dependencies"] + build) <= run.keys()
    assert names(project["project"]["optional-dependencies"]["dev"]) <= dev.keys()
    assert run.items() <= dev.items()


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=;]", requirement)[0].strip() for requirement in requirements}


# One import for each promise; the second column is the contract that must call it broken.
BROKEN = {
    "federation/inbox.py": ("node.app", "Imports point one way"),
    "migrations/env.py": ("activitypub", "Migrations know tables only"),
    "node/groups/rules.py": ("node.groups.service", "Every room has the same furniture"),
    "storage/engine.py": ("storage.database", "No cycles"),
    "federation/peers.py": ("storage.tables", "Tables are private to storage"),
    "node/groups/inbound.py": ("sqlalchemy", "SQL stays in storage"),
    "federation/fetch.py": ("aiohttp", "HTTP stays at the edges"),
    "activitypub/parse.py": ("time", "Pure code stays pure"),
    "node/accounts/rules.py": ("asyncio", "Pure code stays pure"),
    "node/safety/newcomer_rules.py": ("time", "Pure code stays pure"),
    "node/circles/matching_rules.py": ("random", "Pure code stays pure"),
    "node/safety/hold_rules.py": ("time", "Pure code stays pure"),
    "node/safety/risk_rules.py": ("time", "Pure code stays pure"),
    "node/safety/word_rules.py": ("time", "Pure code stays pure"),
    "node/visibility.py": ("socket", "Pure code stays pure"),
    "node/scopes.py": ("socket", "Pure code stays pure"),
    "node/groups/service.py": ("activitypub", "What peers do here never sees the wire"),
}
SOUND = {
    "federation/http.py": "aiohttp",
    "node/groups/pages.py": "aiohttp",
    "node/web/layout.py": "aiohttp",
    "node/app.py": "node.groups.pages",
    "storage/database.py": "storage.engine",
    "migrations/tables.py": "storage.tables",
    "storage/tables/topic.py": "sqlalchemy",
}


def contracts(tree: Path, imports: dict[str, str]) -> dict[str, str]:
    """Contract to verdict, for a tree in which each file holds one import."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    tree.mkdir()
    (tree / "pyproject.toml").write_text(project[project.index("[tool.importlinter]") :])
    empty = [f"{package}/__init__.py" for package in (*PACKAGES, "storage/tables")]
    for name in (*empty, *BROKEN, *SOUND):
        (tree / name).parent.mkdir(exist_ok=True)
        (tree / name).with_name("__init__.py").touch()
        (tree / name).write_text(f"import {imports[name]}\n" if name in imports else "")
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=tree,
        env={"PYTHONPATH": str(tree), "PATH": "", "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+) (KEPT|BROKEN)(?: .*)?$", done.stdout, re.MULTILINE))
    assert verdicts, done.stdout + done.stderr
    return verdicts


def test_each_import_contract_refuses_what_it_is_there_for(tmp_path: Path) -> None:
    sound = contracts(tmp_path / "sound", SOUND)
    assert set(sound.values()) == {"KEPT"}
    for number, (name, (imported, contract)) in enumerate(BROKEN.items()):
        verdicts = contracts(tmp_path / str(number), SOUND | {name: imported})
        assert verdicts[contract] == "BROKEN", f"{name} may import {imported}"
    assert sound.keys() == {contract for _, contract in BROKEN.values()}
