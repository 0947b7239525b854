"""The queue: whoever waits for an answer, in all groups of the reader."""

from urllib.parse import urlencode

from node.groups.drafts import REPLIES_WANTED as KINDS
from node.groups.pages.labels import REPLIES_WANTED
from node.groups.pages.places import post_id
from node.replying.keys import REPLYING
from node.replying.service import Look, Queue
from node.replying.spots import read_spot, write_spot
from node.viewer import Viewer
from node.web.forms import posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.memberships import JoinedGroup
from storage.unit_of_work import UnitOfWork

PATH = "/needs-a-reply"


async def show(request: Request) -> Response:
    """GET /needs-a-reply; `group`, `wanted` and `tag` narrow it down, `after` pages on."""
    viewer, look = need_viewer(request), look_in(request)
    after, replying = read_spot(request.query.get("after")), request.app[REPLYING]

    def read(uow: UnitOfWork) -> tuple[Queue, list[JoinedGroup], bool, bool]:
        found = replying.queue(uow, viewer.persona, look, after)
        groups = uow.memberships.groups_of(viewer.persona.id)
        has_skipped = uow.helping.has_skipped(viewer.persona.id)
        return found, groups, has_skipped, replying.is_helper(uow, viewer.persona)

    found, groups, has_skipped, is_helper = await request.app[DB].read(read)
    return page(
        request,
        "replying/queue.html",
        threads=found.threads,
        later=_address(look, write_spot(found.next)) if found.next else None,
        is_first=after is None,
        first=_address(look),
        look=look,
        asked=_query(look),
        groups=[one for one in groups if one.state == "accepted"],
        wanted=REPLIES_WANTED,
        has_skipped=has_skipped,
        is_helper=is_helper,
    )


async def next_one(request: Request) -> Response:
    """GET /needs-a-reply/next: to the reply box of the thread that waits most."""
    viewer, look, replying = need_viewer(request), look_in(request), request.app[REPLYING]
    found = await request.app[DB].read(lambda uow: replying.next_one(uow, viewer.persona, look))
    if found is None:
        return see_other(PATH, "nobody-waits")
    return see_other(f"/posts/{found}/reply?{urlencode({'queue': '1'} | _query(look))}")


async def skip(request: Request) -> Response:
    """POST /needs-a-reply/{id}/not-now; with `go` "on" the next one follows."""
    viewer, form, number = need_viewer(request), await posted(request), post_id(request)
    replying = request.app[REPLYING]
    await request.app[DB].write(lambda uow: replying.skip(uow, viewer.persona, number))
    asked = urlencode(_query(look_in(request)))
    if form["go"] == "on":
        return see_other(f"{PATH}/next" + (f"?{asked}" if asked else ""))
    return see_other(PATH + (f"?{asked}" if asked else ""), "put-aside")


async def meet_again(request: Request) -> Response:
    """POST /needs-a-reply/again"""
    viewer: Viewer = need_viewer(request)
    await posted(request)
    replying = request.app[REPLYING]
    await request.app[DB].write(lambda uow: replying.meet_again(uow, viewer.persona))
    return see_other(PATH, "meet-again")


def look_in(request: Request) -> Look:
    """What the address asks for. Raises NotFound for a group that cannot be one."""
    group, wanted = request.query.get("group", ""), request.query.get("wanted", "")
    return Look(
        group_id=parse_id(group) if group else 0,
        reply_wanted=wanted if wanted in KINDS else "",
        tag=request.query.get("tag", "").strip()[:100],
    )


def _query(look: Look) -> dict[str, str]:
    group = str(look.group_id) if look.group_id else ""
    given = {"group": group, "wanted": look.reply_wanted, "tag": look.tag}
    return {name: value for name, value in given.items() if value}


def _address(look: Look, after: str | None = None) -> str:
    query = urlencode(_query(look) | ({"after": after} if after else {}))
    return f"{PATH}?{query}" if query else PATH
