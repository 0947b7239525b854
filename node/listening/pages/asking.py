"""Asking to be heard: half a minute, and everything but the topic may be left out."""

from node.errors import Invalid, Refused
from node.i18n import N_
from node.listening.keys import LISTENING
from node.listening.rules import LENGTHS, TOPICS_MOST, WISHES
from node.topics import TOPICS, topics_of
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.listening_record import Intake, Wish
from storage.memberships import JoinedGroup
from storage.unit_of_work import UnitOfWork

PEOPLE_MOST = 20


async def show(request: Request) -> Response:
    """GET /listening/ask"""
    viewer = need_viewer(request)
    return await _page(request, viewer, Form({"wish": "listen", "minutes": "30"}))


async def ask(request: Request) -> Response:
    """POST /listening/ask"""
    viewer, form = need_viewer(request), await posted(request)
    listening = request.app[LISTENING]

    def act(uow: UnitOfWork) -> int:
        intake = _intake(uow, viewer.persona, form)
        return listening.ask(uow, viewer.persona, intake, form["words"]).id

    try:
        made = await request.app[DB].write(act)
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        return await _page(request, viewer, blamed, status_of(error))
    return see_other(f"/listening/{made}")


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    groups = await request.app[DB].read(lambda uow: _groups(uow, viewer.persona))
    say = tongue_of(request).say
    return page(
        request,
        "listening/ask.html",
        status=status,
        form=form,
        topics=TOPICS,
        wishes=[(value, say(label), "") for value, label in WISHES],
        lengths=[(str(value), say(label), "") for value, label in LENGTHS],
        languages=LANGUAGES,
        groups=groups,
    )


def _groups(uow: UnitOfWork, persona: Actor) -> list[JoinedGroup]:
    return [one for one in uow.memberships.groups_of(persona.id) if one.state == "accepted"]


def _intake(uow: UnitOfWork, persona: Actor, form: Form) -> Intake:
    own = {one.actor.id for one in _groups(uow, persona)}
    wanted = {int(name[6:]) for name in form.values if _is_number(name, "group-")}
    return Intake(
        topics=ticked("topics", form, "topic-", TOPICS_MOST),
        wish=_wish(form["wish"]),
        avoid=ticked("avoid", form, "avoid-", len(TOPICS)),
        minutes=_minutes(form["minutes"]),
        language=form["language"] if form["language"] in LANGUAGES else "",
        not_people=_people(uow, persona, form["not_people"]),
        not_groups=tuple(sorted(wanted & own)),
        is_urgent=form["urgent"] == "yes",
    )


def ticked(field: str, form: Form, prefix: str, most: int) -> tuple[str, ...]:
    """The topics whose boxes were ticked. Raises Invalid."""
    given = [name[len(prefix) :] for name in form.values if name.startswith(prefix)]
    return topics_of(field, given, most=most)


def _is_number(name: str, prefix: str) -> bool:
    rest = name.removeprefix(prefix)
    return rest != name and rest.isascii() and rest.isdecimal() and len(rest) < 20


def _wish(value: str) -> Wish:
    for wish, _ in WISHES:
        if wish == value:
            return wish
    return "listen"


def _minutes(value: str) -> int:
    for minutes, _ in LENGTHS:
        if str(minutes) == value:
            return minutes
    return 30


def _people(uow: UnitOfWork, persona: Actor, field: str) -> tuple[int, ...]:
    """People of this node by their names. Raises Invalid, in the same words for whoever is not
    there and whoever is not there for this one."""
    names = [one.lstrip("@").partition("@")[0] for one in field.replace(",", " ").split()]
    unseen = uow.blocks.hides(persona.id) - uow.blocks.named_by(persona.id)
    found = []
    for name in names[:PEOPLE_MOST]:
        actor = uow.actors.local_by_handle(name)
        if actor is None or actor.type != "Person" or actor.id in unseen:
            raise Invalid(
                "not_people", N_("There is nobody by one of these names here. Check the spelling.")
            )
        found.append(actor.id)
    return tuple(found)
