"""Dereference: documents, actors, posts and collections of other nodes, under the origin rules.

What comes back is believed only for the host that served it: the id inside must be the final URL
(ORG-01, ORG-04), the type must say that it is ActivityStreams (ORG-02), and the author must live
where the post lives. Our own URIs are never asked of the network, and neither are blocked hosts.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from activitypub.errors import WireError
from activitypub.parse import parse_actor, parse_collection, parse_object, parse_post, read_json
from activitypub.vocabulary import Activity, Collection, Post
from activitypub.webfinger import MEDIA_TYPE as JRD
from activitypub.webfinger import Handle, SubjectElsewhere, parse_jrd
from federation.actors import ActorToStore, prepare_actor
from federation.errors import BadResponse, Blocked, FetchError
from federation.flights import Flights
from federation.http import HttpClient, Response, Signer
from federation.limits import FetchBudget
from federation.origins import (
    ACCEPT,
    authority_or_none,
    is_activity_json,
    same_authority,
    scheme_of,
    without_fragment,
)
from federation.policy import PeerPolicy
from storage.actors import Actor
from storage.database import Database

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FetchedPost:
    """A post as its own authority serves it, or inline in a verified activity of that authority."""

    post: Post


class Fetcher:
    """Reads other nodes. Every method raises FetchError and nothing else for what it cannot bring.

    `own` is this node's authority; `sign` signs GETs as the node's actor.
    """

    def __init__(
        self,
        *,
        db: Database,
        http: HttpClient,
        sign: Signer,
        policy: PeerPolicy,
        own: str,
        now: Callable[[], datetime],
        new_id: Callable[[], int],
    ) -> None:
        self._db = db
        self._http = http
        self._signer = sign
        self._policy = policy
        self._own = own
        self._now = now
        self._new_id = new_id
        self._actors: Flights[Actor] = Flights()

    async def document(self, uri: str, budget: FetchBudget) -> dict[str, Any]:
        """The document that its own host serves at `uri`, or at the id it claims on that host.

        Costs one fetch, or two when the id differs from the final URL and the same host is asked
        again at that id.
        """
        document, url = await self._get(uri, budget)
        claimed = document.get("id")
        if not isinstance(claimed, str):
            raise BadResponse(f"{uri} has no id", reason="no-id")
        if claimed == url:
            return document
        if not same_authority(claimed, url):
            raise BadResponse(f"{url} claims to be {claimed[:200]}", reason="other-origin")
        document, url = await self._get(claimed, budget)
        if document.get("id") != claimed or url != claimed:
            raise BadResponse(f"{claimed[:200]} is something else", reason="other-id")
        return document

    async def actor(self, uri: str, budget: FetchBudget, *, fresh: bool = False) -> Actor:
        """The record of the actor `uri`; fetched and stored when it is unknown or must be `fresh`.

        Its handle is shown with the host of its id, whatever name it claims elsewhere (ORG-27).
        """
        if not fresh:
            stored = await self._db.read(lambda uow: uow.actors.by_uri(uri))
            if stored is not None:
                return stored
        return await self._actors.join(uri, lambda: self._bring_actor(uri, budget))

    async def read_actor(self, uri: str, budget: FetchBudget) -> ActorToStore:
        """The actor at `uri`, fetched and checked, and not stored."""
        wire = _read(parse_actor, await self.document(uri, budget))
        return await asyncio.to_thread(prepare_actor, wire, self._now(), self._new_id)

    async def post(self, uri: str, budget: FetchBudget) -> FetchedPost:
        """The post at `uri`, as its own host serves it."""
        return fetched_post(_read(parse_post, await self.document(uri, budget)))

    async def pointed_at(self, uri: str, budget: FetchBudget) -> FetchedPost | Activity:
        """The post or activity at `uri`, for pointers that do not say which they are."""
        thing = _read(parse_object, await self.document(uri, budget))
        if isinstance(thing, Post):
            return fetched_post(thing)
        if isinstance(thing, Activity):
            return thing
        raise BadResponse(f"{uri} is neither post nor activity", reason="unexpected-type")

    async def collection(
        self, uri: str, budget: FetchBudget, limit: int
    ) -> list[str | dict[str, object]]:
        """At most `limit` members of the collection at `uri`, over as many pages as that takes.

        Members are as they came: a dict counts only if its id is on the collection's own host.
        Pages elsewhere, repeated pages and a spent budget end the reading, not the result.
        """
        found: list[str | dict[str, object]] = []
        seen: set[str] = set()
        following: str | None = uri
        while following and following not in seen and len(found) < limit:
            seen.add(following)
            try:
                page = await self._page(following, budget)
            except FetchError:
                if following == uri:
                    raise
                break
            found.extend(page.items)
            following = page.first if page.first and not page.items else page.next
            if following and not same_authority(following, uri):
                break
        return found[:limit]

    async def webfinger(self, handle: Handle, budget: FetchBudget) -> str:
        """The id of the actor that `handle` names (RFC 7033).

        Where a host passes the name on to another one, that one is asked too and must name the
        same actor: nobody gets a name on a host that does not know of it.
        """
        document = await self._jrd(handle, budget)
        try:
            return parse_jrd(document, handle)
        except SubjectElsewhere as elsewhere:
            subject, named = elsewhere.subject, elsewhere.actor_id
        except WireError as error:
            raise BadResponse(str(error), reason=error.reason) from error
        document = await self._jrd(subject, budget)
        if _read(lambda given: parse_jrd(given, subject), document) != named:
            raise BadResponse(f"{handle} is not what {subject} is", reason="other-subject")
        return named

    async def get(self, url: str, budget: FetchBudget, accept: str) -> Response:
        """Whatever `url` answers with status 200, under policy and budget only."""
        self._check(url)
        budget.spend(url)
        answer = await self._http.get(url, accept=accept, sign=self._sign)
        if answer.status != 200:
            raise BadResponse(
                f"GET {url} answered {answer.status}",
                reason="gone" if answer.status in (404, 410) else "status",
                status=answer.status,
                retryable=answer.status in (408, 425, 429) or answer.status >= 500,
            )
        return answer

    async def _get(self, uri: str, budget: FetchBudget) -> tuple[dict[str, Any], str]:
        answer = await self.get(without_fragment(uri), budget, ACCEPT)
        content_type = answer.headers.get("Content-Type", "")
        if not is_activity_json(content_type):
            message = f"{answer.url} is {content_type[:100] or 'untyped'}"
            raise BadResponse(message, reason="content-type")
        return _read(read_json, answer.body), answer.url

    async def _jrd(self, handle: Handle, budget: FetchBudget) -> dict[str, Any]:
        query = urlencode({"resource": handle.acct})
        url = f"{scheme_of(handle.authority)}://{handle.authority}/.well-known/webfinger?{query}"
        answer = await self.get(url, budget, f"{JRD}, application/json")
        return _read(read_json, answer.body)

    async def _page(self, uri: str, budget: FetchBudget) -> Collection:
        document, url = await self._get(uri, budget)
        page = _read(parse_collection, document)
        if not same_authority(url, uri) or (page.id and not same_authority(page.id, url)):
            raise BadResponse(f"{url} is not the page {uri}", reason="other-origin")
        return page

    async def _bring_actor(self, uri: str, budget: FetchBudget) -> Actor:
        return await self._db.write((await self.read_actor(uri, budget)).store)

    async def _sign(self, method: str, url: str, body: bytes | None) -> Mapping[str, str]:
        self._check(url)  # each redirect comes by here before it is followed
        return await self._signer(method, url, body)

    def _check(self, url: str) -> None:
        name = authority_or_none(url)
        if name is None:
            raise Blocked(f"not an http(s) URL: {url[:200]!r}", reason="url")
        if name == self._own:
            raise Blocked(f"{url[:200]} is this node itself", reason="self")
        if not self._policy.allows(name):
            raise Blocked(f"{name} is blocked or not on the allow-list", reason="policy")


def fetched_post(post: Post) -> FetchedPost:
    """A post that its own host served; refused when it names an author elsewhere."""
    if not same_authority(post.id, post.attributed_to):
        raise BadResponse(f"{post.id} names an author of another host", reason="other-author")
    return FetchedPost(post)


def _read(parse: Callable[[Any], T], given: object) -> T:
    try:
        return parse(given)
    except WireError as error:
        raise BadResponse(str(error), reason=error.reason) from error
