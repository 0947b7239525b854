"""What moderators do with a post: remove it with a reason, bring it back, lock or pin a thread."""

from dataclasses import dataclass

from node.errors import Invalid, NotFound, Refused
from node.groups.keys import GROUPS
from node.groups.pages.composer import shown_again
from node.groups.pages.hanging import hung_on_one
from node.groups.pages.places import path_to, post_id
from node.groups.place import Place, insist_moderator, place_of
from node.groups.service import Groups
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

NOTE_OF_ACT = {
    "remove": "removed",
    "restore": "restored",
    "lock": "locked",
    "unlock": "unlocked",
    "pin": "pinned",
    "unpin": "unpinned",
}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a moderator asked for."""

    name: str
    post_id: int
    reason: str

    def run(self, groups: Groups, uow: UnitOfWork, moderator: Actor) -> None:
        """Raises NotFound for an act that there is not."""
        match self.name:
            case "remove":
                groups.remove(uow, self.post_id, moderator, self.reason)
            case "restore":
                groups.restore(uow, self.post_id, moderator)
            case "lock":
                groups.lock(uow, self.post_id, moderator, self.reason or None)
            case "unlock":
                groups.unlock(uow, self.post_id, moderator)
            case "pin":
                groups.pin(uow, self.post_id, moderator)
            case "unpin":
                groups.unpin(uow, self.post_id, moderator)
            case _:
                raise NotFound


async def show(request: Request) -> Response:
    """GET /posts/{id}/moderate"""
    return await _page(request, need_viewer(request), Form())


async def act(request: Request) -> Response:
    """POST /posts/{id}/moderate with `act` and, for removing and locking, `reason`."""
    viewer, number, form = need_viewer(request), post_id(request), await posted(request)
    groups, asked = request.app[GROUPS], Act(form["act"], number, form["reason"])

    def moderate(uow: UnitOfWork) -> int:
        asked.run(groups, uow, viewer.persona)
        return place_of(uow, number, viewer.persona).thread.id

    try:
        thread_id = await request.app[DB].write(moderate)
    except (Invalid, Refused) as error:
        return await _page(request, viewer, form, shown_again(form, error))
    return see_other(await path_to(request, thread_id, number), NOTE_OF_ACT[asked.name])


async def _page(request: Request, viewer: Viewer, form: Form, status: int = 200) -> Response:
    number = post_id(request)

    def read(uow: UnitOfWork) -> Place:
        place = place_of(uow, number, viewer.persona)
        insist_moderator(uow, place.group, viewer.persona, None)
        return place

    place = await request.app[DB].read(read)
    hung = await hung_on_one(request, viewer, number)
    return page(
        request,
        "groups/moderate.html",
        hung=hung,
        status=status,
        group=place.group.group,
        thread=place.thread,
        post=place.view.post,
        author=place.view.author,
        form=form,
    )
