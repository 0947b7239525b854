"""Voting on a page: one button below the options, back to the post afterwards."""

from node.errors import Invalid, Refused
from node.groups.pages.places import path_to as thread_path
from node.profiles.pages.note import path_to as note_path
from node.voting.keys import VOTING
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, RouteDef, post, see_other
from node.web.keys import DB
from node.web.sessions import need_viewer
from storage.polls import Poll
from storage.posts import Post
from storage.unit_of_work import UnitOfWork

MOST_OPTIONS = 60


def routes() -> list[RouteDef]:
    return [post("/polls/{id}/votes", vote)]


async def vote(request: Request) -> Response:
    """POST /polls/{id}/votes"""
    viewer, form = need_viewer(request), await posted(request)
    number, voting = parse_id(request.match_info["id"]), request.app[VOTING]

    def write(uow: UnitOfWork) -> Poll:
        return voting.vote(uow, number, viewer.persona, chosen_in(form))

    try:
        poll = await request.app[DB].write(write)
    except Invalid as error:
        raise Refused(str(error), error.code) from None
    found = await request.app[DB].read(lambda uow: uow.posts.get(poll.post_id))
    return see_other(await _path(request, found), "voted")


async def _path(request: Request, found: Post | None) -> str:
    if found is None:
        return "/"
    if found.audience != "group":
        return note_path(found.thread_id, found.id)
    return await thread_path(request, found.thread_id, found.id)


def chosen_in(form: Form) -> list[int]:
    """The options that were ticked, or the one that was chosen."""
    one = form["choice"]
    if one:
        return [int(one)] if one.isascii() and one.isdecimal() and len(one) < 4 else [-1]
    return [place for place in range(MOST_OPTIONS) if form[f"choice-{place}"]]
