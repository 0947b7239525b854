"""proxyUrl: an object of another node, fetched for an app that cannot sign requests (W3C
ActivityPub 4.1).

It goes through the network door like everything else: only public addresses, only nodes that this
one exchanges with, bounded in size and time (federation/fetch.py). What comes back is what that
node shows to this one, never something for one person. No app can use it to make this node press
another one: each host has a budget, and what was fetched a moment ago is not fetched again.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from aiohttp import web

from activitypub.addressing import authority
from activitypub.errors import WireError
from federation.errors import FetchError
from federation.fetch import Fetcher
from federation.flights import Flights
from federation.limits import FetchBudget
from node.clients.budget import Budget
from node.clients.c2s.documents import Document, collections_of
from node.clients.c2s.showing import shown
from node.clients.call import Call
from node.errors import Invalid, NotFound, Refused
from node.ports import Clock
from storage.unit_of_work import UnitOfWork

A_HOST: Final = 300
"""Requests to one host in five minutes that apps of this node may cause together."""
FETCHES: Final = 4
"""Requests that one call may cause: an id that differs from the address is asked for again."""
FRESH: Final = timedelta(seconds=60)
KEPT: Final = 200
KEPT_BYTES: Final = 64 * 1024
"""Documents that are kept, and how long one may be to be kept."""

OWN: Final = "This is an id of this server; ask for it directly"
HTTPS: Final = "Only https ids are fetched"
CLOSED: Final = "This server does not fetch that id"


class Proxy:
    """Fetches for apps. `may_be_http` is for trials on one machine."""

    def __init__(self, fetcher: Fetcher, now: Clock, origin: str, *, may_be_http: bool) -> None:
        self._fetcher = fetcher
        self._now = now
        self._own = authority(origin)
        self._schemes = ("https://", "http://") if may_be_http else ("https://",)
        self._hosts = Budget(A_HOST, now)
        self._flights: Flights[Document] = Flights()
        self._kept: OrderedDict[str, tuple[datetime, bytes]] = OrderedDict()

    async def fetch(self, uri: str) -> Document:
        """The object at `uri`. Raises Invalid, Refused, NotFound, and 502 for a node that answers
        nonsense."""
        host = self._host(uri)
        kept = self._fresh(uri)
        if kept is not None:
            return kept
        left = self._hosts.take(host)
        if left is not None and left.left < 0:
            raise Refused("Many requests went to that server; wait a little", "slow-down")
        try:
            document = await self._flights.join(uri, lambda: self._ask(uri))
        except FetchError as error:
            raise _refusal(error) from error
        return document

    def _host(self, uri: str) -> str:
        try:
            host = authority(uri)
        except WireError as error:
            raise Invalid("id", "id must be the https id of an object") from error
        if not uri.lower().startswith(self._schemes):
            raise Invalid("id", HTTPS)
        if host == self._own:
            raise Invalid("id", OWN)
        return host

    async def _ask(self, uri: str) -> Document:
        document = await self._fetcher.document(uri, FetchBudget(FETCHES))
        body = msgspec.json.encode(document)
        if len(body) <= KEPT_BYTES:
            self._kept[uri] = (self._now() + FRESH, body)
            self._kept.move_to_end(uri)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return document

    def _fresh(self, uri: str) -> Document | None:
        until, body = self._kept.get(uri, (None, b""))
        if until is None or until < self._now():
            return None
        return msgspec.json.decode(body, type=dict[str, Any])


PROXY: Final = web.AppKey("client-proxy", Proxy)


async def fetch(call: Call) -> web.Response:
    """POST /client/proxy with `id`."""
    uri, who = call.params.need("id").strip(), call.persona
    document = await call.app[PROXY].fetch(uri)

    def read(uow: UnitOfWork) -> dict[str, str]:
        """Of a post that is here as well, what this node knows of it: above all what the caller did
        to it, which the other node tells nobody."""
        post = uow.posts.by_uri(uri)
        if post is None or not uow.statuses.standing([post.id]) or who is None:
            return {}
        known = collections_of(post.id, call.origin)
        return {name: known[name] for name in ("likes", "shares")}

    return shown(_readable(document) | await call.db.read(read))


def _readable(document: Document) -> Document:
    """With the words by language, which some apps look for alone (W3C ActivityStreams 4.7)."""
    content = document.get("content")
    if isinstance(content, str) and "contentMap" not in document:
        return document | {"contentMap": {"und": content}}
    return document


def _refusal(error: FetchError) -> Exception:
    if error.status in (401, 403, 404, 410) or error.reason == "gone":
        return NotFound()
    if error.reason in ("address", "scheme", "port", "host", "policy", "self", "url"):
        return Refused(CLOSED, "not-fetched")
    if error.retryable:
        return Refused("That server does not answer just now", "busy")
    return web.HTTPBadGateway()
