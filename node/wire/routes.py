"""The paths of the ActivityPub edge, and which of them have a page for people as well."""

from dataclasses import dataclass

from aiohttp import web

from node.web.http import Handler
from node.wire import activities, actors, conversations, discovery, groups, inbox, outboxes
from node.wire.negotiation import wants_activity


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlHandlers:
    """The pages at the addresses of personas, groups and posts. They read `handle` and `id`."""

    persona: Handler
    group: Handler
    post: Handler


def wire_routes(html: HtmlHandlers) -> list[web.RouteDef]:
    """All routes; the application must hold CONFIG, DB and INBOX."""
    return [*_negotiated(html), *_collections(), *_discovery(), *_inboxes()]


def _negotiated(html: HtmlHandlers) -> list[web.RouteDef]:
    return [
        web.get("/personas/{handle}", _either(actors.persona, html.persona)),
        web.get("/groups/{handle}", _either(actors.group, html.group)),
        web.get("/posts/{id}", _either(conversations.post, html.post)),
    ]


def _collections() -> list[web.RouteDef]:
    return [
        web.get("/personas/{handle}/outbox", outboxes.persona_outbox),
        web.get("/personas/{handle}/followers", groups.persona_followers),
        web.get("/personas/{handle}/following", groups.persona_following),
        web.get("/personas/{handle}/liked", groups.persona_liked),
        web.get("/groups/{handle}/outbox", outboxes.group_outbox),
        web.get("/groups/{handle}/followers", groups.group_followers),
        web.get("/groups/{handle}/moderators", groups.moderators),
        web.get("/groups/{handle}/featured", groups.featured),
        web.get("/posts/{id}/replies", conversations.replies),
        web.get("/posts/{id}/context", conversations.context),
        web.get("/posts/{id}/likes", conversations.likes),
        web.get("/posts/{id}/shares", conversations.shares),
        web.get("/activities/{id}", activities.activity),
    ]


def _discovery() -> list[web.RouteDef]:
    return [
        web.get("/.well-known/webfinger", discovery.find),
        web.get("/.well-known/nodeinfo", discovery.nodeinfo_links),
        web.get("/.well-known/host-meta", discovery.host_meta),
        web.get("/nodeinfo/2.1", discovery.nodeinfo_document),
        web.get("/nodeinfo/2.0", discovery.nodeinfo_document),
        web.get("/actor", actors.node),
        web.get("/actor/outbox", outboxes.node_outbox),
    ]


def _inboxes() -> list[web.RouteDef]:
    paths = ("/inbox", "/actor/inbox", "/personas/{handle}/inbox", "/groups/{handle}/inbox")
    return [
        route
        for path in paths
        for route in (
            web.post(path, inbox.receive, expect_handler=inbox.before_body),
            web.get(path, inbox.not_for_reading),
        )
    ]


def _either(document: Handler, page: Handler) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        accept = ",".join(request.headers.getall("Accept", []))
        if wants_activity(accept):
            return await document(request)
        response = await page(request)
        response.headers.setdefault("Vary", "Accept")
        return response

    return handle
