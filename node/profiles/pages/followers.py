"""Who follows one, who asks to, and whom one follows. Nobody else ever sees these lists."""

from node.errors import NotFound
from node.profiles.keys import PROFILES, TELL_OTHERS
from node.web.forms import posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

MOST = 200
"""People that one list of the page shows, the latest known first."""


async def show(request: Request) -> Response:
    """GET /followers"""
    viewer = need_viewer(request)
    me = viewer.persona.id

    def read(uow: UnitOfWork) -> dict[str, list[Actor]]:
        hidden = uow.blocks.hides(me)
        found = {
            "asking": uow.profiles.followers(me, MOST, state="pending"),
            "followers": uow.profiles.followers(me, MOST),
            "following": uow.profiles.following(me, MOST),
            "asked": uow.profiles.following(me, MOST, state="pending"),
        }
        return {
            name: [one for one in people if one.id not in hidden] for name, people in found.items()
        }

    def locked(uow: UnitOfWork) -> bool:
        profile = uow.profiles.get(me)
        return profile is None or profile.profile.locked

    lists: dict[str, object] = {**await request.app[DB].read(read)}
    lists["is_locked"] = await request.app[DB].read(locked)
    return page(request, "profiles/followers.html", status=200, **lists)


async def answer(request: Request) -> Response:
    """POST /followers with `act` (accept, reject, remove) and `person`, an id."""
    viewer, form = need_viewer(request), await posted(request)
    profiles, person = request.app[PROFILES], parse_id(form["person"])
    acts = {
        "accept": (profiles.accept, "follower-accepted"),
        "reject": (profiles.reject, "follower-rejected"),
        "remove": (profiles.remove_follower, "follower-removed"),
    }
    if form["act"] not in acts:
        raise NotFound
    act, note = acts[form["act"]]
    await request.app[DB].write(lambda uow: act(uow, viewer.persona, person))
    return see_other("/followers", note)


async def set_asking(request: Request) -> Response:
    """POST /followers/asking with `locked`, "yes" or nothing."""
    viewer, form = need_viewer(request), await posted(request)
    profiles, tell_others = request.app[PROFILES], request.app[TELL_OTHERS]

    def write(uow: UnitOfWork) -> None:
        profiles.set_locked(uow, viewer.persona, locked=form["locked"] == "yes")
        tell_others(uow, viewer.persona.id)

    await request.app[DB].write(write)
    return see_other("/followers", "saved")
