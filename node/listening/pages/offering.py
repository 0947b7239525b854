"""Offering to listen: topics, times and how much, and the switches for now and for hard days."""

from zoneinfo import available_timezones

from node.errors import Invalid, Refused
from node.i18n import N_
from node.listening.keys import LISTENING
from node.listening.pages.asking import ticked
from node.listening.rules import LETTERS_MOST, LIVE_MOST, PARTS, WISHES
from node.local_time import WEEKDAYS, zones
from node.topics import TOPICS
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG, DB
from node.web.languages import LANGUAGES
from node.web.page import page
from node.web.sessions import need_viewer
from storage.listening_record import Offering, Wish
from storage.unit_of_work import UnitOfWork

LANGUAGES_MOST = 5
PART_NAMES = (
    N_("Night, 0 to 6"),
    N_("Morning, 6 to 12"),
    N_("Afternoon, 12 to 18"),
    N_("Evening, 18 to 24"),
)
NOTES = {"on": "listening-on", "off": "listening-off", "hard": "saved", "easier": "saved"}


async def show(request: Request) -> Response:
    """GET /listening/offer"""
    viewer, listening = need_viewer(request), request.app[LISTENING]
    there = await request.app[DB].read(lambda uow: listening.home(uow, viewer.persona))
    return await _page(
        request,
        viewer,
        _filled(
            there.listener.offering,
            is_on=there.listener.is_on,
            zone=request.app[CONFIG].time_zone,
        ),
    )


async def offer(request: Request) -> Response:
    """POST /listening/offer"""
    viewer, form = need_viewer(request), await posted(request)
    listening = request.app[LISTENING]

    def act(uow: UnitOfWork) -> None:
        listening.offer(uow, viewer.persona, _offering(form), is_on=form["is_on"] == "yes")

    try:
        await request.app[DB].write(act)
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        return await _page(request, viewer, blamed, status_of(error))
    return see_other("/listening", "saved")


async def switch(request: Request) -> Response:
    """POST /listening/offer/now; `act` is "on", "off", "hard" or "easier"."""
    viewer, form = need_viewer(request), await posted(request)
    listening, act = request.app[LISTENING], form["act"]

    def change(uow: UnitOfWork) -> None:
        if act in ("on", "off"):
            listening.switch(uow, viewer.persona, on=act == "on")
        else:
            listening.hard_day(uow, viewer.persona, on=act == "hard")

    if act not in NOTES:
        raise Invalid("act", N_("Choose one of the buttons on the page."))
    await request.app[DB].write(change)
    return see_other("/listening", NOTES[act])


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    listening = request.app[LISTENING]
    home = await request.app[DB].read(lambda uow: listening.home(uow, viewer.persona))
    return page(
        request,
        "listening/offer.html",
        status=status,
        form=form,
        home=home,
        topics=TOPICS,
        wishes=WISHES,
        days=WEEKDAYS,
        parts_of_day=PART_NAMES,
        languages=LANGUAGES,
        # A zone under an older name stays what it was.
        zones=tuple(dict.fromkeys((*zones(), form["zone"]))),
        live=range(LIVE_MOST + 1),
        letters=range(LETTERS_MOST + 1),
    )


def _filled(offering: Offering | None, *, is_on: bool, zone: str) -> Form:
    """What somebody chose before, as the fields of the form; for whoever chose nothing yet, the
    time is that of the community."""
    if offering is None:
        wishes = {f"wish-{value}": "yes" for value, _ in WISHES}
        return Form({**wishes, "live": "1", "letters": "3", "zone": zone, "is_on": "yes"})
    fields = {f"topic-{one}": "yes" for one in offering.topics}
    fields |= {f"avoid-{one}": "yes" for one in offering.no_go}
    fields |= {f"wish-{one}": "yes" for one in offering.wishes}
    fields |= {f"slot-{one}": "yes" for one in offering.slots}
    fields |= {f"language-{place}": one for place, one in enumerate(offering.languages, start=1)}
    fields |= {
        "live": str(offering.live),
        "letters": str(offering.letters),
        "zone": offering.zone,
        "is_on": "yes" if is_on else "",
    }
    return Form(fields)


def _offering(form: Form) -> Offering:
    zone = form["zone"].strip() or "UTC"
    if zone not in available_timezones():
        raise Invalid("zone", N_("Choose a place from the list."))
    spoken = [form[f"language-{place}"] for place in range(1, LANGUAGES_MOST + 1)]
    weeks = range(7 * len(PARTS))
    wishes: tuple[Wish, ...] = tuple(value for value, _ in WISHES if form[f"wish-{value}"] == "yes")
    return Offering(
        topics=ticked("topics", form, "topic-", len(TOPICS)),
        wishes=wishes,
        no_go=ticked("no_go", form, "avoid-", len(TOPICS)),
        languages=tuple(dict.fromkeys(one for one in spoken if one in LANGUAGES)),
        slots=tuple(one for one in weeks if form[f"slot-{one}"] == "yes"),
        zone=zone,
        live=_count(form["live"], LIVE_MOST),
        letters=_count(form["letters"], LETTERS_MOST),
    )


def _count(value: str, most: int) -> int:
    return int(value) if value in {str(one) for one in range(most + 1)} else 0
