"""A device with a browser's half of Web Push, and a push service that it hears through."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from node.clients.push.encryption import encrypt, packed, point_of


class Device:
    """Keys as a browser makes them; reads by RFC 8188 and 8291, step by step. The secret `auth`
    of 16 bytes may be given."""

    def __init__(self, auth: bytes | None = None) -> None:
        self._private = generate_private_key(SECP256R1())
        self._auth = auth or os.urandom(16)

    @property
    def keys(self) -> dict[str, str]:
        """As an app sends them."""
        return {"p256dh": packed(point_of(self._private.public_key())), "auth": packed(self._auth)}

    def encrypted(self, plain: bytes) -> bytes:
        return encrypt(plain, point_of(self._private.public_key()), self._auth)

    def read(self, body: bytes) -> bytes:
        """The message; raises for one that was not encrypted for this device."""
        salt, record, size = body[:16], int.from_bytes(body[16:20]), body[20]
        sender, sealed = body[21 : 21 + size], body[21 + size :]
        assert len(sealed) <= record == 4096
        theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), sender)
        own = point_of(self._private.public_key())
        secret = _hkdf(
            self._auth,
            self._private.exchange(ECDH(), theirs),
            b"WebPush: info\0" + own + sender,
            32,
        )
        key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert padded[-1:] == b"\2"
        return padded[:-1]


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


@dataclass
class PushService:
    """A push service on loopback: keeps what it gets, answers as it is told."""

    url: str = ""
    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def messages(self, device: Device) -> list[Any]:
        """All that came, opened."""
        return [json.loads(device.read(body)) for _, body in self.got]


@asynccontextmanager
async def push_service() -> AsyncIterator[PushService]:
    """A service that listens for as long as the block lasts."""
    service = PushService()

    async def take(request: web.Request) -> web.Response:
        service.got.append((dict(request.headers), await request.read()))
        return web.Response(status=service.status, headers=service.headers)

    app = web.Application()
    app.router.add_post("/device/secret", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    service.url = f"http://{host}:{port}/device/secret"
    try:
        yield service
    finally:
        await runner.cleanup()
