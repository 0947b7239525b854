"""Who calls: what a bearer token stands for, and what it opens.

A token is of one persona and can learn nothing of the account's others. A token of an app itself
(client credentials) has no persona. Cookies count for nothing here, so that no other site can make
a browser call.
"""

from typing import Final, Literal, Protocol

from aiohttp import web

from node.errors import KithError, Refused
from node.scopes import covers
from node.viewer import Caller
from storage.unit_of_work import UnitOfWork

Who = Literal["anyone", "app", "user"]
"""anyone: also without a token; app: any token; user: a token of a persona."""

TOKEN_MOST: Final = 300
"""Characters of a token that are looked at."""


class Callers(Protocol):
    """Recognises tokens. `node.accounts.sessions.Sessions` is one."""

    def caller_of(self, uow: UnitOfWork, token: str) -> Caller | None: ...

    def note_use(self, uow: UnitOfWork, caller: Caller) -> None: ...


CALLERS = web.AppKey[Callers]("callers")


class Unauthorized(KithError):
    """There is no token, or it opens nothing: 401 (RFC 6750 section 3.1)."""

    code = "invalid_token"

    def __init__(self, sentence: str = "The access token is invalid") -> None:
        super().__init__(sentence)


def bearer_of(request: web.Request) -> str | None:
    """The token in the Authorization header; None when there is none. Raises Unauthorized for a
    header that is no bearer token."""
    header = request.headers.get("Authorization")
    if header is None:
        return None
    kind, _, token = header.partition(" ")
    token = token.strip()
    if kind.lower() != "bearer" or not 0 < len(token) <= TOKEN_MOST:
        raise Unauthorized
    return token


def insist(caller: Caller | None, scope: str | None, who: Who) -> None:
    """Go on when the door is open to this caller. Raises Unauthorized and Refused."""
    if caller is None:
        if who == "anyone":
            return
        raise Unauthorized("This method needs an access token")
    if who == "user" and caller.persona is None:
        raise Unauthorized("This method needs the access token of a person")
    # What is open to all is not closed to an app that signed in.
    if scope is None or (who == "anyone" and caller.persona is None):
        return
    if not covers(caller.scopes, scope):
        raise Refused(f"This action is outside the authorized scopes; it needs {scope}", "scope")
