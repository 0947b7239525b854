"""Gathering stories for a group: its collections, what is in them, and who keeps them."""

from node.errors import Invalid, Refused
from node.groups.pages.composer import shown_again
from node.groups.pages.places import group_at
from node.stories.keys import STORIES
from node.stories.reading import OpenCollection
from node.web.faces import actor_path
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.posts import PostView
from storage.story_collections import StoryCollection
from storage.unit_of_work import UnitOfWork

Overview = tuple[GroupWithActor, list[StoryCollection], list[Actor]]


async def show(request: Request) -> Response:
    """GET /groups/{handle}/stories: for moderators and story-keepers."""
    return await _overview(request, Form())


async def change(request: Request) -> Response:
    """POST /groups/{handle}/stories with `act`: gather, ask or thank."""
    viewer, form = need_viewer(request), await posted(request)
    stories, act = request.app[STORIES], form["act"]

    def write(uow: UnitOfWork) -> str:
        group = group_at(uow, request, viewer.persona)
        number = group.actor.id
        stories.kept(uow, number, viewer.persona)
        if act in ("ask", "thank"):
            handle, keeps = form["handle"], act == "ask"
            stories.set_keeper(uow, number, viewer.persona, handle, keeps=keeps)
            return f"{actor_path(group.actor)}/stories"
        made = stories.gather(uow, number, viewer.persona, form["title"], form["about"])
        return f"/stories/collections/{made.id}/edit"

    try:
        path = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _overview(request, form, shown_again(form, error))
    return see_other(path, "saved")


async def show_edit(request: Request) -> Response:
    """GET /stories/collections/{id}/edit"""
    return await _collection(request, None)


async def edit(request: Request) -> Response:
    """POST /stories/collections/{id}/edit with `act`: rename, put-in, up, take-out or scatter."""
    viewer, form = need_viewer(request), await posted(request)
    stories, number = request.app[STORIES], parse_id(request.match_info["id"])

    def write(uow: UnitOfWork) -> str:
        who = viewer.persona
        stories.insist_keeps(uow, number, who)
        match form["act"]:
            case "scatter":
                group = uow.groups.get(stories.scatter(uow, number, who))
                return f"{actor_path(group.actor)}/stories" if group else "/stories"
            case "put-in":
                stories.put_in(uow, number, who, _story(form), form["why"])
            case "up":
                stories.move_up(uow, number, who, _story(form))
            case "take-out":
                stories.take_out(uow, number, who, _story(form))
            case _:
                stories.rename(uow, number, who, form["title"], form["about"])
        return f"/stories/collections/{number}/edit"

    try:
        path = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _collection(request, form, shown_again(form, error))
    return see_other(path, "saved")


def _story(form: Form) -> int:
    return parse_id(form["story"] or "0")


async def _overview(request: Request, form: Form, status: int = 200) -> Response:
    viewer, stories = need_viewer(request), request.app[STORIES]

    def read(uow: UnitOfWork) -> Overview:
        group = group_at(uow, request, viewer.persona)
        return stories.overview(uow, group.actor.id, viewer.persona)

    group, collections, keepers = await request.app[DB].read(read)
    return page(
        request,
        "stories/gathering.html",
        status=status,
        actor=group.actor,
        collections=collections,
        keepers=keepers,
        form=form,
    )


async def _collection(request: Request, form: Form | None, status: int = 200) -> Response:
    viewer, stories = need_viewer(request), request.app[STORIES]
    number = parse_id(request.match_info["id"])

    def read(uow: UnitOfWork) -> tuple[OpenCollection, list[PostView]]:
        stories.insist_keeps(uow, number, viewer.persona)
        found = stories.collection(uow, viewer.persona, number)
        inside = {item.post_id for item, _ in found.stories}
        return found, stories.in_group(uow, found.group.actor.id, inside)

    found, others = await request.app[DB].read(read)
    kept = Form({"title": found.collection.title, "about": found.collection.about})
    return page(
        request,
        "stories/collection_edit.html",
        status=status,
        collection=found.collection,
        group=found.group.actor,
        stories=found.stories,
        others=others,
        form=form or kept,
    )
