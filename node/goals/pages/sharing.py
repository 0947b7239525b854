"""Celebrating with others, and telling a group how it goes: a draft for an ordinary post, which the
member edits in the group's own form before anything is published. The entry itself stays here.
"""

from dataclasses import dataclass

from node.circles.keys import CIRCLES
from node.circles.pages import talking
from node.goals.counting import HALF_A_YEAR, YEAR, reached
from node.goals.keys import GOALS
from node.goals.pages.doing import goal_id, goal_page
from node.groups.pages import composer
from node.i18n import N_
from node.moods import DIFFICULTIES, MOODS
from node.topics import label_of
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response
from node.web.i18n import Tongue
from node.web.keys import DB
from node.web.page import tongue_of
from node.web.sessions import need_viewer
from storage.check_ins import CheckIn
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to tell it: a group, or a circle."""

    id: int
    name: str
    is_circle: bool

    @property
    def value(self) -> str:
        """As the form has it."""
        return f"{'circle' if self.is_circle else 'group'}-{self.id}"


async def show(request: Request) -> Response:
    """GET /goals/{id}/share; `entry` names an entry, else it is about the latest milestone."""
    viewer, goals, number = need_viewer(request), request.app[GOALS], goal_id(request)
    entry_id = parse_id(request.query["entry"]) if "entry" in request.query else None

    def read(uow: UnitOfWork) -> tuple[Form, list[Place]]:
        view = goals.view(uow, viewer.persona, number)
        tongue = tongue_of(request)
        if entry_id is not None:
            entry = goals.entry(uow, viewer.persona, number, entry_id)
            return _of_entry(tongue, entry), _places(request, uow, viewer)
        steps = reached(view.lived.total)
        form = _of_milestone(tongue, steps[0] if steps else 0)
        return form, _places(request, uow, viewer)

    form, places = await request.app[DB].read(read)
    return goal_page(request, "share", number=number, form=form, places=places)


async def compose(request: Request) -> Response:
    """POST /goals/{id}/share: the form of that group or circle with the draft in it. Nothing is
    kept yet."""
    viewer, form, number = need_viewer(request), await posted(request), goal_id(request)
    goals = request.app[GOALS]

    def read(uow: UnitOfWork) -> list[Place]:
        goals.get(uow, viewer.persona, number)
        return _places(request, uow, viewer)

    places = await request.app[DB].read(read)
    chosen = next((one for one in places if one.value == form["place"]), None)
    if chosen is None:
        form.errors["place"] = N_("Choose one from the list.")
        return goal_page(request, "share", status=422, number=number, form=form, places=places)
    draft = Form(
        {
            "title": form["title"],
            "text": form["text"],
            "reply_wanted": form["reply_wanted"],
            "language": tongue_of(request).tag,
        }
    )
    if chosen.is_circle:
        return await talking.offer(request, chosen.id, draft)
    return await composer.offer(request, viewer, chosen.id, draft)


def _places(request: Request, uow: UnitOfWork, viewer: Viewer) -> list[Place]:
    """The circles and the groups that the persona writes in."""
    circles = [
        Place(one.id, one.name or ", ".join(label_of(slug) for slug in one.topics), True)
        for one in request.app[CIRCLES].of(uow, viewer.persona)
    ]
    groups = [
        Place(one.actor.id, one.actor.name or one.actor.handle or "", False)
        for one in uow.memberships.groups_of(viewer.persona.id)
        if one.state == "accepted" and one.actor.gone_at is None
    ]
    return circles + groups


def _of_milestone(tongue: Tongue, days: int) -> Form:
    say, many = tongue.translations.gettext, tongue.translations.ngettext
    title = say("A first day")
    if days == HALF_A_YEAR:
        title = say("Half a year")
    elif days and days % YEAR == 0:
        title = many("A year", "%(years)s years", days // YEAR) % {"years": days // YEAR}
    elif days > 1:
        title = many("%(count)s day", "%(count)s days", days) % {"count": days}
    text = say("I would like to celebrate something: %(title)s on the way I chose.")
    return Form({"title": title, "text": text % {"title": title}, "reply_wanted": "celebrate"})


def _of_entry(tongue: Tongue, entry: CheckIn) -> Form:
    lines = [entry.said.note]
    if entry.said.mood:
        lines.append(tongue.say("Mood:") + " " + tongue.say(MOODS[entry.said.mood]))
    if entry.said.difficulty:
        word = tongue.say(DIFFICULTIES[entry.said.difficulty])
        lines.append(tongue.say("How hard it was:") + " " + word)
    text = "\n\n".join(line for line in lines if line)
    return Form({"title": "", "text": text, "reply_wanted": ""})
