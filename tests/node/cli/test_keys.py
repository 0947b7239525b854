"""`kith key`, and what a start says when the file of keys is missing or wrong."""

from pathlib import Path

import pytest

from node.config import Config
from node.database import open_database
from storage.keyring import Keyring
from storage.seals import Holder
from storage.unit_of_work import UnitOfWork
from tests.node.cli.terminal import kith

TEXT = b"nobody else's"
MANY = 450


def seal(uow: UnitOfWork, number: int) -> bytes:
    holders = (Holder("persona", number),)
    return uow.seals.seal(TEXT, place="x.y", row=number, author=number, holders=holders)


@pytest.fixture
def texts(tmp_path: Path) -> list[bytes]:
    """A node on which private text was sealed."""
    kith("migrate", "--data", str(tmp_path))
    db = open_database(Config(data=tmp_path))
    return db.write_now(lambda uow: [seal(uow, number) for number in range(MANY)])


def read(tmp_path: Path, texts: list[bytes]) -> list[bytes | None]:
    db = open_database(Config(data=tmp_path))
    return db.read_now(
        lambda uow: [
            uow.seals.open(text, place="x.y", row=number, author=number)
            for number, text in enumerate(texts)
        ]
    )


def test_a_rotation_keeps_every_text_readable(tmp_path: Path, texts: list[bytes]) -> None:
    path = tmp_path / "node.keys"
    before = path.read_text()
    done = kith("key", "rotate", "--data", str(tmp_path))
    assert (done.code, f"{MANY} data keys" in done.out) == (0, True)
    assert len(Keyring.open(path).ids) == 1
    assert path.read_text() != before
    assert read(tmp_path, texts) == [TEXT] * MANY
    listed = kith("key", "list", "--data", str(tmp_path)).out
    assert listed == f"{Keyring.open(path).current.id}  current  wraps {MANY} data keys\n"
    path.write_text(before)
    refused = kith("key", "list", "--data", str(tmp_path))
    assert refused.code == 2
    assert "key_file" in refused.err


def test_a_rotation_that_was_broken_off_goes_on(tmp_path: Path, texts: list[bytes]) -> None:
    path = tmp_path / "node.keys"
    ring = Keyring.open(path)
    old, new = ring.current, ring.add()
    db = open_database(Config(data=tmp_path))
    db.write_now(lambda uow: uow.seals.keys.adopt(new))
    db.write_now(lambda uow: uow.seals.keys.rewrap(old.id, new, 100))
    assert read(tmp_path, texts) == [TEXT] * MANY
    done = kith("key", "rotate", "--data", str(tmp_path))
    assert "goes on" in done.out
    assert f"{MANY - 100} data keys" in done.out
    assert Keyring.open(path).ids == [new.id]
    assert read(tmp_path, texts) == [TEXT] * MANY


@pytest.mark.parametrize("wrong", ["missing", "another", "odd"])
def test_a_start_without_the_right_file_is_refused_in_one_line(
    tmp_path: Path, texts: list[bytes], wrong: str
) -> None:
    path = tmp_path / "node.keys"
    path.unlink()
    if wrong == "another":
        Keyring.create(path)
    elif wrong == "odd":
        path.write_text("no key at all\n")
    done = kith("serve", "--data", str(tmp_path))
    assert done.code == 2
    assert "key_file" in done.err
    assert done.err.count("\n") == 1
    assert path.exists() == (wrong != "missing")


def test_the_file_may_lie_elsewhere(tmp_path: Path) -> None:
    elsewhere = tmp_path / "safe" / "keys"
    kith("migrate", "--data", str(tmp_path), KITH_KEY_FILE=str(elsewhere))
    kith("key", "list", "--data", str(tmp_path), KITH_KEY_FILE=str(elsewhere))
    assert elsewhere.exists()
    assert not (tmp_path / "node.keys").exists()
