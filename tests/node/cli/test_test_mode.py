"""`kith serve --test-mode`: open to suites on this machine, and refused anywhere else."""

import ssl
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from tests.interop.suite_node import certificate_of_loopback, serving
from tests.node.cli.terminal import kith


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--test-mode", "--origin", "https://kith.example"), "this machine alone"),
        (("--test-mode", "--origin", "https://127.0.0.1:8420"), "--tls-cert"),
        (("--tls-cert", "a.pem", "--tls-key", "b.pem"), "go with --test-mode"),
        (("--test-mode", "--tls-cert", "a.pem"), "go together"),
        (("--test-mode", "--tls-cert", "a.pem", "--tls-key", "b.pem"), "begins with https"),
    ],
)
def test_it_is_refused_where_others_come(
    tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = kith("serve", *arguments, "--data", str(tmp_path))
    assert done.code == 2
    assert says in done.err
    assert done.err.count("\n") == 1


def test_test_mode_is_no_setting(tmp_path: Path) -> None:
    done = kith("check-config", "--data", str(tmp_path), KITH_TEST_MODE="true")
    assert done.code == 0
    path = tmp_path / "kith.toml"
    path.write_text("test_mode = true\n")
    done = kith("check-config", "--config", str(path), "--data", str(tmp_path))
    assert done.code == 2
    assert "unknown setting `test_mode`" in done.err


def test_a_given_token_is_for_this_machine(tmp_path: Path) -> None:
    done = kith(
        *("token", "create", "rowan", "--secret", "abc"),
        *("--origin", "https://kith.example", "--data", str(tmp_path)),
    )
    assert done.code == 1
    assert "this machine" in done.err


def test_it_serves_over_tls_and_says_when_the_queue_is_empty(tmp_path: Path) -> None:
    chain, key = certificate_of_loopback(tmp_path)
    with serving(tmp_path / "node", (chain, key)) as node:
        trust = ssl.create_default_context(cafile=str(chain))
        with urlopen(f"{node.origin}/queue", context=trust) as answered:
            assert b'"drained":true' in answered.read()


def test_a_program_with_given_ids_is_for_this_machine(tmp_path: Path) -> None:
    given = ("app", "create", "Spruce", "--client-id", "spruce", "--client-secret", "a-secret")
    refused = kith(*given, "--origin", "https://kith.example", "--data", str(tmp_path / "far"))
    assert refused.code == 1
    assert "on this machine" in refused.err
    with serving(tmp_path / "node") as node:
        node.kith(*given)
        again = kith(*given, "--origin", node.origin, "--data", str(node.data))
        assert again.code == 1
        assert "taken" in again.err
        asked = {"grant_type": "client_credentials", "client_id": "spruce"}
        right = urlencode(asked | {"client_secret": "a-secret"}).encode()
        with urlopen(f"{node.origin}/oauth/token", data=right) as answered:
            assert answered.status == 200
        wrong = urlencode(asked | {"client_secret": "another"}).encode()
        with pytest.raises(HTTPError) as refusal:
            urlopen(f"{node.origin}/oauth/token", data=wrong)
        assert refusal.value.status == 401
        refusal.value.close()
