"""A program and a browser that go through OAuth by the front door, step by step."""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from multidict import CIMultiDictProxy

from tests.node.web.house import WebHouse
from tests.node.web.visitor import Page, Visitor

CALLBACK = "https://app.example/callback"
OOB = "urn:ietf:wg:oauth:2.0:oob"
SCOPES = "read write follow push"
VERIFIER = "a-verifier-that-is-long-enough-for-rfc-7636-it-says-43"
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)
PKCE = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}


class Said(NamedTuple):
    """An answer to a program."""

    status: int
    body: Any
    headers: CIMultiDictProxy[str]


@dataclass
class App:
    """A program: its client id, and its calls without cookies."""

    house: WebHouse
    client_id: str = ""
    secret: str | None = None
    browser: Visitor = field(init=False)

    def __post_init__(self) -> None:
        self.browser = self.house.visitor()

    async def call(self, method: str, path: str, **options: Any) -> Said:
        """One call; `options` are aiohttp's."""
        async with self.browser.client.request(method, path, **options) as answer:
            is_json = "json" in answer.content_type
            return Said(answer.status, await answer.json() if is_json else None, answer.headers)

    async def token(self, **fields: str | None) -> Said:
        """POST /oauth/token as this client; a field that is None is left out."""
        sent = {"client_id": self.client_id, "client_secret": self.secret, **fields}
        data = {name: value for name, value in sent.items() if value is not None}
        return await self.call("POST", "/oauth/token", data=data)

    async def redeem(self, code: str, **more: str | None) -> Said:
        fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
        return await self.token(**(fields | more))

    async def refresh(self, token: str, **more: str | None) -> Said:
        return await self.token(grant_type="refresh_token", refresh_token=token, **more)

    async def revoke(self, token: str, **fields: str | None) -> Said:
        sent = {
            "client_id": self.client_id,
            "client_secret": self.secret,
            "token": token,
            **fields,
        }
        data = {name: value for name, value in sent.items() if value is not None}
        return await self.call("POST", "/oauth/revoke", data=data)

    async def opens(self, token: str) -> bool:
        """Whether the token is worth anything at the doors for apps."""
        headers = {"Authorization": f"Bearer {token}"}
        answer = await self.call("GET", "/api/v1/apps/verify_credentials", headers=headers)
        assert answer.status in (200, 401), answer
        return answer.status == 200

    def question(self, **fields: str | None) -> str:
        """The address that a person's browser is sent to."""
        sent = {
            "client_id": self.client_id,
            "redirect_uri": CALLBACK,
            "response_type": "code",
            "scope": "read",
            "state": "a state",
            **fields,
        }
        kept = {name: value for name, value in sent.items() if value is not None}
        return f"/oauth/authorize?{urlencode(kept)}"


async def new_app(house: WebHouse, **fields: Any) -> App:
    """An app of the Mastodon API."""
    app = App(house)
    sent = {"client_name": "Pine", "redirect_uris": CALLBACK, "scopes": SCOPES, **fields}
    made = await app.call("POST", "/api/v1/apps", json=sent)
    assert made.status == 200, made
    app.client_id, app.secret = made.body["client_id"], made.body["client_secret"]
    return app


async def new_client(house: WebHouse, **fields: Any) -> App:
    """A public client that renews its tokens, by dynamic registration."""
    app = App(house)
    sent = {
        "client_name": "Larch",
        "redirect_uris": [CALLBACK],
        "token_endpoint_auth_method": "none",
        "grant_types": ["authorization_code", "refresh_token"],
        **fields,
    }
    made = await app.call("POST", "/oauth/register", json=sent)
    assert made.status == 201, made
    app.client_id, app.secret = made.body["client_id"], made.body.get("client_secret")
    return app


async def answered(visitor: Visitor, page: Page, **fields: str) -> Page:
    """Answers the question that is open, without following where it leads."""
    form = page.form("/oauth/authorize", "decision")
    sent = {"decision": "allow", "federate": "yes", **fields}
    return await visitor.post("/oauth/authorize", form.fields | sent, follow=False)


def sent_to(page: Page) -> tuple[str, dict[str, str]]:
    """Where an answer leads, and what it carries."""
    assert page.status == 303, page.text
    location = urlsplit(page.headers["Location"])
    place = location._replace(query="").geturl()
    return place, dict(parse_qsl(location.query))


async def code_for(visitor: Visitor, app: App, **fields: str | None) -> str:
    """A code, by a person who says yes."""
    page = await visitor.get(app.question(**fields))
    assert page.status == 200, page.text
    _, values = sent_to(await answered(visitor, page))
    return values["code"]


async def tokens_for(visitor: Visitor, app: App, **fields: str | None) -> dict[str, Any]:
    """The token answer of a person who says yes; with PKCE where the client is public."""
    pkce = {} if app.secret else PKCE
    code = await code_for(visitor, app, **pkce, **fields)
    said = await app.redeem(code, code_verifier=None if app.secret else VERIFIER)
    assert said.status == 200, said
    body: dict[str, Any] = said.body
    return body
