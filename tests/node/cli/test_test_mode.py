"""`kith serve --test-mode`: open to suites on this machine, and refused anywhere else."""

import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.request import urlopen

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.node.cli.terminal import ROOT, kith


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
    with serving(tmp_path, "--tls-cert", str(chain), "--tls-key", str(key)) as origin:
        trust = ssl.create_default_context(cafile=str(chain))
        with urlopen(f"{origin}/queue", context=trust) as answered:
            assert b'"drained":true' in answered.read()


@contextmanager
def serving(data: Path, *arguments: str) -> Iterator[str]:
    """A node in test mode in a process of its own; its origin, once it listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    scheme = "https" if arguments else "http"
    origin = f"{scheme}://127.0.0.1:{port}"
    command = [
        *(sys.executable, "-c", "from node.cli.main import main; main()", "serve", "--test-mode"),
        *("--origin", origin, "--listen", f"127.0.0.1:{port}", "--data", str(data), *arguments),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.startswith("Listening on"):
                    break
            else:
                raise AssertionError("it ended before it listened")
            yield origin
        finally:
            process.terminate()
            process.wait(timeout=60)


def certificate_of_loopback(folder: Path) -> tuple[Path, Path]:
    """A certificate that 127.0.0.1 and localhost prove themselves with; its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a suite's authority")])
    now = datetime.now(UTC)
    hosts = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "suite.crt", folder / "suite.key"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, private
