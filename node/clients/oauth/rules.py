"""Pure decisions of the OAuth server: where a code may be sent, what PKCE asks, which scopes.

An address is compared letter by letter with what was registered (RFC 9700 section 2.1). The one
exception is the port of a loopback address, which programs on a computer choose late (RFC 8252
section 7.3).
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final
from urllib.parse import SplitResult, urlsplit

from node.clients.oauth.problems import OAuthProblem
from node.scopes import KNOWN, all_covered

OUT_OF_BAND: Final = "urn:ietf:wg:oauth:2.0:oob"
"""The code is shown to the person, who takes it to the program."""
CODE_LIFE: Final = timedelta(minutes=5)
ACCESS_LIFE: Final = timedelta(hours=2)
"""Of programs that said that they renew their tokens; those of others last until they are ended."""
APP_TOKEN_LIFE: Final = timedelta(days=30)
REFRESH_LIFE: Final = timedelta(days=180)
REDIRECTS_MOST: Final = 20
URI_MOST: Final = 1000
SCOPES_MOST: Final = 60

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*\Z")
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?\Z")
_PLAIN = re.compile(r"[\x21-\x7e]+\Z")
_DANGEROUS: Final = frozenset(
    {
        *("about", "blob", "chrome", "content", "data", "file", "filesystem", "ftp", "ftps"),
        *("intent", "jar", "javascript", "livescript", "mailto", "ms-appdata", "mocha", "resource"),
        *("sms", "tel", "urn", "vbscript", "view-source", "ws", "wss"),
    }
)
"""Schemes that run something, open something of the person's, or lead to no program."""
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}\Z")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}\Z")


def check_redirect(uri: str, *, any_http: bool = False) -> None:
    """Raises OAuthProblem "invalid_redirect_uri" for what no code is ever sent to. `any_http` lets
    plain http through for other hosts than this computer, for trials."""
    if uri == OUT_OF_BAND:
        return
    parts = _split(uri)
    if parts is None or parts.fragment or "#" in uri:
        raise _bad_redirect("is no address without a fragment")
    if parts.scheme in ("http", "https"):
        if not parts.hostname or not _HOST.match(parts.netloc) or "\\" in uri:
            raise _bad_redirect("names no plain host")
        if parts.scheme == "http" and parts.hostname not in _LOOPBACK and not any_http:
            raise _bad_redirect("is http; use https, or http on a loopback address")
        return
    if parts.scheme in _DANGEROUS or not _SCHEME.match(parts.scheme):
        raise _bad_redirect("has a scheme that is not a program's own")


def redirect_fits(registered: Sequence[str], asked: str) -> bool:
    """Whether a code may be sent to `asked`."""
    return asked in registered or any(_same_but_port(one, asked) for one in registered)


def scopes_of(text: str | None, default: str) -> tuple[str, ...]:
    """Scopes as asked for, each once, in their order. Raises OAuthProblem "invalid_scope"."""
    wanted = tuple(dict.fromkeys((text or "").replace("+", " ").split())) or tuple(default.split())
    unknown = [one for one in wanted if one not in KNOWN]
    if unknown or len(wanted) > SCOPES_MOST:
        raise OAuthProblem("invalid_scope", f"There is no scope {' '.join(unknown)[:200]!r}")
    return wanted


def within(granted: str, wanted: Iterable[str]) -> tuple[str, ...]:
    """The wanted scopes, all of which are covered. Raises OAuthProblem "invalid_scope"."""
    asked = tuple(wanted)
    if not all_covered(granted.split(), asked):
        raise OAuthProblem("invalid_scope", f"This goes beyond what is open here: {granted}")
    return asked


def challenge_of(
    challenge: str | None, method: str | None, *, is_public: bool, name: str = "code_challenge"
) -> str | None:
    """The PKCE challenge to keep. Raises OAuthProblem "invalid_request" for any method but S256,
    and for a public client without one (RFC 7636, RFC 9700 section 2.1.1)."""
    if not challenge:
        if is_public or method:
            raise OAuthProblem("invalid_request", f"{name} is needed, with the method S256")
        return None
    if method != "S256":
        raise OAuthProblem("invalid_request", "code_challenge_method must be S256")
    if not _CHALLENGE.match(challenge):
        raise OAuthProblem("invalid_request", f"{name} is no SHA-256 in base64url")
    return challenge


def verifier_fits(challenge: str | None, verifier: str | None) -> bool:
    """Whether the program that fetches the token is the one that asked. A verifier without a
    challenge means that somebody took the challenge out on the way."""
    if challenge is None:
        return not verifier
    if verifier is None or not _VERIFIER.match(verifier):
        return False
    made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    return hmac.compare_digest(made, challenge.encode())


def _split(uri: str) -> SplitResult | None:
    if len(uri) > URI_MOST or not _PLAIN.match(uri):
        return None
    try:
        parts = urlsplit(uri)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme else None


def _same_but_port(registered: str, asked: str) -> bool:
    one, other = _split(registered), _split(asked)
    if one is None or other is None or one.scheme != "http" or other.scheme != "http":
        return False
    if one.hostname not in _LOOPBACK or not _HOST.match(other.netloc) or "#" in asked:
        return False
    return (one.hostname, one.path, one.query) == (other.hostname, other.path, other.query)


def _bad_redirect(why: str) -> OAuthProblem:
    return OAuthProblem("invalid_redirect_uri", f"A redirect address {why}")
