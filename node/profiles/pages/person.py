"""What everybody sees of a persona, and following it. The wire answers the same address for
programs.
"""

from node.attaching import Hung, hung_on
from node.profiles.keys import FIND_ACTOR, PROFILES
from node.profiles.pages.labels import NAMES
from node.profiles.reading import NOBODY, PersonPage
from node.profiles.reading import person_page as read_person_page
from node.training.rules import badges_of
from node.web.faces import actor_path
from node.web.forms import posted
from node.web.handles import parse_id, split_handle
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG, DB, NOW
from node.web.page import page
from node.web.sessions import need_viewer, viewer_of
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


async def person_page(request: Request) -> Response:
    """GET /personas/{handle}; `name` is of this node, `name@host` of another. `before` pages on."""
    handle, authority = _named(request)
    viewer = viewer_of(request)
    reader = viewer.persona if viewer else None
    before = parse_id(request.query["before"]) if "before" in request.query else None
    now = request.app[NOW]()

    def read(uow: UnitOfWork) -> tuple[PersonPage, dict[int, Hung], tuple[str, ...]]:
        found = read_person_page(uow, handle, authority, reader, before)
        shown = [view.post.id for view in found.posts]
        path = uow.helper_paths.shown(found.persona.id) if reader else None
        badges = () if found.is_blocked else badges_of(path, now)
        return found, hung_on(uow, shown, reader, now), badges

    found, hung, badges = await request.app[DB].read(read)
    person, vouched = found.persona, None
    if viewer is not None and viewer.is_staff and person.is_local and not found.is_blocked:
        vouched = await request.app[DB].read(lambda uow: uow.newcomers.is_vouched(person.id))
    return page(
        request,
        "profiles/person.html",
        persona=person,
        posts=[view.post for view in found.posts],
        threads=found.threads,
        relation=found.relation,
        is_own=found.is_own,
        is_blocked=found.is_blocked,
        older=found.next,
        is_first=before is None,
        vouched=vouched,
        names=NAMES,
        hung=hung,
        badges=badges,
    )


async def follow(request: Request) -> Response:
    """POST /personas/{handle}/follow"""
    viewer, profiles = need_viewer(request), request.app[PROFILES]
    await posted(request)

    def act(uow: UnitOfWork) -> tuple[Actor | None, bool]:
        whom = uow.actors.by_handle(*_named(request))
        made = profiles.follow(uow, viewer.persona, whom.id if whom else NOBODY)
        return whom, made.state == "accepted"

    whom, is_let = await request.app[DB].write(act)
    path = actor_path(whom) if whom is not None else "/"
    return see_other(path, "follows" if is_let else "follow-asked")


async def unfollow(request: Request) -> Response:
    """POST /personas/{handle}/unfollow: also takes back a follow that was asked for."""
    viewer, profiles = need_viewer(request), request.app[PROFILES]
    await posted(request)

    def act(uow: UnitOfWork) -> Actor:
        found = read_person_page(uow, *_named(request), viewer.persona).persona
        profiles.unfollow(uow, viewer.persona, found.id)
        return found

    whom = await request.app[DB].write(act)
    return see_other(actor_path(whom), "unfollowed")


async def look_up(request: Request) -> Response:
    """POST /people/look-up with `who`: to the page of a person or group, wherever it lives."""
    need_viewer(request)
    form = await posted(request)
    found = await request.app[FIND_ACTOR](form["who"])
    actor = await request.app[DB].read(lambda uow: uow.actors.get(found))
    return see_other(actor_path(actor) if actor is not None else "/")


def _named(request: Request) -> tuple[str, str]:
    return split_handle(request.match_info["handle"], request.app[CONFIG].authority)
