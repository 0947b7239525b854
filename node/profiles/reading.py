"""What a reader sees of somebody's page, and of a thread outside groups: never more than the rules
of `node.visibility` let through, and the same number of queries however long it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from node.attaching import with_attached
from node.errors import NotFound
from node.groups.reading import with_veils
from node.groups.rules import Allowed, is_gone
from node.profiles.place import hidden_from, readable, standing_of
from node.profiles.rules import may_answer, open_post
from node.visibility import may_read_profile_post, may_see_persona
from storage.actors import Actor
from storage.post_record import Audience, Post
from storage.posts import PostView
from storage.profiles import Relation
from storage.unit_of_work import UnitOfWork

PAGE_LENGTH: Final = 20
THREAD_LENGTH: Final = 500
LOOKED_AT: Final = 200
NOBODY: Final = 0
"""An id that nobody has."""
STRANGERS: Final = Relation()
FOR_ALL: Final[tuple[Audience, ...]] = ("public", "unlisted")
WITH_FOLLOWERS: Final[tuple[Audience, ...]] = (*FOR_ALL, "followers")
ALL: Final[tuple[Audience, ...]] = (*WITH_FOLLOWERS, "self")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """A person's page: who they say they are, what they wrote outside groups and their latest
    public threads. Of somebody that the reader blocked, only the name. `next` pages on."""

    persona: Actor
    posts: list[PostView] = field(default_factory=list)
    threads: list[Post] = field(default_factory=list)
    relation: Relation = STRANGERS
    is_own: bool = False
    is_blocked: bool = False
    next: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """A post of a thread outside groups, and what its reader may do with it. `level` is how far it
    is indented; `counts` are its reactions by kind, `mine` the reader's own."""

    view: PostView
    level: int
    answers: Actor | None
    counts: dict[str, int]
    mine: str | None
    may_answer: bool
    may_share: bool
    is_shared: bool


def person_page(
    uow: UnitOfWork, handle: str, authority: str, reader: Actor | None, before: int | None = None
) -> PersonPage:
    """The page of `handle@authority`. Raises NotFound for groups, the gone, the suspended, and who
    blocked the reader."""
    persona, hidden = uow.actors.by_handle(handle, authority), hidden_from(uow, reader)
    # Asked for who is not there as well, so that it takes as long.
    is_blocked = (
        reader is not None
        and bool(hidden)
        and uow.blocks.get(reader.id, persona.id if persona else NOBODY) is not None
    )
    if persona is not None and is_blocked:
        return PersonPage(persona=persona, is_blocked=True)
    if persona is None or not may_see_persona(persona, hidden):
        raise NotFound
    relation = _relation(uow, reader, persona)
    posts = _latest(uow, persona, reader, relation, before)
    by_author = uow.posts.by_author(persona.id, LOOKED_AT) if before is None else []
    threads = [post for post in by_author if post.audience == "group" and post.parent_id is None]
    ids = [post.id for post in (*posts, *threads)]
    veiled = uow.quorum.veiled(ids)
    if reader is None or reader.id != persona.id:
        veiled |= uow.quorum.folded(ids)
    threads = [post for post in threads if post.id not in veiled]
    posts_shown = [post for post in posts[:PAGE_LENGTH] if post.id not in veiled]
    shown = [PostView(post=post, author=persona) for post in posts_shown]
    return PersonPage(
        persona=persona,
        posts=with_attached(uow, _readable(uow, shown, reader)),
        threads=threads[:PAGE_LENGTH],
        relation=relation,
        is_own=reader is not None and reader.id == persona.id,
        next=posts[PAGE_LENGTH - 1].id if len(posts) > PAGE_LENGTH else None,
    )


def note_page(uow: UnitOfWork, post_id: int, reader: Actor | None) -> list[NoteLine]:
    """The thread in which a post of a profile stands, from top to bottom, as far as the reader may
    read it. Raises NotFound where they may not read the post itself."""
    standing = standing_of(uow, post_id, reader)
    views = _readable(uow, uow.posts.thread(standing.thread.id, THREAD_LENGTH), reader)
    views = with_veils(uow, with_attached(uow, views), reader)
    ids = [view.post.id for view in views]
    counts = uow.reactions.counts(ids)
    mine = uow.reactions.of_actor(ids, reader.id) if reader else {}
    shared = uow.shares.shared_by(reader.id, ids) if reader else {}
    by_id = {view.post.id: view for view in views}
    return [
        NoteLine(
            view=view,
            level=level,
            answers=above.author if above is not None else None,
            counts=counts.get(view.post.id, {}),
            mine=mine.get(view.post.id),
            may_answer=reader is not None
            and isinstance(may_answer(view.post, standing.thread, reader), Allowed),
            may_share=reader is not None
            and not is_gone(view.post)
            and open_post(view, None) is not None,
            is_shared=view.post.id in shared,
        )
        for view, level in _in_order(views)
        for above in [by_id.get(view.post.parent_id or NOBODY)]
    ]


def thread_id_of(uow: UnitOfWork, post_id: int, reader: Actor | None) -> int | None:
    """The thread in which a post of a profile stands, None where the reader may read none."""
    found = readable(uow, post_id, reader)
    return found.thread.id if found is not None else None


def _relation(uow: UnitOfWork, reader: Actor | None, persona: Actor) -> Relation:
    if reader is None:
        return STRANGERS
    return uow.profiles.relations(reader.id, [persona.id]).get(persona.id, STRANGERS)


def _latest(
    uow: UnitOfWork,
    persona: Actor,
    reader: Actor | None,
    relation: Relation,
    before: int | None,
) -> list[Post]:
    """One more than a page holds, of those audiences that the reader may be among."""
    audiences = FOR_ALL
    if reader is not None and reader.id == persona.id:
        audiences = ALL
    elif relation.following == "accepted":
        audiences = WITH_FOLLOWERS
    return uow.profile_posts.latest(persona.id, audiences, PAGE_LENGTH + 1, before)


def _readable(uow: UnitOfWork, views: Sequence[PostView], reader: Actor | None) -> list[PostView]:
    hidden = hidden_from(uow, reader)
    ids = [view.post.id for view in views]
    sights = uow.profile_posts.sights(ids, reader.id if reader else None) if ids else {}
    return [
        view
        for view in views
        if view.post.id in sights and may_read_profile_post(sights[view.post.id], reader, hidden)
    ]


def _in_order(views: Sequence[PostView]) -> list[tuple[PostView, int]]:
    """Each below what it answers, with how deep it stands. No recursion: a thread may be deeper
    than Python's stack. What answers something that is not shown stands at the left."""
    here = {view.post.id for view in views}
    below: dict[int, list[PostView]] = {}
    for view in views:
        parent = view.post.parent_id
        below.setdefault(parent if parent in here and parent is not None else NOBODY, []).append(
            view
        )
    ordered: list[tuple[PostView, int]] = []
    waiting = [(view, 0) for view in reversed(below.get(NOBODY, []))]
    while waiting:
        view, level = waiting.pop()
        ordered.append((view, level))
        waiting.extend((one, level + 1) for one in reversed(below.get(view.post.id, [])))
    return ordered
