"""What the tests of the door share: servers on loopback, good and bad, and a client."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from federation.addresses import AddressPolicy
from federation.http import AiohttpClient
from federation.resolver import Lookup, Names, ask_system
from federation.tls import peer_tls

LOOPBACK = ("127.0.0.0/8",)
JSON = "application/activity+json"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
RawHandler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def opened(
    *,
    networks: Sequence[str] = LOOPBACK,
    own: Sequence[str] = (),
    lookup: Lookup = ask_system,
    tls: ssl.SSLContext | None = None,
    seconds: float = 5.0,
) -> AsyncIterator[AiohttpClient]:
    """A client that may call `networks`, closed at the end."""
    client = AiohttpClient(
        AddressPolicy(networks, own),
        user_agent="Kith/test (+https://us.example)",
        tls=tls or peer_tls(),
        names=Names(lookup),
        total_timeout=seconds,
    )
    try:
        yield client
    finally:
        await client.close()


@asynccontextmanager
async def serving(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A web server on 127.0.0.1 that gives every request to `handler`; its port."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def listening(handler: RawHandler) -> AsyncIterator[int]:
    """A bare TCP server on 127.0.0.1; its port. `handler` need not close its writer."""
    open_writers: list[asyncio.StreamWriter] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_writers.append(writer)
        try:
            await handler(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in open_writers:
            writer.transport.abort()
        await server.wait_closed()
