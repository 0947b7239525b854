"""Pictures and a poll in the forms that write posts: one form, without scripts.

A picture is kept as soon as the form arrives. When the form comes back because of something else,
its ids stand in a hidden field, so that nobody has to choose it again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from node.errors import Invalid, KithError
from node.i18n import N_
from node.media.keys import UPLOADS
from node.media.rules import too_large
from node.polls.rules import PollDraft
from node.viewer import Viewer
from node.web.forms import Form, posted_with_files
from node.web.http import Request
from node.web.keys import NOW
from node.web.multipart import SentFile

MOST_OPTIONS: Final = 4
_DAYS: Final = {"1": 1, "3": 3, "7": 7, "30": 30}


@dataclass(frozen=True, slots=True)
class Written:
    """A form that writes a post. `trouble` is why its pictures could not all be kept."""

    form: Form
    media: tuple[int, ...]
    poll: PollDraft | None
    trouble: KithError | None

    def insist(self) -> None:
        """Go on when all pictures are kept. Raises Invalid, Refused."""
        if self.trouble is not None:
            raise self.trouble


async def written(request: Request, viewer: Viewer) -> Written:
    """The form of a handler marked with `with_files`; its pictures are kept. Raises Forged."""
    form, files = await posted_with_files(request)
    media, trouble = list(ids_in(form["media"])), None
    for sent in files:
        try:
            media.append(await _keep(request, viewer, sent, form))
        except KithError as error:
            trouble = error
            break
    fields = dict(form.values) | {"media": ",".join(map(str, media))}
    return Written(Form(fields), tuple(media), poll_in(form, request.app[NOW]()), trouble)


def ids_in(text: str) -> tuple[int, ...]:
    """The ids in the hidden field; what is none is left out."""
    parts = (part for part in text.split(",")[:20] if part.isascii() and part.isdecimal())
    return tuple(dict.fromkeys(int(part) for part in parts if len(part) < 19))


def poll_in(form: Form, now: datetime) -> PollDraft | None:
    """The poll that was typed, None where every option is empty."""
    options = tuple(form[f"option-{number}"].strip() for number in range(1, MOST_OPTIONS + 1))
    options = tuple(option for option in options if option)
    if not options:
        return None
    return PollDraft(
        options=options,
        multiple=form["poll-many"] == "yes",
        hide_totals=form["poll-hidden"] == "yes",
        closes_at=now + timedelta(days=_DAYS.get(form["poll-days"], 1)),
    )


async def _keep(request: Request, viewer: Viewer, sent: SentFile, form: Form) -> int:
    number = sent.field.removeprefix("image-")
    if sent.is_too_long:
        raise too_large()
    if not number.isdecimal():
        raise Invalid("image", N_("Choose the picture again, please."))
    kept = await request.app[UPLOADS].keep(viewer.persona, sent.body, form[f"alt-{number}"])
    return kept.id
