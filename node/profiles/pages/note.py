"""A thread outside groups, flat in the page and indented by style."""

from dataclasses import dataclass

from node.attaching import Hung, hung_on
from node.groups.pages import post_page as group_post_page
from node.groups.pages.labels import REACTIONS
from node.groups.pages.thread import DEEPEST, Chip
from node.groups.rules import is_gone
from node.media.keys import UPLOADS
from node.profiles.pages.labels import NAMES
from node.profiles.reading import NoteLine, note_page, thread_id_of
from node.web.faces import Face, face_of
from node.web.forms import Form
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB, NOW
from node.web.languages import LANGUAGES
from node.web.page import page, tongue_of
from node.web.sessions import viewer_of
from storage.actors import Actor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Line:
    """A post as the template shows it."""

    post: Post
    face: Face
    level: int
    answers: str | None
    chips: list[Chip]
    is_mine: bool
    may_answer: bool
    may_share: bool
    is_shared: bool
    is_edited: bool
    is_gone: bool


async def show(request: Request) -> Response:
    """GET /notes/{id}: the thread in which the post stands."""
    viewer, number = viewer_of(request), parse_id(request.match_info["id"])
    reader = viewer.persona if viewer else None
    now = request.app[NOW]()

    def read(uow: UnitOfWork) -> tuple[list[NoteLine], dict[int, Hung]]:
        found = note_page(uow, number, reader)
        standing = [one.view.post.id for one in found if not is_gone(one.view.post)]
        return found, hung_on(uow, standing, reader, now)

    found, hung = await request.app[DB].read(read)
    say = tongue_of(request).say
    kinds = [(kind, say(label)) for kind, label in REACTIONS]
    lines = [_line(one, kinds, reader) for one in found]
    asked = next((line for line in lines if line.post.id == number), lines[0])
    return page(
        request,
        "profiles/note.html",
        lines=lines,
        asked=asked,
        kinds=kinds,
        hung=hung,
        pictures_most=request.app[UPLOADS].pictures.limits.per_post,
        names=NAMES,
        form=Form({"language": tongue_of(request).tag}),
        languages=LANGUAGES,
    )


async def post_page(request: Request) -> Response:
    """GET /posts/{id} for people: its place in its thread, in a group or outside."""
    viewer, number = viewer_of(request), parse_id(request.match_info["id"])
    reader = viewer.persona if viewer else None
    thread = await request.app[DB].read(lambda uow: thread_id_of(uow, number, reader))
    if thread is None:
        return await group_post_page(request)
    return see_other(path_to(thread, number))


def path_to(thread_id: int, number: int) -> str:
    """Where a post outside groups shows: in its thread."""
    return f"/notes/{number}" if thread_id == number else f"/notes/{thread_id}#post-{number}"


def _line(one: NoteLine, kinds: list[tuple[str, str]], reader: Actor | None) -> Line:
    post = one.view.post
    return Line(
        post=post,
        face=face_of(one.view.author),
        level=min(one.level, DEEPEST),
        answers=face_of(one.answers).name if one.answers is not None else None,
        chips=[
            Chip(kind, label, one.counts[kind], *_press(one.mine == kind))
            for kind, label in kinds
            if one.counts.get(kind)
        ],
        is_mine=reader is not None and reader.id == post.author_id,
        may_answer=one.may_answer,
        may_share=one.may_share and reader is not None and reader.id != post.author_id,
        is_shared=one.is_shared,
        is_edited=post.edited_at is not None and post.deleted_at is None,
        is_gone=is_gone(post),
    )


def _press(is_mine: bool) -> tuple[str, str]:
    return ("take_back", "true") if is_mine else ("kind", "false")
