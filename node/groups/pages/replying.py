"""Answering a post: the post above, a form below."""

from node.consents import FEDERATION, PURPOSES
from node.errors import Invalid, Refused
from node.groups.drafts import ReplyDraft
from node.groups.keys import GROUPS
from node.groups.pages.composer import attached, shown_again
from node.groups.pages.hanging import hung_on_one
from node.groups.pages.labels import REPLIES_WANTED
from node.groups.pages.places import path_to, post_id
from node.groups.place import Place, insist, insist_in_touch, place_of
from node.groups.rules import may_reply
from node.media.keys import UPLOADS
from node.media.pages.adding import written
from node.viewer import Viewer
from node.web.files import with_files
from node.web.forms import Form
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.posts import Post
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /posts/{id}/reply"""
    viewer, number = need_viewer(request), post_id(request)

    def read(uow: UnitOfWork) -> tuple[Place, bool]:
        place = place_of(uow, number, viewer.persona)
        insist_in_touch(uow, place, viewer.persona)
        thread, parent = place.thread, place.view.post
        insist(may_reply(place.group.group, thread, parent, viewer.persona, place.membership))
        return place, request.app[GROUPS].asks_to_share(uow, place.group, viewer.persona)

    place, asks = await request.app[DB].read(read)
    return await _page(request, viewer, place, asks, Form({"language": tongue_of(request).tag}))


@with_files
async def reply(request: Request) -> Response:
    """POST /posts/{id}/reply"""
    viewer, number = need_viewer(request), post_id(request)
    sent = await written(request, viewer)
    form = sent.form
    groups = request.app[GROUPS]

    def write(uow: UnitOfWork) -> Post:
        sent.insist()
        place = place_of(uow, number, viewer.persona)
        groups.agree_to_share(uow, place.group, viewer.persona, agrees=form["federate"] == "yes")
        return groups.reply(uow, number, viewer.persona, attached(reply_draft(form), sent))

    try:
        made = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _again(request, viewer, form, error)
    return see_other(await path_to(request, made.thread_id, made.id), "posted")


def reply_draft(form: Form) -> ReplyDraft:
    """The draft that the fields make."""
    return ReplyDraft(
        text=form["text"],
        content_warning=form["content_warning"],
        language=form["language"],
    )


async def _again(
    request: Request, viewer: Viewer, form: Form, error: Invalid | Refused
) -> Response:
    number = post_id(request)

    def read(uow: UnitOfWork) -> tuple[Place, bool]:
        place = place_of(uow, number, viewer.persona)
        return place, request.app[GROUPS].asks_to_share(uow, place.group, viewer.persona)

    place, asks = await request.app[DB].read(read)
    return await _page(request, viewer, place, asks, form, shown_again(form, error))


async def _page(
    request: Request, viewer: Viewer, place: Place, asks: bool, form: Form, status: int = 200
) -> Response:
    hung = await hung_on_one(request, viewer, place.view.post.id)
    return page(
        request,
        "groups/reply.html",
        status=status,
        group=place.group.group,
        actor=place.group.actor,
        thread=place.thread,
        parent=place.view.post,
        hung=hung,
        author=place.view.author,
        wanted=REPLIES_WANTED.get(place.thread.reply_wanted or ""),
        wanted_kind=place.thread.reply_wanted,
        form=form,
        languages=LANGUAGES,
        pictures_most=request.app[UPLOADS].pictures.limits.per_post,
        sharing=PURPOSES[FEDERATION] if asks else None,
    )
