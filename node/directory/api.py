"""The HSDS API, read-only and open to everybody: /hsds and what lies under it (HSDS 3.0, "API
Reference"). No token, no cookie, no record of who asked what.
"""

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Any, Final

from node.directory import api_filters
from node.directory.api_filters import BadFilter, Filters, read_filters
from node.directory.keys import DIRECTORY, HSDS_BUDGET
from node.directory.serving import Page
from node.errors import NotFound, Refused
from node.web.headers import PRIVATE
from node.web.http import Handler, Request, Response, RouteDef, get
from node.web.json_body import JSON, encoded
from node.web.keys import CONFIG, DB
from node.web.network import network_of
from storage.unit_of_work import UnitOfWork

BASE: Final = "/hsds"
OPENAPI: Final = (
    "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"
)
ID_MOST: Final = 200
_LOOK_UPS: Final = frozenset({"search", "postcode", "proximity", "taxonomy_term_id"})

Read = Callable[[UnitOfWork, Filters], object]


def routes() -> list[RouteDef]:
    """All addresses; each also with a slash at its end."""
    found = [
        get(BASE, about),
        get(f"{BASE}/services", _listed("services", api_filters.SERVICES)),
        get(f"{BASE}/services/{{id}}", _one("service")),
        get(f"{BASE}/organizations", _listed("organizations", api_filters.ORGANIZATIONS)),
        get(f"{BASE}/organizations/{{id}}", organization),
        get(f"{BASE}/service_at_locations", _listed("places", api_filters.PLACES)),
        get(f"{BASE}/service_at_locations/{{id}}", _one("place")),
        get(f"{BASE}/taxonomies", _listed("taxonomies", api_filters.TAXONOMIES)),
        get(f"{BASE}/taxonomies/{{id}}", _one("taxonomy")),
        get(f"{BASE}/taxonomy_terms", _listed("terms", api_filters.TERMS)),
        get(f"{BASE}/taxonomy_terms/{{id}}", _one("term")),
    ]
    for one in found:
        # No cookie is looked at: the answer is the same for everybody.
        setattr(one.handler, "knows_callers", True)  # noqa: B010
    return [*found, *(get(f"{one.path}/", one.handler) for one in found)]


async def about(request: Request) -> Response:
    """GET /hsds: which HSDS this is."""
    return await _answer(request, (), lambda _uow, _filters: _about(request))


def _about(request: Request) -> dict[str, str]:
    profile = request.app[CONFIG].origin + BASE
    return {"version": "3.0", "profile": profile, "openapi_url": OPENAPI}


async def organization(request: Request) -> Response:
    """GET /hsds/organizations/{id}"""
    serving, own = request.app[DIRECTORY].serving, _id(request)
    return await _answer(
        request,
        api_filters.ORGANIZATION,
        lambda uow, filters: serving.organization(uow, own, filters),
    )


def _listed(name: str, known: tuple[str, ...]) -> Handler:
    """A page of records."""

    async def handle(request: Request) -> Response:
        read = getattr(request.app[DIRECTORY].serving, name)
        return await _answer(request, known, read)

    return handle


def _one(name: str) -> Handler:
    """A record by its id."""

    async def handle(request: Request) -> Response:
        read, own = getattr(request.app[DIRECTORY].serving, name), _id(request)
        return await _answer(request, (), lambda uow, _filters: read(uow, own))

    return handle


def _id(request: Request) -> str:
    return request.match_info["id"][:ID_MOST].lower()


async def _answer(request: Request, known: tuple[str, ...], read: Read) -> Response:
    """The answer with a tag by which the next one may be "not modified" (RFC 9110, 8.8.3)."""
    left = request.app[HSDS_BUDGET].take(network_of(request))
    limits = {} if left is None else dict(left.headers())
    try:
        if left is not None and left.left < 0:
            raise Refused("Too many requests; wait a little.", "slow-down")
        filters = read_filters(request.query, known)
        found = await request.app[DB].read(partial(_read, read, filters))
    except (BadFilter, NotFound, Refused) as error:
        return _refusal(error, limits)
    body = encoded(found)
    if _LOOK_UPS & request.query.keys():
        # What somebody looks for stays in no cache on the way.
        headers = limits | {"Cache-Control": PRIVATE}
        return Response(body=body, content_type=JSON, headers=headers)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = limits | {"ETag": tag, "Cache-Control": "public, no-cache"}
    if tag in request.headers.get("If-None-Match", ""):
        return Response(status=304, headers=headers)
    return Response(body=body, content_type=JSON, headers=headers)


def _read(read: Read, filters: Filters, uow: UnitOfWork) -> object:
    found = read(uow, filters)
    return found.document() if isinstance(found, Page) else found


def _refusal(error: BadFilter | NotFound | Refused, limits: dict[str, str]) -> Response:
    body: dict[str, Any] = {"error": error.code, "message": str(error)}
    status = {"bad-filter": 400, "not-found": 404, "slow-down": 429}.get(error.code, 403)
    if isinstance(error, BadFilter):
        body |= {"filter": error.name, "accepted": list(error.accepted)}
    headers = limits | {"Cache-Control": PRIVATE}
    return Response(body=encoded(body), status=status, content_type=JSON, headers=headers)
