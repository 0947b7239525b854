"""The policy of OAuth: what programs call is the same for all; the question, and the list of one's
apps, are for the account that is signed in."""

from node.accounts.secret import digest
from storage.client_apps import ClientApp
from tests.node.policy.language import EVERYONE, SIGN_IN, Fill, Thing, route
from tests.node.policy.world import World

DOORS = "tests/node/clients/oauth/test_doors.py"
CLIENT = "a-client-id-that-everybody-may-know"


async def app(world: World) -> Fill:
    """A program that registered; its id is no secret."""
    rooms = world.house.node.rooms
    program = ClientApp(
        id=rooms.new_id(),
        client_id=CLIENT,
        secret_hash=digest("its secret"),
        kind="app",
        name="Pine",
        website=None,
        redirect_uris="https://app.example/callback",
        scopes="read write",
        grant_types="authorization_code",
        created_at=rooms.now(),
    )
    await rooms.db.write(lambda uow: uow.client_apps.add(program))
    return {"client": CLIENT}


THINGS = [Thing("client app", app, {"readers": EVERYONE})]

_ASK = f"?client_id={CLIENT}&response_type=code&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback"
_NEW = {"client_name": "Larch", "redirect_uris": ["https://app.example/callback"]}
_WELL_KNOWN = "GET /.well-known/oauth-"

ROUTES = [
    route("GET /oauth/authorize", "client app", query=_ASK, signed_in=200, anonymous=SIGN_IN),
    route("POST /oauth/authorize", send={"again": "?"}, signed_in=400, anonymous=401),
    route("GET /settings/apps", signed_in=200, anonymous=SIGN_IN),
    route("POST /settings/apps/end", send={"app": "grant-1"}, signed_in=404, anonymous=401),
    route("POST /settings/apps/end-all", signed_in=303, anonymous=401),
    route("POST /api/v1/apps", send=_NEW, suspended=200, others=200),
    route("GET /api/v1/apps/verify_credentials", signed_in=200, anonymous=401),
    route("POST /oauth/token", send={"client_id": "?"}, others=401),
    route("POST /oauth/revoke", send={"client_id": "?", "token": "?"}, others=401),
    route("POST /oauth/register", send={"client_name": "Larch"}, others=400),
    route("GET /oauth/userinfo", elsewhere=DOORS, others=401),
    route("POST /oauth/userinfo", elsewhere=DOORS, others=401),
    route(f"{_WELL_KNOWN}authorization-server", others=200),
    route(f"{_WELL_KNOWN}protected-resource", others=200),
]
