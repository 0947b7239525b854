"""The file of node keys: private to its owner, never half written, and refused when it is odd."""

import base64
from pathlib import Path

import pytest

from storage.keyring import Keyring, KeyringError

GOOD = base64.b64encode(b"k" * 32).decode()


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "node.keys"
    ring = Keyring.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(ring.current.secret) == 32
    assert Keyring.open(path).current == ring.current
    assert ring.current.secret.hex() not in repr(ring.current)
    assert [one.name for one in path.parent.iterdir()] == ["node.keys"]


def test_who_comes_second_takes_the_first_ones_file(tmp_path: Path) -> None:
    path = tmp_path / "node.keys"
    assert Keyring.create(path).current == Keyring.create(path).current


def test_a_key_is_added_and_dropped_in_the_file_too(tmp_path: Path) -> None:
    path = tmp_path / "node.keys"
    ring, other = Keyring.create(path), Keyring.open(path)
    old, new = ring.current, ring.add()
    assert Keyring.open(path).ids == [old.id, new.id]
    assert other.get(new.id) == new
    ring.drop(old.id)
    assert Keyring.open(path).ids == [new.id]
    assert other.get(old.id) == old


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing but words\n",
        f"first {GOOD} more\n",
        "first notbase64!\n",
        f"first {base64.b64encode(b'short').decode()}\n",
        f"first {GOOD}\nsecond\n",
        f"BAD-ID {GOOD}\n",
    ],
)
def test_an_odd_file_is_refused_and_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "node.keys"
    path.write_text(text)
    with pytest.raises(KeyringError):
        Keyring.open(path)
    with pytest.raises(KeyringError):
        Keyring.create(path)
    assert path.read_text() == text
