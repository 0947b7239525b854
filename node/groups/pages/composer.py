"""Writing a new thread, with the group's guidelines beside it."""

from dataclasses import replace
from typing import TypeVar

from node.consents import FEDERATION, PURPOSES
from node.errors import Invalid, Refused
from node.groups.drafts import ReplyDraft, ThreadDraft
from node.groups.keys import GROUPS
from node.groups.pages.places import group_at
from node.groups.place import group_for, insist
from node.groups.rules import may_open_thread
from node.media.keys import UPLOADS
from node.media.pages.adding import Written, written
from node.safety.minding import FIELD, insist_minded
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.files import with_files
from node.web.forms import Form
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.groups import GroupWithActor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork


async def show(request: Request) -> Response:
    """GET /groups/{handle}/new"""
    viewer = need_viewer(request)

    def read(uow: UnitOfWork) -> tuple[GroupWithActor, bool]:
        group = group_at(uow, request, viewer.persona)
        membership = uow.memberships.get(group.actor.id, viewer.persona.id)
        insist(may_open_thread(group.group, viewer.persona, membership))
        return group, request.app[GROUPS].asks_to_share(uow, group, viewer.persona)

    group, asks = await request.app[DB].read(read)
    return _page(request, group, asks, Form({"language": tongue_of(request).tag}))


async def offer(request: Request, viewer: Viewer, group_id: int, form: Form) -> Response:
    """The form with a draft in it, for a page of another room that lets somebody say something to
    a group. Nothing is kept before they send it. Raises NotFound, Refused."""

    def read(uow: UnitOfWork) -> tuple[GroupWithActor, bool]:
        group = group_for(uow, group_id, viewer.persona)
        membership = uow.memberships.get(group.actor.id, viewer.persona.id)
        insist(may_open_thread(group.group, viewer.persona, membership))
        return group, request.app[GROUPS].asks_to_share(uow, group, viewer.persona)

    group, asks = await request.app[DB].read(read)
    return _page(request, group, asks, form)


@with_files
async def start_thread(request: Request) -> Response:
    """POST /groups/{handle}/new"""
    viewer = need_viewer(request)
    sent = await written(request, viewer)
    form = sent.form
    groups = request.app[GROUPS]

    def write(uow: UnitOfWork) -> Post:
        sent.insist()
        minded(request, uow, form)
        group = group_at(uow, request, viewer.persona)
        groups.agree_to_share(uow, group, viewer.persona, agrees=form["federate"] == "yes")
        return groups.post_thread(
            uow, group.actor.id, viewer.persona, attached(thread_draft(form), sent)
        )

    try:
        thread = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _again(request, viewer, form, error)
    return see_other(f"/threads/{thread.id}", await note_of(request, thread))


async def note_of(request: Request, post: Post) -> str:
    """What its author alone is told after a post is stored: that it waits before it travels, and
    where help is if a person shall look."""

    def read(uow: UnitOfWork) -> str:
        if uow.quorum.folded([post.id]):
            return "posted-folded"
        if uow.risk_signals.has_unsettled(post.id):
            return "posted-care"
        return "posted-waits" if uow.delivery_holds.get(post.id) is not None else "posted"

    return await request.app[DB].read(read)


def thread_draft(form: Form) -> ThreadDraft:
    """The draft that the fields make."""
    return ThreadDraft(
        title=form["title"],
        text=form["text"],
        content_warning=form["content_warning"],
        language=form["language"],
        reply_wanted=form["reply_wanted"],
        unsafe=form["unsafe"] == "yes",
    )


def minded(request: Request, uow: UnitOfWork, form: Form) -> None:
    """A kind word before something is sent that may be a sign of danger (`node.safety.minding`).
    Raises Invalid for its field."""
    said = [form["title"], form["content_warning"], form["text"]]
    said += [words for name, words in form.values.items() if name.startswith(("option-", "alt-"))]
    insist_minded(uow, request.app[GROUPS].risk, form[FIELD], said)


D = TypeVar("D", bound=ReplyDraft)


def attached(draft: D, sent: Written) -> D:
    """The draft with the pictures and the poll of its form."""
    return replace(draft, media_ids=sent.media, poll=sent.poll)


def shown_again(form: Form, error: Invalid | Refused) -> int:
    """Puts the error at its field, or above the form; the status to answer with."""
    if isinstance(error, Invalid):
        form.blame(error)
    else:
        form.refuse(str(error))
    return status_of(error)


async def _again(
    request: Request, viewer: Viewer, form: Form, error: Invalid | Refused
) -> Response:
    def read(uow: UnitOfWork) -> tuple[GroupWithActor, bool]:
        group = group_at(uow, request, viewer.persona)
        return group, request.app[GROUPS].asks_to_share(uow, group, viewer.persona)

    group, asks = await request.app[DB].read(read)
    return _page(request, group, asks, form, shown_again(form, error))


def _page(
    request: Request, group: GroupWithActor, asks: bool, form: Form, status: int = 200
) -> Response:
    guidelines = group.group.guidelines
    return page(
        request,
        "groups/composer.html",
        status=status,
        group=group.group,
        actor=group.actor,
        guidelines=request.app[GROUPS].markdown(guidelines) if guidelines else "",
        form=form,
        languages=LANGUAGES,
        pictures_most=request.app[UPLOADS].pictures.limits.per_post,
        sharing=PURPOSES[FEDERATION] if asks else None,
    )
