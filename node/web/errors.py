"""Every error becomes an answer here, and only here.

    NotFound   404        Invalid     422        SignInNeeded   303 to the sign-in page, or 401
    Refused    403        slow-down   429        busy           503
    anything else  500: a calm sentence for the person, and one record with traceback in the log

Programs get JSON with a stable code; people get a page, with what they had typed if a form was
refused.
"""

import logging
from urllib.parse import quote

from aiohttp import web

from node.errors import Invalid, KithError, NotFound, Refused
from node.i18n import N_
from node.web.body import form_body
from node.web.csrf import Forged, came_from_here
from node.web.http import Handler, Request, Response, see_other
from node.web.next_path import safe_next
from node.web.page import page, tongue_of
from node.web.sessions import API, SignInNeeded

log = logging.getLogger(__name__)

STATUS_BY_CODE = {"slow-down": 429, "busy": 503, "not-found": 404}
SENTENCES = {
    400: N_("We could not read this request."),
    404: N_("There is nothing here, or it is not open to you."),
    405: N_("This address does not take that kind of request."),
    408: N_("The request took too long to arrive."),
    413: N_("This is more than fits. Shorten it and try again."),
    500: N_("Something went wrong on our side. It is not your fault. Try again in a little while."),
}
KEPT_FIELDS = (
    "title",
    "text",
    "content_warning",
    "guidelines",
    "summary",
    "reason",
    "words",
    "statement",
)


def status_of(error: KithError) -> int:
    """The HTTP status that says the same."""
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, Invalid):
        return 422
    if isinstance(error, SignInNeeded):
        return 401
    return STATUS_BY_CODE.get(error.code, 403)


@web.middleware
async def answer_errors(request: Request, handler: Handler) -> web.StreamResponse:
    """The outermost middleware."""
    try:
        return await handler(request)
    except KithError as error:
        return await _refusal(request, error)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _http_error(request, error)
    except Exception:
        log.exception("unexpected error in %s %s", request.method, _pattern(request))
        return _plain(request, 500, SENTENCES[500], "unexpected")


def _pattern(request: Request) -> str:
    """The address as the site declares it: what stands in it, such as the code of an invitation,
    opens doors and has no place in a log."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "an unknown address"


async def _refusal(request: Request, error: KithError) -> Response:
    status = status_of(error)
    if not wants_page(request):
        return _json(request, status, error)
    if isinstance(error, SignInNeeded) and request.method in {"GET", "HEAD"}:
        return see_other(f"/sign-in?next={quote(safe_next(request.path_qs), safe='/')}")
    kept = await _kept(request) if isinstance(error, SignInNeeded | Forged) else []
    return page(
        request, "web/error.html", status=status, sentence=str(error), code=error.code, kept=kept
    )


async def _kept(request: Request) -> list[str]:
    """What was typed into a form that came from here, to be copied; never a password."""
    if request.method != "POST" or not came_from_here(request):
        return []
    fields = await form_body(request)
    return [fields[name] for name in KEPT_FIELDS if fields.get(name)]


def _http_error(request: Request, error: web.HTTPException) -> Response:
    sentence = SENTENCES.get(error.status, SENTENCES[400])
    response = _plain(request, error.status, sentence, error.reason.lower().replace(" ", "-"))
    if "Allow" in error.headers:
        response.headers["Allow"] = error.headers["Allow"]
    return response


def _plain(request: Request, status: int, sentence: str, code: str) -> Response:
    if not wants_page(request):
        return _json(request, status, Refused(sentence, code))
    return page(request, "web/error.html", status=status, sentence=sentence, code=code, kept=[])


def _json(request: Request, status: int, error: KithError) -> Response:
    body = {"error": error.code, "message": tongue_of(request).say(str(error))}
    if isinstance(error, Invalid):
        body["field"] = error.field
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return web.json_response(body, status=status, headers=headers)


def wants_page(request: Request) -> bool:
    """Whether a person with a browser asks, not a program."""
    if request.path.startswith(API) or request.path.endswith("inbox"):
        return False
    accept = request.headers.get("Accept", "")
    return "text/html" in accept or "json" not in accept
