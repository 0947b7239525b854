"""The only door to the network: every request that this node sends to another one goes through.

What the door holds: the address of each new socket is judged as it is opened (`addresses`), so
neither DNS nor a redirect leads inside; redirects are followed here, a few, each checked and
signed anew; one deadline covers the whole call; bodies are capped packed and unpacked; nothing is
remembered between calls but open connections. Whatever goes wrong leaves as a `FetchError`.

Two pools are kept. The one for plain http opens sockets to test networks only, so that an http
URL whose name resolves to a public address is refused where it matters.
"""

import asyncio
import errno
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from federation.addresses import AddressPolicy
from federation.errors import BadResponse, Blocked, FetchError, TimedOut, TooBig, Unreachable
from federation.limits import (
    DNS_CACHE,
    KEEPALIVE,
    MAX_BODY,
    MAX_CONNECTIONS,
    MAX_CONNECTIONS_PER_HOST,
    MAX_POST_REPLY,
    MAX_REDIRECTS,
    TOTAL_TIMEOUT,
)
from federation.redirects import REDIRECTS, next_hop
from federation.resolver import Names
from federation.unpack import ACCEPT_ENCODING, unpack

Signer = Callable[[str, str, bytes | None], Awaitable[Mapping[str, str]]]
"""`await sign(method, url, body)` gives the headers to add; asked anew for each redirect."""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer, read to its end. `url` is the one that answered, after all redirects, without a
    fragment; `headers` ignore case; `body` is unpacked."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes


