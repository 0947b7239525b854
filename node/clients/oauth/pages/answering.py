"""How the question of an app is answered: to the person here, or to the app at its own address.

An app may have opened these pages in a window of its own and wait for it, so they do not cut the
tie to the window that opened them; they still stand in no frame. A browser holds a form to where
it may lead, over redirects too, so the page of the question names the app's address.
"""

from urllib.parse import quote, urlsplit

from node.clients.oauth.asked import Asked, is_shown
from node.web.headers import CONTENT_SECURITY_POLICY, keep_opener
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG
from node.web.page import page


class Told(Exception):
    """What ends here, with the answer that says so."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


def for_windows(response: Response, asked: Asked | None = None) -> Response:
    """The answer as a window may show it that an app has opened; with a question, its form may
    lead to the app."""
    keep_opener(response)
    target = None if asked is None or is_shown(asked) else leads_to(asked.redirect_uri)
    if target is not None:
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
            "form-action 'self'", f"form-action 'self' {target}"
        )
    return response


def leads_to(uri: str) -> str:
    """The origin of an address, or its scheme where that is a program's own, as a policy says."""
    parts = urlsplit(uri)
    if parts.scheme in ("http", "https"):
        return f"{parts.scheme}://{parts.netloc}"
    return f"{parts.scheme}:"


def place_of(uri: str) -> str:
    """Where an address leads, in words short enough to be read before one agrees."""
    parts = urlsplit(uri)
    return parts.netloc if parts.scheme in ("http", "https") else f"{parts.scheme}:"


def sign_in_first(asked: Asked) -> Response:
    """To the sign-in page, and back here."""
    return for_windows(see_other(f"/sign-in?next={quote(asked.here, safe='/')}"))


def tell_app(request: Request, asked: Asked, **values: str) -> Response:
    """Back to the app with the answer."""
    location = asked.answered(request.app[CONFIG].origin, **values)
    headers = {"Location": location, "Cache-Control": "no-store"}
    return for_windows(Response(status=303, headers=headers))


def refuse(request: Request, asked: Asked, error: str, why: str) -> Response:
    """RFC 6749 section 4.1.2.1. An app that nothing can be sent to is told nothing."""
    if is_shown(asked):
        return refuse_here(request, why)
    return tell_app(request, asked, error=error, error_description=why)


def refuse_here(request: Request, why: str) -> Response:
    """A page for the person: nothing goes anywhere."""
    return for_windows(page(request, "clients/refused.html", status=400, why=why))
