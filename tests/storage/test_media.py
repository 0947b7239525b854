"""The folder of blobs: whole files or none, for us alone, and nothing outside it."""

import os
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from storage.media import NAME, MediaFolder, new_name
from tests.clock import Clock


def test_what_is_put_can_be_got_until_it_is_deleted(tmp_path: Path, clock: Clock) -> None:
    folder, name = MediaFolder(tmp_path / "media"), new_name()
    assert folder.get(name, "large") is None
    folder.put(name, "large", b"one", clock.now())
    folder.put(name, "small", b"two", clock.now())
    assert (folder.get(name, "large"), folder.get(name, "small")) == (b"one", b"two")
    folder.delete(name)
    assert (folder.get(name, "large"), folder.get(name, "small")) == (None, None)
    folder.delete(name)


def test_names_are_long_and_different() -> None:
    names = {new_name() for _ in range(1000)}
    assert len(names) == 1000
    assert all(NAME.match(name) for name in names)


def test_files_are_for_the_owner_alone(tmp_path: Path, clock: Clock) -> None:
    folder, name = MediaFolder(tmp_path / "media"), new_name()
    folder.put(name, "large", b"one", clock.now())
    for path in (tmp_path / "media").rglob("*"):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../" * 8 + "etc",
        "/etc/passwd",
        "a" * 25 + "/",
        "a" * 26 + "\n",
        "a" * 25 + "\0",
        "a" * 27,
        "a" * 300,
        "A" * 26,
        "..\\" + "a" * 23,
        "a" * 24 + "..",
    ],
)
def test_xss_08_nothing_outside_is_ever_touched(tmp_path: Path, clock: Clock, name: str) -> None:
    folder = MediaFolder(tmp_path / "media")
    acts: list[Callable[[], object]] = [
        lambda: folder.put(name, "large", b"x", clock.now()),
        lambda: folder.get(name, "large"),
        lambda: folder.delete(name),
        lambda: folder.get(new_name(), name),
    ]
    for act in acts:
        with pytest.raises(ValueError, match="no name"):
            act()
    assert os.listdir(tmp_path) == []


def test_a_file_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, name = MediaFolder(tmp_path), new_name()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("storage.media.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        folder.put(name, "large", b"one", clock.now())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_only_what_is_old_is_swept(tmp_path: Path, clock: Clock) -> None:
    folder, old, young = MediaFolder(tmp_path), new_name(), new_name()
    folder.put(old, "large", b"one", clock.now())
    (tmp_path / old[:2] / f"{old}.0badcafe-new").write_bytes(b"half")
    (tmp_path / "lost+found").mkdir()
    (tmp_path / "lost+found" / "note.txt").write_text("not ours")
    for stray in (tmp_path / old[:2] / f"{old}.0badcafe-new", tmp_path / "lost+found/note.txt"):
        os.utime(stray, (clock.now().timestamp(), clock.now().timestamp()))
    later = clock.now() + timedelta(hours=2)
    folder.put(young, "large", b"two", later)
    before = later - timedelta(hours=1)
    assert list(folder.names(before)) == [old]
    folder.delete_unfinished(before)
    assert not list(tmp_path.rglob("*-new"))
    assert (tmp_path / "lost+found" / "note.txt").exists()
    assert folder.get(old, "large") == b"one"


def test_a_folder_that_is_not_there_yet_is_empty(tmp_path: Path, clock: Clock) -> None:
    folder = MediaFolder(tmp_path / "media")
    assert list(folder.names(clock.now())) == []
    folder.delete_unfinished(clock.now())
    assert not (tmp_path / "media").exists()
