"""Writing anonymously: a thread or an answer under a name made for it alone.

A page of its own, with one button, so that nobody sends under the wrong name by a slip.
"""

from node.errors import Invalid, Refused
from node.groups.keys import GROUPS
from node.groups.pages.composer import minded, shown_again, thread_draft
from node.groups.pages.hanging import hung_on_one
from node.groups.pages.places import group_at, path_to, post_id
from node.groups.pages.replying import listens, reply_draft
from node.groups.place import Place
from node.hints.service import SecondLook
from node.personas.keys import ANONYMOUS, NEW_KEYS
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork


async def show_thread(request: Request) -> Response:
    """GET /groups/{handle}/anonymous"""
    group = await _group(request, need_viewer(request))
    return _thread_page(request, group, Form({"language": tongue_of(request).tag}))


async def start_thread(request: Request) -> Response:
    """POST /groups/{handle}/anonymous"""
    viewer, form = need_viewer(request), await posted(request)
    group, anonymous = await _group(request, viewer), request.app[ANONYMOUS]
    keys, number = await request.app[NEW_KEYS](), group.actor.id

    def write(uow: UnitOfWork) -> Post:
        minded(request, uow, form)
        return anonymous.start_thread(uow, viewer, number, thread_draft(form), keys)

    try:
        thread = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return _thread_page(request, group, form, shown_again(form, error))
    return see_other(f"/threads/{thread.id}", "posted-unnamed")


async def show_reply(request: Request) -> Response:
    """GET /posts/{id}/anonymous"""
    viewer = need_viewer(request)
    place, known = await _place(request, viewer)
    form = Form({"language": tongue_of(request).tag})
    return await _reply_page(request, viewer, place, known, form)


async def reply(request: Request) -> Response:
    """POST /posts/{id}/anonymous"""
    viewer, number, form = need_viewer(request), post_id(request), await posted(request)
    anonymous = request.app[ANONYMOUS]
    place, known = await _place(request, viewer)
    keys = await request.app[NEW_KEYS]() if known is None else None

    def write(uow: UnitOfWork) -> Post:
        minded(request, uow, form)
        listens(request, uow, place.thread, form)
        return anonymous.reply(uow, viewer, number, reply_draft(form), keys)

    try:
        made = await request.app[DB].write(write)
    except SecondLook as look:
        return await _reply_page(request, viewer, place, known, form, phrases=look.phrases)
    except (Invalid, Refused) as error:
        status = shown_again(form, error)
        return await _reply_page(request, viewer, place, known, form, status)
    return see_other(await path_to(request, made.thread_id, made.id), "posted-unnamed")


async def _group(request: Request, viewer: Viewer) -> GroupWithActor:
    anonymous = request.app[ANONYMOUS]

    def read(uow: UnitOfWork) -> GroupWithActor:
        group = group_at(uow, request, viewer.persona)
        anonymous.check_thread(uow, viewer, group)
        return group

    return await request.app[DB].read(read)


async def _place(request: Request, viewer: Viewer) -> tuple[Place, Actor | None]:
    anonymous, number = request.app[ANONYMOUS], post_id(request)

    def read(uow: UnitOfWork) -> tuple[Place, Actor | None]:
        return anonymous.place_for_reply(uow, viewer, number)

    return await request.app[DB].read(read)


def _thread_page(
    request: Request, group: GroupWithActor, form: Form, status: int = 200
) -> Response:
    guidelines = group.group.guidelines
    return page(
        request,
        "personas/unnamed_thread.html",
        status=status,
        group=group.group,
        actor=group.actor,
        guidelines=request.app[GROUPS].markdown(guidelines) if guidelines else "",
        form=form,
        languages=LANGUAGES,
    )


async def _reply_page(
    request: Request,
    viewer: Viewer,
    place: Place,
    known: Actor | None,
    form: Form,
    status: int = 200,
    phrases: tuple[str, ...] = (),
) -> Response:
    hung = await hung_on_one(request, viewer, place.view.post.id)
    return page(
        request,
        "personas/unnamed_reply.html",
        status=status,
        group=place.group.group,
        thread=place.thread,
        parent=place.view.post,
        hung=hung,
        author=place.view.author,
        known=known,
        phrases=phrases,
        form=form,
        languages=LANGUAGES,
    )
