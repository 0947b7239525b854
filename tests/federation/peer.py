"""Another node for tests of the conversation with it: a real web server on loopback, with actors.

It serves whatever documents a test puts there, counts who asks for what, takes deliveries, and
signs requests to us as any of its actors.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any

from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from activitypub.signatures import HttpMessage, add_proof, encode_multikey, sign_cavage
from activitypub.signatures import sign_rfc9421 as sign_message
from tests.federation.door import serving

OURS = "us.example"
JSON = "application/activity+json"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
CONTEXT = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"]
Document = dict[str, Any]


@cache
def rsa_key(number: int) -> RSAPrivateKey:
    """The same few keys for all tests: making one takes longer than most of them."""
    assert number >= 0
    return generate_private_key(65537, 2048)


def ed25519_key(number: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


def pem_of(key: RSAPrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@dataclass(frozen=True)
class Someone:
    """An actor of a peer, with its keys."""

    uri: str
    rsa: RSAPrivateKey
    ed25519: Ed25519PrivateKey

    @property
    def key_id(self) -> str:
        return f"{self.uri}#main-key"

    def document(self, kind: str = "Person", **changes: object) -> Document:
        """Its actor document; a change to None takes a member out."""
        document: Document = {
            "@context": CONTEXT,
            "id": self.uri,
            "type": kind,
            "preferredUsername": self.uri.rpartition("/")[2],
            "inbox": f"{self.uri}/inbox",
            "outbox": f"{self.uri}/outbox",
            "publicKey": {"id": self.key_id, "owner": self.uri, "publicKeyPem": pem_of(self.rsa)},
            "assertionMethod": [
                {
                    "id": f"{self.uri}#ed25519-key",
                    "type": "Multikey",
                    "controller": self.uri,
                    "publicKeyMultibase": encode_multikey(self.ed25519.public_key()),
                }
            ],
        }
        return {name: value for name, value in (document | changes).items() if value is not None}

    def says(self, kind: str, subject: object, number: int = 1, **more: object) -> Document:
        """An activity of this actor."""
        return {
            "@context": CONTEXT[0],
            "id": f"{self.uri}/activities/{number}",
            "type": kind,
            "actor": self.uri,
            "object": subject,
            "to": [PUBLIC],
            **more,
        }

    def proven(self, document: Document, now: datetime) -> Document:
        """The document with this actor's proof."""
        return add_proof(
            document,
            verification_method=f"{self.uri}#ed25519-key",
            key=self.ed25519,
            created=now,
        )

    def post(
        self,
        document: Document | bytes,
        now: datetime,
        *,
        host: str = OURS,
        target: str = "/inbox",
        key_id: str | None = None,
        key: RSAPrivateKey | None = None,
        rfc9421: bool = False,
    ) -> HttpMessage:
        """A signed POST of `document` to us, as it arrives."""
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        plain = HttpMessage("POST", "https", host, target, (("Content-Type", JSON),), body)
        sign = sign_message if rfc9421 else sign_cavage
        headers = sign(plain, key_id or self.key_id, key or self.rsa, now)
        sent = (*plain.headers, *({"Host": host} | headers).items())
        return replace(plain, authority=OURS, headers=tuple(sent))


@dataclass
class Peer:
    """The node. `authority` is 127.0.0.1 and its port."""

    authority: str
    documents: dict[str, web.Response | Document | int] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    headers: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """Of the last request for each path."""
    delivered: list[tuple[Mapping[str, str], Document]] = field(default_factory=list)
    answers: list[int | tuple[int, dict[str, str]]] = field(default_factory=list)
    """What the inboxes answer, in this order; 202 afterwards."""
    always: int = 202
    poisoned: set[str] = field(default_factory=set)
    """Inboxes that always answer 500."""
    refuse: bool = False
    """Hang up on every delivery without an answer."""
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)
    slow: asyncio.Event | None = None
    """When set, inboxes answer only once this is."""

    @property
    def origin(self) -> str:
        return f"http://{self.authority}"

    def someone(self, name: str, kind: str = "Person", key: int = 0, **changes: object) -> Someone:
        """An actor here, whose document is served."""
        who = Someone(f"{self.origin}/users/{name}", rsa_key(key), ed25519_key(key))
        self.documents[f"/users/{name}"] = who.document(kind, **changes)
        return who

    def note(self, author: Someone, number: int, **changes: object) -> Document:
        """A post here, which is served."""
        uri = f"{self.origin}/notes/{number}"
        document: Document = {
            "@context": CONTEXT[0],
            "id": uri,
            "type": "Note",
            "attributedTo": author.uri,
            "content": f"<p>note {number}</p>",
            "to": [PUBLIC],
            **changes,
        }
        self.documents[f"/notes/{number}"] = document
        return document

    def total(self) -> int:
        """Requests so far, of any kind."""
        return sum(self.asked.values())

    async def until(self, done: Callable[["Peer"], bool]) -> None:
        """Wait for a request after which `done` holds."""
        async with asyncio.timeout(10), self.arrived:
            await self.arrived.wait_for(lambda: done(self))

    async def handle(self, request: web.Request) -> web.StreamResponse:
        path = request.raw_path
        self.asked[path] += 1
        self.headers[path] = request.headers
        await self._tell()
        if request.method == "POST":
            return await self._take(request)
        found = self.documents.get(path, 404)
        if isinstance(found, web.Response):
            return web.Response(status=found.status, headers=found.headers, body=found.body)
        if isinstance(found, int):
            return web.Response(status=found)
        return web.Response(body=json.dumps(found).encode(), content_type=JSON)

    async def _tell(self) -> None:
        async with self.arrived:
            self.arrived.notify_all()

    async def _take(self, request: web.Request) -> web.StreamResponse:
        body = json.loads(await request.read())
        if self.slow is not None:
            await self.slow.wait()
        if self.refuse and request.transport is not None:
            request.transport.abort()
            return web.Response(status=500)
        answer = self.answers.pop(0) if self.answers else self.always
        if request.raw_path in self.poisoned:
            answer = 500
        status, headers = answer if isinstance(answer, tuple) else (answer, {})
        if 200 <= status < 300:
            self.delivered.append((dict(request.headers), body))
            await self._tell()
        return web.Response(status=status, headers=headers)


@asynccontextmanager
async def peer() -> AsyncIterator[Peer]:
    """A running peer with nothing on it yet."""
    node = Peer("")
    async with serving(node.handle) as port:
        node.authority = f"127.0.0.1:{port}"
        yield node
