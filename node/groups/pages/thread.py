"""A thread with its replies, each where it belongs, flat in the page and indented by style."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from node.articles import place_of_article
from node.attaching import Hung, hung_on
from node.consents import FEDERATION, PURPOSES
from node.groups.keys import GROUPS
from node.groups.pages.labels import REACTIONS, REPLIES_WANTED
from node.groups.pages.own_names import OwnNames, own_names
from node.groups.pages.places import path_to, post_id
from node.groups.reading import Node, ThreadPage, thread_of
from node.groups.reading import thread_page as read_thread_page
from node.groups.reading_along import note_reading
from node.groups.rules import Allowed, Denied, is_gone, may_thank
from node.media.keys import UPLOADS
from node.safety.keys import FILTERS, MUTING
from node.safety.sieve import Folded, sieve_of
from node.viewer import Viewer
from node.visibility import is_member
from node.web.faces import Face, face_of
from node.web.forms import Form
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import page, tongue_of
from node.web.sessions import viewer_of
from storage.actors import Actor
from storage.posts import Post, PostView
from storage.unit_of_work import UnitOfWork

DEEPEST = 4

HungOn = Mapping[int, Hung]
FoldedOf = Mapping[int, Folded]
MARKS_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Around:
    """What one reader sees round the posts of a thread. `thanked` are the replies of which the
    reader, who asked, said that they helped; None for anybody else."""

    names: OwnNames
    hung: HungOn
    folded: FoldedOf
    thanked: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Chip:
    """One kind of reaction under a post. Pressing `field` gives it, or takes one's own back."""

    kind: str
    label: str
    count: int
    field: str
    pressed: str


@dataclass(frozen=True, slots=True)
class Line:
    """A post as the template shows it. `level` is how far it is indented, 0 for the thread;
    `is_question` says that a circle asks, and nobody in person."""

    post: Post
    face: Face
    level: int
    answers: Face | None
    chips: list[Chip]
    is_mine: bool
    is_question: bool
    may_reply: bool
    is_edited: bool
    is_gone: bool
    hung: Hung | None
    folded: Folded | None
    helped: bool | None


async def thread_page(request: Request) -> Response:
    """GET /threads/{id}; `after` pages on."""
    viewer = viewer_of(request)
    number, reader = post_id(request), viewer.persona if viewer else None
    after = parse_id(request.query["after"]) if "after" in request.query else 0

    groups = request.app[GROUPS]
    filters, muting = request.app[FILTERS], request.app[MUTING]

    def read(uow: UnitOfWork) -> tuple[ThreadPage, Around, bool]:
        found = read_thread_page(uow, number, reader, after)
        asks = reader is not None and groups.asks_to_share(uow, found.group, reader)
        hung = hung_on(uow, ids_in(found.root), reader, groups.now())
        place = place_of_article(uow, found.root.view.post)
        if place is not None:
            hung[number] = replace(hung.get(number, Hung()), place=place)
        sieve = sieve_of(uow, filters, muting, None if found.can_moderate else reader)
        folded = sieve.folded(views_in(found.root), "thread")
        names = own_names(uow, viewer, found.group.actor.id, number)
        thanked = _thanked(uow, found.root.view.post, reader, names)
        return found, Around(names, hung, folded, thanked), asks

    found, around, asks = await request.app[DB].read(read)
    await note_reading(request.app[DB], groups.newcomers, found)
    return _response(request, viewer, found, around, asks)


async def post_page(request: Request) -> Response:
    """GET /posts/{id} for people: its place in the thread."""
    viewer = viewer_of(request)
    number, reader = post_id(request), viewer.persona if viewer else None
    thread = await request.app[DB].read(lambda uow: thread_of(uow, number, reader))
    return see_other(await path_to(request, thread, number))


