"""Browser tests are left out where there is no Chromium, but never where it is asked for."""

from pathlib import Path

import pytest

from tests.browser.chromium import find_chromium

pytestmark = pytest.mark.browser


def test_a_chromium_on_the_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "chromium-browser"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_chromium() == str(program)


def test_the_quicker_one_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("chromium", "chromium-headless-shell"):
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_chromium() == str(tmp_path / "chromium-headless-shell")


def test_without_one_tests_are_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("KITH_TEST_REQUIRE", raising=False)
    with pytest.raises(pytest.skip.Exception, match="there is no Chromium on the PATH"):
        find_chromium()


def test_where_it_is_required_they_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("KITH_TEST_REQUIRE", "postgresql chromium")
    with pytest.raises(pytest.fail.Exception, match="KITH_TEST_REQUIRE asks for chromium"):
        find_chromium()
