"""The rules for a second look, as plain text, one language at a time. For administrators."""

from node.errors import Invalid, Refused
from node.hints.keys import HINTS
from node.hints.service import LANGUAGES
from node.i18n import N_
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES as NAMES
from node.web.page import page
from node.web.sessions import need_viewer

PATH = "/moderation/reply-words"


async def show(request: Request) -> Response:
    """GET /moderation/reply-words?language="""
    _insist_administrator(request)
    hints = request.app[HINTS]
    language = _language(request.query.get("language", ""))
    text = await request.app[DB].read(lambda uow: hints.text(uow, language))
    return _page(request, language, Form({"text": text}))


async def save(request: Request) -> Response:
    """POST /moderation/reply-words with `language` and `text`; `act` "restore" forgets the text."""
    _insist_administrator(request)
    form, hints = await posted(request), request.app[HINTS]
    language = _language(form["language"])
    restores = form["act"] == "restore"
    try:
        if restores:
            await request.app[DB].write(lambda uow: hints.restore(uow, language))
        else:
            await request.app[DB].write(lambda uow: hints.change(uow, language, form["text"]))
    except Invalid as error:
        return _page(request, language, form.blame(error), 422)
    return see_other(f"{PATH}?language={language}", "words-shipped" if restores else "words-saved")


def _insist_administrator(request: Request) -> None:
    if not need_viewer(request).is_administrator:
        raise Refused(N_("Only administrators change these rules."), "not-an-administrator")


def _language(text: str) -> str:
    return text if text in LANGUAGES else LANGUAGES[0]


def _page(request: Request, language: str, form: Form, status: int = 200) -> Response:
    return page(
        request,
        "hints/words.html",
        status=status,
        form=form,
        language=language,
        languages=[(one, NAMES[one]) for one in LANGUAGES],
    )