def _response(
    request: Request,
    viewer: Viewer | None,
    found: ThreadPage,
    around: Around,
    asks: bool,
) -> Response:
    """The page of a thread, with a reply form for whoever may reply."""
    say = tongue_of(request).say
    kinds = [(kind, say(label)) for kind, label in REACTIONS]
    lines = list(_Lines(viewer.persona if viewer else None, kinds, around).of(found.root))
    root, why_not = found.root.view.post, found.root.may_reply
    return page(
        request,
        "groups/thread.html",
        group=found.group.group,
        actor=found.group.actor,
        is_member=is_member(found.membership),
        root=lines[0],
        replies=lines[1:],
        kinds=kinds,
        wanted=REPLIES_WANTED.get(root.reply_wanted or ""),
        can_moderate=found.can_moderate,
        why_not=why_not.sentence if isinstance(why_not, Denied) else None,
        why_not_code=why_not.code if isinstance(why_not, Denied) else None,
        form=Form({"language": tongue_of(request).tag}),
        languages=LANGUAGES,
        pictures_most=request.app[UPLOADS].pictures.limits.per_post,
        later=found.next,
        is_first=not found.after,
        also_here=around.names.also_here,
        one_off=around.names.one_off,
        sharing=PURPOSES[FEDERATION] if asks else None,
    )


def views_in(root: Node) -> list[PostView]:
    """The posts of a tree that still stand."""
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        if not is_gone(node.view.post):
            found.append(node.view)
        waiting.extend(node.replies)
    return found


def ids_in(root: Node) -> list[int]:
    """Their ids."""
    return [one.post.id for one in views_in(root)]


def _wrote(post: Post, reader: Actor, names: OwnNames) -> bool:
    return post.author_id == reader.id or names.wrote(post.author_id)


def _thanked(
    uow: UnitOfWork, thread: Post, reader: Actor | None, names: OwnNames
) -> frozenset[int] | None:
    if reader is None or not _wrote(thread, reader, names):
        return None
    held = uow.helping.held(thread.author_id, "author", MARKS_LOOKED_AT)
    return frozenset(one.reply_id for one in held if one.thread_id == thread.id)


class _Lines:
    """Turns the tree of a thread into lines for one reader."""

    def __init__(
        self,
        reader: Actor | None,
        kinds: list[tuple[str, str]],
        around: Around,
    ) -> None:
        self._reader = reader
        self._kinds = kinds
        self._around = around
        self._faces: dict[int, Face] = {}

    def of(self, root: Node) -> Iterator[Line]:
        """From top to bottom. No recursion: a thread may be deeper than Python's stack."""
        waiting: list[tuple[Node, int, Face | None]] = [(root, 0, None)]
        while waiting:
            node, level, answers = waiting.pop()
            yield self._line(node, level, answers)
            below = min(level + 1, DEEPEST)
            above = self._face(node.view.author) if level else None
            waiting.extend((reply, below, above) for reply in reversed(node.replies))

    def _line(self, node: Node, level: int, answers: Face | None) -> Line:
        post, reader = node.view.post, self._reader
        return Line(
            post=post,
            face=self._face(node.view.author),
            level=level,
            answers=answers,
            chips=self._chips(node) if node.reactions else [],
            is_question=node.view.author.type == "Group",
            is_mine=self._is_mine(post),
            may_reply=reader is not None and isinstance(node.may_reply, Allowed),
            is_edited=post.edited_at is not None and post.deleted_at is None,
            is_gone=is_gone(post),
            hung=self._around.hung.get(post.id),
            folded=self._around.folded.get(post.id),
            helped=self._helped(node),
        )

    def _is_mine(self, post: Post) -> bool:
        reader = self._reader
        return reader is not None and _wrote(post, reader, self._around.names)

    def _helped(self, node: Node) -> bool | None:
        """Whether the one who asked, and who reads, said that it helped; None where there is
        nothing to say."""
        post, thanked = node.view.post, self._around.thanked
        if thanked is None or self._is_mine(post):
            return None
        return post.id in thanked if may_thank(post, node.view.author) else None

    def _chips(self, node: Node) -> list[Chip]:
        chips = []
        for kind, label in self._kinds:
            count, is_mine = node.reactions.get(kind, 0), node.mine == kind
            if count:
                field, pressed = ("take_back", "true") if is_mine else ("kind", "false")
                chips.append(Chip(kind, label, count, field, pressed))
        return chips

    def _face(self, author: Actor) -> Face:
        face = self._faces.get(author.id)
        if face is None:
            face = self._faces[author.id] = face_of(author)
        return face
