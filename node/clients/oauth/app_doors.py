"""How apps of the Mastodon API get a client id: POST /api/v1/apps, and a look at it later."""

from typing import Any

from node.clients.access import Unauthorized
from node.clients.answers import Response, answer
from node.clients.call import Call
from node.clients.doors import door
from node.clients.oauth.apps import CLIENT, CODE, Description, checked
from node.clients.oauth.patience import REGISTRATIONS
from node.clients.oauth.problems import OAuthProblem
from node.clients.oauth.rules import scopes_of
from node.clients.oauth.service import OAUTH, OAuth
from node.clients.push.keys import vapid_public_key
from node.errors import Invalid
from node.web.http import RouteDef
from node.web.network import network_of
from storage.client_apps import ClientApp
from storage.tokens import AccessToken
from storage.unit_of_work import UnitOfWork


def routes() -> list[RouteDef]:
    """These two."""
    return [
        door("POST", "/api/v1/apps", create, who="anyone", scope=None, knows_tokens=False),
        door("GET", "/api/v1/apps/verify_credentials", verify, who="app", scope=None),
    ]


async def create(call: Call) -> Response:
    """POST /api/v1/apps: a secret is always given, as Mastodon does, also to apps that cannot keep
    it; PKCE is what protects those."""
    oauth: OAuth = call.app[OAUTH]
    network = network_of(call.request)
    oauth.patience.check(REGISTRATIONS, network)
    said = _said(call)
    oauth.patience.count(REGISTRATIONS, network)
    made = await call.db.write(lambda uow: oauth.apps.register(uow, said, "app"))
    body = {
        "id": str(made.app.id),
        **_shown(made.app),
        "client_id": made.app.client_id,
        "client_secret": made.secret,
        "client_secret_expires_at": 0,
        "vapid_key": await vapid_public_key(call.app),
    }
    return answer(body)


def _said(call: Call) -> Description:
    """What the app says of itself. Raises Invalid, which is 422 here."""
    params = call.params
    lines = [uri for text in params.many("redirect_uris") for uri in text.split()]
    try:
        return checked(
            Description(
                name=params.need("client_name"),
                website=params.text("website"),
                redirect_uris=tuple(lines),
                scopes=scopes_of(params.text("scopes") or params.text("scope"), "read"),
                grant_types=(CODE, CLIENT),
            ),
            any_http=call.config.test_mode,
        )
    except OAuthProblem as problem:
        raise Invalid(problem.code, f"Validation failed: {problem}") from problem


def _shown(app: ClientApp) -> dict[str, Any]:
    """What may be read of an app later: no secret."""
    return {
        "name": app.name,
        "website": app.website,
        "scopes": app.scopes.split(),
        "redirect_uris": list(app.redirects),
        "redirect_uri": app.redirect_uris,
    }


async def verify(call: Call) -> Response:
    """GET /api/v1/apps/verify_credentials: what the token in use belongs to."""
    caller = call.caller
    if caller is None:
        raise Unauthorized

    def find(uow: UnitOfWork) -> ClientApp | AccessToken | None:
        if caller.app_id is not None:
            return uow.client_apps.get(caller.app_id)
        return uow.tokens.get(caller.token_id)

    found, key = await call.db.read(find), await vapid_public_key(call.app)
    if isinstance(found, ClientApp):
        return answer({"id": str(found.id), **_shown(found), "vapid_key": key})
    label, scopes = (found.label, found.scopes.split()) if found else ("", [])
    nothing: dict[str, Any] = {
        "website": None,
        "redirect_uris": [],
        "redirect_uri": "",
        "vapid_key": key,
    }
    return answer({"id": str(caller.token_id), "name": label, "scopes": scopes, **nothing})
