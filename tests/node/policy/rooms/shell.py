"""The policy of what belongs to no room and to nobody: help, health and static files."""

from tests.node.policy.language import EVERYONE, Fill, Thing, route
from tests.node.policy.world import World


async def nothing(_world: World) -> Fill:
    """For addresses without places."""
    return {}


async def style(_world: World) -> Fill:
    return {"name": "kith.css"}


THINGS = [
    Thing("nothing", nothing, {}),
    Thing("static file", style, {"readers": EVERYONE}),
]

ROUTES = [
    route("GET /more", others=200),
    route("GET /health", others=200),
    route("GET /static/{name}", "static file", others=200),
]
