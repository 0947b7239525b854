"""The word rules: plain text with its own test cases, kept by the staff. A text that fails a line
of its own is not taken, and the last good one stays in force."""

from node.errors import NotFound
from node.safety.risk_rules import is_staff
from node.safety.word_rules import BrokenRules
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from node.worries.keys import RISK


async def show(request: Request) -> Response:
    """GET /moderation/risk/words"""
    _staff(request)
    return await _page(request, Form())


async def save(request: Request) -> Response:
    """POST /moderation/risk/words: `reset` names a language to go back with."""
    _staff(request)
    words, form = request.app[RISK].words, await posted(request)
    try:
        if form["reset"]:
            await request.app[DB].write(lambda uow: words.reset(uow, form["reset"]))
        else:
            await request.app[DB].write(lambda uow: words.save(uow, form["text"]))
    except BrokenRules as broken:
        say = tongue_of(request).say
        form.errors["text"] = f"{say('Line')} {broken.line}: {broken.why}"
        return await _page(request, form, 422)
    return see_other("/moderation/risk/words", "risk-words-saved")


async def _page(request: Request, form: Form, status: int = 200) -> Response:
    words = request.app[RISK].words
    texts = await request.app[DB].read(words.texts)
    return page(request, "worries/words.html", status=status, texts=texts, form=form)


def _staff(request: Request) -> Viewer:
    viewer = need_viewer(request)
    if not is_staff(viewer.account):
        raise NotFound
    return viewer
