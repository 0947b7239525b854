"""Client ids: given out, and recognised when a program presents one with its secret.

Use cases of an open `uow`. Only a program that keeps a secret is "confidential"; all others are
public clients and have to use PKCE.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_plus

from node.accounts.secret import digest, new_secret
from node.clients.oauth.problems import OAuthProblem
from node.clients.oauth.rules import REDIRECTS_MOST, check_redirect
from node.ports import Clock, NewId
from storage.client_apps import ClientApp, Kind
from storage.unit_of_work import UnitOfWork

NAME_MOST: Final = 120
WEBSITE_MOST: Final = 500
CODE, CLIENT, REFRESH, PASSWORD = (
    "authorization_code",
    "client_credentials",
    "refresh_token",
    "password",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a program says of itself."""

    name: str
    website: str | None
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    grant_types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registered:
    """A new client. Its secret is shown once; a public one has none."""

    app: ClientApp
    secret: str | None


@dataclass(frozen=True, slots=True)
class Presented:
    """What a request presents to say which client it is of."""

    client_id: str
    secret: str | None


def checked(said: Description, *, any_http: bool = False) -> Description:
    """The same, tidied. Raises OAuthProblem."""
    name = " ".join(said.name.split())
    if not name or len(name) > NAME_MOST:
        raise OAuthProblem(
            "invalid_client_metadata", f"client_name is needed, of at most {NAME_MOST} characters"
        )
    if not said.redirect_uris:
        raise OAuthProblem("invalid_redirect_uri", "At least one redirect address is needed")
    if len(said.redirect_uris) > REDIRECTS_MOST:
        raise OAuthProblem("invalid_redirect_uri", f"At most {REDIRECTS_MOST} redirect addresses")
    for uri in said.redirect_uris:
        check_redirect(uri, any_http=any_http)
    return Description(
        name=name,
        website=_website(said.website),
        redirect_uris=tuple(dict.fromkeys(said.redirect_uris)),
        scopes=said.scopes,
        grant_types=said.grant_types,
    )


def _website(text: str | None) -> str | None:
    """An address to show, or nothing: a link to anything else helps nobody."""
    is_web = text is not None and text.startswith(("https://", "http://"))
    return text if text and is_web and len(text) <= WEBSITE_MOST else None


def presented(authorization: str | None, client_id: str | None, secret: str | None) -> Presented:
    """Which client a request names: by HTTP Basic or in its body, not both (RFC 6749 section
    2.3). Raises OAuthProblem."""
    if authorization is None:
        if not client_id:
            raise OAuthProblem("invalid_client", "client_id is needed")
        return Presented(client_id, secret or None)
    kind, _, packed = authorization.partition(" ")
    if kind.lower() != "basic":
        raise OAuthProblem("invalid_client", "Present client_id and client_secret, or HTTP Basic")
    try:
        plain = base64.b64decode(packed.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise OAuthProblem("invalid_client", "The HTTP Basic credentials are broken") from error
    name, _, word = plain.partition(":")
    found = Presented(unquote_plus(name), unquote_plus(word) or None)
    if secret or (client_id and client_id != found.client_id):
        raise OAuthProblem("invalid_request", "Present the client in one way, not in two")
    return found


class Apps:
    """Use cases of client ids."""

    def __init__(self, now: Clock, new_id: NewId) -> None:
        self._now = now
        self._new_id = new_id

    def register(
        self, uow: UnitOfWork, said: Description, kind: Kind, *, is_public: bool = False
    ) -> Registered:
        """A new client with an id of its own; `said` has been `checked`."""
        secret = None if is_public else new_secret()
        app = ClientApp(
            id=self._new_id(),
            client_id=new_secret(),
            secret_hash=None if secret is None else digest(secret),
            kind=kind,
            name=said.name,
            website=said.website,
            redirect_uris="\n".join(said.redirect_uris),
            scopes=" ".join(said.scopes),
            grant_types=" ".join(said.grant_types),
            created_at=self._now(),
        )
        uow.client_apps.add(app)
        return Registered(app, secret)

    def keep_document(self, uow: UnitOfWork, address: str, said: Description) -> ClientApp:
        """The public client that the document at `address` describes, as it reads now."""
        known = uow.client_apps.by_client_id(address)
        now = self._now()
        app = ClientApp(
            id=known.id if known else self._new_id(),
            client_id=address,
            secret_hash=None,
            kind="document",
            name=said.name,
            website=said.website,
            redirect_uris="\n".join(said.redirect_uris),
            scopes=" ".join(said.scopes),
            grant_types=" ".join(said.grant_types),
            created_at=known.created_at if known else now,
            fetched_at=now,
        )
        if known is None:
            uow.client_apps.add(app)
        else:
            uow.client_apps.redescribe(app)
        return app

    def authenticate(self, uow: UnitOfWork, who: Presented) -> ClientApp:
        """The client that presents itself. Raises OAuthProblem "invalid_client", the same for a
        client that there is not and for a wrong secret."""
        app = uow.client_apps.by_client_id(who.client_id)
        expected = app.secret_hash if app is not None else digest("")
        if expected is None:
            fits = who.secret is None
        else:
            fits = hmac.compare_digest(digest(who.secret or ""), expected)
        if app is None or not fits:
            raise OAuthProblem("invalid_client", "There is no such client, or its secret is wrong")
        return app
