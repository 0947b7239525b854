"""What programs read to find out how to sign in here (RFC 8414, RFC 9728), and who signed in
(GET /oauth/userinfo)."""

from typing import Any, Final

from node.clients.answers import Response, answer
from node.clients.call import Call
from node.clients.doors import door
from node.clients.oauth.registration import GRANTS, METHODS
from node.scopes import KNOWN
from node.web.http import RouteDef

AN_HOUR: Final = {"Cache-Control": "public, max-age=3600"}


def routes() -> list[RouteDef]:
    """Addresses that need no token, and the one that says whose a token is."""
    open_to_all = (
        ("/.well-known/oauth-authorization-server", server),
        ("/.well-known/oauth-protected-resource", resource),
    )
    return [
        *(door("GET", path, handle, who="anyone", scope=None) for path, handle in open_to_all),
        door("GET", "/oauth/userinfo", userinfo, who="user", scope="profile"),
        door("POST", "/oauth/userinfo", userinfo, who="user", scope="profile"),
    ]


def server_metadata(origin: str) -> dict[str, Any]:
    """RFC 8414, with `app_registration_endpoint` of Mastodon and the parameters of RFC 9207 and of
    the draft on client-id metadata documents."""
    return {
        "issuer": origin,
        "authorization_endpoint": f"{origin}/oauth/authorize",
        "token_endpoint": f"{origin}/oauth/token",
        "revocation_endpoint": f"{origin}/oauth/revoke",
        "registration_endpoint": f"{origin}/oauth/register",
        "app_registration_endpoint": f"{origin}/api/v1/apps",
        "userinfo_endpoint": f"{origin}/oauth/userinfo",
        "scopes_supported": sorted(KNOWN),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": list(GRANTS),
        "token_endpoint_auth_methods_supported": list(METHODS),
        "revocation_endpoint_auth_methods_supported": list(METHODS),
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "client_id_metadata_document_supported": True,
        "service_documentation": f"{origin}/api",
    }


async def server(call: Call) -> Response:
    """GET /.well-known/oauth-authorization-server"""
    return answer(server_metadata(call.origin), headers=AN_HOUR)


async def resource(call: Call) -> Response:
    """GET /.well-known/oauth-protected-resource"""
    body = {
        "resource": call.origin,
        "resource_name": call.config.node_name,
        "authorization_servers": [call.origin],
        "scopes_supported": sorted(KNOWN),
        "bearer_methods_supported": ["header"],
    }
    return answer(body, headers=AN_HOUR)


async def userinfo(call: Call) -> Response:
    """GET /oauth/userinfo: the persona that the token is of, and no word of any other."""
    persona = call.persona
    body = {
        "iss": call.origin,
        "sub": persona.uri,
        "name": persona.name or persona.handle,
        "preferred_username": persona.handle,
        "profile": persona.url or persona.uri,
    }
    if persona.icon_url:
        body["picture"] = persona.icon_url
    return answer(body)
