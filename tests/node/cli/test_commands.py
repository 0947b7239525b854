"""What an administrator does from the terminal; what wrong input comes to: one line, no harm."""

from pathlib import Path

import pytest

from node.cli.opened import rooms_of
from node.config import Config
from tests.node.cli.terminal import kith

PASSWORD = "a quiet evening walk\n"


def test_an_account_a_group_and_a_token_are_made(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    made = kith(
        "account",
        "create",
        "anna.k",
        "--handle",
        "rowan",
        "--password-stdin",
        *data,
        stdin=PASSWORD,
    )
    assert made.code == 0, made.err
    assert "@rowan" in made.out
    group = kith("group", "create", "grief", "--name", "Grief", "--founder", "rowan", *data)
    assert group.code == 0, group.err
    assert "!grief@localhost:8420" in group.out
    token = kith("token", "create", "rowan", *data)
    assert token.code == 0, token.err
    assert len(token.out.strip()) >= 40
    assert kith("peer", "list", *data).out.startswith("No peers yet")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("account", "create", "ann", "--handle", "x!", "--password-stdin"), "handle"),
        (("account", "create", "ann", "--handle", "admin", "--password-stdin"), "reserved"),
        (("group", "create", "grief", "--name", "Grief", "--founder", "nobody"), "founder"),
        (("token", "create", "nobody"), "no persona"),
        (("peer", "block", "not a host"), "host name"),
    ],
)
def test_wrong_input_is_one_line_that_says_what_would_do(
    tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = kith(*arguments, "--data", str(tmp_path), stdin=PASSWORD)
    assert done.code != 0
    assert says in done.err
    assert done.err.count("\n") == 1


def test_a_short_password_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    make = ("account", "create", "anna.k", "--handle", "rowan", "--password-stdin", *data)
    assert kith(*make, stdin="short\n").code != 0
    assert kith("token", "create", "rowan", *data).code != 0
    assert kith(*make, stdin=PASSWORD).code == 0


def test_peers_are_allowed_and_blocked_by_host(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    assert kith("peer", "block", "https://Bad.example/", *data).out == "bad.example: block\n"
    assert kith("peer", "allow", "kith.example:8443", *data).code == 0
    contact = ("--contact", "Jo, safety@friends.example")
    assert kith("peer", "allow", "friends.example", *contact, *data).code == 0
    with rooms_of(Config(data=tmp_path)) as rooms:
        log = rooms.db.read_now(lambda uow: uow.audit.newest(10, None))
    assert [(one.act, one.detail) for one in reversed(log)] == [
        ("peer-block", "bad.example"),
        ("peer-allow", "kith.example:8443"),
        ("peer-allow", "friends.example: Jo, safety@friends.example"),
    ]
    listed = kith("peer", "list", *data).out
    rows = {line.split()[0]: line.split()[1] for line in listed.splitlines()[1:]}
    assert rows == {
        "bad.example": "block",
        "friends.example": "allow",
        "kith.example:8443": "allow",
    }


def test_a_database_belongs_to_one_origin(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    first = kith("group", "create", "one", "--name", "One", "--origin", "https://a.example", *data)
    assert "!one@a.example" in first.out
    again = kith("group", "create", "two", "--name", "Two", *data)
    assert "!two@a.example" in again.out
    other = kith("group", "create", "three", "--name", "X", "--origin", "https://b.example", *data)
    assert other.code == 2
    assert "https://a.example" in other.err


def test_the_migration_runs_once(tmp_path: Path) -> None:
    assert "brought up to date" in kith("migrate", "--data", str(tmp_path)).out
    assert "Nothing to do" in kith("migrate", "--data", str(tmp_path)).out


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"KITH_ORIGIN": "kith.example"}, "KITH_ORIGIN"),
        ({"KITH_FEDERATION": "maybe"}, "KITH_FEDERATION"),
        ({"KITH_LISTEN": "nowhere"}, "KITH_LISTEN"),
        ({"KITH_DATABASE": "mysql://x/y"}, "KITH_DATABASE"),
        ({"KITH_TRUSTED_PROXIES": "10.0.0.0/99"}, "KITH_TRUSTED_PROXIES"),
        ({"KITH_ORIGN": "https://kith.example"}, "KITH_ORIGIN"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(
    tmp_path: Path, environment: dict[str, str], says: str
) -> None:
    done = kith("serve", "--data", str(tmp_path), **environment)
    assert done.code == 2
    assert says in done.err
    assert done.err.count("\n") == 1


def test_a_database_that_is_away_stops_the_start_with_one_line(tmp_path: Path) -> None:
    away = "postgresql://nobody@127.0.0.1:1/none"
    done = kith("serve", "--data", str(tmp_path), "--database", away)
    assert done.code == 2
    assert "--database" in done.err
    assert done.err.count("\n") == 1


def test_workers_beside_a_node_need_postgresql(tmp_path: Path) -> None:
    done = kith("work", "--data", str(tmp_path))
    assert done.code == 2
    assert "postgresql://" in done.err


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = kith("serve", "--data", str(tmp_path / "file" / "data"))
    assert done.code == 2
    assert "--data" in done.err


def test_an_account_is_deleted_when_somebody_is_sure(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    make = ("account", "create", "anna.k", "--handle", "rowan", "--password-stdin", *data)
    assert kith(*make, stdin="a quiet walk by the river\n").code == 0
    assert kith("account", "delete", "anna.k", *data, stdin="n\n").code == 1
    done = kith("account", "delete", "anna.k", "--yes", *data)
    assert done.out.startswith("anna.k is being deleted.")
    assert "/deletion/" in done.out
    assert "ending already" in kith("account", "delete", "anna.k", "--yes", *data).err
    assert "no account" in kith("account", "delete", "nobody", "--yes", *data).err
