"""A server of other software, under the test's control: it serves what a test gives it, sends what
a test tells it to, and keeps every byte that a node asks or posts.

Each stranger listens on a port of its own, so each is an origin of its own. What a node signs is
verified here against the key that the node serves; a signature that fails is in `faults`.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import aiohttp
import msgspec
from aiohttp import web

from activitypub.errors import SignatureError
from activitypub.signatures import (
    HttpMessage,
    PublicKey,
    check_digest,
    check_time,
    load_public_pem,
    read_signature,
    verify,
)
from tests.clock import Clock
from tests.figures import (
    ACTIVITY_JSON,
    CONTEXT,
    PUBLIC,
    Document,
    Figure,
    Letter,
    actor_document,
)
from tests.world import spare_keys

Headers = tuple[tuple[str, str], ...]

_serial = count()


@dataclass(frozen=True)
class Asked:
    """A request as it came. `signer` is the id of the key that signed it, if that was in order."""

    method: str
    target: str
    headers: Headers
    body: bytes
    signer: str | None

    @property
    def document(self) -> Document:
        """The activity that was posted."""
        read: Document = msgspec.json.decode(self.body)
        return read

    def header(self, name: str) -> str:
        """The one header of this name."""
        [value] = [value for key, value in self.headers if key.lower() == name.lower()]
        return value

    @property
    def everything(self) -> bytes:
        """All that came over the wire, for searching."""
        lines = [
            f"{self.method} {self.target}",
            *(f"{key}: {value}" for key, value in self.headers),
        ]
        return "\n".join(lines).encode() + b"\n\n" + self.body


@dataclass(frozen=True)
class Page:
    """What a path answers."""

    body: bytes
    content_type: str = ACTIVITY_JSON
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Stranger:
    """One foreign server. `judge` says what its inboxes answer to a request."""

    name: str
    origin: str
    clock: Clock
    http: aiohttp.ClientSession
    judge: Callable[[Asked], int] = lambda _asked: 202
    pages: dict[str, Page] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    told: list[bytes] = field(default_factory=list)
    _keys: dict[str, PublicKey] = field(default_factory=dict)
    _numbers: Any = field(default_factory=count)

    @property
    def authority(self) -> str:
        return self.origin.removeprefix("http://")

    @property
    def received(self) -> list[Document]:
        """The activities that came to its inboxes, in order."""
        return [one.document for one in self.asked if one.method == "POST"]

    def got(self, kind: str) -> list[Document]:
        """Those of one type."""
        return [one for one in self.received if one["type"] == kind]

    def announced(self, kind: str) -> list[Document]:
        """The things of one type that groups announced to it."""
        inner = [one["object"] for one in self.got("Announce")]
        return [one for one in inner if isinstance(one, dict) and one.get("type") == kind]

    def uri(self, kind: str) -> str:
        """A fresh id on this server."""
        return f"{self.origin}/{kind}/{next(self._numbers)}"

    def serve(self, document: Document, **more: Any) -> Document:
        """Answer a document at its own id; the document."""
        self.serve_at(str(document["id"]), document, **more)
        return document

    def serve_at(self, uri: str, document: Document, **more: Any) -> None:
        """Answer a document at any URL of this server."""
        self.pages[uri.removeprefix(self.origin)] = Page(msgspec.json.encode(document), **more)

    def person(self, handle: str, **members: Any) -> Figure:
        """A Person at `/u/<handle>`, as Lemmy serves its people. A member None is left out."""
        return self._figure(f"{self.origin}/u/{handle}", "Person", handle, members)

    def group(self, handle: str, *moderators: Figure, **members: Any) -> Figure:
        """A Group at `/c/<handle>` in Lemmy's shape (b1), with its collections, all but empty."""
        uri = f"{self.origin}/c/{handle}"
        listed = {
            "moderators": [one.uri for one in moderators],
            "featured": [],
            "outbox": [],
        }
        for name, items in listed.items():
            self.collection(f"{uri}/{name}", items)
        own = {
            "outbox": f"{uri}/outbox",
            "followers": f"{uri}/followers",
            "featured": f"{uri}/featured",
            "attributedTo": f"{uri}/moderators",
            "postingRestrictedToMods": False,
        }
        return self._figure(uri, "Group", handle, own | members)

    def collection(self, uri: str, items: list[Any]) -> None:
        """An OrderedCollection that is served whole."""
        self.serve(
            {"@context": CONTEXT, "id": uri, "type": "OrderedCollection", "orderedItems": items}
        )

    def _figure(self, uri: str, kind: str, handle: str, members: Document) -> Figure:
        keys = spare_keys(100 + next(_serial) % 5)
        named = {"preferredUsername": handle, "name": handle.title()}
        document = actor_document(uri, kind, f"{self.origin}/inbox", keys) | named | members
        document = {name: value for name, value in document.items() if value is not None}
        figure = Figure(self, self.serve(document), keys)
        self.figures.append(figure)
        return figure

    async def send(self, letter: Letter) -> int:
        """Post it; the status. What came back is added to `told`."""
        async with self.http.post(letter.url, data=letter.body, headers=letter.headers) as answer:
            self.told.append(await answer.read())
            return answer.status

    async def look(self, uri: str, accept: str = ACTIVITY_JSON) -> tuple[int, bytes]:
        """Read a URL of a node without a signature; what it said is added to `told`."""
        async with self.http.get(uri, headers={"Accept": accept}) as answer:
            self.told.append(repr(answer.raw_headers).encode() + await answer.read())
            return answer.status, await answer.read()

    async def answer(self, request: web.Request) -> web.Response:
        """Every path of this server."""
        body = await request.read()
        lines = tuple(
            (key.decode("latin-1"), value.decode("latin-1")) for key, value in request.raw_headers
        )
        signer = await self._signer(request, lines, body)
        asked = Asked(request.method, request.raw_path, lines, body, signer)
        self.asked.append(asked)
        if request.method == "POST":
            return web.Response(status=self.judge(asked))
        if request.path == "/.well-known/webfinger":
            return self._webfinger(request.query.get("resource", ""))
        page = self.pages.get(request.path_qs, Page(b"{}", status=404))
        headers = {"Content-Type": page.content_type, **page.headers}
        return web.Response(status=page.status, body=page.body, headers=headers)

    def _webfinger(self, resource: str) -> web.Response:
        """All actors of that name, with their types, as Lemmy lists them (rule 8)."""
        links = [
            {
                "rel": "self",
                "type": ACTIVITY_JSON,
                "href": figure.uri,
                "properties": {f"{PUBLIC.removesuffix('Public')}type": figure.document["type"]},
            }
            for figure in self.figures
            if resource == f"acct:{figure.document['preferredUsername']}@{self.authority}"
        ]
        if not links:
            return web.Response(status=404)
        return web.json_response({"subject": resource, "links": links})

    async def _signer(self, request: web.Request, lines: Headers, body: bytes) -> str | None:
        """The key id that signed the request, checked against the key that its owner serves."""
        message = HttpMessage(
            request.method,
            "http",
            self.authority,
            request.raw_path,
            lines,
            body if request.method == "POST" else None,
        )
        try:
            parsed = read_signature(message)
            check_time(parsed, message, self.clock.now(), timedelta(hours=1))
            if request.method == "POST":
                check_digest(message, parsed)
            verify(parsed, message, await self._key(parsed.key_id))
        except SignatureError as error:
            self.faults.append(f"{request.method} {request.raw_path}: {error}")
            return None
        return parsed.key_id

    async def _key(self, key_id: str) -> PublicKey:
        if key_id not in self._keys:
            url = key_id.partition("#")[0]
            async with self.http.get(url, headers={"Accept": ACTIVITY_JSON}) as answer:
                owner = await answer.json(content_type=None)
            self._keys[key_id] = load_public_pem(owner["publicKey"]["publicKeyPem"])
        return self._keys[key_id]


@asynccontextmanager
async def open_stranger(name: str, clock: Clock) -> AsyncIterator[Stranger]:
    """A stranger that listens on a free port of 127.0.0.1."""
    listener = socket.create_server(("127.0.0.1", 0))
    async with aiohttp.ClientSession() as http:
        stranger = Stranger(name, f"http://127.0.0.1:{listener.getsockname()[1]}", clock, http)
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", stranger.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        try:
            yield stranger
        finally:
            await runner.cleanup()
            await asyncio.sleep(0)
