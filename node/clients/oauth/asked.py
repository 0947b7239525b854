"""What a program asks for when it sends somebody here (RFC 6749 section 4.1.1), in one piece.

Until the person has signed in and answered, it travels through our own pages as one opaque word.
That word is as untrusted as the query that it came from: everything is looked at again each time.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

import msgspec
from multidict import MultiMapping

from node.clients.oauth.problems import OAuthProblem
from node.clients.oauth.rules import OUT_OF_BAND, challenge_of, redirect_fits, scopes_of, within
from storage.client_apps import ClientApp

PAGE: Final = "/oauth/authorize"
PACKED: Final = "again"
PACKED_MOST: Final = 3800


@dataclass(frozen=True, slots=True)
class Asked:
    """As it came, nothing of it checked; "" is what was not sent."""

    client_id: str = ""
    redirect_uri: str = ""
    response_type: str = ""
    scope: str = ""
    state: str = ""
    code_challenge: str = ""
    code_challenge_method: str = ""
    response_mode: str = ""
    force_login: str = ""
    lang: str = ""

    @property
    def is_forced(self) -> bool:
        """Whether the person shall show once more who they are."""
        return self.force_login.lower() in ("true", "1", "t", "yes")

    @property
    def here(self) -> str:
        """The address of our page with all of this."""
        return f"{PAGE}?{PACKED}={self.packed}"

    @property
    def packed(self) -> str:
        """All of this as one word of letters, digits, - and _. Raises OAuthProblem if it is too
        long to be carried."""
        sent = {name: getattr(self, name) for name in _NAMES if getattr(self, name)}
        word = base64.urlsafe_b64encode(msgspec.json.encode(sent)).rstrip(b"=").decode()
        if len(word) > PACKED_MOST:
            raise OAuthProblem("invalid_request", "This request is too long")
        return word

    def unforced(self) -> "Asked":
        """The same, once the person has signed in again."""
        return replace(self, force_login="")

    def answered(self, issuer: str, **values: str) -> str:
        """Where the browser goes with the answer: the redirect address with `values`, the state,
        and who answers (RFC 9207)."""
        sent = values | ({"state": self.state} if self.state else {}) | {"iss": issuer}
        mark = "&" if "?" in self.redirect_uri else "?"
        return f"{self.redirect_uri}{mark}{urlencode(sent)}"


_NAMES: Final = tuple(Asked.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, checked."""

    scopes: tuple[str, ...]
    challenge: str | None


def read_query(query: MultiMapping[str]) -> Asked:
    """Raises OAuthProblem for a parameter that stands there twice (RFC 6749 section 3.1)."""
    packed = query.get(PACKED, "")
    if packed:
        return unpack(packed)
    for name in _NAMES:
        if len(query.getall(name, [])) > 1:
            raise OAuthProblem("invalid_request", f"{name} is there twice")
    return _from({name: query.get(name, "") for name in _NAMES})


def unpack(word: str) -> Asked:
    """What `packed` made. Raises OAuthProblem."""
    try:
        raw = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
        said = msgspec.json.decode(raw, type=dict[str, str])
    except (binascii.Error, ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise OAuthProblem("invalid_request", "This request is broken") from error
    return _from({name: said.get(name, "") for name in _NAMES})


def _from(values: Mapping[str, str]) -> Asked:
    if any(ord(letter) < 32 or ord(letter) == 127 for text in values.values() for letter in text):
        raise OAuthProblem("invalid_request", "Leave out control characters")
    return Asked(**values)


def with_redirect(asked: Asked, app: ClientApp) -> Asked:
    """With the address that the answer goes to. Raises OAuthProblem when it is not one of the
    app's: then nothing is sent there, not even the refusal."""
    if not asked.redirect_uri and len(app.redirects) == 1:
        return replace(asked, redirect_uri=app.redirects[0])
    if not redirect_fits(app.redirects, asked.redirect_uri):
        raise OAuthProblem("invalid_redirect_uri", "redirect_uri is not one that this app named")
    return asked


def check(asked: Asked, app: ClientApp) -> Wanted:
    """Raises OAuthProblem for what the app itself is told."""
    if asked.response_type != "code":
        raise OAuthProblem("unsupported_response_type", "response_type is: code")
    if asked.response_mode not in ("", "query"):
        raise OAuthProblem("invalid_request", "response_mode is: query")
    challenge = challenge_of(
        asked.code_challenge or None,
        asked.code_challenge_method or None,
        is_public=app.is_public,
    )
    return Wanted(within(app.scopes, scopes_of(asked.scope, "read")), challenge)


def is_shown(asked: Asked) -> bool:
    """Whether the code is shown to the person, not sent to the app."""
    return asked.redirect_uri == OUT_OF_BAND
