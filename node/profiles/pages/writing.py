"""Writing outside groups: a post of one's own, an answer, a change, and taking one's words back."""

from node.errors import Invalid, Refused
from node.groups.pages.composer import attached, minded, shown_again
from node.groups.pages.hanging import hung_on_one
from node.groups.place import insist
from node.groups.rules import may_delete, may_edit
from node.media.keys import UPLOADS
from node.media.pages.adding import written
from node.profiles.drafts import DEFAULT_AUDIENCE, ProfileDraft, audience_of
from node.profiles.keys import PROFILES
from node.profiles.pages.labels import AUDIENCES
from node.profiles.pages.naming import meet_those_named
from node.profiles.pages.note import path_to
from node.profiles.place import Standing, own_post, standing_of
from node.profiles.reading import FOR_ALL
from node.profiles.rules import may_answer
from node.viewer import Viewer
from node.web.faces import actor_path
from node.web.files import with_files
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.post_record import Audience, Post
from storage.unit_of_work import UnitOfWork


async def show_new(request: Request) -> Response:
    """GET /notes/new"""
    need_viewer(request)
    return _new_page(request, Form({"language": tongue_of(request).tag, "audience": FIRST}))


@with_files
async def publish(request: Request) -> Response:
    """POST /notes/new"""
    viewer = need_viewer(request)
    sent = await written(request, viewer)
    form = sent.form
    profiles = request.app[PROFILES]
    if form["audience"] in FOR_ALL:
        await meet_those_named(request, form["text"])

    def write(uow: UnitOfWork) -> Post:
        sent.insist()
        minded(request, uow, form)
        draft = attached(_draft(form, audience_of(form["audience"])), sent)
        return profiles.post(uow, viewer.persona, draft)

    try:
        await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return _new_page(request, form, shown_again(form, error))
    return see_other(actor_path(viewer.persona), "posted")


async def show_reply(request: Request) -> Response:
    """GET /notes/{id}/reply"""
    viewer = need_viewer(request)
    standing = await request.app[DB].read(lambda uow: _answered(uow, request, viewer))
    form = Form({"language": tongue_of(request).tag})
    return await _reply_page(request, viewer, standing, form)


@with_files
async def reply(request: Request) -> Response:
    """POST /notes/{id}/reply: for those for whom the post is that it answers."""
    viewer = need_viewer(request)
    sent = await written(request, viewer)
    form = sent.form
    number, profiles = parse_id(request.match_info["id"]), request.app[PROFILES]
    answered = await request.app[DB].read(lambda uow: standing_of(uow, number, viewer.persona))
    if answered.view.post.audience in FOR_ALL:
        await meet_those_named(request, form["text"])

    def write(uow: UnitOfWork) -> Post:
        sent.insist()
        minded(request, uow, form)
        parent = standing_of(uow, number, viewer.persona).view.post
        draft = attached(_draft(form, parent.audience), sent)
        return profiles.reply(uow, number, viewer.persona, draft)

    try:
        made = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        standing = await request.app[DB].read(lambda uow: standing_of(uow, number, viewer.persona))
        return await _reply_page(request, viewer, standing, form, shown_again(form, error))
    return see_other(path_to(made.thread_id, made.id), "posted")


async def show_edit(request: Request) -> Response:
    """GET /notes/{id}/edit"""
    viewer = need_viewer(request)
    post = await request.app[DB].read(lambda uow: _own(uow, request, viewer))
    form = Form(
        {
            "text": post.source or "",
            "content_warning": post.content_warning or "",
            "language": post.language or "",
        }
    )
    return _edit_page(request, post, form)


async def edit(request: Request) -> Response:
    """POST /notes/{id}/edit"""
    viewer, form = need_viewer(request), await posted(request)
    number, profiles = parse_id(request.match_info["id"]), request.app[PROFILES]

    def change(uow: UnitOfWork) -> Post:
        minded(request, uow, form)
        return profiles.edit(uow, number, viewer.persona, _draft(form, DEFAULT_AUDIENCE))

    try:
        post = await request.app[DB].write(change)
    except Invalid as error:
        post = await request.app[DB].read(lambda uow: _own(uow, request, viewer))
        status = shown_again(form, error)
        return _edit_page(request, post, form, status)
    return see_other(path_to(post.thread_id, post.id), "edited")


async def show_delete(request: Request) -> Response:
    """GET /notes/{id}/delete: asks first, and says what deleting can and cannot do."""
    viewer = need_viewer(request)

    def read(uow: UnitOfWork) -> Post:
        post = own_post(uow, parse_id(request.match_info["id"]), viewer.persona).post
        insist(may_delete(post, viewer.persona))
        return post

    post = await request.app[DB].read(read)
    return page(request, "profiles/delete.html", post=post)


async def delete(request: Request) -> Response:
    """POST /notes/{id}/delete"""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    await posted(request)
    profiles = request.app[PROFILES]
    await request.app[DB].write(lambda uow: profiles.delete(uow, number, viewer.persona))
    return see_other(actor_path(viewer.persona), "deleted")


FIRST: Audience = DEFAULT_AUDIENCE


def _draft(form: Form, audience: Audience) -> ProfileDraft:
    return ProfileDraft(
        text=form["text"],
        content_warning=form["content_warning"],
        language=form["language"],
        audience=audience,
        unsafe=form["unsafe"] == "yes",
    )


def _answered(uow: UnitOfWork, request: Request, viewer: Viewer) -> Standing:
    standing = standing_of(uow, parse_id(request.match_info["id"]), viewer.persona)
    insist(may_answer(standing.view.post, standing.thread, viewer.persona))
    return standing


def _own(uow: UnitOfWork, request: Request, viewer: Viewer) -> Post:
    post = own_post(uow, parse_id(request.match_info["id"]), viewer.persona).post
    insist(may_edit(post, viewer.persona))
    return post


def _new_page(request: Request, form: Form, status: int = 200) -> Response:
    say = tongue_of(request).say
    audiences = [(name, say(label), say(hint)) for name, label, hint in AUDIENCES]
    return page(
        request,
        "profiles/new.html",
        status=status,
        form=form,
        audiences=audiences,
        languages=LANGUAGES,
        pictures_most=request.app[UPLOADS].pictures.limits.per_post,
    )


def _edit_page(request: Request, post: Post, form: Form, status: int = 200) -> Response:
    return page(
        request,
        "profiles/edit.html",
        status=status,
        post=post,
        form=form,
        languages=LANGUAGES,
    )


async def _reply_page(
    request: Request, viewer: Viewer, standing: Standing, form: Form, status: int = 200
) -> Response:
    hung = await hung_on_one(request, viewer, standing.view.post.id)
    return page(
        request,
        "profiles/reply.html",
        status=status,
        parent=standing.view.post,
        hung=hung,
        author=standing.view.author,
        thread=standing.thread,
        form=form,
        languages=LANGUAGES,
        pictures_most=request.app[UPLOADS].pictures.limits.per_post,
    )
