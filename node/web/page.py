"""Makes the answer of a page: the template in the reader's language, inside the shell."""

from functools import partial

from node.viewer import Viewer
from node.web.csrf import form_token, keep_form_token
from node.web.http import Request, Response
from node.web.i18n import Tongue
from node.web.kept import is_kept
from node.web.keys import TEMPLATES, TONGUE, TONGUES, VIEWER
from node.web.notes import NOTES


def page(request: Request, template: str, *, status: int = 200, **context: object) -> Response:
    """The page as an HTML response. Templates know the viewer, the path and `form_token()`."""
    tongue = tongue_of(request)
    viewer: Viewer | None = request.get(VIEWER)
    shell: dict[str, object] = {
        "viewer": viewer,
        "path": request.path,
        "here": request.path_qs,
        "back": request.path_qs if request.method == "GET" and status < 400 else "/",
        "note": NOTES.get(request.query.get("note", "")),
        "form_token": partial(form_token, request),
        "is_kept": is_kept(request),
    }
    text = request.app[TEMPLATES].render(tongue, template, shell | context)
    response = Response(text=text, status=status, content_type="text/html", charset="utf-8")
    keep_form_token(request, response)
    return response


def tongue_of(request: Request) -> Tongue:
    """The language of the answer, also before anybody was recognised."""
    tongue = request.get(TONGUE)
    return tongue if tongue is not None else request.app[TONGUES].choose("")
