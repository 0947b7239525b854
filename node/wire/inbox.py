"""The door other nodes post to: takes a bounded body in bounded time and hands it on as it came.

Every inbox of the node is this one door, whoever it is named for: what an activity is about stands
in its signed body, and so no answer tells whether a persona or a private group exists. Whether it
is believed and kept is decided by `federation/inbox.py`, which knows no HTTP library.
"""

import asyncio
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from aiohttp import ClientPayloadError, HttpVersion11, web
from aiohttp.http_exceptions import HttpProcessingError

from activitypub.signatures.message import HttpMessage
from federation.limits import MAX_BODY
from node.config import Config
from node.web.keys import CONFIG
from node.wire.answers import problem
from node.wire.keys import BODY_TIMEOUT, DEFAULT_BODY_TIMEOUT, INBOX

_UNDERSTOOD = range(200, 300)


class _Unread(Exception):
    """A body that was not taken. `status` says why in HTTP, the message in words."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


async def receive(request: web.Request) -> web.Response:
    """`POST` to any inbox: 202 once the activity is kept, else problem+json with a short reason."""
    try:
        _refuse_unseen(request)
        body = await _read(request, request.app.get(BODY_TIMEOUT, DEFAULT_BODY_TIMEOUT))
    except _Unread as error:
        return _hang_up(problem(error.status, str(error)))
    answer = await request.app[INBOX].receive(_message(request, body))
    if answer.status in _UNDERSTOOD:
        return web.Response(status=answer.status, headers={"X-Content-Type-Options": "nosniff"})
    later = None if answer.retry_after is None else {"Retry-After": str(answer.retry_after)}
    return problem(answer.status, answer.reason, later)


async def before_body(request: web.Request) -> web.Response | None:
    """Answers `Expect: 100-continue`: asks for the body only if its headers are acceptable."""
    try:
        _refuse_unseen(request)
    except _Unread as error:
        return _hang_up(problem(error.status, str(error)))
    if request.version >= HttpVersion11:
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0  # so that the answer's own headers can still be sent
    return None


async def not_for_reading(_request: web.Request) -> web.Response:
    """`GET` of an inbox: nobody reads one over the wire (ActivityPub section 5.2)."""
    return problem(405, "An inbox only takes POST.", {"Allow": "POST"})


def _refuse_unseen(request: web.Request) -> None:
    """Refuse by the headers alone, before a byte of the body is looked at.

    A digest is over the bytes on the wire, and a few packed bytes can unpack to very many (SIG-17,
    DOS-02); no peer packs its requests.
    """
    codings = request.headers.getall("Content-Encoding", [])
    if any(coding.strip().lower() != "identity" for coding in codings):
        raise _Unread(415, "Send the body without a Content-Encoding.")
    if request.content_length is not None and request.content_length > MAX_BODY:
        raise _Unread(413, _TOO_LARGE)


_TOO_LARGE = f"The body may have {MAX_BODY} bytes."


async def _read(request: web.Request, seconds: float) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > MAX_BODY:
                    raise _Unread(413, _TOO_LARGE)
    except TimeoutError as error:
        raise _Unread(408, f"The body did not arrive within {seconds:g} seconds.") from error
    except (ClientPayloadError, HttpProcessingError) as error:
        raise _Unread(400, "The body is not well-formed HTTP.") from error
    return bytes(body)


def _hang_up(response: web.Response) -> web.Response:
    """What follows on this connection is a body we do not want."""
    response.force_close()
    return response


def _message(request: web.Request, body: bytes) -> HttpMessage:
    """The request as it stood on the wire: the raw path and query, each header line as sent."""
    config = request.app[CONFIG]
    return HttpMessage(
        method=request.method,
        scheme="https" if config.is_https else "http",
        authority=config.authority,
        target=request.raw_path,
        headers=tuple(_headers(request, config)),
        body=body,
    )


def _headers(request: web.Request, config: Config) -> Iterator[tuple[str, str]]:
    """The header lines as sent, but for a Host that a proxy of ours may have rewritten."""
    behind_proxy = _came_through_proxy(request, config.trusted_proxies)
    for raw_name, raw_value in request.raw_headers:
        name = raw_name.decode("latin-1")
        if behind_proxy and name.lower() == "host":
            yield name, config.authority
        else:
            yield name, raw_value.decode("latin-1")


def _came_through_proxy(request: web.Request, trusted: tuple[str, ...]) -> bool:
    peer = request.get_extra_info("peername")
    if not peer:  # a unix socket: only a proxy connects to one
        return True
    if not trusted:
        return False
    address = ip_address(peer[0].partition("%")[0])
    return any(address in network for network in _networks(trusted))


@lru_cache(maxsize=8)
def _networks(trusted: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(one) for one in trusted)
