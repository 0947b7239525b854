"""Our cookies: the session's, the one that a visitor's forms are compared with, and the one that
says that this browser keeps something for its person (`kept.py`).

Over https they carry the `__Host-` prefix, so that no other host or path can set them. Over http,
which is for trials on one machine, the port is in the name: cookies ignore ports, and two nodes on
localhost must not sign each other out.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from aiohttp import web

from node.config import Config


def session_cookie_name(config: Config) -> str:
    return "__Host-kith" if config.is_https else f"kith-{_port(config)}"


def form_cookie_name(config: Config) -> str:
    return "__Host-kith-form" if config.is_https else f"kith-form-{_port(config)}"


def kept_cookie_name(config: Config) -> str:
    return "__Host-kith-kept" if config.is_https else f"kith-kept-{_port(config)}"


def put_cookie(
    response: web.Response, config: Config, name: str, value: str, life: timedelta | None = None
) -> None:
    """Set one of them; without `life` it goes when the browser closes."""
    response.set_cookie(
        name,
        value,
        path="/",
        max_age=None if life is None else int(life.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=config.is_https,
    )


def drop_cookie(response: web.Response, config: Config, name: str) -> None:
    response.set_cookie(
        name, "", path="/", max_age=0, httponly=True, samesite="Lax", secure=config.is_https
    )


def _port(config: Config) -> int:
    return urlsplit(config.origin).port or 80