class HttpClient(Protocol):
    """What the rest of the node knows of the network. Every failure is a FetchError; an answer of
    any status is a Response."""

    async def get(
        self, url: str, *, accept: str, sign: Signer | None = None, max_bytes: int = MAX_BODY
    ) -> Response:
        """The document at `url`, over at most MAX_REDIRECTS redirects and of at most `max_bytes`
        bytes."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Response:
        """Send `body`, follow no redirect, and keep at most MAX_POST_REPLY bytes of the answer."""

    async def close(self) -> None:
        """Close all connections. Calls made afterwards raise FetchError."""


class AiohttpClient:
    """HttpClient over aiohttp. Build one per process, inside its running loop, and close it.

    `tls` verifies peers (see `federation.tls`); `user_agent` reads `Kith/<version> (+<origin>)`;
    `total_timeout` is in seconds and covers a whole call.
    """

    def __init__(
        self,
        policy: AddressPolicy,
        *,
        user_agent: str,
        tls: ssl.SSLContext,
        names: Names,
        total_timeout: float = TOTAL_TIMEOUT,
    ) -> None:
        self._policy = policy
        self._total = total_timeout
        self._names = names
        self._secure = self._session(tls, user_agent, secure=True)
        self._plain = self._session(tls, user_agent, secure=False)

    async def get(
        self, url: str, *, accept: str, sign: Signer | None = None, max_bytes: int = MAX_BODY
    ) -> Response:
        """See HttpClient.get."""
        target, final_url = self._policy.check_url(url), url.partition("#")[0]
        try:
            async with asyncio.timeout(self._total):
                for _ in range(MAX_REDIRECTS + 1):
                    signed = await sign("GET", str(target), None) if sign else {}
                    headers = {"Accept": accept, **signed}
                    answer = await self._get_once(target, final_url, headers, max_bytes)
                    if answer.status not in REDIRECTS:
                        return answer
                    target = next_hop(target, answer.status, answer.headers, self._policy)
                    final_url = str(target)
        except TimeoutError as error:
            raise TimedOut(f"GET {url} took more than {self._total:g} s") from error
        raise BadResponse(f"GET {url} met more than {MAX_REDIRECTS} redirects", reason="redirect")

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Response:
        """See HttpClient.post. Sent a second time at once if a kept connection turns out closed:
        the peer hung up without an answer, and receivers of activities tell repeats apart."""
        target = self._policy.check_url(url)
        try:
            async with asyncio.timeout(self._total):
                try:
                    return await self._post_once(target, url, body, headers)
                except _HungUp:
                    return await self._post_once(target, url, body, headers)
        except TimeoutError as error:
            raise TimedOut(f"POST {url} took more than {self._total:g} s") from error

    async def close(self) -> None:
        """See HttpClient.close."""
        await self._secure.close()
        await self._plain.close()
        self._names.close()

    async def _get_once(
        self, target: URL, url: str, headers: Mapping[str, str], max_bytes: int
    ) -> Response:
        try:
            async with self._pool(target).get(
                target, headers=headers, allow_redirects=False
            ) as answer:
                if answer.status in REDIRECTS:
                    answer.close()
                    return Response(answer.status, url, answer.headers, b"")
                raw, whole = await _read(answer, max_bytes)
        except Exception as error:
            raise _as_fetch_error(error, f"GET {url}") from error
        if not whole:
            raise TooBig(f"GET {url}: more than {max_bytes} bytes", status=answer.status)
        body = unpack(raw, answer.headers.get("Content-Encoding", ""), max_bytes)
        return Response(answer.status, url, answer.headers, body)

    async def _post_once(
        self, target: URL, url: str, body: bytes, headers: Mapping[str, str]
    ) -> Response:
        try:
            async with self._pool(target).post(
                target, data=body, headers=headers, allow_redirects=False
            ) as answer:
                raw, _ = await _read(answer, MAX_POST_REPLY)
        except Exception as error:
            raise _as_fetch_error(error, f"POST {url}") from error
        if raw:
            try:
                raw = unpack(raw, answer.headers.get("Content-Encoding", ""), MAX_POST_REPLY)
            except FetchError:
                raw = b""  # the status is what counts; the text only helps to read a log
        return Response(answer.status, url, answer.headers, raw)

    def _pool(self, target: URL) -> aiohttp.ClientSession:
        return self._secure if target.scheme == "https" else self._plain

    def _session(
        self, tls: ssl.SSLContext, user_agent: str, *, secure: bool
    ) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            ssl=tls,
            resolver=_Resolver(self._names),
            socket_factory=_checked_sockets(self._policy, secure=secure),
            ttl_dns_cache=DNS_CACHE,
            limit=MAX_CONNECTIONS,
            limit_per_host=MAX_CONNECTIONS_PER_HOST,
            keepalive_timeout=KEEPALIVE,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": user_agent, "Accept-Encoding": ACCEPT_ENCODING},
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            auto_decompress=False,
            trust_env=False,
            read_bufsize=MAX_POST_REPLY,
        )


class _Refused(OSError):
    """The address of a new socket is not one we call."""


class _HungUp(Unreachable):
    """The connection broke before any answer, as when a kept one was closed at the other end."""

    default_reason = "hung-up"


class _Resolver(AbstractResolver):
    """Lets aiohttp ask our own threads. It does so for names only: literals go to the socket."""

    def __init__(self, names: Names) -> None:
        self._names = names

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for address in await self._names.addresses(host)
        ]

    async def close(self) -> None:
        """The names outlive one pool; AiohttpClient.close ends them."""


def _checked_sockets(policy: AddressPolicy, *, secure: bool) -> Callable[[Any], socket.socket]:
    """A socket factory that judges the address really connected to, at each single attempt."""

    def open_socket(info: tuple[int, int, int, str, tuple[Any, ...]]) -> socket.socket:
        family, kind, protocol, _, address = info
        if not policy.may_connect(str(address[0]), int(address[1]), secure=secure):
            raise _Refused(errno.EACCES, "the address is not public")
        return socket.socket(family, kind, protocol)

    return open_socket


async def _read(answer: aiohttp.ClientResponse, cap: int) -> tuple[bytes, bool]:
    """At most `cap` bytes as they came, and whether that was all. If not, the connection goes."""
    length = answer.content_length
    if length is not None:
        if length <= cap:
            return await answer.read(), True
        answer.close()
        return b"", False
    chunks: list[bytes] = []
    left = cap
    async for chunk in answer.content.iter_any():
        chunks.append(chunk[:left])
        left -= len(chunk)
        if left < 0:
            answer.close()
            break
    return b"".join(chunks), left >= 0


def _as_fetch_error(error: Exception, what: str) -> FetchError:
    """Any exception of the HTTP library as ours; `what` is the method and URL."""
    message = f"{what}: {error or type(error).__name__}"
    match error:
        case FetchError():
            return error
        case TimeoutError():
            return TimedOut(message)
        case aiohttp.ClientConnectorError(os_error=_Refused()):
            return Blocked(message, reason="address")
        case aiohttp.ClientConnectorDNSError():
            return Unreachable(message, reason="dns")
        case ssl.SSLError() | aiohttp.ClientSSLError():
            return Unreachable(message, reason="tls")
        case aiohttp.ClientConnectorError():
            return Unreachable(message)
        case aiohttp.ServerDisconnectedError() | ConnectionError() | aiohttp.ClientOSError():
            return _HungUp(message)
        case aiohttp.InvalidURL():
            return Blocked(message, reason="url")
        case aiohttp.ClientResponseError() | aiohttp.ClientPayloadError():
            return BadResponse(message, reason="http", retryable=True)
        case ValueError() | LookupError():
            return Blocked(message, reason="request")
        case _:
            return Unreachable(message)
