"""What a person asked this browser to keep of their own, and how it is made to forget it.

Pages of a person are kept nowhere (`headers.PRIVATE`). The one exception is their own plan, and
only after they ticked so themselves (`node/plan/pages/saving.py`): a script then puts a copy where
the worker finds it without a connection. A cookie remembers the tick, so that whatever ends or
begins a session, or leads away, tells the browser to forget the copy (`Clear-Site-Data`, W3C). That
takes what else is kept for later with it; the pages of help are kept again at the next look.
"""

from datetime import timedelta
from typing import Final

from aiohttp import web

from node.web.cookies import drop_cookie, kept_cookie_name, put_cookie
from node.web.keys import CONFIG

LIFE: Final = timedelta(days=400)
"""As long as browsers allow; every look at the plan begins it anew."""


def is_kept(request: web.Request) -> bool:
    """Whether this browser was asked to keep something of a person."""
    return request.cookies.get(kept_cookie_name(request.app[CONFIG])) == "yes"


def remember_kept(request: web.Request, response: web.Response) -> web.Response:
    """From now on it is."""
    config = request.app[CONFIG]
    put_cookie(response, config, kept_cookie_name(config), "yes", LIFE)
    return response


def forget_kept(request: web.Request, response: web.Response) -> web.Response:
    """The browser forgets what it keeps. Where it keeps nothing of a person, nothing is said."""
    config = request.app[CONFIG]
    if not is_kept(request):
        return response
    drop_cookie(response, config, kept_cookie_name(config))
    before = response.headers.get("Clear-Site-Data")
    response.headers["Clear-Site-Data"] = f'{before}, "storage"' if before else '"storage"'
    return response
