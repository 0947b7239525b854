"""What stands first in an account's list of posts."""

from storage.actors import Actor
from storage.shapes import NEWEST
from storage.timelines import Window
from storage.unit_of_work import UnitOfWork


def pinned_by(uow: UnitOfWork, number: int, reader: Actor | None, window: Window) -> list[int]:
    """The threads that a group pinned. All of them come on the first page."""
    if window.below != NEWEST:
        return []
    hidden = uow.blocks.hides(reader.id) if reader is not None else frozenset[int]()
    return [view.post.id for view in uow.posts.pinned(number, window.limit, hidden)]
