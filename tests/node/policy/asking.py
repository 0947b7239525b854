"""Asking the node as somebody: with the cookie, the token or the signature that they would send."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from sqlalchemy import Engine, event

from activitypub.signatures import HttpMessage, sign_cavage
from node.web.cookies import form_cookie_name, session_cookie_name
from tests.figures import ACTIVITY_JSON, CONTEXT, private_key
from tests.node.policy.language import ACTIVITY, SIGN_IN, Role, Route
from tests.node.policy.world import World

FORM_TOKEN = "the-token-of-a-visitor-of-this-node"
TELLS_NOTHING = frozenset({"Date"})


@dataclass(frozen=True)
class Reply:
    """What came back, and how many statements the database ran for it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statements: int

    @property
    def outcome(self) -> int:
        """As a cell of the table says it."""
        location = dict(self.headers).get("Location", "")
        if self.status == 303 and location.startswith("/sign-in"):
            return SIGN_IN
        return self.status

    def without(self, names: Mapping[str, str]) -> tuple[Any, ...]:
        """The reply as it is for any other name: the names in the path are taken out."""
        body, headers = self.body, repr(self.headers)
        for name in sorted(set(names.values()), key=len, reverse=True):
            for spelling in (name, quote(name, safe="")):
                body = body.replace(spelling.encode(), b"*")
                headers = headers.replace(spelling, "*")
        return self.status, headers, body


class Asker:
    """One client for all roles; it keeps no cookies and follows no redirects."""

    def __init__(self, world: World, http: aiohttp.ClientSession) -> None:
        self._world = world
        self._http = http
        self._counted: Counter[str] = Counter()

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Counts the statements of every database meanwhile."""

        def note(*_: Any) -> None:
            self._counted["statements"] += 1

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    async def ask(
        self, route: Route, role: Role, fill: Mapping[str, str], accept: str | None = None
    ) -> Reply:
        """The route with its places filled in, as somebody in a role."""
        house = self._world.house
        places = {**fill, "origin": house.origin, "authority": house.authority}
        target = route.path.format_map(places) + route.query.format_map(places)
        headers = {"Accept": accept or route.accept}
        body = self._body(route, role, fill, headers)
        self._identify(route, role, target, body, headers)
        before = self._counted["statements"]
        url = house.origin + target
        async with self._http.request(
            route.method, url, headers=headers, data=body, allow_redirects=False
        ) as answer:
            said = await answer.read()
            shown = tuple(
                sorted(
                    (name, value)
                    for name, value in answer.headers.items()
                    if name not in TELLS_NOTHING
                )
            )
            counted = self._counted["statements"] - before
            return Reply(answer.status, shown, said, counted)

    def _body(
        self, route: Route, role: Role, fill: Mapping[str, str], headers: dict[str, str]
    ) -> bytes:
        if route.method in ("GET", "HEAD"):
            return b""
        sent = route.send(self._world, fill) if callable(route.send) else route.send
        if route.accept == ACTIVITY:
            headers["Content-Type"] = ACTIVITY_JSON
            return msgspec.json.encode({"@context": CONTEXT} | (sent or {}))
        if route.is_api:
            if sent is None:
                return b""
            headers["Content-Type"] = "application/json"
            return msgspec.json.encode(sent)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers |= {"Origin": self._world.house.origin, "Sec-Fetch-Site": "same-origin"}
        return urlencode({"csrf": self._form_token(role)} | (sent or {})).encode()

    def _form_token(self, role: Role) -> str:
        person = self._world.people.get(role)
        if person is None or role == "suspended":
            return FORM_TOKEN
        return person.session.csrf_token

    def _identify(
        self, route: Route, role: Role, target: str, body: bytes, headers: dict[str, str]
    ) -> None:
        config = self._world.house.node.config
        cookies = {form_cookie_name(config): FORM_TOKEN}
        person = self._world.people.get(role)
        if person is not None and route.is_api:
            headers["Authorization"] = f"Bearer {person.token}"
        elif person is not None:
            cookies[session_cookie_name(config)] = person.cookie
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if role == "remote":
            headers |= self._signature(route.method, target, body, headers)

    def _signature(
        self, method: str, target: str, body: bytes, headers: Mapping[str, str]
    ) -> Mapping[str, str]:
        zoe, house = self._world.zoe, self._world.house
        lines = tuple((name, value) for name, value in headers.items() if name == "Content-Type")
        message = HttpMessage(method, "http", house.authority, target, lines, body or None)
        key = private_key(zoe.keys.rsa_pem)
        assert isinstance(key, RSAPrivateKey)
        return sign_cavage(message, zoe.key_id, key, self._world.clock.now())
