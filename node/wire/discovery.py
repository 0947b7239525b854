"""How others find what is here: WebFinger (RFC 7033), and NodeInfo 2.1 with its link of FEP-2677.

Of its people a node tells nothing here, not even how many there are: on a small node a count that
moves says that someone joined (WF-04).
"""

import html
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from aiohttp import web

from activitypub import nodeinfo, webfinger
from activitypub.render import to_bytes
from node.config import Config
from node.groups.documents import public_name
from node.web.keys import CONFIG, DB
from node.wire.answers import not_found, problem, public_json
from node.wire.found import find_actor_by_handle, find_actor_by_uri
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

LINKS_TYPE: Final = "application/json"
XRD: Final = "application/xrd+xml"
HOST_META: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">\n'
    '  <Link rel="lrdd" template="{origin}/.well-known/webfinger?resource={{uri}}"/>\n'
    "</XRD>\n"
)


async def find(request: web.Request) -> web.Response:
    """`/.well-known/webfinger`: a persona, a public group or the node, by name or by URL.

    Nothing is decoded twice and no other host is asked (WF-01).
    """
    config = request.app[CONFIG]
    raw_query = request.raw_path.partition("?")[2]
    try:
        query = webfinger.parse_query(raw_query, config.authority)
    except webfinger.WebFingerRefusal as refusal:
        return not_found() if refusal.status == 404 else problem(refusal.status, str(refusal))
    actor = await request.app[DB].read(lambda uow: _named(uow, config, query.resource))
    if actor is None:
        return not_found()
    document = webfinger.render_jrd(
        webfinger.Handle(public_name(actor), config.authority),
        actor.uri,
        actor.url or actor.uri,
        actor_type=actor.type,
        rels=query.rels,
    )
    return public_json(request, to_bytes(document), content_type=webfinger.MEDIA_TYPE)


async def nodeinfo_links(request: web.Request) -> web.Response:
    """`/.well-known/nodeinfo`: where the document is, and the node's own actor."""
    origin = request.app[CONFIG].origin
    body = to_bytes(nodeinfo.render_links(origin, f"{origin}/actor"))
    return public_json(request, body, content_type=LINKS_TYPE)


async def host_meta(request: web.Request) -> web.Response:
    """`/.well-known/host-meta` (RFC 6415): where WebFinger is, for programs that still ask."""
    body = HOST_META.format(origin=html.escape(request.app[CONFIG].origin))
    return public_json(request, body.encode(), content_type=XRD)


async def nodeinfo_document(request: web.Request) -> web.Response:
    """`/nodeinfo/2.1` and 2.0: name, software, whether people may sign up, whom
    administrators of other nodes reach and which rules hold; no counts."""
    config, edition = request.app[CONFIG], request.path.rpartition("/")[2]
    document = nodeinfo.render_nodeinfo(
        version=software_version(),
        usage=nodeinfo.Usage(),
        open_registrations=config.open_signup,
        name=config.node_name,
        safety_contact=config.safety_contact,
        minimum_rules=config.minimum_rules,
        edition=edition,
    )
    return public_json(request, to_bytes(document), content_type=nodeinfo.content_type(edition))


@cache
def software_version() -> str:
    """The version of this software, as its package says."""
    try:
        return version("kith")
    except PackageNotFoundError:  # run from a tree that was never installed
        return "0"


def _named(uow: UnitOfWork, config: Config, resource: webfinger.Handle | str) -> Actor | None:
    if isinstance(resource, str):
        return find_actor_by_uri(uow, resource)
    return find_actor_by_handle(uow, config.origin, resource.name)
