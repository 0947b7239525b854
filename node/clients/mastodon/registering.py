"""A new account from an app: for suites in test mode alone. Everybody else signs up on the page,
where the questions of consent and the rules are read by a person.

    POST /api/v1/accounts · POST /api/v1/emails/confirmations
"""

from collections.abc import Callable
from typing import Final

from aiohttp import web

from node.accounts.holder import holder_of
from node.accounts.keys import ENTRANCE
from node.accounts.service import Newcomer
from node.clients.access import Unauthorized
from node.clients.answers import Response, answer, refusal
from node.clients.call import Call
from node.clients.doors import door
from node.clients.oauth.granting import Issued
from node.clients.oauth.service import OAUTH
from node.clients.params import Params
from node.errors import Invalid, Refused
from node.profiles.keys import PROFILES
from node.scopes import covers
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

NO_APP: Final = 0
"""An id that no app has."""
SCOPES: Final = ("read", "write", "follow", "push")
FIELDS: Final = {
    "name": "email",
    "handle": "username",
    "display_name": "username",
    "agrees": "agreement",
}
"""What our forms call otherwise."""


def routes() -> list[web.RouteDef]:
    """An app signs up people with its own token."""
    return [
        door("POST", "/api/v1/accounts", register, scope="write:accounts", who="app"),
        door("POST", "/api/v1/emails/confirmations", confirm, scope=None, who="app"),
    ]


async def register(call: Call) -> Response:
    """POST /api/v1/accounts: an account, its persona, and a token that works at once."""
    if not call.config.test_mode:
        page = f"{call.origin}/sign-up"
        raise Refused(
            f"People sign up on {page}, where they read what they agree to, and then sign in here."
            if call.config.open_signup
            else "This node takes no new people at the moment. Ask those who run it.",
            "validation",
        )
    newcomer, password = _newcomer(call.params), call.params.need("password")
    try:
        issued = await call.app[ENTRANCE].register(newcomer, password, _entering(call))
    except Invalid as error:
        return _invalid(error)
    return answer(
        {
            "access_token": issued.access,
            "token_type": "Bearer",
            "scope": issued.scopes,
            "created_at": int(issued.created_at.timestamp()),
        }
    )


def _newcomer(params: Params) -> Newcomer:
    return Newcomer(
        name=params.need("email"),
        handle=params.need("username"),
        display_name=params.need("username"),
        agrees=params.flag("agreement"),
    )


def _entering(call: Call) -> Callable[[UnitOfWork, Actor], Issued]:
    """What comes after the account: an open profile, since suites follow each other and look at
    once whether they do, and the app's token."""
    profiles, granting = call.app[PROFILES], call.app[OAUTH].granting
    app_id = call.caller.app_id if call.caller is not None else None

    def enter(uow: UnitOfWork, persona: Actor) -> Issued:
        app, holder = uow.client_apps.get(app_id or NO_APP), holder_of(uow, persona.id)
        if app is None or holder is None:
            raise Unauthorized
        profiles.set_locked(uow, persona, locked=False)
        scopes = tuple(one for one in SCOPES if covers(app.scopes.split(), one))
        return granting.for_persona(uow, app, holder, scopes)

    return enter


async def confirm(call: Call) -> Response:
    """POST /api/v1/emails/confirmations: nobody here waits for a letter."""
    del call
    raise Refused("This node sends no letters to confirm an address; none is waited for.")


def _invalid(error: Invalid) -> Response:
    field = FIELDS.get(error.field, error.field)
    wrong = {"error": "ERR_INVALID", "description": str(error)}
    return refusal(422, f"Validation failed: {error}", details={field: [wrong]})
