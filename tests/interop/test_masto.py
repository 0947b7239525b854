"""The JavaScript library `masto` 8 against a node: WebSocket streaming, and push to a device."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest

from tests.interop.push_service import Device, push_service
from tests.interop.suite_node import serving
from tests.interop.tools import node_tool

SCRIPT: Final = Path(__file__).parent / "scripts" / "masto_live.mjs"
PACKAGES: Final = ("masto@8.0.0", "ws@8.23.0")
STEPS: Final = {
    "update": True,
    "hashtag": True,
    "status.update": True,
    "notification": "mention",
    "delete": True,
    "push created": True,
    "push key": True,
    "push asked": True,
}


@pytest.mark.xdist_group("masto")
def test_streaming_and_push(tmp_path: Path, certificate: tuple[Path, Path]) -> None:
    place = node_tool("masto", *PACKAGES)
    script = place / SCRIPT.name
    shutil.copyfile(SCRIPT, script)
    device, chain = Device(), str(certificate[0])
    with (
        push_service(certificate) as service,
        serving(tmp_path / "node", certificate, SSL_CERT_FILE=chain) as node,
    ):
        for name in ("rowan", "wren"):
            node.person(name)
        arguments = (node.origin, node.token("rowan"), node.token("wren"))
        with subprocess.Popen(
            ["node", str(script), *arguments, service.endpoint, device.p256dh, device.auth],
            cwd=place,
            env={"PATH": os.environ["PATH"], "NODE_EXTRA_CA_CERTS": chain},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as app:
            try:
                assert _steps(app, len(STEPS)) == STEPS
                headers, body = service.next()
                _check_push(device, headers, body)
                said, wrong = app.communicate("go on\n", timeout=60)
                assert json.loads(said) == {"step": "push removed", "value": 404}, wrong
            finally:
                app.kill()


def _steps(app: "subprocess.Popen[str]", count: int) -> dict[str, Any]:
    assert app.stdout is not None
    assert app.stderr is not None
    found: dict[str, Any] = {}
    for line in app.stdout:
        one = json.loads(line)
        found[one["step"]] = one["value"]
        if len(found) == count:
            return found
    raise AssertionError((found, app.stderr.read()))


def _check_push(device: Device, headers: dict[str, str], body: bytes) -> None:
    """PRV-19: only the device can read it, and even that tells neither who nor what."""
    assert headers["Content-Encoding"] == "aes128gcm"
    assert headers["Authorization"].startswith("vapid t=")
    assert int(headers["TTL"]) > 0
    assert b"wren" not in body
    told = json.loads(device.read(body))
    assert told["notification_type"] == "mention"
    assert "access_token" not in told or not told["access_token"]
    assert "wren" not in json.dumps(told).lower()
    assert "are you there" not in json.dumps(told)
