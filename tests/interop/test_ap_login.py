"""`ap login`: discovery by WebFinger and RFC 8414, a client id that is the address of a document,
PKCE, consent in a browser, and the token in its file; then a first command with it.

The document stands on the web at the author's; here it is served on loopback, and that address is
all that is changed in the program.
"""

import asyncio
import json
import os
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import pytest

from tests.interop.ap_program import PACKAGE
from tests.interop.consent import allow
from tests.interop.suite_node import serving
from tests.interop.tools import python_tool

CALLBACK: Final = "http://127.0.0.1:63546/callback"
PROGRAM: Final = """
import sys
import ap.commands.login as login
login.CIMD_ID = sys.argv.pop(1)
from ap.main import main
main()
"""

pytestmark = pytest.mark.xdist_group("ap")


@contextmanager
def described(certificate: tuple[Path, Path]) -> Iterator[str]:
    """The address of a document that describes the program."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the library's name
            body = json.dumps(document).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    address = f"https://127.0.0.1:{server.server_address[1]}/cimd.json"
    document = {
        "client_id": address,
        "client_name": "ap",
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "none",
        "scope": "read write",
    }
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_somebody_logs_in_with_ap(
    tmp_path: Path, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    python = python_tool("ap", PACKAGE, options=("--ignore-requires-python",)) / "python"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    browser, opened = tmp_path / "browser", tmp_path / "address"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {opened}.new && mv {opened}.new {opened}\n')
    browser.chmod(0o700)
    home = tmp_path / "home"
    home.mkdir()
    env = {
        "HOME": str(home),
        "LANG": "en_US.UTF-8",
        "PATH": os.environ["PATH"],
        "BROWSER": f"{browser} %s",
        "REQUESTS_CA_BUNDLE": str(certificate[0]),
        "OAUTHLIB_INSECURE_TRANSPORT": "0",
    }
    with described(certificate) as client_id, serving(tmp_path / "node", certificate) as node:
        node.person("rowan")
        run = [str(python), "-c", PROGRAM, client_id]
        with subprocess.Popen(
            [*run, "login", f"rowan@{node.authority}"],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as logging_in:
            ends = time.monotonic() + 60
            while not opened.exists() and logging_in.poll() is None and time.monotonic() < ends:
                time.sleep(0.1)
            assert opened.exists(), logging_in.communicate(timeout=10)[0]
            asyncio.run(allow(opened.read_text(), "rowan"))
            said, _ = logging_in.communicate(timeout=60)
        token = json.loads((home / ".ap" / "token.json").read_text())
        done = subprocess.run(
            [*run, "whoami"], env=env, capture_output=True, text=True, check=False, timeout=60
        )

    assert token["actor_id"] == token["activitypub_actor_id"] == f"{node.origin}/personas/rowan", (
        said
    )
    assert set(token["scope"]) == {"read", "write"} or token["scope"] == "read write"
    assert done.stdout.strip() == f"rowan@{node.authority}", done.stderr
