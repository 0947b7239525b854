"""A door of our own API: what is declared of it is what its description says.

Handlers live in the rooms and answer JSON; they are handed the persona as any page is. Refusals
have a code for programs, a sentence for people, and the field that does not fit.
"""

from dataclasses import dataclass
from typing import Any, Final

import msgspec
from aiohttp import web

from node.clients.access import Who
from node.clients.call import Call
from node.clients.doors import door, status_of
from node.errors import Invalid, KithError
from node.viewer import Caller, Viewer
from node.web.http import Handler
from node.web.json_body import json_answer
from node.web.keys import VIEWER

PREFIX: Final = "/api/kith/v1"


class ErrorJson(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A refusal: `error` is a stable code, `message` a sentence, `field` what does not fit."""

    error: str
    message: str
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One address. `takes` and `gives` are the structs of the body and of the answer, None where
    there is none; `query` names what may stand in the query, with its meaning."""

    method: str
    path: str
    handler: Handler
    scope: str
    who: Who
    topic: str
    summary: str
    takes: type[msgspec.Struct] | None = None
    gives: type[msgspec.Struct] | None = None
    status: int = 200
    query: tuple[tuple[str, str], ...] = ()

    @property
    def whole_path(self) -> str:
        return PREFIX + self.path


def own_door(one: Own) -> web.RouteDef:
    """The route."""

    async def handle(call: Call) -> web.StreamResponse:
        call.request[VIEWER] = _viewer(call.caller)
        try:
            return await one.handler(call.request)
        except KithError as error:
            field = error.field if isinstance(error, Invalid) else None
            said = ErrorJson(error=error.code, message=str(error), field=field)
            return json_answer(said, status=status_of(error))

    return door(
        one.method,
        one.whole_path,
        handle,
        who=one.who,
        scope=one.scope,
        refuse=_refuse,
        reads_body=False,
    )


def _viewer(caller: Caller | None) -> Viewer | None:
    if caller is None or caller.account is None or caller.persona is None:
        return None
    return Viewer(account=caller.account, persona=caller.persona, via="token", scopes=caller.scopes)


def _refuse(status: int, sentence: str, *, code: str, headers: dict[str, str]) -> web.Response:
    response = json_answer(ErrorJson(error=code, message=sentence), status=status)
    response.headers.update(headers)
    return response


def schema_of(types: list[type[Any]]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """JSON Schemas of structs, and the components that they refer to (OpenAPI 3.1)."""
    found, components = msgspec.json.schema_components(
        types, ref_template="#/components/schemas/{name}"
    )
    return list(found), components
