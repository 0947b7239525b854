"""Where to go after signing in: a path of this site, or nowhere (WEB-07)."""

import re
from urllib.parse import unquote

_PLAIN = re.compile(r"/[A-Za-z0-9_.~@:/?=&%+-]*")
_MOST = 4000
"""Characters: what an app asks for when somebody signs in to it can be long."""


def safe_next(value: str | None, default: str = "/") -> str:
    """The path if a browser can only take it for one of ours, else the default.

    Refused is all that some browser reads as another host, plain or percent-encoded: a second
    slash, a backslash, a control character.
    """
    if not value or len(value) > _MOST or not _PLAIN.fullmatch(value):
        return default
    plain = value
    for _ in range(4):
        if "//" in plain or "\\" in plain or any(ord(letter) < 33 for letter in plain):
            return default
        plain = unquote(plain)
    return value


def leads_to_app(path: str) -> bool:
    """Whether an app waits for what comes of signing in: the way leads on to its question."""
    return "/oauth/authorize" in path
