"""Client ids that are the address of a document which says what the program is (IETF draft
oauth-client-id-metadata-document), so that a program needs no account with every node.

Whoever writes the address into a link makes this node fetch it, so every guard holds at once:
https alone and public addresses alone (`federation.http`), no redirect, little time and few bytes,
JSON, and the document must name its own address as the client id. It describes public clients only:
a secret in a public document is none. What it said is believed for an hour at most.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, TypeGuard
from urllib.parse import urlsplit

import msgspec

from federation.errors import BadResponse, FetchError
from federation.http import HttpClient, Signer
from node.clients.oauth.apps import CODE, NAME_MOST, REFRESH, Description, checked
from node.clients.oauth.problems import OAuthProblem
from node.clients.oauth.rules import scopes_of
from storage.client_apps import ClientApp

KEPT: Final = timedelta(hours=1)
SECONDS: Final = 5.0
BYTES_MOST: Final = 16 * 1024
ADDRESS_MOST: Final = 500
EVERYTHING: Final = "read write follow push profile"
"""What a program may ask for that does not say what it will ask for."""


class Documents:
    """Reads descriptions. Without `http` there are none; `is_trial` lets http addresses through,
    which the door to the network opens for test networks only."""

    def __init__(self, http: HttpClient | None, *, is_trial: bool) -> None:
        self._http = http
        self._schemes = ("https", "http") if is_trial else ("https",)

    def is_address(self, client_id: str) -> bool:
        """Whether this client id names a document that may be fetched."""
        if len(client_id) > ADDRESS_MOST:
            return False
        try:
            parts = urlsplit(client_id)
        except ValueError:
            return False
        steps = parts.path.split("/")
        return (
            parts.scheme in self._schemes
            and client_id.startswith(f"{parts.scheme}://")
            and bool(parts.hostname)
            and "@" not in parts.netloc
            and "#" not in client_id
            and parts.path not in ("", "/")
            and not {".", ".."} & set(steps)
        )

    @staticmethod
    def is_fresh(app: ClientApp | None, now: datetime) -> bool:
        """Whether what was read last may still be believed."""
        return app is not None and app.fetched_at is not None and now - app.fetched_at < KEPT

    async def bring(self, address: str) -> Description:
        """What the document at `address` says. Raises OAuthProblem "invalid_client"."""
        if self._http is None or not self.is_address(address):
            raise _unusable("it is no address that this node fetches")
        try:
            async with asyncio.timeout(SECONDS):
                answer = await self._http.get(
                    address, accept="application/json", sign=_once(), max_bytes=BYTES_MOST
                )
        except (FetchError, TimeoutError) as error:
            raise _unusable("it cannot be fetched as it is, without a redirect") from error
        if answer.status != 200 or answer.url != address:
            raise _unusable(f"its address answers {answer.status}")
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json" and not kind.endswith("+json"):
            raise _unusable("it is not JSON")
        try:
            said = msgspec.json.decode(answer.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _unusable("it is not JSON") from error
        return read_document(address, said)


def read_document(address: str, said: Any) -> Description:
    """The document as a description. Raises OAuthProblem "invalid_client"."""
    if not isinstance(said, dict) or said.get("client_id") != address:
        raise _unusable("its client_id is not its own address")
    if said.get("token_endpoint_auth_method", "none") != "none" or "client_secret" in said:
        raise _unusable("it asks for a secret; only public clients are described so")
    uris, types = said.get("redirect_uris"), said.get("grant_types", [CODE])
    if not _are_texts(uris) or not _are_texts(types) or CODE not in types:
        raise _unusable("it needs redirect_uris, and the grant type authorization_code")
    name, website, scope = (said.get(key) for key in ("client_name", "client_uri", "scope"))
    shown = name if isinstance(name, str) and name.strip() else urlsplit(address).hostname or ""
    try:
        return checked(
            Description(
                name=shown.strip()[:NAME_MOST],
                website=website if isinstance(website, str) else None,
                redirect_uris=tuple(uris),
                scopes=scopes_of(scope if isinstance(scope, str) else None, EVERYTHING),
                grant_types=tuple(one for one in (CODE, REFRESH) if one in types),
            )
        )
    except OAuthProblem as problem:
        raise _unusable(str(problem)) from problem


def _are_texts(value: Any) -> TypeGuard[list[str]]:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _once() -> Signer:
    """Adds nothing to the first request, and refuses the second: the network's door asks again
    before it follows a redirect."""
    asked = False

    async def sign(_method: str, url: str, _body: bytes | None) -> Mapping[str, str]:
        nonlocal asked
        if asked:
            raise BadResponse(f"a redirect to {url[:200]} is not followed here", reason="redirect")
        asked = True
        return {}

    return sign


def _unusable(why: str) -> OAuthProblem:
    return OAuthProblem(
        "invalid_client", f"The document that describes this app is of no use: {why}"
    )
