"""A door: one address for client apps with what a token needs for it, said where it is declared.

    door("GET", "/api/v1/timelines/home", home, scope="read:statuses", who="user")

In front of each handler stands the same: who calls (a token, never a cookie), whether the scope
covers it, the budget of calls, what was sent. Behind it every error becomes an answer that clients
read: `{"error": ...}` with 400, 401, 403, 404, 413, 415, 422 or 429.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

from aiohttp import web

from node.clients.access import CALLERS, Unauthorized, Who, bearer_of, insist
from node.clients.answers import refusal
from node.clients.bodies import nested, params_of
from node.clients.budget import BUDGET, Left
from node.clients.call import Call
from node.clients.params import Params
from node.errors import Invalid, KithError, NotFound, Refused
from node.viewer import Caller
from node.web.keys import DB
from node.web.network import network_of

log = logging.getLogger(__name__)

Handle = Callable[[Call], Awaitable[web.StreamResponse]]

STATUS_BY_CODE: Final = {"slow-down": 429, "busy": 503, "not-found": 404}
SENTENCES: Final = {
    400: "This request could not be read",
    404: "Record not found",
    408: "The request took too long to arrive",
    413: "This is more than fits",
    415: "Send JSON, a form, or multipart/form-data",
    500: "Something went wrong on our side",
}
UNPROCESSABLE: Final = frozenset({"validation", "not-public"})
"""Codes of refusals that are answered 422: what was sent could be changed so that it fits."""


class Refuse(Protocol):
    """Writes a refusal in the way of one of the doors."""

    def __call__(
        self, status: int, sentence: str, *, code: str, headers: dict[str, str]
    ) -> web.Response: ...


@dataclass(frozen=True, slots=True)
class Door:
    """What is declared of an address; the sweep of all routes and the API's description read it."""

    method: str
    path: str
    handle: Handle
    scope: str | None
    who: Who
    refuse: Refuse
    reads_body: bool
    knows_tokens: bool = True

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        """Serves one request. Never raises but for cancellation."""
        left: Left | None = None
        try:
            caller = await self._caller(request)
            left = _spend(request, caller)
            _insist_within(left)
            insist(caller, self.scope, self.who)
            params = await params_of(request) if self.reads_body else _query(request)
            response = await self.handle(Call(request, caller, params))
        except Exception as error:  # each kind has its answer below
            return self._refused(request, error, left)
        if left is not None and not response.prepared:
            response.headers.update(left.headers())
        return response

    async def _caller(self, request: web.Request) -> Caller | None:
        """Who calls. What opens nothing counts as a call of its network, so that whoever guesses
        has to wait."""
        if not self.knows_tokens:
            return None
        try:
            return await caller_of(request)
        except Unauthorized:
            _insist_within(_spend(request, None))
            raise

    def _refused(
        self, request: web.Request, error: Exception, left: Left | None
    ) -> web.StreamResponse:
        headers = left.headers() if left is not None else {}
        if isinstance(error, KithError):
            status, sentence, code = status_of(error), str(error), error.code
        elif isinstance(error, web.HTTPException):
            if error.status < 400:
                return error
            status, sentence = error.status, SENTENCES.get(error.status, error.reason)
            code = error.reason.lower().replace(" ", "-")
        else:
            log.exception("unexpected error in %s %s", self.method, self.path)
            status, sentence, code = 500, SENTENCES[500], "unexpected"
        if status == 401:
            headers["WWW-Authenticate"] = f'Bearer realm="kith", error="{code}"'
        if status in (429, 503):
            headers["Retry-After"] = str(left.seconds if left and left.left < 0 else 30)
        if self.refuse is _in_words and status == 422:
            return refusal(status, sentence, details=_details(error), headers=headers)
        return self.refuse(status, sentence, code=code, headers=headers)


def door(
    method: str,
    path: str,
    handle: Handle,
    *,
    who: Who,
    scope: str | None,
    refuse: Refuse | None = None,
    reads_body: bool = True,
    knows_tokens: bool = True,
) -> web.RouteDef:
    """A route with its door. `scope` is None only where no token is needed, or any will do.
    Without `reads_body` the handler reads the body itself, and `params` are those of the query.
    Without `knows_tokens` the Authorization header is the handler's as well."""
    if scope is None and who == "user":
        raise ValueError(f"{method} {path}: say which scope a person's token needs")
    one = Door(method, path, handle, scope, who, refuse or _in_words, reads_body, knows_tokens)
    return web.RouteDef(method, path, mark(one), {})


def mark(one: Door) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The door as a handler that aiohttp takes; `door_of` finds it again."""

    async def handler(request: web.Request) -> web.StreamResponse:
        return await one(request)

    handler.door = one  # type: ignore[attr-defined]
    handler.knows_callers = True  # type: ignore[attr-defined]
    return handler


def door_of(handler: Any) -> Door | None:
    """The door behind a route's handler, if it is one."""
    found = getattr(handler, "door", None)
    return found if isinstance(found, Door) else None


def with_slashes(routes: Iterable[web.RouteDef]) -> Iterator[web.RouteDef]:
    """Each route, and the same with a slash at its end, as some clients write it."""
    for route in routes:
        yield route
        if not route.path.endswith("/"):
            yield web.RouteDef(route.method, route.path + "/", route.handler, route.kwargs)


async def caller_of(request: web.Request) -> Caller | None:
    """Who calls, None without a token. Raises Unauthorized for one that opens nothing."""
    token = bearer_of(request)
    if token is None:
        return None
    callers, db = request.app[CALLERS], request.app[DB]
    caller = await db.read(lambda uow: callers.caller_of(uow, token))
    if caller is None:
        raise Unauthorized
    if caller.is_stale:
        await db.write(lambda uow: callers.note_use(uow, caller))
    return caller


def status_of(error: KithError) -> int:
    """The HTTP status that says the same."""
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, Invalid):
        return 422
    if isinstance(error, Unauthorized):
        return 401
    if error.code in UNPROCESSABLE:
        return 422
    return STATUS_BY_CODE.get(error.code, 403)


def _spend(request: web.Request, caller: Caller | None) -> Left | None:
    name = network_of(request) if caller is None else f"token {caller.token_id}"
    return request.app[BUDGET].take(name)


def _insist_within(left: Left | None) -> None:
    if left is not None and left.left < 0:
        raise Refused("Too many requests; wait a little", "slow-down")


def _query(request: web.Request) -> Params:
    return Params(nested(request.query.items()))


def _details(error: Exception) -> dict[str, object]:
    """What does not fit, by field, as the Mastodon API names it."""
    if not isinstance(error, Invalid) or not error.field:
        return {}
    return {error.field: [{"error": "ERR_INVALID", "description": str(error)}]}


def _in_words(status: int, sentence: str, *, code: str, headers: dict[str, str]) -> web.Response:
    del code  # the Mastodon API has a sentence only
    return refusal(status, sentence, headers=headers)
