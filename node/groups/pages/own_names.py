"""The reader's other names, where a page of a group may need them: only their owner sees any of it.

Asked after the page is known to be the reader's to read, so that "not yours" costs no more than
"not there".
"""

from dataclasses import dataclass

from node.viewer import Viewer
from storage.actors import Actor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OwnNames:
    """`also_here` are other personas of the reader that belong to the group, `one_off` is the one
    with which it wrote anonymously in the thread."""

    also_here: tuple[Actor, ...] = ()
    one_off: Actor | None = None

    def wrote(self, author_id: int) -> bool:
        """Whether the reader wrote this under the one-off name."""
        return self.one_off is not None and self.one_off.id == author_id


NOBODY = OwnNames()


def own_names(
    uow: UnitOfWork, viewer: Viewer | None, group_id: int, thread_id: int | None = None
) -> OwnNames:
    """The reader's other names in a group, and in one of its threads."""
    if viewer is None:
        return NOBODY
    mine = uow.personas.in_group(viewer.account.id, group_id)
    others = tuple(one for one in mine if one.id != viewer.persona.id)
    if thread_id is None:
        return OwnNames(others)
    return OwnNames(others, uow.personas.one_off_in(viewer.account.id, thread_id))


def writer_of(uow: UnitOfWork, viewer: Viewer, post: Post) -> Actor:
    """As whom the viewer handles a post: the one-off name that wrote it, or else its persona."""
    if post.author_id == viewer.persona.id:
        return viewer.persona
    one_off = uow.personas.one_off_in(viewer.account.id, post.thread_id)
    return one_off if one_off is not None and one_off.id == post.author_id else viewer.persona
