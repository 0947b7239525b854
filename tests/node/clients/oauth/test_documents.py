"""Client ids that are addresses: fetched over real HTTP from another place on this machine, which
tests allow by configuration, and every guard that refuses."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer

from federation.addresses import AddressPolicy
from federation.http import AiohttpClient
from federation.resolver import Names
from federation.tls import peer_tls
from node.clients.oauth.documents import BYTES_MOST, Documents, read_document
from node.clients.oauth.problems import OAuthProblem
from node.web.cookies import session_cookie_name
from tests.node.clients.house import ClientHouse, open_client_house
from tests.node.clients.oauth.flow import PKCE, VERIFIER

CALLBACK = "http://localhost:63546/callback"


@dataclass
class Elsewhere:
    """A place that serves the description of an app; `said` can be changed."""

    server: BaseTestServer | None = None
    said: Any = None
    kind: str = "application/json"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    moved: int = 0

    @property
    def address(self) -> str:
        assert self.server is not None
        return str(self.server.make_url("/app/client.json"))

    async def serve(self, _request: web.Request) -> web.Response:
        self.asked += 1
        if isinstance(self.said, bytes):
            return web.Response(
                body=self.said, content_type=self.kind, status=self.status, headers=self.headers
            )
        return web.json_response(
            self.said, content_type=self.kind, status=self.status, headers=self.headers
        )

    async def serve_elsewhere(self, _request: web.Request) -> web.Response:
        self.moved += 1
        return web.json_response(self.said)


@asynccontextmanager
async def open_elsewhere() -> AsyncIterator[Elsewhere]:
    place, app = Elsewhere(), web.Application()
    app.router.add_get("/app/client.json", place.serve)
    app.router.add_get("/app/moved.json", place.serve_elsewhere)
    async with TestServer(app) as server:
        place.server = server
        place.said = {
            "client_id": place.address,
            "client_name": "Spruce",
            "redirect_uris": [CALLBACK],
            "grant_types": ["authorization_code", "refresh_token"],
            "token_endpoint_auth_method": "none",
        }
        yield place


@pytest.fixture
async def elsewhere() -> AsyncIterator[Elsewhere]:
    async with open_elsewhere() as place:
        yield place


@pytest.fixture
async def one_house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[ClientHouse]:
    """A node with its own door to the network."""
    async with open_client_house(tmp_path, sqlite_url) as house:
        yield house


@dataclass
class Browser:
    """Somebody who is signed in, or a visitor; follows nothing."""

    house: ClientHouse
    cookie: str | None
    csrf: str

    async def ask(self, client_id: str, **more: str) -> tuple[int, str, str]:
        """Status, Location and text of the question."""
        query = {
            "client_id": client_id,
            "redirect_uri": CALLBACK,
            "response_type": "code",
            "scope": "read write",
            **PKCE,
            **more,
        }
        return await self.call("GET", f"/oauth/authorize?{urlencode(query)}")

    async def call(self, method: str, path: str, **options: Any) -> tuple[int, str, str]:
        headers = {"Accept": "text/html", "Origin": self.house.origin}
        if self.cookie:
            name = session_cookie_name(self.house.house.node.config)
            headers["Cookie"] = f"{name}={self.cookie}"
        async with self.house.house.http.request(
            method, self.house.origin + path, headers=headers, allow_redirects=False, **options
        ) as answer:
            return answer.status, answer.headers.get("Location", ""), await answer.text()


async def signed_in(house: ClientHouse, handle: str = "rowan") -> Browser:
    person = await house.person(handle)
    rooms = house.rooms
    opened = await rooms.db.write(
        lambda uow: rooms.sessions.open(
            uow, uow.accounts.account_of(person.persona.id), "a browser"
        )
    )
    return Browser(house, opened.token, opened.session.csrf_token)


async def test_an_app_is_what_its_document_says(
    one_house: ClientHouse, elsewhere: Elsewhere
) -> None:
    rowan = await signed_in(one_house)
    status, _, text = await rowan.ask(elsewhere.address)
    assert status == 200
    assert "Let Spruce act for you?" in text
    assert elsewhere.address in text
    again = text.partition('name="again" value="')[2].partition('"')[0]
    fields = {"csrf": rowan.csrf, "again": again, "persona": "rowan", "federate": "yes"}
    status, location, _ = await rowan.call(
        "POST", "/oauth/authorize", data=fields | {"decision": "allow"}
    )
    assert status == 303
    assert location.startswith(f"{CALLBACK}?code=")
    code = location.partition("code=")[2].partition("&")[0]
    grant = {
        "grant_type": "authorization_code",
        "client_id": elsewhere.address,
        "redirect_uri": CALLBACK,
        "code": code,
        "code_verifier": VERIFIER,
    }
    body = await one_house.visitor.ok("POST", "/oauth/token", data=grant)
    assert body["expires_in"] == 7200
    assert body["refresh_token"]
    refused = await one_house.visitor.post(
        "/oauth/token", data=grant | {"client_secret": "a secret"}
    )
    assert refused.status == 401


async def test_it_is_believed_for_an_hour(one_house: ClientHouse, elsewhere: Elsewhere) -> None:
    rowan = await signed_in(one_house)
    await rowan.ask(elsewhere.address)
    one_house.clock.advance(minutes=59)
    await rowan.ask(elsewhere.address)
    assert elsewhere.asked == 1
    elsewhere.said["client_name"] = "Fir"
    elsewhere.said["redirect_uris"] = ["http://127.0.0.1/other"]
    one_house.clock.advance(minutes=1)
    status, _, text = await rowan.ask(elsewhere.address)
    assert (status, elsewhere.asked) == (400, 2)
    status, _, text = await rowan.ask(elsewhere.address, redirect_uri="http://127.0.0.1/other")
    assert status == 200
    assert "Let Fir act for you?" in text


async def test_a_visitor_makes_nobody_fetch(one_house: ClientHouse, elsewhere: Elsewhere) -> None:
    status, location, _ = await Browser(one_house, None, "").ask(elsewhere.address)
    assert (status, location.startswith("/sign-in?next=")) == (303, True)
    assert elsewhere.asked == 0


async def test_a_person_makes_this_node_fetch_so_often(
    one_house: ClientHouse, elsewhere: Elsewhere
) -> None:
    rowan = await signed_in(one_house)
    elsewhere.said["client_id"] = "another"
    for _ in range(25):
        assert (await rowan.ask(elsewhere.address))[0] == 400
    assert elsewhere.asked == 20


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "https://elsewhere.example/client.json"},
        {"client_id": None},
        {"redirect_uris": []},
        {"redirect_uris": "http://localhost:63546/callback"},
        {"redirect_uris": ["http://elsewhere.example/"]},
        {"redirect_uris": [1]},
        {"token_endpoint_auth_method": "client_secret_basic"},
        {"token_endpoint_auth_method": "private_key_jwt"},
        {"client_secret": "not a secret"},
        {"grant_types": ["client_credentials"]},
        {"scope": "everything"},
    ],
)
async def test_a_document_of_no_use_is_not_taken(change: dict[str, Any]) -> None:
    address = "https://app.example/client.json"
    said = {"client_id": address, "redirect_uris": [CALLBACK]}
    assert read_document(address, said).name == "app.example"
    with pytest.raises(OAuthProblem, match="of no use"):
        read_document(address, said | change)


async def test_what_is_not_served_as_it_should_is_not_taken(
    one_house: ClientHouse, elsewhere: Elsewhere
) -> None:
    """Redirects, other statuses, other types, no JSON, and too much of it."""
    rowan = await signed_in(one_house)
    good = dict(elsewhere.said)
    for said, kind, status, headers in (
        (good, "application/json", 302, {"Location": "/app/moved.json"}),
        (good, "application/json", 404, {}),
        (good, "text/html", 200, {}),
        (b"{", "application/json", 200, {}),
        (b"[" * 5000, "application/json", 200, {}),
        (["a list"], "application/json", 200, {}),
        (good | {"more": "x" * BYTES_MOST}, "application/json", 200, {}),
    ):
        elsewhere.said, elsewhere.kind = said, kind
        elsewhere.status, elsewhere.headers = status, headers
        assert (await rowan.ask(elsewhere.address))[0] == 400, (kind, status)
    assert elsewhere.moved == 0
    elsewhere.said, elsewhere.kind, elsewhere.status = good, "application/json", 200
    elsewhere.headers = {}
    assert (await rowan.ask(elsewhere.address))[0] == 200


async def test_no_private_address_is_asked(elsewhere: Elsewhere) -> None:
    """Without test networks: neither this machine nor a name that leads to it, and https alone."""
    names = Names()
    http = AiohttpClient(AddressPolicy(), user_agent="Kith", tls=peer_tls(), names=names)
    documents = Documents(http, is_trial=False)
    try:
        for address in (
            elsewhere.address,
            elsewhere.address.replace("http:", "https:"),
            "https://localhost/client.json",
            "https://10.0.0.1/client.json",
            "https://169.254.169.254/client.json",
            "https://[::1]/client.json",
        ):
            with pytest.raises(OAuthProblem, match="of no use"):
                await documents.bring(address)
    finally:
        await http.close()
    assert elsewhere.asked == 0


@pytest.mark.parametrize(
    "address",
    [
        "http://app.example/client.json",
        "https://app.example",
        "https://app.example/",
        "https://user@app.example/client.json",
        "https://app.example/client.json#part",
        "https://app.example/../client.json",
        "HTTPS://app.example/client.json",
        "ftp://app.example/client.json",
        "https:///client.json",
        "https://app.example/" + "x" * 500,
        "a-client-id",
    ],
)
def test_what_names_no_document(address: str) -> None:
    documents = Documents(None, is_trial=False)
    assert documents.is_address("https://app.example/client.json")
    assert not documents.is_address(address)
