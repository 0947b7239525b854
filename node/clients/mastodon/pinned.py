"""What stands first in an account's list of posts."""

from storage.actors import Actor
from storage.shapes import NEWEST
from storage.timelines import Window
from storage.unit_of_work import UnitOfWork


def pinned_by(uow: UnitOfWork, number: int, reader: Actor | None, window: Window) -> list[int]:
    """The threads that a group pinned, or the posts that a person did, the last one first; none
    that the person left without their name. All of them come on the first page."""
    if window.below != NEWEST:
        return []
    hidden = uow.blocks.hides(reader.id) if reader is not None else frozenset[int]()
    threads = [view.post.id for view in uow.posts.pinned(number, window.limit, hidden)]
    marked = [mark.post_id for mark in uow.marks.page("pins", number, window.limit)]
    standing = uow.statuses.standing(marked)
    named = [one for one in marked if one in standing and not standing[one].author_hidden]
    return threads + named
