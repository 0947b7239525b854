"""Answering a post: the post above, a form below."""

from urllib.parse import urlencode

from node.consents import FEDERATION, PURPOSES
from node.errors import Invalid, Refused
from node.groups.drafts import ReplyDraft
from node.groups.keys import GROUPS
from node.groups.pages.composer import attached, minded, note_of, shown_again
from node.groups.pages.hanging import hung_on_one
from node.groups.pages.labels import REPLIES_WANTED
from node.groups.pages.places import path_to, post_id
from node.groups.place import Place, insist, insist_in_touch, place_of
from node.groups.rules import may_reply
from node.hints.keys import HINTS
from node.hints.service import SecondLook
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
    if form["act"] == "put-in":
        # A service was put into the text (node/directory): it is shown before anything is posted.
        return await _again(request, viewer, form, None)
    groups = request.app[GROUPS]

    def write(uow: UnitOfWork) -> Post:
        sent.insist()
        minded(request, uow, form)
        place = place_of(uow, number, viewer.persona)
        listens(request, uow, place.thread, form)
        groups.agree_to_share(uow, place.group, viewer.persona, agrees=form["federate"] == "yes")
        return groups.reply(uow, number, viewer.persona, attached(reply_draft(form), sent))

    try:
        made = await request.app[DB].write(write)
    except SecondLook as look:
        return await _again(request, viewer, form, look)
    except (Invalid, Refused) as error:
        return await _again(request, viewer, form, error)
    queue = _queue(request)
    if queue is not None:
        asked = urlencode({name: value for name, value in queue.items() if name != "queue"})
        return see_other("/needs-a-reply" + (f"?{asked}" if asked else ""), "answered")
    at = await path_to(request, made.thread_id, made.id)
    return see_other(at, await note_of(request, made))


def listens(request: Request, uow: UnitOfWork, thread: Post, form: Form) -> None:
    """Go on, unless the author may want a second look at what sounds like advice and has not
    said "as it is". Raises SecondLook; nothing is kept then."""
    if form["as_it_is"] != "yes":
        hints, wanted = request.app[HINTS], thread.reply_wanted
        hints.insist_listening(uow, wanted, form["text"], form["language"])


def _queue(request: Request) -> dict[str, str] | None:
    """What was asked of the queue that led here, None for whoever came by themselves."""
    if "queue" not in request.query:
        return None
    kept = {name: request.query.get(name, "") for name in ("group", "wanted", "tag")}
    return {"queue": "1"} | {name: value for name, value in kept.items() if value}


def reply_draft(form: Form) -> ReplyDraft:
    """The draft that the fields make."""
    return ReplyDraft(
        text=form["text"],
        content_warning=form["content_warning"],
        language=form["language"],
        unsafe=form["unsafe"] == "yes",
    )


async def _again(
    request: Request, viewer: Viewer, form: Form, error: Invalid | Refused | SecondLook | None
) -> Response:
    number = post_id(request)

    def read(uow: UnitOfWork) -> tuple[Place, bool]:
        place = place_of(uow, number, viewer.persona)
        return place, request.app[GROUPS].asks_to_share(uow, place.group, viewer.persona)

    place, asks = await request.app[DB].read(read)
    if error is None:
        return await _page(request, viewer, place, asks, form)
    if isinstance(error, SecondLook):
        return await _page(request, viewer, place, asks, form, phrases=error.phrases)
    return await _page(request, viewer, place, asks, form, shown_again(form, error))


async def _page(
    request: Request,
    viewer: Viewer,
    place: Place,
    asks: bool,
    form: Form,
    status: int = 200,
    phrases: tuple[str, ...] = (),
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
        phrases=phrases,
        queue=_queue(request),
        form=form,
        languages=LANGUAGES,
        pictures_most=request.app[UPLOADS].pictures.limits.per_post,
        sharing=PURPOSES[FEDERATION] if asks else None,
    )
