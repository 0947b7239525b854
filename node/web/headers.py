"""Headers that every answer carries (XSS-09, WEB-17): what a browser may do with it.

Pages have no script, no inline style and nothing from elsewhere, so the policy forbids all of it.
Only the page of a conversation sets LIVE_POLICY for itself: it may run a script file of ours, which
asks this node for what is new.
"""

from aiohttp import web

from node.web.keys import CONFIG, FORM_TOKEN, VIEWER

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
LIVE_POLICY = CONTENT_SECURITY_POLICY + "; script-src 'self'; connect-src 'self'"
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
}
HSTS = "max-age=31536000"
SOFTWARE = "Kith"
"""No versions: they would tell which known holes to try."""
PRIVATE = "private, no-store"


def keep_opener(response: web.StreamResponse) -> None:
    """For pages that an app may have opened in a window of its own, which waits to hear how it
    went (`node.clients.oauth.pages`): the tie between the two windows is not cut. They still stand
    in no frame."""
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"


async def put_headers(request: web.Request, response: web.StreamResponse) -> None:
    """A signal of the application, so that refusals and errors carry them too."""
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = SOFTWARE
    if request.app[CONFIG].is_https:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    is_page = response.content_type == "text/html"
    if request.get(VIEWER) is not None or FORM_TOKEN in request or response.cookies:
        response.headers["Cache-Control"] = PRIVATE
    elif is_page:
        response.headers.setdefault("Cache-Control", "private, no-cache")
    if is_page:
        response.headers["Vary"] = "Accept, Accept-Language, Cookie"
