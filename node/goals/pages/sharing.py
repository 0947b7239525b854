"""Celebrating with others, and telling a group how it goes: a draft for an ordinary post, which the
member edits in the group's own form before anything is published. The entry itself stays here.
"""

from node.goals.counting import reached
from node.goals.keys import GOALS
from node.goals.pages.doing import goal_id, goal_page
from node.groups.pages import composer
from node.moods import DIFFICULTIES, MOODS
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response
from node.web.i18n import Tongue
from node.web.keys import DB
from node.web.page import tongue_of
from node.web.sessions import need_viewer
from storage.check_ins import CheckIn
from storage.memberships import JoinedGroup
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /goals/{id}/share; `entry` names an entry, else it is about the latest milestone."""
    viewer, goals, number = need_viewer(request), request.app[GOALS], goal_id(request)
    entry_id = parse_id(request.query["entry"]) if "entry" in request.query else None

    def read(uow: UnitOfWork) -> tuple[Form, list[JoinedGroup]]:
        view = goals.view(uow, viewer.persona, number)
        tongue = tongue_of(request)
        if entry_id is not None:
            entry = goals.entry(uow, viewer.persona, number, entry_id)
            return _of_entry(tongue, entry), _groups(uow, viewer)
        steps = reached(view.lived.total)
        return _of_milestone(tongue, steps[0] if steps else 0), _groups(uow, viewer)

    form, groups = await request.app[DB].read(read)
    return goal_page(request, "share", number=number, form=form, groups=groups)


async def compose(request: Request) -> Response:
    """POST /goals/{id}/share: the group's own form with the draft in it. Nothing is kept yet."""
    viewer, form, number = need_viewer(request), await posted(request), goal_id(request)
    goals = request.app[GOALS]

    def read(uow: UnitOfWork) -> list[JoinedGroup]:
        goals.get(uow, viewer.persona, number)
        return _groups(uow, viewer)

    groups = await request.app[DB].read(read)
    chosen = next((one for one in groups if str(one.actor.id) == form["group"]), None)
    if chosen is None:
        form.errors["group"] = "Choose a group from the list."
        return goal_page(request, "share", status=422, number=number, form=form, groups=groups)
    draft = Form(
        {
            "title": form["title"],
            "text": form["text"],
            "reply_wanted": form["reply_wanted"],
            "language": tongue_of(request).tag,
        }
    )
    return await composer.offer(request, viewer, chosen.actor.id, draft)


def _groups(uow: UnitOfWork, viewer: Viewer) -> list[JoinedGroup]:
    """The groups that the persona writes in."""
    found = uow.memberships.groups_of(viewer.persona.id)
    return [one for one in found if one.state == "accepted" and one.actor.gone_at is None]


def _of_milestone(tongue: Tongue, days: int) -> Form:
    say = tongue.translations.gettext
    title = say("%(days)s days") % {"days": days} if days > 1 else say("A first day")
    text = say("I would like to celebrate something: %(title)s on the way I chose.") % {
        "title": title
    }
    return Form({"title": title, "text": text, "reply_wanted": "celebrate"})


def _of_entry(tongue: Tongue, entry: CheckIn) -> Form:
    lines = [entry.said.note]
    if entry.said.mood:
        lines.append(tongue.say("Mood:") + " " + tongue.say(MOODS[entry.said.mood]))
    if entry.said.difficulty:
        word = tongue.say(DIFFICULTIES[entry.said.difficulty])
        lines.append(tongue.say("How hard it was:") + " " + word)
    text = "\n\n".join(line for line in lines if line)
    return Form({"title": "", "text": text, "reply_wanted": ""})
