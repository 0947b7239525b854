"""Changing or deleting what one wrote oneself."""

from node.articles import place_of_article
from node.errors import Invalid
from node.groups.drafts import ReplyDraft
from node.groups.keys import GROUPS
from node.groups.pages.composer import minded, shown_again, thread_draft
from node.groups.pages.own_names import writer_of
from node.groups.pages.places import path_to, post_id
from node.groups.pages.replying import reply_draft
from node.groups.place import Place, insist, insist_in_touch, is_in_sight, place_of
from node.groups.rules import may_delete, may_edit
from node.viewer import Viewer
from node.web.faces import actor_path
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import page
from node.web.sessions import need_viewer
from storage.posts import Post
from storage.unit_of_work import UnitOfWork


async def show_edit(request: Request) -> Response:
    """GET /posts/{id}/edit; what has fields is changed where they are."""
    place = await _own(request, need_viewer(request), deleting=False)
    room = await request.app[DB].read(lambda uow: place_of_article(uow, place.view.post))
    if room is not None:
        return see_other(room.edit)
    return _edit_page(request, place, _form_of(place.view.post))


async def edit(request: Request) -> Response:
    """POST /posts/{id}/edit"""
    viewer, number, form = need_viewer(request), post_id(request), await posted(request)
    groups = request.app[GROUPS]

    def change(uow: UnitOfWork) -> Post:
        minded(request, uow, form)
        place = place_of(uow, number, viewer.persona)
        writer = writer_of(uow, viewer, place.view.post)
        is_thread = place.view.post.parent_id is None
        draft: ReplyDraft = thread_draft(form) if is_thread else reply_draft(form)
        return groups.edit(uow, number, writer, draft)

    try:
        post = await request.app[DB].write(change)
    except Invalid as error:
        place = await _own(request, viewer, deleting=False)
        return _edit_page(request, place, form, shown_again(form, error))
    return see_other(await path_to(request, post.thread_id, post.id), "edited")


async def show_delete(request: Request) -> Response:
    """GET /posts/{id}/delete: asks first, and says what deleting can and cannot do."""
    place = await _own(request, need_viewer(request), deleting=True)
    return page(
        request,
        "groups/delete.html",
        group=place.group.group,
        thread=place.thread,
        post=place.view.post,
        author=place.view.author,
    )


async def delete(request: Request) -> Response:
    """POST /posts/{id}/delete"""
    viewer, number = need_viewer(request), post_id(request)
    await posted(request)
    groups = request.app[GROUPS]

    def remove(uow: UnitOfWork) -> Place:
        place = place_of(uow, number, viewer.persona)
        groups.delete(uow, number, writer_of(uow, viewer, place.view.post))
        return place

    place = await request.app[DB].write(remove)
    if not await request.app[DB].read(lambda uow: is_in_sight(uow, place, viewer.persona)):
        return see_other(actor_path(place.group.actor), "deleted")
    return see_other(await path_to(request, place.thread.id, number), "deleted")


async def _own(request: Request, viewer: Viewer, *, deleting: bool) -> Place:
    """The post, if it is the viewer's and still there. Raises NotFound and Refused."""
    number = post_id(request)

    def read(uow: UnitOfWork) -> Place:
        place = place_of(uow, number, viewer.persona)
        writer = writer_of(uow, viewer, place.view.post)
        if deleting:
            insist(may_delete(place.view.post, writer))
            return place
        insist_in_touch(uow, place, viewer.persona)
        insist(may_edit(place.view.post, writer, place.group.group))
        return place

    return await request.app[DB].read(read)


def _form_of(post: Post) -> Form:
    return Form(
        {
            "title": post.title or "",
            "text": post.source or "",
            "content_warning": post.content_warning or "",
            "language": post.language or "",
            "reply_wanted": post.reply_wanted or "",
        }
    )


def _edit_page(request: Request, place: Place, form: Form, status: int = 200) -> Response:
    return page(
        request,
        "groups/edit.html",
        status=status,
        group=place.group.group,
        thread=place.thread,
        post=place.view.post,
        form=form,
        languages=LANGUAGES,
    )
