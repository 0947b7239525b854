"""A node as suites of clients need it: `kith serve --test-mode` in a process of its own."""

import json
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.request import urlopen

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROOT = Path(__file__).resolve().parents[2]
KITH = (sys.executable, "-c", "from node.cli.main import main; main()")
SETTLE_TURNS: Final = 1200
PASSWORD = "a quiet evening walk"


@dataclass(frozen=True, slots=True)
class SuiteNode:
    """A node that runs. Its people are made by the command, as an operator makes them."""

    origin: str
    data: Path

    @property
    def authority(self) -> str:
        return self.origin.partition("://")[2]

    def kith(self, *arguments: str, stdin: str = "") -> str:
        """Runs the command beside the node; what it printed."""
        done = subprocess.run(
            [*KITH, *arguments, "--origin", self.origin, "--data", str(self.data)],
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout.strip()

    def person(self, handle: str) -> None:
        """An account that signs in as `<handle>-name` with PASSWORD."""
        self.kith(
            *("account", "create", f"{handle}-name", "--handle", handle),
            *("--agreed", "--password-stdin"),
            stdin=PASSWORD + "\n",
        )

    def token(self, handle: str, scopes: str = "read write follow push") -> str:
        """A token with which a program acts as this person."""
        return self.kith("token", "create", handle, "--scopes", scopes)

    def settle(self) -> None:
        """Waits until no background work is left, as `/queue` says."""
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        for _ in range(SETTLE_TURNS):
            with urlopen(f"{self.origin}/queue", context=trust) as answered:
                if json.load(answered)["drained"]:
                    return
            threading.Event().wait(0.05)
        raise AssertionError("background work does not end")


@contextmanager
def serving(
    data: Path,
    certificate: tuple[Path, Path] | None = None,
    place: tuple[str, int] = ("127.0.0.1", 0),
    **environment: str,
) -> Iterator[SuiteNode]:
    """A node in test mode, once it listens; https with a certificate (chain, key). `place` is its
    host and port, 0 for one that is free."""
    with socket.create_server(("127.0.0.1", place[1])) as free:
        port = free.getsockname()[1]
    origin = f"{'https' if certificate else 'http'}://{place[0]}:{port}"
    command = [*KITH, "serve", "--test-mode", "--origin", origin]
    command += ["--listen", f"127.0.0.1:{port}", "--data", str(data)]
    if certificate is not None:
        chain, key = certificate
        command += ["--tls-cert", str(chain), "--tls-key", str(key)]
    log = data.parent / f"{data.name}.log"
    with (
        log.open("w") as said,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.startswith("Listening on"):
                    break
            else:
                raise AssertionError(f"it ended before it listened:\n{log.read_text()}")
            yield SuiteNode(origin, data)
        finally:
            process.terminate()
            process.wait(timeout=60)


def certificate_of_loopback(folder: Path) -> tuple[Path, Path]:
    """A certificate that 127.0.0.1 and localhost prove themselves with, and its key. It is its own
    authority: programs are pointed to it (SSL_CERT_FILE, REQUESTS_CA_BUNDLE, NODE_EXTRA_CA_CERTS).
    """
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
