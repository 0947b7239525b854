"""A push service on loopback, and a device behind it that can read what it is sent (RFC 8291)."""

import base64
import os
import queue
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def b64(raw: bytes) -> str:
    """base64url without padding, as keys of push are written."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Device:
    """The keys that an app gives to the node, and the way back to the text."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = os.urandom(16)
        self._public = _point(self._key.public_key())
        self.p256dh, self.auth = b64(self._public), b64(self._secret)

    def read(self, body: bytes) -> bytes:
        """RFC 8188, one record, with the keys of RFC 8291 section 3.4."""
        salt, _size, length = body[:16], struct.unpack("!L", body[16:20])[0], body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        peer = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self._key.exchange(ec.ECDH(), peer)
        info = b"WebPush: info\0" + self._public + sender
        ikm = _hkdf(self._secret, info, 32, shared)
        key = _hkdf(salt, b"Content-Encoding: aes128gcm\0", 16, ikm)
        nonce = _hkdf(salt, b"Content-Encoding: nonce\0", 12, ikm)
        return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0").removesuffix(b"\x02")


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    form = serialization.PublicFormat.UncompressedPoint
    return key.public_bytes(serialization.Encoding.X962, form)


def _hkdf(salt: bytes, info: bytes, length: int, material: bytes) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(material)


class PushService:
    """Takes what is posted to it. `next` waits for one: its headers and its body."""

    def __init__(self, origin: str) -> None:
        self.endpoint = f"{origin}/push/a-device"
        self.taken: queue.Queue[tuple[dict[str, str], bytes]] = queue.Queue()

    def next(self, seconds: float = 30) -> tuple[dict[str, str], bytes]:
        return self.taken.get(timeout=seconds)


@contextmanager
def push_service(certificate: tuple[Path, Path]) -> Iterator[PushService]:
    """A service with TLS on a free port of 127.0.0.1."""
    taken: list[PushService] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken[0].taken.put((dict(self.headers.items()), body))
            self.send_response(201)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    taken.append(PushService(f"https://127.0.0.1:{server.server_address[1]}"))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield taken[0]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
