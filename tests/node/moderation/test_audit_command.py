"""`kith audit verify` walks the chain and says where it breaks; `kith account role` is in it."""

import re
import sqlite3
from pathlib import Path

import pytest

from tests.node.cli.terminal import Done, kith

PASSWORD = "a quiet walk by the river\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A node with an administrator and three entries in its log."""
    made = kith(
        *("account", "create", "anna.k", "--handle", "rowan", "--administrator"),
        *("--password-stdin", "--data", str(tmp_path)),
        stdin=PASSWORD,
    )
    assert made.code == 0, made.err
    made = kith(
        *("account", "create", "ben", "--handle", "birch", "--password-stdin"),
        *("--data", str(tmp_path)),
        stdin=PASSWORD,
    )
    assert made.code == 0, made.err
    for role in ("moderator", "safety_lead", "member"):
        given = kith("account", "role", "Ben", role, "--data", str(tmp_path))
        assert given.out == f"@birch: {role}.\n", given.err
    return tmp_path


def verify(data: Path, *more: str) -> Done:
    return kith("audit", "verify", "--data", str(data), *more)


def spoil(data: Path, statement: str) -> None:
    with sqlite3.connect(data / "kith.sqlite3") as connection:
        connection.execute(statement)


def head(done: Done) -> str:
    found = re.search(r"--head (\S+)", done.out)
    assert found is not None
    return found[1]


def test_a_whole_log_is_whole_and_its_head_can_be_noted(data: Path) -> None:
    done = verify(data)
    assert done.code == 0, done.err
    assert "The log is whole: 3 entries." in done.out
    assert head(done).startswith("3:")
    kith("account", "role", "ben", "moderator", "--data", str(data))
    assert verify(data, "--head", head(done)).code == 0


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE audit_entries SET act = 'nothing' WHERE seq = 2", "entry 2 "),
        ("UPDATE audit_entries SET by_account = 5 WHERE seq = 1", "entry 1 "),
        ("DELETE FROM audit_entries WHERE seq = 2", "entry 2 is missing"),
        ("DELETE FROM audit_entries WHERE seq = 3", "ends after entry 2, and 1 more"),
        ("UPDATE audit_chain SET head_seq = 2", "entry 2 is not the one that was written last"),
        ("UPDATE audit_chain SET base_hash = x'00'", "entry 1 "),
    ],
)
def test_a_change_is_found_where_it_was_made(data: Path, statement: str, says: str) -> None:
    spoil(data, statement)
    done = verify(data)
    assert done.code == 1
    assert says in done.err


def test_a_log_written_anew_does_not_meet_a_noted_head(data: Path) -> None:
    noted = head(verify(data))
    spoil(data, "DELETE FROM audit_entries")
    spoil(data, "DELETE FROM audit_chain")
    for role in ("moderator", "safety_lead", "member"):
        kith("account", "role", "ben", role, "--data", str(data))
    assert verify(data).code == 0
    done = verify(data, "--head", noted)
    assert done.code == 1
    assert "entry 3 is not the one whose head you noted" in done.err


def test_wrong_input_says_what_would_do(data: Path) -> None:
    assert "NUMBER:HASH" in verify(data, "--head", "abc").err
    assert "no account" in kith("account", "role", "rowan", "member", "--data", str(data)).err
    last = kith("account", "role", "anna.k", "member", "--data", str(data))
    assert "at least one administrator" in last.err
