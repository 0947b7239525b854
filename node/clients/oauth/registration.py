"""Dynamic client registration (RFC 7591): what a program says of itself, and what it is told."""

from typing import Any, Final

from node.clients.oauth.apps import CLIENT, CODE, REFRESH, Description, Registered, checked
from node.clients.oauth.problems import OAuthProblem
from node.clients.oauth.rules import scopes_of
from node.clients.params import Params
from node.errors import Invalid

METHODS: Final = ("client_secret_basic", "client_secret_post", "none")
GRANTS: Final = (CODE, REFRESH, CLIENT)
DEFAULT_SCOPES: Final = "read write follow push profile"


def description_of(params: Params, *, any_http: bool) -> tuple[Description, str]:
    """The metadata of a new client, and how it presents itself. Raises OAuthProblem."""
    try:
        return _description_of(params, any_http=any_http)
    except Invalid as error:
        code = "invalid_redirect_uri" if error.field == "redirect_uris" else _WRONG
        raise OAuthProblem(code, str(error)) from error
    except OAuthProblem as problem:
        if problem.code == "invalid_scope":
            raise OAuthProblem(_WRONG, str(problem)) from problem
        raise


_WRONG: Final = "invalid_client_metadata"


def _description_of(params: Params, *, any_http: bool) -> tuple[Description, str]:
    if params.has("software_statement"):
        raise OAuthProblem("invalid_software_statement", "Software statements are not read here")
    method = params.text("token_endpoint_auth_method") or METHODS[0]
    if method not in METHODS:
        known = ", ".join(METHODS)
        raise OAuthProblem(_WRONG, f"token_endpoint_auth_method is one of {known}")
    grants = params.many("grant_types") or [CODE]
    if not set(grants) <= set(GRANTS):
        raise OAuthProblem(_WRONG, f"grant_types are {', '.join(GRANTS)}")
    if not set(params.many("response_types")) <= {"code"}:
        raise OAuthProblem(_WRONG, "response_types are: code")
    if params.inner("jwks") is not None or params.text("jwks_uri"):
        raise OAuthProblem(_WRONG, "Keys of clients are not used here")
    said = checked(
        Description(
            name=params.text("client_name") or "An app without a name",
            website=params.text("client_uri"),
            redirect_uris=tuple(params.many("redirect_uris")),
            scopes=scopes_of(params.text("scope"), DEFAULT_SCOPES),
            grant_types=tuple(dict.fromkeys(grants)),
        ),
        any_http=any_http,
    )
    return said, method


def registered_answer(made: Registered, method: str) -> dict[str, Any]:
    """RFC 7591 section 3.2.1: what was registered, with the secret, this once."""
    app = made.app
    body: dict[str, Any] = {
        "client_id": app.client_id,
        "client_id_issued_at": int(app.created_at.timestamp()),
        "client_name": app.name,
        "redirect_uris": list(app.redirects),
        "grant_types": app.grant_types.split(),
        "response_types": ["code"],
        "scope": app.scopes,
        "token_endpoint_auth_method": method,
    }
    if app.website is not None:
        body["client_uri"] = app.website
    if made.secret is not None:
        body |= {"client_secret": made.secret, "client_secret_expires_at": 0}
    return body
