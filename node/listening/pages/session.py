"""One session: waiting for it, being asked, saying yes, talking, and what comes after."""

from collections.abc import Callable
from dataclasses import dataclass

from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.listening.feeling import FELT
from node.listening.keys import LISTENING
from node.listening.rules import LENGTHS, WISHES
from node.listening.service import Listening
from node.listening.talking import CARE, Talk
from node.listening.tools import Seat
from node.moderation.keys import MODERATION
from node.moderation.reporting import ReportDraft
from node.topics import label_of
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.headers import LIVE_POLICY
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import page
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

Act = Callable[[Listening, UnitOfWork, Actor, int], object]

ACTS: dict[str, tuple[Act, str | None]] = {
    "accept": (lambda room, uow, who, number: room.accept(uow, who, number), None),
    "decline": (lambda room, uow, who, number: room.decline(uow, who, number), "listening-passed"),
    "begin": (lambda room, uow, who, number: room.begin(uow, who, number), None),
    "turn-down": (lambda room, uow, who, number: room.turn_down(uow, who, number), None),
    "withdraw": (
        lambda room, uow, who, number: room.withdraw(uow, who, number),
        "listening-withdrawn",
    ),
    "letters": (lambda room, uow, who, number: room.to_letters(uow, who, number), None),
    "pause": (lambda room, uow, who, number: room.act(uow, who, number, "pause"), None),
    "go-on": (lambda room, uow, who, number: room.act(uow, who, number, "go-on"), None),
    "end": (lambda room, uow, who, number: room.act(uow, who, number, "end"), None),
    "hard": (lambda room, uow, who, number: room.was_hard(uow, who, number), "listening-rest"),
    "remove": (lambda room, uow, who, number: room.remove_words(uow, who, number), "saved"),
}
"""What the buttons do, and the note that follows."""
GONE = frozenset({"decline", "withdraw"})
"""After these there is nothing left to look at."""


@dataclass(frozen=True, slots=True)
class _Shown:
    seat: Seat
    other: Actor | None
    talk: Talk | None
    waiting: object | None


async def show(request: Request) -> Response:
    """GET /listening/{id}; `before` shows what was said earlier."""
    before = parse_id(request.query["before"]) if "before" in request.query else None
    return await _page(request, Form(), before=before)


async def say(request: Request) -> Response:
    """POST /listening/{id}: words. `anyway` sends what was held back for care."""
    viewer, number, form = need_viewer(request), _id(request), await posted(request)
    listening = request.app[LISTENING]

    def act(uow: UnitOfWork) -> int | None:
        said = listening.say(
            uow, viewer.persona, number, form["text"], all_the_same=form["anyway"] == "yes"
        )
        return None if said is None else said.id

    try:
        made = await request.app[DB].write(act)
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        return await _page(request, blamed, status_of(error))
    if made is None:
        return await _page(request, form.refuse(CARE), 422, asks_for_care=True)
    return see_other(f"/listening/{number}#message-{made}")


async def act(request: Request) -> Response:
    """POST /listening/{id}/act; `act` is one of ACTS, or "felt" with what somebody felt."""
    viewer, number, form = need_viewer(request), _id(request), await posted(request)
    listening, name = request.app[LISTENING], form["act"]

    def change(uow: UnitOfWork) -> None:
        if name == "felt":
            listening.answer(uow, viewer.persona, number, form["felt"])
        elif name in ACTS:
            ACTS[name][0](listening, uow, viewer.persona, number)
        else:
            listening.seat(uow, viewer.persona, number)
            raise Invalid("act", N_("Choose one of the buttons on the page."))

    try:
        await request.app[DB].write(change)
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        return await _page(request, blamed, status_of(error))
    note = "listening-felt" if name == "felt" else ACTS[name][1]
    return see_other("/listening" if name in GONE else f"/listening/{number}", note)


async def moderator(request: Request) -> Response:
    """GET /listening/{id}/moderator: what calling a moderator does, before it is done."""
    viewer, number, listening = need_viewer(request), _id(request), request.app[LISTENING]
    talk = await request.app[DB].read(lambda uow: listening.talk(uow, viewer.persona, number))
    return page(request, "listening/moderator.html", talk=talk, number=number)


async def call(request: Request) -> Response:
    """POST /listening/{id}/moderator: the session rests. With `show` the caller goes on to choose
    what the staff may read; without, the staff are told that somebody called, and by whom."""
    viewer, number, form = need_viewer(request), _id(request), await posted(request)
    listening, reporting = request.app[LISTENING], request.app[MODERATION].reporting

    def act(uow: UnitOfWork) -> int | None:
        newest = listening.call_moderator(uow, viewer.persona, number)
        if form["act"] == "show" and newest is not None:
            return newest
        seat = listening.seat(uow, viewer.persona, number)
        other_id = seat.session.helper_id if seat.is_seeker else seat.session.seeker_id
        draft = ReportDraft(
            reason="other",
            words="Called from a listening session. Nothing of it is shown.",
            shows_reporter=True,
        )
        reporting.report_persona(uow, viewer, uow.actors.get(other_id or 0), draft)
        return None

    newest = await request.app[DB].write(act)
    if newest is not None:
        return see_other(f"/report/message/{newest}")
    return see_other(f"/listening/{number}", "reported")


async def _page(
    request: Request,
    form: Form,
    status: int = 200,
    *,
    before: int | None = None,
    asks_for_care: bool = False,
) -> Response:
    viewer, number, listening = need_viewer(request), _id(request), request.app[LISTENING]
    shown = await request.app[DB].read(lambda uow: _read(listening, uow, viewer, number, before))
    response = page(
        request,
        "listening/talk.html" if shown.talk else "listening/wait.html",
        status=status,
        form=form,
        seat=shown.seat,
        session=shown.seat.session,
        intake=shown.seat.intake,
        other=shown.other,
        talk=shown.talk,
        waiting=shown.waiting,
        is_newest=before is None,
        asks_for_care=asks_for_care,
        label_of=label_of,
        wish=dict(WISHES)[shown.seat.intake.wish],
        length=dict(LENGTHS)[shown.seat.intake.minutes],
        felt=FELT,
        languages=LANGUAGES,
        text_days=listening.limits.text_days,
    )
    response.headers["Content-Security-Policy"] = LIVE_POLICY
    return response


def _read(
    listening: Listening, uow: UnitOfWork, viewer: Viewer, number: int, before: int | None
) -> _Shown:
    seat = listening.seat(uow, viewer.persona, number)
    try:
        talk = listening.talk(uow, viewer.persona, number, before)
    except NotFound:
        talk = None
    waiting = listening.waiting(uow, seat) if seat.is_seeker and talk is None else None
    return _Shown(seat, listening.other(uow, seat), talk, waiting)


def _id(request: Request) -> int:
    return parse_id(request.match_info["id"])
