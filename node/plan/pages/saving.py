"""One's own plan where there is no connection: as a file, and, for whoever ticked so themselves, as
a copy that this browser keeps.

Both are the same page: its style within it, no script, nothing that asks anybody for anything. The
copy is put away by `static/plan.js`, found by `static/help-worker.js` and forgotten by
`node/web/kept.py`; the node itself keeps nothing of it.
"""

from typing import Final

from node.help.keys import HELP
from node.help.rules import emergency_number
from node.plan.pages.own import whole
from node.plan.rules import PARTS
from node.web.forms import posted
from node.web.http import Request, Response, see_other
from node.web.kept import forget_kept, remember_kept
from node.web.keys import NOW
from node.web.page import page
from node.web.sessions import need_viewer

FILE_NAME: Final = "notes.html"
"""Tells nothing to whoever looks into a folder."""


async def as_file(request: Request) -> Response:
    """GET /plan/file: readable in any browser, without a connection, without a script."""
    found, help_now = await whole(request), request.app[HELP]
    country = help_now.countries[0] if help_now.countries else None
    response = page(
        request,
        "plan/file.html",
        whole=found,
        plan=found.plan,
        parts=PARTS,
        saved_at=request.app[NOW](),
        emergency=emergency_number(country, help_now.emergency, help_now.countries),
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


async def in_this_browser(request: Request) -> Response:
    """POST /plan/here: `keep` is there or not. Only their own tick makes a browser keep it."""
    need_viewer(request)
    form = await posted(request)
    if form["keep"] == "yes":
        return remember_kept(request, see_other("/plan", "plan-kept-here"))
    return forget_kept(request, see_other("/plan", "plan-not-kept-here"))
