"""Pictures in the form of a message: taken in as they come, described, and sent with the words.

What was uploaded stays with the form until it is sent or taken out, so that nobody has to choose it
again because something else was not right.
"""

from node.media.keys import MEDIA, PICTURES
from node.media.rules import too_large, too_many, words_about
from node.media.service import Words
from node.messages.keys import MESSAGES
from node.web.forms import Form
from node.web.http import Request
from node.web.keys import DB
from node.web.multipart import SentFile
from storage.actors import Actor
from storage.attachments import Attachment

DROP = "drop-"
_ALT, _PLAIN = "alt", "plain"


async def take_in(
    request: Request, persona: Actor, conversation: int, form: Form, files: list[SentFile]
) -> list[Words]:
    """Keep the files of a form and what it says of pictures; all that wait now, with their words.
    Raises Invalid, Refused, NotFound."""
    db, media = request.app[DB], request.app[MEDIA]
    waiting = await db.read(lambda uow: media.waiting(uow, persona.id, conversation))
    kept = [one for one in waiting if form["act"] != DROP + one.name]
    words = [Words(one.name, *_said(form, f"-{one.name}", one.alt)) for one in kept]
    if len(kept) < len(waiting):
        dropped = form["act"].removeprefix(DROP)
        await db.write(lambda uow: media.take_back(uow, persona.id, conversation, dropped))
    fresh = await _keep(request, persona, conversation, files, len(words))
    alt, is_plain = _said(form, "", "")
    if fresh:
        words_about(alt, _ALT)
        words.append(Words(fresh[0].name, alt, is_plain))
        words += [Words(one.name, "", False) for one in fresh[1:]]
        _move(form, fresh[0].name)
    await db.write(lambda uow: media.describe(uow, persona.id, conversation, words))
    return words


def fill_in(form: Form, waiting: list[Attachment]) -> Form:
    """The form with what was said of pictures before."""
    said = {f"{_ALT}-{one.name}": one.alt or "" for one in waiting}
    form.values = said | dict(form.values)
    return form


async def _keep(
    request: Request, persona: Actor, conversation: int, files: list[SentFile], waiting: int
) -> list[Attachment]:
    if not files:
        return []
    messages, media = request.app[MESSAGES], request.app[MEDIA]
    await request.app[DB].read(lambda uow: messages.check_pictures(uow, persona, conversation))
    if waiting + len(files) > media.limits.per_message:
        raise too_many()
    if any(one.is_too_long for one in files):
        raise too_large()
    return [await request.app[PICTURES].keep(persona.id, conversation, one.body) for one in files]


def _said(form: Form, which: str, before: str | None) -> tuple[str, bool]:
    alt = form.values.get(_ALT + which)
    return (before or "" if alt is None else alt), bool(form[_PLAIN + which])


def _move(form: Form, name: str) -> None:
    """What was said of a new picture is said of one that waits from now on."""
    values = dict(form.values)
    values[f"{_ALT}-{name}"] = values.pop(_ALT, "")
    if values.pop(_PLAIN, ""):
        values[f"{_PLAIN}-{name}"] = "yes"
    form.values = values
