"""What programs call to get tokens and to end them: POST /oauth/token, /oauth/revoke, and
POST /oauth/register (RFC 6749, 7009, 7591). Cookies count for nothing here."""

from collections.abc import Awaitable, Callable, Mapping
from math import ceil
from typing import Any, Final, Literal

from node.accounts.holder import Holder, holder_of
from node.accounts.keys import ENTRANCE
from node.accounts.throttle import SlowDown
from node.clients.answers import Response, answer
from node.clients.call import Call
from node.clients.doors import door
from node.clients.oauth import rules
from node.clients.oauth.apps import (
    CLIENT,
    CODE,
    PASSWORD,
    REFRESH,
    Presented,
    presented,
)
from node.clients.oauth.granting import Issued
from node.clients.oauth.patience import REGISTRATIONS, WRONG
from node.clients.oauth.problems import OAuthProblem, invalid_grant
from node.clients.oauth.registration import description_of, registered_answer
from node.clients.oauth.service import OAUTH, OAuth
from node.errors import Refused
from node.web.http import RouteDef
from node.web.network import network_of
from storage.client_apps import ClientApp
from storage.unit_of_work import UnitOfWork

Handle = Callable[[Call], Awaitable[Response]]
Method = Literal["GET", "POST"]
WRONGS: Final = frozenset({"invalid_client", "invalid_grant"})
"""What somebody who guesses gets."""
SECRETS: Final = frozenset(
    {"client_secret", "code", "code_verifier", "password", "refresh_token", "token"}
)
_BY_STATUS: Final = {
    **dict.fromkeys((400, 404, 408, 413, 415, 422), "invalid_request"),
    429: "slow_down",
    503: "temporarily_unavailable",
}


def routes() -> list[RouteDef]:
    """These three."""
    return [
        oauth_door("/oauth/token", token),
        oauth_door("/oauth/revoke", revoke),
        oauth_door("/oauth/register", register),
    ]


def oauth_door(path: str, handle: Handle) -> RouteDef:
    """A door that answers errors as OAuth does, and at which clients present themselves."""

    async def handler(call: Call) -> Response:
        try:
            return await handle(call)
        except OAuthProblem as problem:
            return refused(problem, call.headers.get("Authorization"))
        except SlowDown as error:
            wait = {"Retry-After": str(ceil(error.wait.total_seconds()))}
            return _in_oauth(429, str(error), code=error.code, headers=wait)

    return door(
        "POST", path, handler, who="anyone", scope=None, refuse=_in_oauth, knows_tokens=False
    )


def refused(problem: OAuthProblem, authorization: str | None = None) -> Response:
    """RFC 6749 section 5.2."""
    basic = {"WWW-Authenticate": 'Basic realm="kith"'}
    return answer(
        {"error": problem.code, "error_description": str(problem)},
        problem.status,
        basic if problem.status == 401 and authorization is not None else None,
    )


def _in_oauth(status: int, sentence: str, *, code: str, headers: dict[str, str]) -> Response:
    del code  # ours; OAuth has its own words
    error = _BY_STATUS.get(status, "server_error")
    shown = 400 if error == "invalid_request" and status == 422 else status
    return answer({"error": error, "error_description": sentence}, shown, headers)


async def token(call: Call) -> Response:
    """POST /oauth/token"""
    oauth: OAuth = call.app[OAUTH]
    network = network_of(call.request)
    oauth.patience.check(WRONG, network)
    try:
        issued = await _issue(call, oauth)
    except OAuthProblem as problem:
        if problem.code in WRONGS:
            oauth.patience.count(WRONG, network)
        raise
    return token_answer(issued)


def token_answer(issued: Issued) -> Response:
    """RFC 6749 section 5.1, with what Mastodon and ActivityPub clients expect beside it."""
    body: dict[str, Any] = {
        "access_token": issued.access,
        "token_type": "Bearer",
        "scope": issued.scopes,
        "created_at": int(issued.created_at.timestamp()),
    }
    if issued.life is not None:
        body["expires_in"] = int(issued.life.total_seconds())
    if issued.refresh is not None:
        body["refresh_token"] = issued.refresh
    if issued.persona is not None:
        body["activitypub_actor_id"] = issued.persona.uri
    return answer(body, headers={"Cache-Control": "no-store", "Pragma": "no-cache"})


async def _issue(call: Call, oauth: OAuth) -> Issued:
    params, who = call.params, _presented(call)
    kind = params.text("grant_type") or ""
    password_holder = await _by_password(call) if kind == PASSWORD else None

    def issue(uow: UnitOfWork) -> Issued | OAuthProblem:
        app = oauth.apps.authenticate(uow, who)
        if kind == CODE:
            return oauth.granting.redeem(
                uow,
                app,
                params.text("code") or "",
                redirect_uri=params.text("redirect_uri"),
                verifier=params.text("code_verifier"),
            )
        if kind == REFRESH:
            token, scope = params.text("refresh_token") or "", params.text("scope")
            return oauth.granting.refresh(uow, app, token, scope)
        scopes = rules.within(app.scopes, rules.scopes_of(params.text("scope"), "read"))
        if kind == CLIENT:
            return _for_app(uow, oauth, app, scopes)
        if password_holder is not None:
            return oauth.granting.for_persona(uow, app, password_holder, scopes)
        known = f"{CODE}, {REFRESH}, {CLIENT}"
        return OAuthProblem("unsupported_grant_type", f"grant_type is one of {known}")

    done = await call.db.write(issue)
    if isinstance(done, OAuthProblem):
        raise done
    return done


def _for_app(
    uow: UnitOfWork, oauth: OAuth, app: ClientApp, scopes: tuple[str, ...]
) -> Issued | OAuthProblem:
    if app.is_public:
        return OAuthProblem("unauthorized_client", "A client without a secret is nobody by itself")
    return oauth.granting.for_app(uow, app, scopes)


async def _by_password(call: Call) -> Holder | None:
    """Who signs in with name and password: for suites of tests alone, since no program has any
    business with a password. None otherwise. Raises OAuthProblem."""
    if not call.config.test_mode:
        return None
    name, password = call.params.text("username") or "", call.params.text("password") or ""
    account_id = await _account(call, name, password)

    def first(uow: UnitOfWork) -> Holder | None:
        persona_id = uow.personas.first(account_id)
        return holder_of(uow, persona_id) if persona_id is not None else None

    holder = await call.db.read(first)
    if holder is None:
        raise invalid_grant()
    return holder


async def _account(call: Call, name: str, password: str) -> int:
    entrance, network = call.app[ENTRANCE], network_of(call.request)
    names = dict.fromkeys((name, name.partition("@")[0]))
    for one in names:
        try:
            return await entrance.check(one, password, network=network)
        except Refused as error:
            if error.code != "wrong":
                raise
    raise invalid_grant()


async def revoke(call: Call) -> Response:
    """POST /oauth/revoke"""
    oauth: OAuth = call.app[OAUTH]
    network, who = network_of(call.request), _presented(call)
    secret = call.params.need("token")
    oauth.patience.check(WRONG, network)

    def end(uow: UnitOfWork) -> OAuthProblem | None:
        return oauth.granting.revoke(uow, oauth.apps.authenticate(uow, who), secret)

    try:
        problem = await call.db.write(end)
    except OAuthProblem:
        oauth.patience.count(WRONG, network)
        raise
    if problem is not None:
        raise problem
    return answer({})


async def register(call: Call) -> Response:
    """POST /oauth/register (RFC 7591): whoever asks gets a client id, as anywhere in the
    fediverse; what it may do is decided by the people who let it in."""
    oauth: OAuth = call.app[OAUTH]
    network = network_of(call.request)
    oauth.patience.check(REGISTRATIONS, network)
    said, method = description_of(call.params, any_http=call.config.test_mode)
    oauth.patience.count(REGISTRATIONS, network)
    made = await call.db.write(
        lambda uow: oauth.apps.register(uow, said, "registered", is_public=method == "none")
    )
    return answer(registered_answer(made, method), 201)


def _presented(call: Call) -> Presented:
    """The client, as the body or HTTP Basic says it. Addresses are kept in logs and histories, so
    no secret is taken from one (RFC 6749 section 2.3.1, WEB-08)."""
    if SECRETS & set(call.request.query):
        raise OAuthProblem("invalid_request", "Send secrets in the body, never in the address")
    body: Mapping[str, str | None] = {
        name: call.params.text(name) for name in ("client_id", "client_secret")
    }
    authorization = call.headers.get("Authorization")
    return presented(authorization, body["client_id"], body["client_secret"])
